"""The terms of waiting, and support for those who wait too long (СПб 2022, этап 5)."""

from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.pairs import policies
from nastavnik.pairs.queries.waiting import Rules, long_waiting
from nastavnik.people.models import MenteeState
from nastavnik.people.services.states import move_mentee
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

MOST_DAYS = 365


@transaction.atomic
def save_waiting_rules(*, actor: Actor, organisation: Organisation, rules: Rules) -> Organisation:
    """Keep the institution's terms. Raises: DomainError for terms in the wrong order or too long."""
    demand(policies.can_edit_pairs(actor))
    if not 1 <= rules.waiting_days <= rules.support_days <= MOST_DAYS:
        text = f"Сопровождение не может начаться раньше; оба срока — от 1 до {MOST_DAYS} дней."
        raise DomainError("waiting_days", text, field="support_days")
    kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
    kept.settings = kept.settings | {
        "waiting_days": rules.waiting_days,
        "support_days": rules.support_days,
    }
    kept.save(update_fields={"settings"})
    record(actor=actor, action="organisation.settings", subject=kept)
    return kept


@transaction.atomic
def note_export(*, actor: Actor, organisation: Organisation, kind: str, count: int) -> None:
    """Write into the journal that the list of those without a pair left the system."""
    record(
        actor=actor,
        action="people.exported_unpaired",
        subject=organisation,
        details={"kind": kind, "count": count},
    )


@transaction.atomic
def support_long_waiting(*, actor: Actor, organisation: Organisation, on: date) -> int:
    """Mark those who wait too long as «без пары — сопровождение»; the search for them goes on.

    Returns how many were marked. Only mentees of the base are: their consents are in force.
    """
    found = long_waiting(organisation, on)
    for mentee in found:
        move_mentee(
            actor=actor,
            mentee=mentee,
            to=MenteeState.UNPAIRED,
            today=on,
            reason="долго ждёт наставника",
        )
    return len(found)
