"""Plain values that travel from the reader to the check before saving."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nastavnik.roadmaps.engine.deadlines import Deadline, Period


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables; `style` is body, heading, box, header, footer or note."""

    text: str
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: columns it covers, and whether it goes on from the row above."""

    text: str
    span: int = 1
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells as they stand in the source; `name` is the sheet in a workbook."""

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Source:
    """What the file says, in its order; `notes` are codes of what the reader met on its way."""

    name: str
    kind: str
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A named doubt: where, what a person should look at, and a suggestion when there is one.

    `row` is the index in `Recognised.items`, -1 for the document as a whole. `word` is the text that
    the suggestion would replace.
    """

    place: str
    row: int
    code: str
    message: str
    suggestion: str = ""
    word: str = ""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of the source that became no line: where it stands and why it is not a line."""

    place: str
    text: str
    reason: str
    row: int = -1


@dataclass(frozen=True, slots=True)
class Goal:
    """A target offered: its words, the value in per cent or as written, the end of its year."""

    text: str
    value: str = ""
    due: date | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class Stamp:
    """«УТВЕРЖДЕНО», «СОГЛАСОВАНО», «ПРИНЯТО» or an electronic signature, never a deadline."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class RecognisedItem:
    """One line of the roadmap, with the rows of the source that it was read from."""

    number: str
    section: str
    is_group: bool
    text: str
    responsible: tuple[str, ...] = ()
    deadline_text: str = ""
    deadlines: tuple[Deadline, ...] = ()
    result: str = ""
    checklist: tuple[str, ...] = ()
    source_rows: tuple[str, ...] = ()
    evidence_kind: str = ""
    evidence_parameters: Mapping[str, Any] = field(default_factory=dict)
    origin: str = ""
    mandatory: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """Another table of the same document that could be the roadmap too."""

    title: str
    lines: int


@dataclass(frozen=True, slots=True)
class Recognised:
    """The roadmap as it was understood, and everything that a person should look at."""

    title: str
    period: Period | None
    items: tuple[RecognisedItem, ...]
    problems: tuple[Problem, ...]
    goals: tuple[Goal, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    leftovers: tuple[Fragment, ...] = ()
    dropped: tuple[Fragment, ...] = field(default=())
    plans: tuple[Plan, ...] = ()
    chosen: int = 0
