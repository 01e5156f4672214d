"""The whole analysis of a registry: records with levels, problems, look-alike rows."""

import datetime as dt
import operator
from dataclasses import dataclass, field
from typing import Any

from . import checks, names
from .collector import paused_collector
from .columns import Column
from .layout import Skipped
from .mentoring import FormWords
from .model import CellValue, Workbook, column_letters, plain_text
from .parsed import EMPTY, ERROR, NOTE, OK, WARNING, Parsed
from .synonyms import KINDS, SYNONYMS
from .table import PersonRow, Table, find_table
from .values import Parser, parse_text, parsers

READY, ATTENTION, BLOCKED = "ready", "attention", "blocked"
_MESSAGE = operator.itemgetter(Parsed._fields.index("message"))
_RANK = {OK: READY, NOTE: READY, WARNING: ATTENTION, ERROR: BLOCKED}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the check grid."""

    raw: str
    value: Any
    level: str
    message: str
    suggestion: str


@dataclass(slots=True)
class Record:
    """One person found in the file; `row` is the row number that the person sees there."""

    row: int
    level: str
    section: str
    fields: tuple[str, ...]
    parsed: tuple[Parsed, ...]
    raw: tuple[CellValue, ...]
    skip: bool = False

    @property
    def cells(self) -> dict[str, Cell]:
        """Field -> cell, for the fields of this table."""
        return {
            name: Cell(plain_text(raw), p.value, p.level, p.message, p.suggestion)
            for name, p, raw in zip(self.fields, self.parsed, self.raw, strict=True)
        }

    def value(self, name: str) -> Any:
        """The parsed value of a field, None when the table has no such field."""
        return self.parsed[self.fields.index(name)].value if name in self.fields else None

    @property
    def order(self) -> Any:
        """The order that already fixes the pair: its own column, or named beside the people."""
        own = self.value("order")
        if own is not None:
            return own
        for name in ("mentor_name", "mentee_names"):
            people = self.value(name)
            if people is not None and people.order is not None:
                return people.order
        return None


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend or to know; `column` in letters, "" when it concerns the whole row or file."""

    sheet: str
    row: int
    column: str
    level: str
    message: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class Analysis:
    """Everything that the check page shows."""

    kind: str
    sheet: str
    header_row: int
    columns: list[Column]
    records: list[Record]
    skipped: list[Skipped]
    problems: list[Problem]
    duplicates: list[checks.Duplicate]
    alternatives: tuple[str, ...] = field(default=())

    @property
    def ready(self) -> int:
        """How many records can be loaded now."""
        return sum(record.level != BLOCKED and not record.skip for record in self.records)


def analyse(
    workbook: Workbook,
    kind: str,
    *,
    today: dt.date,
    mapping: dict[int, str] | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    edits: dict[tuple[int, str], str] | None = None,
    forms: FormWords | None = None,
) -> Analysis:
    """Understand a registry and check every row; writes nothing and knows no database.

    Parameters
        kind: `mentees`, `mentors` or `staff`.
        mapping: column index -> field, set by the person; "" frees a column.
        edits: (row number, field) -> new text from the check grid.
        forms: the dictionary of forms; None means the delivered words only.
    Raises: FileRefused when the workbook has no filled sheet; ValueError for an unknown kind.
    """
    if kind not in KINDS:
        raise ValueError(kind)
    with paused_collector():
        table = find_table(workbook, kind, mapping=mapping, sheet=sheet, header_row=header_row)
        return _analyse(table, kind, today, edits or {}, forms)


def _analyse(
    table: Table,
    kind: str,
    today: dt.date,
    edits: dict[tuple[int, str], str],
    forms: FormWords | None,
) -> Analysis:
    fields, raw = _raw_columns(table, kind, edits)
    from_field = parsers(kind, today.year, forms)
    parsed = {name: _parse_column(raw[name], from_field.get(name, parse_text)) for name in fields}
    _merge_names(parsed, raw, len(table.people))
    duplicates = checks.apply(kind, parsed, _sections(table.people), today, _row_numbers(table))
    return _assemble(kind, table, parsed, raw, duplicates)


def _row_numbers(table: Table) -> list[int]:
    return [table.sheet.row_number(person.index) for person in table.people]


def _sections(people: list[PersonRow]) -> list[str]:
    return [person.section for person in people]


def _raw_columns(
    table: Table, kind: str, edits: dict[tuple[int, str], str]
) -> tuple[list[str], dict[str, list[CellValue]]]:
    """Raw values by field, with the edits in place; an edit may add a field that no column has."""
    raw: dict[str, list[CellValue]] = {}
    for column in table.columns:
        if column.field:
            index = column.index
            raw[column.field] = [person.cells[index] for person in table.people]
    if edits:
        place = {row: number for number, row in enumerate(_row_numbers(table))}
        for (row, name), text in edits.items():
            if row in place and name in SYNONYMS[kind]:
                raw.setdefault(name, [None] * len(table.people))[place[row]] = text.strip() or None
    return list(raw), raw


