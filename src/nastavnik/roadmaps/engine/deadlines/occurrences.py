"""Deadlines laid out over the roadmap's period."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from nastavnik.roadmaps.engine.deadlines.events import due_after
from nastavnik.roadmaps.engine.deadlines.labels import span_label, year_label
from nastavnik.roadmaps.engine.deadlines.model import Deadline, Kind, Period
from nastavnik.roadmaps.engine.deadlines.recurrence import read_recurrence
from nastavnik.roadmaps.engine.deadlines.rhythm import Slot, slots, years_of

MAX_OCCURRENCES = 500
"""Of one line: nine years of weeks. A roadmap of a longer life does not exist."""

_LISTED = (Kind.DUE, Kind.MONTH, Kind.MONTH_RANGE, Kind.RANGE)
_REPEATED = (Kind.RECURRING, Kind.MIN_FREQUENCY)


@dataclass(frozen=True)
class Occurrence:
    """One time that a line asks for. Without `due` it is never late: a yearly look, or a deadline
    whose event has no date yet. `ordinal` counts from 1 by due day within the line.
    """

    start: date | None
    due: date | None
    ordinal: int
    label: str


def occurrences(
    deadlines: Iterable[Deadline], period: Period | None, events: Mapping[str, date] | None = None
) -> tuple[Occurrence, ...]:
    """Every occurrence of a line's deadlines, in order of time.

    Dates: one each. A period: one for each of its years. A repetition: within its own bounds, or
    within the roadmap's. «Постоянно»: a yearly look without a due day, where nothing else is dated.
    Relative: a due day once `events` has the day of its event. External, on demand, empty and
    unknown have none.
    """
    given = tuple(deadlines)
    dated = [slot for deadline in given for slot in _of(deadline, period, events or {})]
    if not dated and any(deadline.kind is Kind.PERMANENT for deadline in given):
        dated = _looks(period)
    known = sorted(islice(dated, MAX_OCCURRENCES), key=_order)
    return tuple(
        Occurrence(slot.start, slot.due, ordinal, slot.label)
        for ordinal, slot in enumerate(dict.fromkeys(known), 1)
    )


def _order(slot: Slot) -> tuple[date, date, str]:
    due = slot.due or slot.start or date.max
    return due, slot.start or due, slot.label


def _of(deadline: Deadline, period: Period | None, events: Mapping[str, date]) -> Iterator[Slot]:
    if deadline.kind in _LISTED and deadline.end:
        yield Slot(deadline.start, deadline.end, span_label(deadline.start, deadline.end))
    elif deadline.kind is Kind.PERIOD and deadline.start and deadline.end:
        academic = _is_academic(deadline, period)
        for first, last in years_of(deadline.start, deadline.end, academic=academic):
            yield Slot(first, last, year_label(first, last, academic=academic))
    elif deadline.kind is Kind.RELATIVE:
        happened = events.get(deadline.event or "")
        due = due_after(deadline, happened) if happened else None
        yield Slot(None, due, deadline.source_words)
    elif deadline.kind in _REPEATED and deadline.recurrence:
        yield from _repeated(deadline, period)


def _repeated(deadline: Deadline, period: Period | None) -> Iterator[Slot]:
    first = deadline.start or (period.start if period else None)
    last = deadline.end or (period.end if period else None)
    if first is None or last is None or last < first:
        return
    rule = read_recurrence(deadline.recurrence or "")
    bounds = Period(first, last, _is_academic(deadline, period))
    for slot in islice(slots(rule, bounds), MAX_OCCURRENCES):
        for number in range(1, rule.times + 1):
            of = f" ({number} из {rule.times})" if rule.times > 1 else ""
            yield replace(slot, label=slot.label + of)


def _is_academic(deadline: Deadline, period: Period | None) -> bool:
    """Whether years run from September: by the deadline's own days, else by the roadmap's."""
    if deadline.start and deadline.end:
        return (deadline.start.month, deadline.start.day) == (9, 1) and deadline.end.month < 9
    return period is not None and period.academic


def _looks(period: Period | None) -> list[Slot]:
    if period is None:
        return []
    years = years_of(period.start, period.end, academic=period.academic)
    return [
        Slot(
            first, None, f"проверка раз в год: {year_label(first, last, academic=period.academic)}"
        )
        for first, last in years
    ]
