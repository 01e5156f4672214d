"""How often: a small notation that a line stores and a person never sees.

monthly | every 2 weeks | 2 per year | >=1 per quarter
then any of: ", month 5" (repeated), ", month 11-2", ", day 25", ", day last", ", working day last", ", friday",
", last friday", ", next" (due in the month after the reported one)
event(KEY)+14 days | event(KEY)-5 working days | event(KEY)+1 months
"""

import re
from dataclasses import dataclass
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NTH = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
LAST = 99
"""The day of a month that means its last one; below nought it counts from the end."""

ADVERBS = {
    "day": "daily",
    "week": "weekly",
    "month": "monthly",
    "quarter": "quarterly",
    "half-year": "half-yearly",
    "term": "termly",
    "year": "yearly",
    "calendar year": "calendar-yearly",
    "academic year": "academic-yearly",
}
_UNITS = {adverb: unit for unit, adverb in ADVERBS.items()}
_EVERY = re.compile(r"every (\d+) ([a-z -]+?)s")
_PER = re.compile(r"(>=)?(\d+) per ([a-z -]+)")
_EVENT = re.compile(r"event\((.*)\)([+-]\d+) (working days|days|months)")


@dataclass(frozen=True)
class Recurrence:
    """`times` in every `every` units. `nth` goes with `weekday` (1..7): 1..4 or -1 for the last.

    `through`: the last month of a stretch that begins with `months[0]`, over New Year too.
    """

    unit: str
    every: int = 1
    times: int = 1
    at_least: bool = False
    months: tuple[int, ...] = ()
    day: int | None = None
    weekday: int | None = None
    nth: int | None = None
    next_month: bool = False
    through: int | None = None
    working: bool = False

    def __str__(self) -> str:
        if self.at_least:
            base = f">={self.times} per {self._span()}"
        elif self.times > 1:
            base = f"{self.times} per {self._span()}"
        elif self.every > 1:
            base = f"every {self.every} {self.unit}s"
        else:
            base = ADVERBS[self.unit]
        return ", ".join([base, *self._months(), *self._days()])

    def _months(self) -> list[str]:
        if self.through is not None:
            return [f"month {self.months[0]}-{self.through}"]
        return [f"month {month}" for month in self.months]

    def _span(self) -> str:
        return self.unit if self.every == 1 else f"{self.every} {self.unit}s"

    def _days(self) -> list[str]:
        parts = []
        if self.day is not None:
            name = "working day" if self.working else "day"
            parts.append(f"{name} {'last' if self.day == LAST else self.day}")
        if self.weekday is not None:
            name = WEEKDAYS[self.weekday - 1]
            parts.append(f"{NTH[self.nth]} {name}" if self.nth else name)
        if self.next_month:
            parts.append("next")
        return parts


@dataclass(frozen=True)
class Offset:
    """A distance from an event; `amount` is negative before it."""

    event: str
    amount: int
    unit: str

    def __str__(self) -> str:
        return f"event({self.event}){self.amount:+d} {self.unit}"


def read_offset(text: str) -> Offset:
    """Raises ValueError for another notation."""
    match = _EVENT.fullmatch(text)
    if match is None:
        raise ValueError(f"not an offset: {text}")
    return Offset(match[1], int(match[2]), match[3])


def read_recurrence(text: str) -> Recurrence:
    """Raises ValueError for another notation."""
    base, *modifiers = text.split(", ")
    known = _base(base)
    months: list[int] = []
    for word in modifiers:
        name, _, value = word.partition(" ")
        if name == "month":
            first, _, last = value.partition("-")
            months.append(int(first))
            known |= {"through": int(last)} if last else {}
        elif name == "day":
            known["day"] = LAST if value == "last" else int(value)
        elif name == "working":
            known |= {"day": LAST, "working": True}
        elif word == "next":
            known["next_month"] = True
        else:
            known |= _weekday(word)
    return Recurrence(**known, months=tuple(months))


def _base(text: str) -> dict[str, Any]:
    if text in _UNITS:
        return {"unit": _UNITS[text]}
    if every := _EVERY.fullmatch(text):
        return {"unit": every[2], "every": int(every[1])}
    if per := _PER.fullmatch(text):
        count, _, unit = per[3].rpartition(" ")
        several = count.isdigit()
        return {
            "unit": unit.removesuffix("s") if several else per[3],
            "every": int(count) if several else 1,
            "times": int(per[2]),
            "at_least": bool(per[1]),
        }
    raise ValueError(f"not a recurrence: {text}")


def _weekday(text: str) -> dict[str, int]:
    order, _, name = text.rpartition(" ")
    if name not in WEEKDAYS:
        raise ValueError(f"not a weekday: {text}")
    found = {"weekday": WEEKDAYS.index(name) + 1}
    if order:
        found["nth"] = next(number for number, word in NTH.items() if word == order)
    return found
