"""A meeting from the first line to its day."""

from datetime import date, time

from django.core.exceptions import ValidationError
from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.events import policies
from nastavnik.events.models import EVENT_TRANSITIONS, Event, EventKind, EventState, Participant
from nastavnik.events.services.invited import invite_usual
from nastavnik.events.services.waiving import unwaive_meeting
from nastavnik.events.tokens import fresh_secret
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

TITLES = {
    EventKind.GROUP_MEETING: "Групповая встреча наставников и наставляемых",
    EventKind.FINAL_MEETING: "Итоговая встреча наставнических пар",
}


@transaction.atomic
def plan_meeting(
    *,
    actor: Actor,
    organisation: Organisation,
    kind: EventKind,
    on: date,
    starts_at: time,
    place: str = "",
    link: str = "",
    title: str = "",
    round_minutes: int = 3,
) -> Event:
    """Make a draft and invite everybody who is usual for its kind. A decision to do without a
    meeting this school year falls.

    Raises: DomainError when neither a place nor a link is given.
    """
    demand(policies.can_plan(actor))
    nonce, token_hash = fresh_secret()
    event = Event(
        organisation=organisation,
        kind=kind,
        title=tidy(title) or TITLES[EventKind(kind)],
        on=on,
        starts_at=starts_at,
        place=tidy(place),
        link=link.strip(),
        round_minutes=round_minutes,
        nonce=nonce,
        token_hash=token_hash,
        created_by=actor.label,
    )
    _check(event)
    event.save()
    if event.kind == EventKind.GROUP_MEETING:
        unwaive_meeting(actor=actor, on=on)
    record(actor=actor, action="events.plan", subject=event, to_state=event.state)
    invite_usual(actor=actor, event=event)
    return event


@transaction.atomic
def change_meeting(
    *,
    actor: Actor,
    event: Event,
    on: date,
    starts_at: time,
    title: str,
    place: str = "",
    link: str = "",
    round_minutes: int = 3,
) -> Event:
    """Another date or place; invitations that were handed out are not called back by themselves."""
    event = locked(event)
    demand(policies.can_change(actor, event))
    event.on, event.starts_at = on, starts_at
    event.title = tidy(title) or TITLES[EventKind(event.kind)]
    event.place, event.link = tidy(place), link.strip()
    event.round_minutes = round_minutes
    _check(event)
    event.save(update_fields={"on", "starts_at", "title", "place", "link", "round_minutes"})
    record(actor=actor, action="events.edit", subject=event, to_state=event.state)
    return event


@transaction.atomic
def announce(*, actor: Actor, event: Event) -> Event:
    """The list is settled and invitations go out."""
    event = locked(event)
    demand(policies.can_change(actor, event))
    if not Participant.objects.filter(event=event).exists():
        raise DomainError("nobody", "Сначала отметьте, кого приглашаете.")
    return move(actor, event, EventState.ANNOUNCED, "events.announce")


@transaction.atomic
def start(*, actor: Actor, event: Event, today: date) -> Event:
    """The meeting begins. Raises: DomainError before its day."""
    event = locked(event)
    demand(policies.can_change(actor, event))
    if event.on > today:
        raise DomainError(
            "too_early",
            f"Встреча назначена на {event.on:%d.%m.%Y}. Начать её раньше нельзя: измените дату.",
        )
    return move(actor, event, EventState.GOING, "events.start")


@transaction.atomic
def cancel(*, actor: Actor, event: Event, reason: str) -> Event:
    """The meeting will not take place. Raises: DomainError without a reason."""
    event = locked(event)
    demand(policies.can_change(actor, event))
    words = tidy(reason)[:300]
    if not words:
        raise DomainError("reason_needed", "Напишите, почему встреча отменяется.", field="reason")
    event.cancel_reason = words
    event.save(update_fields={"cancel_reason"})
    return move(actor, event, EventState.CANCELLED, "events.cancel", reason=words)


def locked(event: Event) -> Event:
    """The meeting as it is now, held until the end of the transaction."""
    fresh: Event = Event.objects.select_for_update().get(pk=event.pk)
    return fresh


def move(actor: Actor, event: Event, target: EventState, action: str, *, reason: str = "") -> Event:
    before = event.state
    demand_move(EVENT_TRANSITIONS, before, target, label=f"«{event.title}»")
    event.state = target
    event.save(update_fields={"state"})
    record(
        actor=actor,
        action=action,
        subject=event,
        from_state=before,
        to_state=target,
        reason=reason,
    )
    return event


def _check(event: Event) -> None:
    if not event.place and not event.link:
        raise DomainError("where", "Укажите место или ссылку на видеовстречу.", field="place")
    try:
        event.full_clean(exclude=("organisation",))
    except ValidationError as error:
        raise DomainError("wrong_values", " ".join(error.messages)) from error
