"""The list of a meeting: who is invited and who drops out."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.events import policies, queries
from nastavnik.events.models import OPEN_STATES, Event, Participant
from nastavnik.events.queries import Candidate
from nastavnik.events.tokens import fresh_code, fresh_secret
from nastavnik.shared.errors import DomainError
from nastavnik.shared.typography import counted
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

LARGEST = 500


@transaction.atomic
def invite_usual(*, actor: Actor, event: Event) -> int:
    """Everybody in the base without a pair, or everybody in a working pair, with consents."""
    usual = [
        c.person.pk
        for c in queries.candidates(event.kind, event.on)
        if c.by_default and c.has_consent
    ]
    return set_participants(actor=actor, event=event, person_ids=usual[:LARGEST])


@transaction.atomic
def set_participants(*, actor: Actor, event: Event, person_ids: Collection[int]) -> int:
    """Make the list exactly these people; numbers and codes of those who stay do not change.

    Returns how many are invited. Raises: DomainError when somebody has no consent in force, has
    already come and would be dropped, or is not in the base.
    """
    demand(policies.can_change(actor, event))
    wanted = set(person_ids)
    if len(wanted) > LARGEST:
        raise DomainError("too_many", f"Приглашайте не больше {LARGEST} человек на одну встречу.")
    rows = list(Participant.objects.filter(event=event))
    known = {row.person_id: row for row in rows}
    allowed = {c.person.pk: c for c in queries.candidates(event.kind, event.on)}
    _refuse_strangers(wanted - known.keys(), allowed)
    gone = [row for pk, row in known.items() if pk not in wanted]
    _refuse_losing_arrived(gone)
    Participant.objects.filter(pk__in=[row.pk for row in gone]).delete()
    added = [allowed[pk] for pk in allowed if pk in wanted - known.keys()]
    _seat(event, added, [row for row in rows if row not in gone])
    if gone or added:
        record(
            actor=actor,
            action="events.people",
            subject=event,
            details={
                "added": [c.person.pk for c in added],
                "removed": [row.person_id for row in gone],
            },
        )
    return len(wanted)


def _refuse_strangers(new: set[int], allowed: dict[int, Candidate]) -> None:
    if any(pk not in allowed for pk in new):
        raise DomainError("not_in_base", "Пригласить можно только тех, кто в базе.", field="p")
    bare = [allowed[pk].person.short_name for pk in new if not allowed[pk].has_consent]
    if bare:
        raise DomainError(
            "no_consent",
            f"Нет согласия: {', '.join(sorted(bare))}. Без него приглашать нельзя.",
            field="p",
        )


def _refuse_losing_arrived(gone: Iterable[Participant]) -> None:
    if any(row.arrived_at for row in gone):
        raise DomainError(
            "has_arrived",
            "Кто уже пришёл, того из списка не убрать. Сначала снимите отметку.",
            field="p",
        )


def _seat(event: Event, people: Iterable[Candidate], others: list[Participant]) -> None:
    """Give each newcomer the next number, a code and a secret."""
    taken = {row.code for row in others}
    number = max((row.number for row in others), default=0)
    rows = []
    for number, candidate in enumerate(people, number + 1):  # noqa: B020 -- goes on from the last
        code = fresh_code(taken)
        taken.add(code)
        nonce, token_hash = fresh_secret()
        rows.append(
            Participant(
                organisation_id=event.organisation_id,
                event=event,
                person=candidate.person,
                side=candidate.side,
                number=number,
                code=code,
                nonce=nonce,
                token_hash=token_hash,
            )
        )
    Participant.objects.bulk_create(rows)


@transaction.atomic
def on_papers_changed(
    actor: Actor, organisation: Organisation, person_ids: Collection[int], on: date
) -> list[str]:
    """Listener of `people.news`: without a consent nobody stays in the list of a coming meeting."""
    rows = Participant.objects.filter(
        person_id__in=list(person_ids),
        event__state__in=list(OPEN_STATES),
        arrived_at__isnull=True,
    ).select_related("event")
    found = list(rows)
    bare = queries.without_consent({row.person_id for row in found}, on) if found else set()
    told = []
    for event in {row.event for row in found}:
        lost = [row for row in found if row.event_id == event.pk and row.person_id in bare]
        if not lost:
            continue
        Participant.objects.filter(pk__in=[row.pk for row in lost]).delete()
        record(
            actor=actor,
            action="events.people",
            subject=event,
            reason="нет согласия",
            details={"removed": [row.person_id for row in lost]},
        )
        number = counted(len(lost), "человек", "человека", "человек")
        told.append(f"Из списка встречи {event.on:%d.%m.%Y} без согласия убрано: {number}.")
    return told
