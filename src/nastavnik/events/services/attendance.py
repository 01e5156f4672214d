"""Who came: by a personal QR code, by the code on the badge, at the door, by the list."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.events import policies, queries
from nastavnik.events.models import Arrival, Event, Participant, WrongCode
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand

TRIES_MINUTES = 10
TRIES_OF_ONE = 20  # a whole school may share one address
TRIES_OF_ALL = 200


class TooManyTries(DomainError):
    """Codes are being guessed; the personal QR code and the list go on working."""

    def __init__(self) -> None:
        super().__init__(
            "too_many_tries",
            f"Слишком много неверных кодов. Подождите {TRIES_MINUTES} минут "
            "или подойдите к куратору.",
            field="code",
        )


@transaction.atomic
def check_in(
    *, actor: Actor, participant: Participant, way: Arrival, now: datetime, today: bool
) -> Participant:
    """Note that a person came; again it changes nothing.

    `today` tells whether check-in is open. Raises: DomainError before the day and after the end,
    or when the person's consent no longer holds.
    """
    row: Participant = (
        Participant.objects.select_for_update().select_related("event").get(pk=participant.pk)
    )
    if row.arrived_at is not None:
        return row
    if not today:
        raise DomainError("closed", "Сейчас отметиться нельзя. Спросите куратора.")
    if queries.without_consent([row.person_id], now.date()):
        raise DomainError("no_consent", "Не хватает согласия на участие. Подойдите к куратору.")
    row.arrived_at, row.arrived_by = now, way
    row.save(update_fields={"arrived_at", "arrived_by"})
    record(
        actor=actor,
        action="events.arrived",
        subject=row.event,
        details={"person": row.person_id, "way": way},
    )
    return row


def by_code(*, event: Event, code: str, origin: str, now: datetime) -> Participant:
    """The participant whose badge bears the code.

    A wrong code is remembered with its origin (a keyed hash) for the length of the meeting.
    Raises: TooManyTries; DomainError when nobody has the code.
    """
    mine, everybody = queries.wrong_codes(event, origin, now, TRIES_MINUTES)
    if mine >= TRIES_OF_ONE or everybody >= TRIES_OF_ALL:
        raise TooManyTries
    row: Participant | None = Participant.objects.filter(event=event, code=code).first()
    if row is None:
        WrongCode(organisation_id=event.organisation_id, event=event, origin=origin, at=now).save()
        raise DomainError(
            "wrong_code", "Такого кода нет. Проверьте шесть цифр на бейдже.", field="code"
        )
    return row


@transaction.atomic
def mark_by_list(
    *, actor: Actor, event: Event, present_ids: Collection[int], now: datetime
) -> tuple[int, int]:
    """The curator's ticks: these participants are here, the others are not.

    Returns how many were marked and unmarked. Raises: DomainError when somebody has no consent.
    """
    demand(policies.can_mark(actor, event))
    wanted = set(present_ids)
    rows = list(Participant.objects.select_for_update().filter(event=event))
    came = [row for row in rows if row.pk in wanted and row.arrived_at is None]
    gone = [row for row in rows if row.pk not in wanted and row.arrived_at is not None]
    bare = queries.without_consent({row.person_id for row in came}, now.date())
    if bare:
        numbers = ", ".join(f"№ {row.number}" for row in came if row.person_id in bare)
        raise DomainError("no_consent", f"Нет согласия на участие: {numbers}.", field="present")
    for row in came:
        row.arrived_at, row.arrived_by = now, Arrival.HAND
    for row in gone:
        row.arrived_at, row.arrived_by = None, ""
    Participant.objects.bulk_update([*came, *gone], ["arrived_at", "arrived_by"])
    if came or gone:
        record(
            actor=actor,
            action="events.attendance",
            subject=event,
            details={
                "came": [row.person_id for row in came],
                "removed": [row.person_id for row in gone],
            },
        )
    return len(came), len(gone)
