"""Who may give which role where, and which action each role holds."""

import pytest

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import ROLE_ACTIONS, TERRITORY_ROLES, Role, known_action
from nastavnik.accounts.policies import (
    INVITED_ROLES,
    can_invite_in_organisation,
    can_invite_on_territory,
    can_renew_link,
)
from nastavnik.tenancy.models import Organisation
from tests.neighbours import SYSTEM, actor_as

pytestmark = pytest.mark.unit

HERE, ELSEWHERE = Organisation(pk=1), 2


def held(*roles: Role, organisation_id: int | None = 1) -> list[RoleGrant]:
    return [RoleGrant(role=role, organisation_id=organisation_id) for role in roles]


@pytest.mark.parametrize("actor", [actor_as(Role.HEAD), actor_as(Role.CURATOR), SYSTEM])
def test_institution_invites_helpers_only(actor: Actor) -> None:
    allowed = {role for role in Role if can_invite_in_organisation(actor, role)}
    assert allowed == {Role.SYSADMIN, Role.COUNCIL, Role.THIRD_PARTY}


def test_refusal_names_the_way_to_the_role() -> None:
    head = actor_as(Role.HEAD)
    assert "приказ о назначении" in can_invite_in_organisation(head, Role.CURATOR).reason
    assert "приказ о назначении" in can_invite_in_organisation(head, Role.RESPONSIBLE).reason
    assert "муниципалитет" in can_invite_in_organisation(head, Role.HEAD).reason


OTHERS = [role for role in Role if role not in {Role.HEAD, Role.CURATOR, Role.SYSADMIN}]


@pytest.mark.parametrize("role", OTHERS)
def test_others_invite_nobody_to_an_institution(role: Role) -> None:
    assert not any(can_invite_in_organisation(actor_as(role), wanted) for wanted in Role)


@pytest.mark.parametrize(
    ("actor", "officers"),
    [
        (actor_as(Role.REGION), TERRITORY_ROLES),
        (SYSTEM, TERRITORY_ROLES),
        (actor_as(Role.COORDINATOR), TERRITORY_ROLES - {Role.REGION}),
        (actor_as(Role.COORDINATOR, Role.REGION), TERRITORY_ROLES),
        (actor_as(Role.CENTRE), set()),
        (actor_as(Role.CONTROLLER), set()),
        (actor_as(Role.HEAD), set()),
    ],
)
def test_territory_appoints_its_officers(actor: Actor, officers: set[Role]) -> None:
    allowed = {r for r in Role if can_invite_on_territory(actor, r, to_organisation=False)}
    assert allowed == officers


@pytest.mark.parametrize(
    ("actor", "appointed"),
    [
        (actor_as(Role.REGION), {Role.HEAD, Role.CURATOR}),
        (actor_as(Role.COORDINATOR), {Role.HEAD, Role.CURATOR}),
        (actor_as(Role.CENTRE), set()),
        (actor_as(Role.HEAD), set()),
    ],
)
def test_territory_appoints_heads_and_first_curators(actor: Actor, appointed: set[Role]) -> None:
    allowed = {r for r in Role if can_invite_on_territory(actor, r, to_organisation=True)}
    assert allowed == appointed


@pytest.mark.parametrize(
    ("actor", "reach"),
    [
        (SYSTEM, set(Role)),
        (actor_as(Role.HEAD), set(Role)),
        (actor_as(Role.CURATOR), set(Role) - {Role.HEAD}),
        (actor_as(Role.SYSADMIN), set(INVITED_ROLES)),
        (actor_as(Role.RESPONSIBLE), set()),
    ],
)
def test_link_is_renewed_only_down_the_ladder(actor: Actor, reach: set[Role]) -> None:
    assert {role for role in Role if can_renew_link(actor, HERE, held(role))} == reach


@pytest.mark.parametrize("actor", [SYSTEM, actor_as(Role.HEAD), actor_as(Role.CURATOR)])
def test_link_of_one_who_has_a_role_elsewhere_is_not_renewed_here(actor: Actor) -> None:
    both = held(Role.COUNCIL) + held(Role.COUNCIL, organisation_id=ELSEWHERE)
    assert not can_renew_link(actor, HERE, both)
    assert not can_renew_link(actor, HERE, held(Role.COORDINATOR, organisation_id=None))


def test_one_helper_role_does_not_cover_a_higher_one() -> None:
    verdict = can_renew_link(actor_as(Role.SYSADMIN), HERE, held(Role.COUNCIL, Role.CURATOR))
    assert not verdict
    assert verdict.reason == "Эту ссылку выдаёт руководитель или куратор."
    head_too = can_renew_link(actor_as(Role.CURATOR), HERE, held(Role.COUNCIL, Role.HEAD))
    assert head_too.reason == "Ссылку руководителю выдаёт муниципалитет."


def test_misspelt_action_neither_allows_nor_refuses() -> None:
    with pytest.raises(KeyError, match=r"peple\.edit"):
        known_action("peple.edit")
    with pytest.raises(KeyError):
        SYSTEM.can("peple.edit")


def test_system_may_everything_and_a_stranger_nothing() -> None:
    for action in {a for actions in ROLE_ACTIONS.values() for a in actions}:
        assert SYSTEM.can(action)
        assert actor_as().can(action).reason == "Посторонний этого сделать не может."


def test_refusal_names_the_roles() -> None:
    refused = actor_as(Role.COUNCIL, Role.PARENT).can("people.edit")
    text = "Роль «Родитель, Член методического объединения» этого сделать не может."
    assert refused.reason == text
