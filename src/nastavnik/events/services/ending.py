"""The end of a meeting: attendance is fixed and its papers are drafted; back while they are."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.documents.models import Document, Relation
from nastavnik.documents.services import drop_draft, prepare_document
from nastavnik.events import papers, policies, queries
from nastavnik.events.models import Event, EventState, WrongCode
from nastavnik.events.services.meetings import locked, move
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.surveys.models import Side
from nastavnik.surveys.services import invite_more, uninvite
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

    When its survey goes on already, those who were marked since are asked as well, and those whose
    mark was taken off are asked no more, unless they answered or are named in an answer.

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
    _bring_survey_in_line(actor, event, timezone.localdate(now))
    return move(actor, event, EventState.ENDED, "events.end")


@transaction.atomic
def reopen_meeting(*, actor: Actor, event: Event, reason: str) -> Event:
    """Undo an end by mistake: the drafts of its papers are dropped, attendance opens again.

    Raises: DomainError without a reason; refused once the protocol or the list is signed.
    """
    event = locked(event)
    demand(policies.can_reopen(actor, event))
    words = tidy(reason)[:300]
    if not words:
        raise DomainError("reason_needed", "Напишите, почему открываете снова.", field="reason")
    for paper in (event.attendance_list, event.protocol):
        if paper is not None and paper.is_open:
            drop_draft(actor=actor, document=paper)
    event.ended_at, event.protocol, event.attendance_list = None, None, None
    event.save(update_fields={"ended_at", "protocol", "attendance_list"})
    return move(actor, event, EventState.GOING, "events.reopen", reason=words)


def _bring_survey_in_line(actor: Actor, event: Event, today: date) -> None:
    """The open survey asks those who were there: newcomers too, and nobody else."""
    if event.survey is None or not event.survey.is_open_on(today):
        return
    rows = queries.participants_of(event, with_topics=True)
    came = [row for row in rows if row.arrived_at is not None]
    absent = {(Side(row.side), row.person_id) for row in rows if row.arrived_at is None}
    uninvite(actor=actor, campaign=event.survey, people=absent, on=today)
    invite_more(
        actor=actor,
        campaign=event.survey,
        mentees=[row.person.mentee for row in came if not row.is_mentor],
        mentors=[row.person.mentor for row in came if row.is_mentor],
        on=today,
    )


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
