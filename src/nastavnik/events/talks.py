"""The schedule of talks as people read it: at which table, with whom, in which round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from nastavnik.events.models import Event, Participant, Side
from nastavnik.events.wording import called

Talk = tuple[int, int]


@dataclass(frozen=True)
class Guest:
    """A person as others at the meeting may see one."""

    number: int
    name: str


@dataclass(frozen=True)
class Meeting:
    """One talk at one table; `is_extra` was added so that nobody waits."""

    table: int
    mentor: Guest
    mentee: Guest
    is_extra: bool


@dataclass(frozen=True)
class Route:
    """A mentee's way through the rounds: a table, or None to rest."""

    mentee: Guest
    tables: tuple[int | None, ...]


@dataclass(frozen=True)
class Talks:
    """The whole schedule. `is_stale`: the list has changed since it was made."""

    minutes: int
    rounds: tuple[tuple[Meeting, ...], ...]
    routes: tuple[Route, ...]
    tables: tuple[tuple[int, Guest], ...]
    left_out: int
    is_stale: bool

    @property
    def total_minutes(self) -> int:
        return self.minutes * len(self.rounds)


def talks_of(event: Event, rows: Sequence[Participant], on: date) -> Talks | None:
    """The stored schedule with names; those who left the list since then are passed over."""
    stored = event.rotation
    if not stored.get("rounds"):
        return None
    guests = {row.pk: Guest(row.number, called(row.person, on)) for row in rows}
    table_of = {pk: place for place, pk in enumerate(stored["tables"], 1)}
    extra = {tuple(talk) for talk in stored["extra"]}
    rounds: list[list[Talk]] = [
        [(a, b) for a, b in talks if a in guests and b in guests] for talks in stored["rounds"]
    ]
    seated = set(stored["people"])
    mentees = sorted(
        (row for row in rows if row.side == Side.MENTEE and row.pk in seated),
        key=lambda row: row.number,
    )
    seats = [{a: table_of[b] for a, b in talks} for talks in rounds]
    return Talks(
        minutes=stored["minutes"],
        rounds=tuple(
            tuple(
                Meeting(table_of[b], guests[b], guests[a], (a, b) in extra)
                for a, b in sorted(talks, key=lambda talk: table_of[talk[1]])
            )
            for talks in rounds
        ),
        routes=tuple(
            Route(guests[row.pk], tuple(seat.get(row.pk) for seat in seats)) for row in mentees
        ),
        tables=tuple((place, guests[pk]) for pk, place in table_of.items() if pk in guests),
        left_out=stored.get("left_out", 0),
        is_stale=_is_stale(event, rows),
    )


def order_of_talking(event: Event, rows: Sequence[Participant]) -> list[tuple[int, int]]:
    """(mentee profile, mentor profile) of every talk between those who came, round by round."""
    came = {row.pk: row for row in rows if row.arrived_at is not None}
    found = []
    for talks in event.rotation.get("rounds") or []:
        for a, b in talks:
            if a in came and b in came:
                mentee, mentor = came[a].person, came[b].person
                found.append((mentee.mentee.pk, mentor.mentor.pk))
    return found


def _is_stale(event: Event, rows: Sequence[Participant]) -> bool:
    if event.ended_at is not None:
        return False
    came = {row.pk for row in rows if row.arrived_at is not None}
    return set(event.rotation["people"]) != (came or {row.pk for row in rows})
