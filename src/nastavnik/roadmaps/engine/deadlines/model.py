"""What a parsed deadline is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """Kinds of a deadline. A list of dates or months is one deadline for each of them."""

    DUE = "due"
    MONTH = "month"
    MONTH_RANGE = "month-range"
    RANGE = "range"
    PERIOD = "period"
    RECURRING = "recurring"
    MIN_FREQUENCY = "min-frequency"
    RELATIVE = "relative"
    PERMANENT = "permanent"
    ON_DEMAND = "on-demand"
    EXTERNAL = "external"
    EMPTY = "empty"
    UNKNOWN = "unknown"


OPEN_KINDS = frozenset({Kind.PERMANENT, Kind.ON_DEMAND, Kind.EXTERNAL, Kind.EMPTY, Kind.UNKNOWN})
"""Kinds without a day of their own: such a line never becomes overdue."""


@dataclass(frozen=True, order=True)
class Period:
    """The time of a whole roadmap, both days included.

    `academic`: its years run from 1 September to 31 August.
    """

    start: date
    end: date
    academic: bool = False

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError("a period ends before it starts")


@dataclass(frozen=True)
class Deadline:
    """One deadline of a line.

    start, end: both included; `due` has an end only. None where there is none, or while
        `question` waits for an answer, or (recurring) where the roadmap's period bounds it.
    recurrence: "monthly, day 25", ">=1 per quarter", "event(model_defined)+14 days"; the grammar
        is in `recurrence`. None when the deadline does not repeat.
    event: key of the event that a relative deadline counts from (`EVENTS`, or "other: слова").
    days: days from the event, negative before it; None when counted in months or working days.
    source_words: the part of the text that was understood so.
    question: plain Russian, "" when nothing is in doubt.
    """

    kind: Kind
    start: date | None = None
    end: date | None = None
    recurrence: str | None = None
    event: str | None = None
    days: int | None = None
    source_words: str = ""
    question: str = ""


def as_dict(deadline: Deadline) -> dict[str, Any]:
    """Plain values for JSON: {"kind", "start", "end", "recurrence"} and what else is known."""
    known: dict[str, Any] = {
        "kind": deadline.kind.value,
        "start": deadline.start.isoformat() if deadline.start else None,
        "end": deadline.end.isoformat() if deadline.end else None,
        "recurrence": deadline.recurrence,
    }
    if deadline.event:
        known["event"] = deadline.event
    if deadline.days is not None:
        known["days"] = deadline.days
    if deadline.source_words:
        known["source_words"] = deadline.source_words
    if deadline.question:
        known["question"] = deadline.question
    return known


def from_dict(known: Mapping[str, Any]) -> Deadline:
    """The way back. Raises ValueError or KeyError for what `as_dict` did not write."""
    return Deadline(
        kind=Kind(known["kind"]),
        start=_day(known.get("start")),
        end=_day(known.get("end")),
        recurrence=known.get("recurrence") or None,
        event=known.get("event") or None,
        days=known.get("days"),
        source_words=known.get("source_words") or "",
        question=known.get("question") or "",
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
