"""The end of a meeting: attendance is fixed and its papers are drafted."""

from datetime import datetime

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.documents.models import Document, Relation
from nastavnik.documents.services import prepare_document
from nastavnik.events import papers, policies, queries
from nastavnik.events.models import Event, EventState, WrongCode
from nastavnik.events.services.meetings import locked, move
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation


@transaction.atomic
def end_meeting(
    *,
    actor: Actor,
    organisation: Organisation,
    event: Event,
    now: datetime,
    summary: str = "",
    decisions: str = "",
) -> Event:
    """Close check-in and draft the protocol and the attendance list, filed under «Подбор».

    Raises: DomainError when nobody came or the meeting does not go on.
    """
    event = locked(event)
    demand(policies.can_end(actor, event))
    rows = queries.participants_of(event)
    if not any(row.arrived_at for row in rows):
        raise DomainError("nobody_came", "Сначала отметьте пришедших: пока не отмечен никто.")
    event.summary, event.decisions, event.ended_at = summary.strip(), decisions.strip(), now
    event.protocol = prepare_document(
        actor=actor,
        organisation=organisation,
        kind=papers.PROTOCOL,
        title=f"Протокол: {event.title[:1].lower()}{event.title[1:]}, {event.on:%d.%m.%Y}",
        data=papers.protocol(actor, organisation, event, rows),
        subject_id=event.pk,
    )
    event.attendance_list = _attendance_list(actor, organisation, event, event.protocol)
    event.save(update_fields={"summary", "decisions", "ended_at", "protocol", "attendance_list"})
    WrongCode.objects.filter(event=event).delete()
    return move(actor, event, EventState.ENDED, "events.end")


def _attendance_list(
    actor: Actor, organisation: Organisation, event: Event, protocol: Document
) -> Document:
    rows = queries.participants_of(event)
    return prepare_document(
        actor=actor,
        organisation=organisation,
        kind=papers.ATTENDANCE,
        title=f"Лист регистрации, встреча {event.on:%d.%m.%Y}",
        data=papers.sign_sheet(actor, organisation, event, rows),
        subject_id=event.pk,
        parent=protocol,
        relation=Relation.FOLLOWS,
    )
