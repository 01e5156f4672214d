"""Rights on people: fields by role, merging, one gate for changes."""

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.people import policies
from nastavnik.people.models import Person
from tests.neighbours import SYSTEM, actor_as

pytestmark = pytest.mark.unit

EDITORS = {Role.CURATOR}


@pytest.mark.parametrize(
    ("role", "fields"),
    [
        (Role.CURATOR, policies.ALL_FIELDS),
        (Role.HEAD, policies.ALL_FIELDS),
        (Role.RESPONSIBLE, frozenset()),
        (Role.SYSADMIN, frozenset()),
        (Role.COUNCIL, frozenset()),
        (Role.REGION, frozenset()),
    ],
)
def test_each_role_sees_its_fields(role, fields) -> None:
    assert policies.visible_fields(actor_as(role)) == fields


def test_two_roles_see_what_either_sees_and_the_system_sees_all() -> None:
    both = actor_as(Role.COUNCIL, Role.HEAD)
    assert policies.visible_fields(both) == policies.ALL_FIELDS
    assert policies.visible_fields(actor_as()) == frozenset()
    assert policies.visible_fields(SYSTEM) == policies.ALL_FIELDS


def test_contacts_are_open_to_curator_and_head() -> None:
    seen = {role for role in Role if policies.can_see_contacts(actor_as(role))}
    assert seen == {Role.CURATOR, Role.HEAD}
    assert policies.can_see_contacts(SYSTEM)


def test_only_the_curator_edits_people() -> None:
    assert {role for role in Role if policies.can_edit_people(actor_as(role))} == EDITORS


def person(pk: int, organisation_id: int = 1, merged_into_id: int | None = None) -> Person:
    return Person(pk=pk, organisation_id=organisation_id, merged_into_id=merged_into_id)


def test_two_living_records_of_one_institution_are_merged() -> None:
    for role in Role:
        verdict = policies.can_merge(actor_as(role), person(1), person(2))
        assert bool(verdict) == (role in EDITORS)


@pytest.mark.parametrize(
    ("keep", "drop", "why"),
    [
        (person(1), person(1), "Это одна и та же запись."),
        (person(1, merged_into_id=3), person(2), "Одна из записей уже объединена с другой."),
        (person(1), person(2, merged_into_id=3), "Одна из записей уже объединена с другой."),
        (person(1), person(2, organisation_id=9), "Записи из разных учреждений не объединяются."),
    ],
)
def test_impossible_merge_is_refused_in_words(keep, drop, why) -> None:
    assert policies.can_merge(actor_as(Role.CURATOR), keep, drop).reason == why
