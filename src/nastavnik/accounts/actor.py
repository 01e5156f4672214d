"""The one who acts: a user seen through the grants that hold today at one node of the tree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model

from nastavnik.accounts.audiences import known_audiences
from nastavnik.accounts.models import RoleGrant, User
from nastavnik.accounts.permissions import (
    ROLE_ACTIONS,
    TERRITORY_ROLES,
    Role,
    actions_of,
    known_action,
)
from nastavnik.shared.verdict import Allowed, Denied, Verdict
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.prepared import Blank, Prepared

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Actor:
    """Who acts and with which roles at the current node.

    `user_id` is None for the system itself (imports from the command line, the demo, night work).
    `audiences`: the directions of a territory's coordinator; empty means everybody.
    """

    user_id: int | None
    label: str
    roles: frozenset[Role]
    is_system: bool = False
    audiences: frozenset[str] = frozenset()

    @cached_property
    def actions(self) -> frozenset[str]:
        return actions_of(self.roles)

    def can(self, action: str) -> Verdict:
        known_action(action)
        if self.is_system or action in self.actions:
            return Allowed()
        return Denied(f"{_roles_in_words(self.roles)} этого сделать не может.")


def _roles_in_words(roles: frozenset[Role]) -> str:
    if not roles:
        return "Посторонний"
    return "Роль «" + ", ".join(sorted(Role(role).label for role in roles)) + "»"


def system_actor(label: str = "Система") -> Actor:
    return Actor(user_id=None, label=label, roles=frozenset(), is_system=True)


@dataclass(frozen=True)
class Grants:
    """All grants of a user that hold today, read once per request."""

    user: User
    rows: tuple[RoleGrant, ...]

    def at_organisation(self, organisation: Organisation) -> Actor:
        roles = {Role(g.role) for g in self.rows if g.organisation_id == organisation.pk}
        return self._actor(frozenset(roles))

    def at_territory(self, territory: Territory) -> Actor:
        """Territory roles reach down: a region's role holds in its municipalities."""
        line = set(territory.ancestor_ids)
        held = [g for g in self.rows if g.territory_id in line and Role(g.role) in TERRITORY_ROLES]
        agreeing = [g for g in held if "roadmaps.agree" in ROLE_ACTIONS[Role(g.role)]]
        actor = self._actor(frozenset(Role(g.role) for g in held))
        return replace(actor, audiences=known_audiences([g.audience for g in agreeing]))

    def anywhere(self) -> Actor:
        return self._actor(frozenset(Role(g.role) for g in self.rows))

    def _actor(self, roles: frozenset[Role]) -> Actor:
        return Actor(user_id=self.user.pk, label=self.user.full_name, roles=roles)


def grants_of(user: User, *, today: date) -> Grants:
    """The user's effective grants with their nodes, in one query."""
    return Grants(user=user, rows=tuple(map(_grant, _standing(user=user.pk, today=today))))


def _names(model: type[Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields]


_GRANT, _ORGANISATION, _TERRITORY = _names(RoleGrant), _names(Organisation), _names(Territory)
_DAY = RoleGrant._meta.get_field("starts_on")
_standing = Prepared(
    lambda: (
        RoleGrant.objects.filter(
            user=Blank("user", User._meta.get_field("id")), starts_on__lte=Blank("today", _DAY)
        )
        .exclude(ends_on__lt=Blank("today", _DAY))
        .order_by("id")
        .values_list(
            *_GRANT,
            *(f"organisation__{name}" for name in _ORGANISATION),
            *(f"organisation__territory__{name}" for name in _TERRITORY),
            *(f"territory__{name}" for name in _TERRITORY),
        )
    )
)


def _grant(row: Sequence[Any]) -> RoleGrant:
    """One row of `_standing` as the grant with its nodes in place."""
    values = iter(row)
    grant = RoleGrant.from_db(connection.alias, _GRANT, list(islice(values, len(_GRANT))))
    grant.organisation = _taken(Organisation, _ORGANISATION, values)
    home, grant.territory = (_taken(Territory, _TERRITORY, values) for _ in range(2))
    if grant.organisation is not None and home is not None:
        grant.organisation.territory = home
    return grant


def _taken(model: type[M], names: list[str], values: Iterator[Any]) -> M | None:
    """The next columns of a row as an object; None where nothing was joined."""
    own = list(islice(values, len(names)))
    return None if own[0] is None else model.from_db(connection.alias, names, own)
