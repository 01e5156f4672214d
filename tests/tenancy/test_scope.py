"""Wall 1: without a scope nothing reads or writes; inside one, only its own rows."""

import pytest
from django.db import IntegrityError
from django.db.models import Count, Exists, OuterRef

from nastavnik.people.models import MenteeProfile, Person
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import ScopeMissing, scope, scoped_ids, scopes_disabled
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


def test_scope_of_two_shows_both(neighbours: Neighbours, both) -> None:
    with scope({neighbours.own.pk, neighbours.sibling.pk}):
        assert Person.objects.count() == 2
        assert scoped_ids() == {neighbours.own.pk, neighbours.sibling.pk}


def test_no_scope_and_a_switched_off_one_have_no_ids(both) -> None:
    assert scoped_ids() is None
    with scopes_disabled(reason="test"):
        assert scoped_ids() is None
        assert Person.objects.count() == 2


def test_scope_ends_with_an_error(neighbours: Neighbours, both) -> None:
    with pytest.raises(ZeroDivisionError), scope({neighbours.own.pk}):
        _ = 1 / 0
    with pytest.raises(ScopeMissing):
        Person.objects.count()


def test_row_is_not_written_without_any_scope(both) -> None:
    mine, _ = both
    for write in (mine.save, mine.delete, lambda: Person.objects.bulk_create([mine])):
        with pytest.raises(ScopeMissing):
            write()


@pytest.mark.parametrize(
    "write",
    [
        lambda row: row.save(),
        lambda row: row.delete(),
        lambda row: Person.objects.bulk_update([row], ["surname"]),
    ],
    ids=["save", "delete", "bulk_update"],
)
def test_row_of_the_neighbour_is_not_changed(neighbours: Neighbours, both, write) -> None:
    _, stranger = both
    with scope({neighbours.own.pk}), pytest.raises(ScopeMissing):
        write(stranger)
    with scopes_disabled(reason="test"):
        assert Person.objects.filter(pk=stranger.pk).exists()


def test_own_rows_are_changed_and_deleted(neighbours: Neighbours, both) -> None:
    mine, _ = both
    with scope({neighbours.own.pk}):
        mine.surname = "Иной"
        assert Person.objects.bulk_update([mine], ["surname"]) == 1
        assert Person.objects.update(given="Олег") == 1
        mine.delete()
        assert Person.objects.count() == 0
    with scopes_disabled(reason="test"):
        assert Person.objects.get().given == "Илья"


@pytest.mark.parametrize("name", ["organisation", "organisation_id"])
def test_bulk_change_of_the_organisation_is_refused(neighbours: Neighbours, both, name) -> None:
    mine, _ = both
    with scope({neighbours.own.pk, neighbours.sibling.pk}):
        with pytest.raises(ScopeMissing):
            Person.objects.bulk_update([mine], [name])
        with pytest.raises(ScopeMissing):
            Person.objects.update(**{name: neighbours.sibling.pk})


def test_raw_sql_is_closed_inside_a_scope_too(neighbours: Neighbours, both) -> None:
    with scope({neighbours.own.pk}):
        with pytest.raises(ScopeMissing):
            Person.objects.raw("SELECT 1")
        with pytest.raises(ScopeMissing):
            Person.objects.all().raw("SELECT 1")


def test_bulk_work_without_scope_is_refused_before_any_sql(both, django_assert_num_queries) -> None:
    rows = Person.objects.all()
    with django_assert_num_queries(0):
        for work in (lambda: rows.update(given="а"), lambda: rows._raw_delete("default")):
            with pytest.raises(ScopeMissing, match="bulk change"):
                work()


def test_own_rows_are_deleted_raw(neighbours: Neighbours, both) -> None:
    with scope({neighbours.own.pk}):
        assert Person.objects.all()._raw_delete("default") == 1
    with scopes_disabled(reason="test"):
        assert Person.objects.get().surname == "Чужой"


def test_key_between_two_organisations_in_scope_is_refused(neighbours: Neighbours, both) -> None:
    _, stranger = both
    everyone = scope({neighbours.own.pk, neighbours.sibling.pk})
    with everyone, pytest.raises(ScopeMissing, match="points at another organisation"):
        MenteeProfile(organisation=neighbours.own, person=stranger).save()
    with scopes_disabled(reason="test"), pytest.raises(ScopeMissing, match="points at"):
        MenteeProfile(organisation=neighbours.own, person=stranger).save()


def test_keys_of_a_tenant_row_lead_to_tenant_rows_only() -> None:
    assert MenteeProfile.tenant_keys() == ("person",)
    assert Person.tenant_keys() == ("merged_into",)
