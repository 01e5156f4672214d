"""A coordinator takes the roadmap of the territory in hand: the right to keep it at its authority."""

from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import RoleGrant, User
from nastavnik.accounts.permissions import ROLE_ACTIONS, Role
from nastavnik.accounts.queries import standing_grants
from nastavnik.accounts.services import give_role
from nastavnik.audit.services import record
from nastavnik.roadmaps.queries.municipal import office_at
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope

BASIS = "ведёт дорожную карту территории"


@transaction.atomic
def take_charge(*, actor: Actor, territory: Territory, on: date) -> Organisation:
    """Let the territory's officer work with the roadmap of its authority, as its responsible officer.

    The roadmap belongs to the authority, and every row has one owner; so the officer gets a role
    there instead of a way round it (ADR 0011). The team of the authority sees the role and may end it, and it
    ends no later than the officer's own. Who keeps the roadmap there already gets nothing new.

    Raises: DomainError where the territory has no authority.
    """
    demand(actor.can("roadmaps.municipal"))
    if actor.user_id is None:
        raise ValueError("only a person takes a roadmap in hand")
    office = office_at(territory)
    if office is None:
        raise DomainError(
            "office_missing",
            "На территории нет органа управления образованием. Добавьте его в «Учреждениях».",
        )
    user = User.objects.select_for_update().get(pk=actor.user_id)
    held = [row for row in standing_grants(user, on=on) if row.holds_on(on)]
    if any(_keeps(row, office) for row in held):
        return office
    grant = give_role(
        user=user,
        role=Role.RESPONSIBLE,
        organisation=office,
        starts_on=on,
        ends_on=_last_day(held, territory),
        basis=BASIS,
    )
    with scope({office.pk}):
        record(
            actor=actor,
            action="accounts.grant",
            subject=grant,
            organisation=office,
            to_state=Role.RESPONSIBLE,
            reason=BASIS,
            details={"user": user.pk},
        )
    return office


def _keeps(row: RoleGrant, office: Organisation) -> bool:
    return row.organisation_id == office.pk and "roadmaps.edit" in ROLE_ACTIONS[Role(row.role)]


def _last_day(held: list[RoleGrant], territory: Territory) -> date | None:
    """When the last of the officer's own roles over the territory ends; None when one has no end."""
    days = [
        row.ends_on
        for row in held
        if row.territory_id in territory.ancestor_ids
        and "roadmaps.municipal" in ROLE_ACTIONS[Role(row.role)]
    ]
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
