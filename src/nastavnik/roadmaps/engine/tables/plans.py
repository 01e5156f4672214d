"""Blocks of a document → roadmaps joined over page breaks, texts around them, other tables."""

import re
from dataclasses import dataclass, field

from .columns import Columns
from .grid import Header, PlanTable, Row, find_header, grid, is_numbers_row
from .guess import guessed_columns
from .model import Paragraph, Source, Table
from .numbers import is_number
from .stamps import is_enclosure, is_noise, stamp_kind

_SECTION = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?\s+\S|[IVXLC]+[.)]?\s+\S|раздел|этап|направлени|модуль|блок|задача|[а-яё]+ этап)",
    re.IGNORECASE,
)
_TITLE = re.compile(r"дорожн\w+ карт|\bплан", re.IGNORECASE)
_LONG_WORD = re.compile(r"\w{4}")  # «М.П.» in capitals is no section
_LONGEST_BETWEEN = 250
_MOST_BETWEEN = 6


@dataclass(slots=True)
class Text:
    """A text outside the lines, with its place and its style."""

    place: str
    text: str
    style: str = "body"


@dataclass(slots=True)
class Assembled:
    """Everything of the source, sorted: nothing of it is missing here."""

    texts: list[Text] = field(default_factory=list)
    plans: list[PlanTable] = field(default_factory=list)
    others: list[list[Row]] = field(default_factory=list)
    differing: list[Row] = field(default_factory=list)


def assemble(source: Source) -> Assembled:
    """Join the pages of every roadmap; guess the columns only when no table has headings."""
    walk = _Walk(source.kind)
    for block in source.blocks:
        if isinstance(block, Paragraph):
            walk.paragraph(block)
        else:
            walk.table(block)
    walk.close_gap(joined=False)
    if not walk.out.plans:
        _guess(walk.out)
    return walk.out


class _Walk:
    """One pass over the blocks."""

    def __init__(self, kind: str) -> None:
        self.out = Assembled()
        self._workbook = kind in {"xlsx", "ods"}
        self._tables = 0
        self._paragraphs = 0
        self._gap: list[Text] = []

    def paragraph(self, block: Paragraph) -> None:
        self._paragraphs += 1
        text = Text(f"абзац {self._paragraphs}", block.text, block.style)
        (self._gap if self.out.plans else self.out.texts).append(text)

    def close_gap(self, *, joined: bool) -> None:
        """Texts between two pages become sections when they are headings; the rest stay texts."""
        for text in self._gap:
            if joined and _is_section(text):
                self._first_section(self.out.plans[-1])
                self.out.plans[-1].rows.append(_section_row(text, self.out.plans[-1].width))
            else:
                self.out.texts.append(text)
        self._gap = []

    def _first_section(self, plan: PlanTable) -> None:
        """The second section shows that the line above the first table was a section, no title."""
        if any(row.section for row in plan.rows) or not plan.before:
            return
        text = self.out.texts[plan.before - 1]
        if _SECTION.match(text.text) and not _TITLE.search(text.text):
            plan.before -= 1
            plan.rows.insert(0, _section_row(self.out.texts.pop(plan.before), plan.width))

    def table(self, table: Table) -> None:
        self._tables += 1
        place = f"лист «{table.name}»" if self._workbook else f"таблица {self._tables}"
        rows = [row for row in grid(table, place) if row.filled or any(row.on)]
        if _is_stamp_table(rows):
            self._stamps(rows)
            return
        header = find_header(rows)
        plan = self.out.plans[-1] if self.out.plans else None
        if header is None:
            self._continuation(plan, rows)
        elif plan is not None and self._is_same(plan, header) and self._is_quiet():
            self.close_gap(joined=True)
            self._add(plan, rows, header)
        else:
            self.close_gap(joined=False)
            self._new_plan(rows, header)

    def _stamps(self, rows: list[Row]) -> None:
        """A frame with stamps or an electronic signature: its columns read one after another."""
        texts = self._gap if self.out.plans else self.out.texts
        for index in range(len(rows[0].cells)):
            texts.extend(
                Text(row.place, row.cells[index], "box") for row in rows if row.cells[index]
            )

    def _new_plan(self, rows: list[Row], header: Header) -> None:
        for row in rows[: header.index]:
            cells = [(row.cells[index], index) for index in row.filled]
            self.out.texts.extend(Text(row.place, text, "above") for text, _ in cells)
        plan = PlanTable(header.columns, before=len(self.out.texts))
        self.out.plans.append(plan)
        self._add(plan, rows[header.index :], Header(0, header.height, header.columns), new=True)

    def _add(self, plan: PlanTable, rows: list[Row], header: Header, *, new: bool = False) -> None:
        # Above repeated headings may stand the tail of a row that the page break cut.
        before, after = rows[: header.index], rows[header.index + header.height :]
        plan.headers.extend(rows[header.index : header.index + header.height])
        body = [*before, *_in_order(after, header.columns, plan.columns)]
        _mark_lead(body, plan, new=new)
        plan.rows.extend(body)

    def _continuation(self, plan: PlanTable | None, rows: list[Row]) -> None:
        if plan is None or not rows:
            self._other(rows)
            return
        width = len(rows[0].cells)
        if width == plan.width and self._is_quiet():
            self.close_gap(joined=True)
            _mark_lead(rows, plan, new=False)
            plan.rows.extend(rows)
        elif width > 1 and (not self._gap or width == plan.width) and _has_numbers(rows):
            # It may go on with the roadmap: kept apart and named, never taken or dropped in silence.
            self.close_gap(joined=False)
            self.out.differing.extend(rows)
        else:
            self._other(rows)

    def _other(self, rows: list[Row]) -> None:
        self.close_gap(joined=False)
        if rows:
            self.out.others.append(rows)

    def _is_same(self, plan: PlanTable, header: Header) -> bool:
        """The same columns, in whatever order the page has them."""
        own, known = header.columns.fields, plan.columns.fields
        return own == known or (len(set(known)) == len(known) and sorted(own) == sorted(known))

    def _is_quiet(self) -> bool:
        """Whether what stands between two tables leaves them one roadmap."""
        loud = [text for text in self._gap if not is_noise(text.text, text.style)]
        if len(loud) > _MOST_BETWEEN or any(is_enclosure(text.text) for text in loud):
            return False
        return all(len(text.text) <= _LONGEST_BETWEEN for text in loud)


