"""Who may do what with group meetings."""

from nastavnik.accounts.actor import Actor
from nastavnik.events.models import OPEN_STATES, Event, EventState
from nastavnik.shared.verdict import Allowed, Denied, Verdict


def can_plan(actor: Actor) -> Verdict:
    return actor.can("events.edit")


def can_change(actor: Actor, event: Event) -> Verdict:
    """Date, place and list change until the meeting is over."""
    if not (verdict := actor.can("events.edit")):
        return verdict
    if event.state not in OPEN_STATES:
        return Denied("Встреча завершена или отменена, изменить её нельзя.")
    return Allowed()


def can_mark(actor: Actor, event: Event) -> Verdict:
    """The curator ticks people while the meeting goes on."""
    if not (verdict := actor.can("events.edit")):
        return verdict
    if event.state != EventState.GOING:
        return Denied("Отмечать пришедших можно, пока встреча идёт.")
    return Allowed()


def can_reopen(actor: Actor, event: Event) -> Verdict:
    """An end by mistake is undone while both papers are drafts."""
    if not (verdict := actor.can("events.edit")) or not (verdict := actor.can("documents.edit")):
        return verdict
    if event.state != EventState.ENDED:
        return Denied("Открыть снова можно только завершённую встречу.")
    if any(
        paper is not None and paper.is_signed for paper in (event.protocol, event.attendance_list)
    ):
        return Denied("Документы встречи подписаны, открыть её снова нельзя.")
    return Allowed()


def can_end(actor: Actor, event: Event) -> Verdict:
    """Ending makes papers, so it also needs the right to prepare them."""
    if not (verdict := can_mark(actor, event)):
        return verdict
    return actor.can("documents.edit")