class _Memo(dict[CellValue, Parsed]):
    """Every distinct raw value is parsed once."""

    def __init__(self, parser: Parser) -> None:
        super().__init__({None: EMPTY})
        self._parser = parser

    def __missing__(self, raw: CellValue) -> Parsed:
        parsed = self[raw] = self._parser(raw)
        return parsed


def _parse_column(values: list[CellValue], parser: Parser) -> list[Parsed]:
    return list(map(_Memo(parser).__getitem__, values))


def _merge_names(
    parsed: dict[str, list[Parsed]], raw: dict[str, list[CellValue]], count: int
) -> None:
    """Surname, given name and patronymic from their own columns become one full name."""
    if "surname" not in parsed or "full_name" in parsed:
        return
    nothing = [EMPTY] * count
    parts = [parsed.get(name, nothing) for name in ("surname", "given", "patronymic")]
    parsed["full_name"] = [
        names.join_parts(s.value or "", g.value or "", p.value or "")
        for s, g, p in zip(*parts, strict=True)
    ]
    raw["full_name"] = [
        " ".join(
            plain_text(raw[name][i]) for name in ("surname", "given", "patronymic") if name in raw
        )
        for i in range(count)
    ]


def _assemble(
    kind: str,
    table: Table,
    parsed: dict[str, list[Parsed]],
    raw: dict[str, list[CellValue]],
    duplicates: list[checks.Duplicate],
) -> Analysis:
    numbers = _row_numbers(table)
    fields = tuple(parsed)
    blank: list[CellValue] = [None] * len(numbers)
    levels, problems = _problems(table, numbers, parsed)
    problems += _duplicate_problems(table, duplicates, levels, numbers)
    records = [
        Record(row, levels.get(i, READY), person.section, fields, cells, sources)
        for i, (row, person, cells, sources) in enumerate(
            zip(
                numbers,
                table.people,
                zip(*parsed.values(), strict=True),
                zip(*(raw.get(name, blank) for name in fields), strict=True),
                strict=True,
            )
        )
    ]
    if not records:
        problems.append(_nothing_found(table))
    problems.sort(key=lambda problem: (problem.row, problem.column))
    return Analysis(
        kind=kind,
        sheet=table.sheet.name,
        header_row=table.sheet.row_number(table.header.index),
        columns=table.columns,
        records=records,
        skipped=table.skipped,
        problems=problems,
        duplicates=duplicates,
        alternatives=table.alternatives,
    )


def _problems(
    table: Table, numbers: list[int], parsed: dict[str, list[Parsed]]
) -> tuple[dict[int, str], list[Problem]]:
    levels: dict[int, str] = {}
    problems: list[Problem] = []
    sheet = table.sheet.name
    for name, cells in parsed.items():
        if not any(map(_MESSAGE, cells)):
            continue
        column = table.column_of(name) or (
            table.column_of("surname") if name == "full_name" else None
        )
        letters = column_letters(column.index) if column else ""
        for i, cell in enumerate(cells):
            if cell.message:
                message = f"Строка {numbers[i]}: {cell.message}"
                problems.append(Problem(sheet, numbers[i], letters, cell.level, message, name))
                levels[i] = _worse(levels.get(i, READY), _RANK[cell.level])
    return levels, problems


def _worse(one: str, other: str) -> str:
    order = (READY, ATTENTION, BLOCKED)
    return max(one, other, key=order.index)


def _duplicate_problems(
    table: Table, duplicates: list[checks.Duplicate], levels: dict[int, str], numbers: list[int]
) -> list[Problem]:
    place = {row: i for i, row in enumerate(numbers)} if duplicates else {}
    column = table.column_of("full_name") or table.column_of("surname")
    letters = column_letters(column.index) if column else ""
    problems = []
    for pair in duplicates:
        level = WARNING if pair.same else NOTE
        last = pair.rows[-1]
        problems.append(Problem(table.sheet.name, last, letters, level, pair.message, "full_name"))
        if pair.same:
            for row in pair.rows[1:]:
                levels[place[row]] = _worse(levels.get(place[row], READY), ATTENTION)
    return problems


def _nothing_found(table: Table) -> Problem:
    fields = {column.field for column in table.columns}
    if fields & {"full_name", "surname"}:
        message = "Под заголовками нет ни одной строки с людьми"
    else:
        message = "Не найден столбец с ФИО. Укажите его в списке"
    return Problem(table.sheet.name, table.sheet.row_number(table.header.index), "", ERROR, message)
