"""Pairs without a group meeting: said openly, with the reason, for one school year."""

from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.context import school_year
from nastavnik.events import policies, queries
from nastavnik.events.models import EventState, MeetingWaiver
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation


@transaction.atomic
def waive_meeting(
    *, actor: Actor, organisation: Organisation, reason: str, on: date
) -> MeetingWaiver:
    """Do without a group meeting this school year. Saying it again replaces the reason.

    Raises: DomainError without a reason, or when a meeting of the year is planned or held.
    """
    demand(policies.can_plan(actor))
    words = tidy(reason)[:300]
    if not words:
        raise DomainError("reason_needed", "Напишите, почему без встречи.", field="reason")
    found = queries.meeting_of_year(on)
    if found is not None:
        word = "прошла" if found.state == EventState.ENDED else "назначена"
        raise DomainError(
            "has_meeting", f"Встреча уже {word}: {found.on:%d.%m.%Y}.", field="reason"
        )
    waiver: MeetingWaiver
    waiver, _ = MeetingWaiver.objects.update_or_create(
        organisation=organisation,
        school_year=school_year(on),
        defaults={"reason": words, "decided_by": actor.label, "decided_on": on},
    )
    record(actor=actor, action="events.waive", subject=waiver, reason=words)
    return waiver


@transaction.atomic
def unwaive_meeting(*, actor: Actor, on: date) -> None:
    """There will be a meeting after all. Without a decision nothing happens."""
    demand(policies.can_plan(actor))
    for waiver in MeetingWaiver.objects.filter(school_year=school_year(on)):
        record(actor=actor, action="events.unwaive", subject=waiver)
        waiver.delete()