def _in_order(rows: list[Row], own: Columns, known: Columns) -> list[Row]:
    """Rows of a page whose columns stand otherwise, in the order of the first page."""
    if own.fields == known.fields:
        return rows
    order = [own.fields.index(name) for name in known.fields]
    for row in rows:
        if set(row.spans) == {1} and not is_numbers_row(row):
            row.cells = [row.cells[index] for index in order]
            row.on = [row.on[index] for index in order]
    return rows


def _mark_lead(rows: list[Row], plan: PlanTable, *, new: bool) -> None:
    """The first real row of a page may go on with the row that the page break cut."""
    first = next((row for row in rows if row.filled and not is_numbers_row(row)), None)
    if first is not None and plan.rows and not new and not plan.rows[-1].section:
        first.lead = True


def _is_section(text: Text) -> bool:
    if is_noise(text.text, text.style):
        return False
    loud = text.text.isupper() and _LONG_WORD.search(text.text)
    return bool(text.style == "heading" or _SECTION.match(text.text) or loud)


def _section_row(text: Text, width: int) -> Row:
    cells = [text.text] + [""] * (width - 1)
    return Row(text.place, cells, [False] * width, [width] + [0] * (width - 1), section=True)


def _is_stamp_table(rows: list[Row]) -> bool:
    texts = [row.cells[index] for row in rows for index in row.filled]
    numbers = any(is_number(row.cells[row.filled[0]]) for row in rows if row.filled)
    return len(rows) <= 12 and not numbers and any(stamp_kind(text) for text in texts[:2])


def _has_numbers(rows: list[Row]) -> bool:
    return any(is_number(row.cells[row.filled[0]]) for row in rows if row.filled)


def _guess(out: Assembled) -> None:
    """No headings anywhere: the tables of one width that look like a roadmap become one."""
    best: Columns | None = None
    rows: list[Row] = []
    for table in out.others:
        columns = guessed_columns(table) if best is None else best
        if columns is not None and len(columns.fields) == len(table[0].cells):
            best = columns
            if rows:
                table[0].lead = True
            rows.extend(table)
    if best is None:
        return
    taken = {id(row) for row in rows}
    out.others = [table for table in out.others if id(table[0]) not in taken]
    out.plans = [PlanTable(best, rows, before=len(out.texts), guessed=True)]
