"""A line's days as marks on a strip of the roadmap's whole period, in whole units of width.

The strip is 300 wide. Columns of the head are months, or quarters, half-years and years when months
would be too narrow; the marks are to scale, so that today's line cuts every strip at the same place.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from nastavnik.roadmaps.engine.standing import Term

WIDTH = 300
LEAST = 4
"""A single day is drawn this wide, to be seen."""
MOST_MONTHS, MOST_COLUMNS = 13, 6
"""Months are single letters; longer columns have names and need more room."""
MONTHS = ("янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


@dataclass(frozen=True)
class Mark:
    """`kind`: ok, wait, bad or plan (a class of the style sheet)."""

    kind: str
    x: int
    width: int


@dataclass(frozen=True)
class Column:
    title: str
    x: int
    width: int


@dataclass(frozen=True)
class Scale:
    start: date
    end: date

    @property
    def days(self) -> int:
        return (self.end - self.start).days + 1

    def x(self, day: date) -> int:
        """Where a day begins, 0..WIDTH; days outside the period stand at its edges."""
        place = (day - self.start).days * WIDTH // self.days
        return max(0, min(WIDTH, place))

    def now(self, today: date) -> int | None:
        """Where today's line stands; None outside the period."""
        return self.x(today) if self.start <= today <= self.end else None

    def columns(self) -> list[Column]:
        """Heads of the columns: single months where they fit, else as many together as do."""
        starts = _month_starts(self.start, self.end)
        step = _months_together(len(starts))
        chosen = starts[::step]
        edges = [self.x(max(day, self.start)) for day in chosen] + [WIDTH]
        return [
            Column(_title(day, step, n), edges[n], edges[n + 1] - edges[n])
            for n, day in enumerate(chosen)
        ]

    def marks(
        self,
        terms: Sequence[Term],
        *,
        is_done: bool,
        is_going: bool,
        today: date,
        is_binding: bool = True,
    ) -> list[Mark]:
        """Marks of the occurrences: met ones filled, late ones loud, the rest planned.

        A term that has begun and is worked at is drawn in two parts, up to today and after it.
        """
        found: list[Mark] = []
        for term in terms:
            if term.due_on is None:
                continue
            start = term.starts_on or term.due_on
            if is_done or term.is_met:
                found.append(self._mark("ok", start, term.due_on))
            elif term.due_on < today and is_binding:
                found.append(self._mark("bad", start, term.due_on))
            elif is_going and start <= today <= term.due_on:
                found.append(self._mark("wait", start, today))
                found.append(self._mark("plan", today, term.due_on))
            else:
                found.append(self._mark("plan", start, term.due_on))
        return found

    def _mark(self, kind: str, start: date, due: date) -> Mark:
        left = self.x(start)
        right = self.x(due + timedelta(days=1))
        width = max(LEAST, right - left)
        return Mark(kind, min(left, WIDTH - width), width)


def _month_starts(start: date, end: date) -> list[date]:
    found, day = [], start.replace(day=1)
    while day <= end:
        found.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return found


def _months_together(months: int) -> int:
    if months <= MOST_MONTHS:
        return 1
    return next(s for s in (3, 6, 12, 24, 60, months) if -(-months // s) <= MOST_COLUMNS)


def _title(day: date, step: int, place: int) -> str:
    name = MONTHS[day.month - 1]
    if step == 1:
        return name[0].upper()
    if step >= 12:
        return str(day.year)
    return f"{name} {day:%y}" if place == 0 or day.month <= step else name
