"""Targets of a roadmap as pages and papers show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from nastavnik.roadmaps.engine.difference import Difference, Face, difference
from nastavnik.roadmaps.engine.targets import (
    Target,
    due_words,
    number_words,
    promise,
    sentences,
    value_words,
)
from nastavnik.roadmaps.models import Roadmap, RoadmapTarget
from nastavnik.roadmaps.queries import change_rows

__all__ = ["Shown", "in_plan", "number_words", "printed", "shown", "target_difference"]
TARGET_WORDS = {
    "section": "Показатель",
    "text": "Цель",
    "deadline": "К какому дню",
    "result": "Значение",
}


@dataclass(frozen=True)
class Shown:
    """A target on a page: its words, «10 % к концу 2026 года», the indicator."""

    target: RoadmapTarget
    promise: str
    indicator: str


def shown(roadmap: Roadmap) -> list[Shown]:
    """Every target, those that wait for a look last."""
    rows = [_shown(row) for row in roadmap.targets.all()]
    return sorted(rows, key=lambda row: not row.target.confirmed)


def in_plan(roadmap: Roadmap) -> list[Shown]:
    """Confirmed targets only."""
    return [row for row in shown(roadmap) if row.target.confirmed]


def confirmed(roadmap: Roadmap) -> list[RoadmapTarget]:
    return list(roadmap.targets.filter(confirmed=True))


def printed(roadmap: Roadmap) -> list[str]:
    """Confirmed targets as sentences."""
    return sentences(plain(confirmed(roadmap)))


def plain(rows: Iterable[RoadmapTarget]) -> list[Target]:
    return [Target(row.words, row.value, row.unit, row.due_on, row.indicator) for row in rows]


def target_difference(before: Roadmap, after: Roadmap) -> Difference:
    """What a version changes in the targets of the one before it."""
    return difference(_faces(before), _faces(after))


def target_changes(found: Difference) -> list[tuple[Face, list[tuple[str, str, str]]]]:
    return change_rows(found, TARGET_WORDS)


def _faces(roadmap: Roadmap) -> list[Face]:
    return [
        Face(
            key=row.key,
            text=row.words,
            section=row.get_indicator_display(),
            deadline=due_words(row.due_on),
            result=value_words(row.value, row.unit),
        )
        for row in confirmed(roadmap)
    ]


def _shown(row: RoadmapTarget) -> Shown:
    (one,) = plain([row])
    return Shown(row, promise(one), row.get_indicator_display())
