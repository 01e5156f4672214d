"""Who may give which role where."""

from collections.abc import Collection

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import TERRITORY_ROLES, Role
from nastavnik.shared.verdict import Allowed, Denied, Verdict
from nastavnik.tenancy.models import Organisation

# Roles that a head or curator gives by invitation; the curator and the responsible officer come
# by order, the head from the level above.
INVITED_ROLES = (Role.SYSADMIN, Role.COUNCIL, Role.THIRD_PARTY)
BY_ORDER = frozenset({Role.CURATOR, Role.RESPONSIBLE})


def can_invite_in_organisation(actor: Actor, role: Role) -> Verdict:
    """In an institution: helpers by invitation; nobody raises himself or another to its head."""
    if not (verdict := actor.can("team.invite")):
        return verdict
    if role in INVITED_ROLES:
        return Allowed()
    if role in BY_ORDER:
        return Denied("Эту роль даёт приказ о назначении: составьте его на шаге «Команда».")
    return Denied("Эту роль даёт муниципалитет или регион.")


def can_invite_on_territory(actor: Actor, role: Role, *, to_organisation: bool) -> Verdict:
    """A territory appoints heads and first curators of its institutions and its own officers."""
    if not (verdict := actor.can("territory.invite")):
        return verdict
    allowed = {Role.HEAD, Role.CURATOR} if to_organisation else TERRITORY_ROLES
    if role not in allowed:
        return Denied("Эту роль отсюда не дают.")
    if role == Role.REGION and Role.REGION not in actor.roles and not actor.is_system:
        return Denied("Роль региона даёт только регион.")
    return Allowed()


def can_renew_link(
    actor: Actor, organisation: Organisation, grants: Collection[RoleGrant]
) -> Verdict:
    """A link sets a new password, so it hands over everything that its owner may do.

    `grants` are all that hold now or later, wherever they are. Nobody gets by a link what the own
    role does not reach: another institution, a territory, or a role above.
    """
    if not (verdict := actor.can("team.invite")):
        return verdict
    if any(row.organisation_id != organisation.pk for row in grants):
        return Denied("У этого человека есть роль и в другом месте: ссылку выдаёт муниципалитет.")
    roles = {Role(row.role) for row in grants}
    if actor.is_system or Role.HEAD in actor.roles:
        return Allowed()
    if Role.HEAD in roles:
        return Denied("Ссылку руководителю выдаёт муниципалитет.")
    if Role.CURATOR in actor.roles or roles <= set(INVITED_ROLES):
        return Allowed()
    return Denied("Эту ссылку выдаёт руководитель или куратор.")
