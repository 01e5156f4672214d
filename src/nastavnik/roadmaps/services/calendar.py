"""A personal calendar of deadlines: its secret address is given, changed and taken back."""

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.links import fresh_secret
from nastavnik.roadmaps.models import CalendarLink
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation


@transaction.atomic
def renew_link(*, actor: Actor, organisation: Organisation) -> CalendarLink:
    """Give the actor a new address; the former one stops at once.

    Raises: DomainError for somebody without an account.
    """
    demand(policies.can_read(actor))
    if actor.user_id is None:
        raise DomainError("no_account", "Календарь бывает только у того, кто входит сам.")
    nonce, token_hash = fresh_secret()
    link, is_new = CalendarLink.objects.update_or_create(
        organisation_id=organisation.pk,
        user_id=actor.user_id,
        defaults={"nonce": nonce, "token_hash": token_hash},
    )
    record(
        actor=actor,
        action="roadmaps.calendar_link",
        subject=link,
        details={"is_new": is_new},
    )
    found: CalendarLink = link
    return found


@transaction.atomic
def revoke_link(*, actor: Actor) -> None:
    """Take the actor's address back; without one nothing happens."""
    link = CalendarLink.objects.filter(user_id=actor.user_id).first()
    if link is None:
        return
    record(actor=actor, action="roadmaps.calendar_revoked", subject=link)
    link.delete()
