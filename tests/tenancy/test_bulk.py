"""Many rows at once: the same walls as for one."""

import pytest
from django.db import IntegrityError

from nastavnik.people.models import MenteeProfile, Person
from nastavnik.tenancy.bulk import insert_rows, new_row
from nastavnik.tenancy.scope import ScopeMissing, scope, scopes_disabled
from tests.neighbours import Neighbours


def person_of(organisation, surname="Ёлкин"):
    return new_row(
        Person, organisation_id=organisation.pk, surname=surname, given="Илья", category="pupil"
    )


def test_rows_get_keys_and_later_ones_get_others(neighbours: Neighbours) -> None:
    people = [person_of(neighbours.own, name) for name in ("Ёлкин", "Юдин")]

    with scope({neighbours.own.pk}):
        insert_rows(people)
        later = Person.objects.create(
            organisation=neighbours.own, surname="Яров", given="Пётр", category="pupil"
        )
        found = dict(Person.objects.values_list("pk", "surname"))

    assert found == {people[0].pk: "Ёлкин", people[1].pk: "Юдин", later.pk: "Яров"}


def test_a_row_reads_back_like_one_saved(neighbours: Neighbours) -> None:
    with scope({neighbours.own.pk}):
        person = person_of(neighbours.own)
        insert_rows([person])
        profile = new_row(MenteeProfile, organisation_id=neighbours.own.pk)
        profile.person = person
        insert_rows([profile])
        read = MenteeProfile.objects.get().person

    assert (read.name_cases, read.is_own, read.created_at) == ({}, True, person.created_at)
    assert (profile._state.adding, profile.person_id) == (False, person.pk)


def test_without_a_scope_or_outside_it_nothing_is_written(neighbours: Neighbours) -> None:
    rows = [person_of(neighbours.own), person_of(neighbours.sibling)]

    with pytest.raises(ScopeMissing):
        insert_rows(rows)
    with pytest.raises(ScopeMissing), scope({neighbours.own.pk}):
        insert_rows(rows)

    with scopes_disabled(reason="look"):
        assert Person.objects.count() == 0


def test_the_database_refuses_a_key_into_another_organisation(neighbours: Neighbours) -> None:
    with scopes_disabled(reason="look"):
        foreign = person_of(neighbours.sibling)
        insert_rows([foreign])
    row = new_row(MenteeProfile, organisation_id=neighbours.own.pk, person_id=foreign.pk)

    with pytest.raises(IntegrityError), scope({neighbours.own.pk}):
        insert_rows([row])


def test_rows_with_keys_unsaved_targets_and_unknown_names_are_refused(neighbours) -> None:
    profile = new_row(MenteeProfile, organisation_id=neighbours.own.pk)
    profile.person = person_of(neighbours.own)

    with scope({neighbours.own.pk}):
        with pytest.raises(ValueError, match="not saved"):
            insert_rows([profile])
        with pytest.raises(ValueError, match="without keys"):
            insert_rows([new_row(Person, id=1, organisation_id=neighbours.own.pk)])
    with pytest.raises(TypeError):
        new_row(Person, nonsense=1)
