"""A roadmap taken away: as a table for Excel, as days for a calendar."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from nastavnik.roadmaps.engine.calendar import Entry, calendar
from nastavnik.roadmaps.engine.deadlines import period_of
from nastavnik.roadmaps.engine.sheet import period_words
from nastavnik.roadmaps.models import Roadmap, RoadmapItem
from nastavnik.roadmaps.queries.targets import printed
from nastavnik.shared.columns import Column

_KEYS = (
    ("number", "№"),
    ("section", "Раздел"),
    ("text", "Мероприятие"),
    ("deadline", "Срок"),
    ("due_on", "Ближайшая дата"),
    ("responsible", "Ответственный"),
    ("result", "Результат"),
    ("state", "Состояние"),
    ("proof", "Чем подтверждено"),
    ("proved_on", "Дата подтверждения"),
)
SOURCES = tuple(key for key, _ in _KEYS)
COLUMNS = tuple(Column(key, title, (key,)) for key, title in _KEYS)


def heading(roadmap: Roadmap) -> list[str]:
    """The title with its period, then the targets: the table is known again when it is loaded."""
    return [_title(roadmap), *(f"Цель: {words}" for words in printed(roadmap))]


def _title(roadmap: Roadmap) -> str:
    if period_of(roadmap.title) is not None:
        return roadmap.title
    period = period_words(roadmap.starts_on, roadmap.ends_on, academic=roadmap.academic)
    return f"{roadmap.title} на {period}"


def records(roadmap: Roadmap) -> Iterator[tuple[Any, ...]]:
    """One record a line, in the order of the roadmap; headings have no state."""
    for item in _items(roadmap):
        people = ", ".join(row.words for row in item.responsible.all())
        yield (
            item.number,
            item.section,
            item.text,
            item.deadline_text,
            _next_due(item),
            people,
            item.result,
            "" if item.is_group else item.get_state_display(),
            item.evidence_words or item.hand_words or item.not_applicable_reason,
            item.evidence_on or item.hand_on or item.not_applicable_on,
        )


def days(roadmap: Roadmap, *, now: datetime) -> bytes:
    """Every day that a line falls due, met or not, as a calendar file."""
    host = f"{roadmap.organisation.slug}.roadmap"
    entries = [
        Entry(
            uid=f"{item.pk}-{row.ordinal}@{host}",
            title=item.named,
            first=row.due_on,
            last=row.due_on,
            details=", ".join(one.words for one in item.responsible.all()),
        )
        for item in _items(roadmap)
        for row in item.occurrences.all()
        if row.due_on is not None
    ]
    return calendar(roadmap.title, entries, made_at=now.astimezone(UTC))


def _items(roadmap: Roadmap) -> list[RoadmapItem]:
    return list(
        roadmap.items.prefetch_related("responsible", "occurrences").order_by("position", "id")
    )


def _next_due(item: RoadmapItem) -> date | None:
    """The first day not met yet, or the last one of all."""
    rows = list(item.occurrences.all())
    every = [row.due_on for row in rows if row.due_on is not None]
    waiting = [row.due_on for row in rows if row.due_on is not None and row.met_on is None]
    return min(waiting) if waiting else max(every, default=None)
