"""Wall 1: without a scope nothing reads or writes; inside one, only its own rows."""

import pytest
from django.db import IntegrityError
from django.db.models import Count, Exists, OuterRef

from nastavnik.people.models import MenteeProfile, Person
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import ScopeMissing, scope, scopes_disabled
from tests.neighbours import Neighbours


def make_person(organisation: Organisation, surname: str = "Ёлкин") -> Person:
    person = Person(organisation=organisation, surname=surname, given="Илья", category="pupil")
    person.save()
    return person


@pytest.fixture
def both(neighbours: Neighbours) -> tuple[Person, Person]:
    with scopes_disabled(reason="fixture"):
        return make_person(neighbours.own), make_person(neighbours.sibling, "Чужой")


READS = {
    "list": lambda: list(Person.objects.all()),
    "count": Person.objects.count,
    "exists": Person.objects.exists,
    "aggregate": lambda: Person.objects.aggregate(n=Count("id")),
    "values": lambda: list(Person.objects.values_list("surname")),
    "iterator": lambda: list(Person.objects.iterator()),
    "update": lambda: Person.objects.update(surname="Иной"),
    "delete": lambda: Person.objects.all().delete(),
    "base manager": Person._base_manager.count,
    "in_bulk": lambda: Person.objects.in_bulk([1]),
    "raw": lambda: list(Person.objects.raw("SELECT * FROM people_person")),
    "subquery": lambda: list(
        Organisation.objects.filter(Exists(Person.objects.filter(organisation=OuterRef("pk"))))
    ),
}


@pytest.mark.parametrize("read", READS.values(), ids=READS.keys())
def test_query_without_scope_raises(both, read) -> None:
    with pytest.raises(ScopeMissing):
        read()


def test_scope_shows_own_rows_only(neighbours: Neighbours, both) -> None:
    with scope({neighbours.own.pk}):
        assert list(Person.objects.values_list("surname", flat=True)) == ["Ёлкин"]


def test_empty_scope_shows_nothing(both) -> None:
    with scope(set()):
        assert Person.objects.count() == 0


def test_nested_scope_replaces_and_returns(neighbours: Neighbours, both) -> None:
    with scope({neighbours.own.pk}):
        with scope({neighbours.sibling.pk}):
            assert Person.objects.get().surname == "Чужой"
        assert Person.objects.get().surname == "Ёлкин"


def test_save_outside_scope_is_refused(neighbours: Neighbours) -> None:
    with scope({neighbours.own.pk}), pytest.raises(ScopeMissing):
        make_person(neighbours.sibling)


def test_bulk_create_outside_scope_is_refused(neighbours: Neighbours) -> None:
    stranger = Person(organisation=neighbours.sibling, surname="А", given="Б", category="pupil")
    with scope({neighbours.own.pk}), pytest.raises(ScopeMissing):
        Person.objects.bulk_create([stranger])


def test_changing_the_organisation_is_refused(neighbours: Neighbours, both) -> None:
    with scope({neighbours.own.pk}), pytest.raises(ScopeMissing):
        Person.objects.update(organisation=neighbours.sibling)


def test_database_refuses_changing_the_organisation(neighbours: Neighbours, both) -> None:
    mine, _ = both
    with scope({neighbours.own.pk, neighbours.sibling.pk}):
        mine.organisation_id = neighbours.sibling.pk
        with pytest.raises(IntegrityError):
            mine.save()


def test_key_into_another_organisation_is_refused_by_python(neighbours: Neighbours, both) -> None:
    _, stranger = both
    with scope({neighbours.own.pk}), pytest.raises(ScopeMissing):
        MenteeProfile(organisation=neighbours.own, person=stranger).save()


def test_key_into_another_organisation_is_refused_by_database(neighbours: Neighbours, both) -> None:
    _, stranger = both
    with scope({neighbours.own.pk}), pytest.raises(IntegrityError):
        MenteeProfile(organisation=neighbours.own, person_id=stranger.pk).save()


def test_forward_key_into_another_organisation_is_not_found(neighbours: Neighbours, both) -> None:
    mine, _ = both
    with scope({neighbours.own.pk}):
        profile = MenteeProfile(organisation=neighbours.own, person=mine)
        profile.save()
    with scope({neighbours.own.pk}):
        profile = MenteeProfile.objects.get()
    with scope({neighbours.sibling.pk}), pytest.raises(Person.DoesNotExist):
        _ = profile.person


def test_switching_off_needs_a_reason() -> None:
    with pytest.raises(ValueError, match="reason"):
        scopes_disabled(reason=" ")
