"""A repetition laid out over bounds: months, quarters, terms, years, weeks."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from nastavnik.roadmaps.engine.deadlines import labels
from nastavnik.roadmaps.engine.deadlines.events import is_working
from nastavnik.roadmaps.engine.deadlines.model import Period
from nastavnik.roadmaps.engine.deadlines.recurrence import LAST, Recurrence

Span = tuple[date, date]
_TERMS = ((9, 10), (11, 12), (1, 3), (4, 5))
_ACADEMIC_HALVES = ((9, 12), (1, 5))
_CALENDAR_HALVES = ((1, 6), (7, 12))


@dataclass(frozen=True)
class Slot:
    """An occurrence before it is numbered."""

    start: date | None
    due: date | None
    label: str


def years_of(start: date, end: date, *, academic: bool) -> list[Span]:
    """Years cut to the bounds: calendar ones, or from 1 September to 31 August."""
    first = start.year - (academic and start.month < 9)
    last = end.year - (academic and end.month < 9)
    spans = (
        (date(year, 9, 1), date(min(year + 1, 9999), 8, 31))
        if academic
        else (date(year, 1, 1), date(year, 12, 31))
        for year in range(max(first, 1), last + 1)
    )
    return [(max(a, start), min(b, end)) for a, b in spans]


def slots(rule: Recurrence, bounds: Period) -> Iterator[Slot]:
    """Spans of the rule's unit within the bounds, each with its due day; in order of time."""
    if rule.unit == "day":
        yield from _daily(bounds)
    elif rule.unit == "week":
        yield from _weekly(rule, bounds)
    elif rule.unit in _YEARS:
        yield from _yearly(rule, bounds)
    elif rule.unit in ("month", "quarter"):
        yield from _monthly(rule, bounds)
    else:
        yield from _by_table(rule, bounds)


def _daily(bounds: Period) -> Iterator[Slot]:
    """Every day is nobody's deadline: a look for each year, as for «постоянно»."""
    for first, last in years_of(bounds.start, bounds.end, academic=bounds.academic):
        words = labels.year_label(first, last, academic=bounds.academic)
        yield Slot(first, None, f"ежедневно: {words}")


def _weekly(rule: Recurrence, bounds: Period) -> Iterator[Slot]:
    begin = bounds.start
    while begin <= bounds.end:
        sunday = begin + timedelta(days=min(7 - begin.isoweekday(), (date.max - begin).days))
        last = min(sunday, bounds.end)
        if rule.every > 1:
            ahead = min((rule.every - 1) * 7, (date.max - sunday).days)
            sunday += timedelta(days=ahead)
            last = min(sunday, bounds.end)
        due: date | None = last
        if rule.weekday is not None:
            due = _weekday_in(begin, last, rule.weekday)
        if due is not None:
            yield Slot(begin, due, f"неделя до {last:%d.%m.%Y}")
        if sunday >= date.max:
            return
        begin = sunday + timedelta(days=1)


def _weekday_in(first: date, last: date, weekday: int) -> date | None:
    ahead = (weekday - first.isoweekday()) % 7
    return first + timedelta(days=ahead) if ahead <= (last - first).days else None


_YEARS = ("year", "calendar year", "academic year")


def _yearly(rule: Recurrence, bounds: Period) -> Iterator[Slot]:
    academic = rule.unit == "academic year" or (rule.unit == "year" and bounds.academic)
    if not rule.months:
        for number, (first, last) in enumerate(
            years_of(bounds.start, bounds.end, academic=academic)
        ):
            if number % rule.every == 0:
                yield Slot(first, last, labels.year_label(first, last, academic=academic))
        return
    for year in range(bounds.start.year - 1, bounds.end.year + 1):
        for month in rule.months:
            first = date(year, month, 1) if year else date.min
            ending = rule.through or month
            due = month_day(year + (ending < month), ending, rule.day or LAST)
            if due and bounds.start <= due <= bounds.end:
                start = max(first, bounds.start) if rule.day is None or rule.through else None
                yield Slot(start, due, labels.span_label(start, due))


def month_day(year: int, month: int, day: int) -> date | None:
    """The day of a month, or its last one where the month is shorter; None outside the calendar."""
    if not date.min.year <= year <= date.max.year:
        return None
    length = calendar.monthrange(year, month)[1]
    return date(year, month, min(day, length))


def _monthly(rule: Recurrence, bounds: Period) -> Iterator[Slot]:
    width = rule.every * (3 if rule.unit == "quarter" else 1)
    index = bounds.start.year * 12 + bounds.start.month - 1
    if rule.unit == "quarter":
        index -= index % 3
    last_index = bounds.end.year * 12 + bounds.end.month - 1
    for begin in range(index, last_index + 1, width):
        yield from _in_months(rule, bounds, begin, begin + width - 1)


def _in_months(rule: Recurrence, bounds: Period, begin: int, end: int) -> Iterator[Slot]:
    """One stretch of months, numbered from year 0: its slot if its due day is within the bounds."""
    first = date(begin // 12, begin % 12 + 1, 1)
    last = month_day(end // 12, end % 12 + 1, LAST) or date.max
    start, stop = max(first, bounds.start), min(last, bounds.end)
    due: date | None = stop
    if rule.next_month:
        due = month_day((end + 1) // 12, (end + 1) % 12 + 1, rule.day or LAST)
    elif rule.day is not None:
        due = month_day(end // 12, end % 12 + 1, rule.day)
        while rule.working and due and not is_working(due):
            due -= timedelta(days=1)
    elif rule.weekday is not None:
        due = _nth_weekday(last.year, last.month, rule.weekday, rule.nth or -1)
    if due is None or due < bounds.start or (due > bounds.end and not rule.next_month):
        return
    if rule.every > 1:
        label = labels.span_label(start, stop)
    else:
        label = labels.quarter_label(first) if rule.unit == "quarter" else labels.month_label(first)
    yield Slot(start, due, label)


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    length = calendar.monthrange(year, month)[1]
    days = [d for d in range(1, length + 1) if date(year, month, d).isoweekday() == weekday]
    return date(year, month, days[-1] if nth < 0 else days[nth - 1])


def _by_table(rule: Recurrence, bounds: Period) -> Iterator[Slot]:
    """School terms and half-years, cut to the bounds; every second one for `every` 2."""
    term = rule.unit == "term"
    academic = bounds.academic
    table = _TERMS if term else _ACADEMIC_HALVES if academic else _CALENDAR_HALVES
    number = 0
    for year in range(bounds.start.year, bounds.end.year + 1):
        for first_month, last_month in sorted(table):
            first = date(year, first_month, 1)
            last = month_day(year, last_month, LAST) or date.max
            if last < bounds.start or first > bounds.end:
                continue
            number += 1
            if (number - 1) % rule.every:
                continue
            label = (
                labels.term_label(first) if term else labels.half_label(first, academic=academic)
            )
            yield Slot(max(first, bounds.start), min(last, bounds.end), label)
