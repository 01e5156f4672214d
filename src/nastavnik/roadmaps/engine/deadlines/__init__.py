"""Deadlines as people write them in roadmaps: «до 15 марта 2022 г.», «ежеквартально», «со дня …».

`parse` turns a cell into dated, repeated, event-bound or open deadlines; `occurrences` lays them
out over the roadmap's period. The year comes from the text, then from the period of the title,
never from today; what is ambiguous carries a question. The grammar: docs/algorithms/deadlines.md.
"""

from nastavnik.roadmaps.engine.deadlines.cells import split_cell
from nastavnik.roadmaps.engine.deadlines.events import EVENTS, due_after, event_words
from nastavnik.roadmaps.engine.deadlines.grammar import parse
from nastavnik.roadmaps.engine.deadlines.model import (
    OPEN_KINDS,
    Deadline,
    Kind,
    Period,
    as_dict,
    from_dict,
)
from nastavnik.roadmaps.engine.deadlines.occurrences import Occurrence, occurrences
from nastavnik.roadmaps.engine.deadlines.titles import goal_of, period_of

__all__ = [
    "EVENTS",
    "OPEN_KINDS",
    "Deadline",
    "Kind",
    "Occurrence",
    "Period",
    "as_dict",
    "due_after",
    "event_words",
    "from_dict",
    "goal_of",
    "occurrences",
    "parse",
    "period_of",
    "split_cell",
]
