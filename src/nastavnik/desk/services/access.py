"""Who enters an institution or a territory: invitations and endings of roles."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts import policies
from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import RoleGrant, User
from nastavnik.accounts.permissions import Role
from nastavnik.accounts.queries import standing_grants
from nastavnik.accounts.services import create_account, end_role, give_role, invite
from nastavnik.audit.services import record
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope


@transaction.atomic
def invite_to_organisation(
    *,
    actor: Actor,
    organisation: Organisation,
    role: Role,
    surname: str,
    given: str,
    patronymic: str,
    gender: str,
    now: datetime,
    today: date,
    from_territory: bool = False,
) -> str:
    """Create an account with a role and return the token of its one-time link."""
    if from_territory:
        demand(policies.can_invite_on_territory(actor, role, to_organisation=True))
    else:
        demand(policies.can_invite_in_organisation(actor, role))
    user = create_account(surname=surname, given=given, patronymic=patronymic, gender=gender)
    grant = give_role(user=user, role=role, organisation=organisation, starts_on=today)
    with scope({organisation.pk}):
        record(
            actor=actor,
            action="accounts.grant",
            subject=grant,
            organisation=organisation,
            to_state=role,
            details={"user": user.pk},
        )
    return invite(actor=actor, user=user, now=now)


@transaction.atomic
def invite_to_territory(
    *,
    actor: Actor,
    territory: Territory,
    role: Role,
    audience: str,
    surname: str,
    given: str,
    patronymic: str,
    gender: str,
    now: datetime,
    today: date,
) -> str:
    """Create an officer of the territory and return the token of the one-time link."""
    demand(policies.can_invite_on_territory(actor, role, to_organisation=False))
    user = create_account(surname=surname, given=given, patronymic=patronymic, gender=gender)
    grant = give_role(user=user, role=role, territory=territory, audience=audience, starts_on=today)
    record(actor=actor, action="accounts.grant", subject=grant, to_state=role)
    return invite(actor=actor, user=user, now=now)


@transaction.atomic
def renew_invitation(*, actor: Actor, organisation: Organisation, user: User, now: datetime) -> str:
    """A new one-time link for a member of the team: a first entry or a forgotten password."""
    if not RoleGrant.objects.filter(user=user, organisation=organisation).exists():
        raise DomainError("stranger", "Этот человек не из команды учреждения.")
    held = list(standing_grants(user, on=timezone.localdate(now)))
    if user.is_system_admin:
        raise DomainError("stranger", "Администратору сервера ссылку отсюда не дают.")
    demand(policies.can_renew_link(actor, organisation, held))
    record(actor=actor, action="accounts.invite", subject=user, organisation=organisation)
    return invite(actor=actor, user=user, now=now)


@transaction.atomic
def end_role_in_organisation(
    *, actor: Actor, organisation: Organisation, grant: RoleGrant, today: date, reason: str
) -> None:
    """Close a role that came by invitation; roles by order end by an order."""
    demand(actor.can("team.invite"))
    if grant.organisation_id != organisation.pk:
        raise DomainError("stranger", "Этой роли в учреждении нет.")
    demand(policies.can_invite_in_organisation(actor, Role(grant.role)))
    if not reason.strip():
        raise DomainError("reason", "Укажите причину.", field="reason")
    record(
        actor=actor,
        action="accounts.revoke",
        subject=grant,
        organisation=organisation,
        from_state=grant.role,
        reason=reason,
    )
    end_role(grant=grant, last_day=today - timedelta(days=1))
