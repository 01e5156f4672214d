"""A deadline as it was understood, in a few words beside the words of the file."""

from collections.abc import Sequence

from nastavnik.roadmaps.engine.deadlines import (
    Deadline,
    Kind,
    Period,
    event_words,
    occurrences,
)

_OPEN = {
    Kind.PERMANENT: "постоянно, просмотр раз в год",
    Kind.ON_DEMAND: "по запросу",
    Kind.EXTERNAL: "по другому документу",
    Kind.EMPTY: "без срока",
    Kind.UNKNOWN: "не понят",
    Kind.PERIOD: "весь период карты",
    Kind.RECURRING: "повторяется, даты появятся по периоду карты",
    Kind.MIN_FREQUENCY: "не реже названного, без точной даты",
}
_SHOWN = 4


def understood(deadlines: Sequence[Deadline], period: Period | None) -> str:
    """«до 15.03.2026», «12 раз: …», «постоянно, просмотр раз в год»."""
    words = [part for deadline in deadlines if (part := _one(deadline, period))]
    return "; ".join(dict.fromkeys(words))


def _one(deadline: Deadline, period: Period | None) -> str:
    if deadline.kind in {Kind.PERMANENT, Kind.ON_DEMAND, Kind.EXTERNAL, Kind.EMPTY, Kind.UNKNOWN}:
        return _OPEN[deadline.kind]
    if deadline.kind == Kind.RELATIVE:
        return f"отсчёт от события: {event_words(deadline.event or '')}"
    found = [occurrence for occurrence in occurrences((deadline,), period) if occurrence.due]
    labels = [occurrence.label for occurrence in found]
    if not labels:
        return _OPEN.get(deadline.kind, deadline.question or "дата не определена")
    if len(labels) <= _SHOWN:
        return ", ".join(labels)
    return f"{len(labels)} раз: {labels[0]} … {labels[-1]}"
