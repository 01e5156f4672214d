"""Rows of a roadmap → raw lines: repeated headings dropped, broken rows glued, sections told."""

from dataclasses import dataclass, field

from .clean import goes_on_from, is_unfinished, joined
from .columns import CONTENT, DEADLINE, END, JOINT, NUMBER, RESPONSIBLE, RESULT, START, TEXT
from .grid import PlanTable, Row, is_numbers_row, is_repeated_header
from .model import Fragment
from .numbers import is_number, split_number
from .stamps import is_signed_line, stamp_kind

_DATED = {DEADLINE, START, END}
# A cell merged over several rows belongs to each of them.
_SHARED = {DEADLINE, START, END, RESPONSIBLE, JOINT, RESULT}


@dataclass(slots=True)
class Raw:
    """A line before its cells are understood; `doubts` are codes found while gluing."""

    cells: list[str]
    places: list[str]
    section: bool = False
    doubts: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sorted:
    """Raw lines, and the rows that are none of them."""

    lines: list[Raw] = field(default_factory=list)
    dropped: list[Fragment] = field(default_factory=list)
    leftovers: list[Fragment] = field(default_factory=list)
    stamps: list[Fragment] = field(default_factory=list)


class RowSorter:
    """One pass over the rows of a roadmap."""

    def __init__(self, plan: PlanTable) -> None:
        self._plan = plan
        self._fields = plan.columns.fields
        self._number = next(iter(plan.columns.of(NUMBER)), -1)
        self._texts = [i for i, name in enumerate(self._fields) if name in {TEXT, CONTENT}]
        self._text = next(iter(plan.columns.of(TEXT)), self._texts[0])
        self._numbered = self._number >= 0 and self._share_numbered() > 0.3
        self._above: dict[int, str] = {}
        self.out = Sorted()

    def _share_numbered(self) -> float:
        rows = [row for row in self._plan.rows if row.filled and not is_numbers_row(row)]
        return sum(1 for row in rows if is_number(row.cells[self._number])) / max(len(rows), 1)

    def run(self) -> Sorted:
        """Sort every row into a line, a continuation, or a named place of its own."""
        self.out.dropped.extend(
            Fragment(row.place, row.text, "header") for row in self._plan.headers
        )
        for row in self._plan.rows:
            self._sort(row)
        return self.out

    def _sort(self, row: Row) -> None:
        if not row.filled:
            return
        if is_numbers_row(row):
            self._drop(row, "numbers")
        elif is_repeated_header(row, self._plan.columns):
            self._drop(row, "header")
        elif len(row.filled) <= 2 and self._is_stamp(row):
            self.out.stamps.append(Fragment(row.place, row.text, "stamp"))
        elif is_signed_line(row.text) and not self._has_number(row):
            self.out.leftovers.append(Fragment(row.place, row.text, "signature"))
        elif self._is_section(row):
            self._section(row)
        elif self.out.lines and not self.out.lines[-1].section and self._goes_on(row):
            self._glue(row)
        else:
            self._begin(row)

    def _drop(self, row: Row, reason: str) -> None:
        self.out.dropped.append(Fragment(row.place, row.text, reason))

    def _is_stamp(self, row: Row) -> bool:
        return not self._has_number(row) and any(stamp_kind(row.cells[i]) for i in row.filled)

    def _has_number(self, row: Row) -> bool:
        return self._number >= 0 and is_number(row.cells[self._number])

    def _is_section(self, row: Row) -> bool:
        """One cell over most of the width, or a long text alone in the number column."""
        if row.section:
            return True
        if len(row.filled) != 1:
            return False
        index = row.filled[0]
        if row.spans[index] >= max(2, round(len(row.cells) * 0.6)):
            return not row.lead or not goes_on_from(row.cells[index])
        return (
            index == self._number and not is_number(row.cells[index]) and len(row.cells[index]) > 5
        )

    def _section(self, row: Row) -> None:
        number, words = split_number(row.cells[row.filled[0]])
        cells = [""] * len(row.cells)
        cells[self._text] = words
        if self._number >= 0:
            cells[self._number] = number
        elif number:
            cells[self._text] = f"{number} {words}"
        self.out.lines.append(Raw(cells, [row.place], section=True))

    def _goes_on(self, row: Row) -> bool:
        """Whether the row is the rest of the line above."""
        if self._number >= 0 and row.cells[self._number]:
            return False
        if self._number >= 0 and row.on[self._number]:
            return True
        text = row.cells[self._text]
        if not any(row.cells[index] for index in self._texts):
            return True
        if text and (goes_on_from(text) or is_unfinished(self.out.lines[-1].cells[self._text])):
            return self._numbered or row.lead or not self._is_whole(row)
        if not row.lead or not self._numbered:
            return not text
        return not self._is_whole(row)

    def _is_whole(self, row: Row) -> bool:
        """Text and a deadline, with a capital letter: as a line of its own looks."""
        text = row.cells[self._text]
        dated = any(row.cells[i] for i, name in enumerate(self._fields) if name in _DATED)
        return bool(text) and dated and not goes_on_from(text)

    def _glue(self, row: Row) -> None:
        line = self.out.lines[-1]
        text = row.cells[self._text]
        if (
            not row.lead
            and not row.on[max(self._number, 0)]
            and text
            and "glued" not in line.doubts
        ):
            line.doubts.append("glued")
        for index in row.filled:
            line.cells[index] = self._joined(index, line.cells[index], row.cells[index])
        line.places.append(row.place)

    def _joined(self, index: int, first: str, second: str) -> str:
        fresh = not goes_on_from(second) and not is_unfinished(first)
        if self._fields[index] in _DATED and first and fresh:
            return f"{first}\n{second}"
        return joined(first, second)

    def _begin(self, row: Row) -> None:
        cells = [
            self._above.get(index, "") if row.on[index] and not text and name in _SHARED else text
            for index, (text, name) in enumerate(zip(row.cells, self._fields, strict=True))
        ]
        self._above = dict(enumerate(cells))
        line = Raw(cells, [row.place])
        if self._numbered and not self._has_number(row):
            others = [i for i in row.filled if i not in {*self._texts, self._number}]
            line.doubts.append("no_number" if others else "section_or_part")
            line.section = not others and not row.cells[self._number]
        self.out.lines.append(line)
