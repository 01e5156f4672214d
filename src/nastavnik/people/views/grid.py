"""Rows of the check grid ready for the template."""

from dataclasses import dataclass, field

from nastavnik.people.services.imports import Check, CheckRow, GridCell

# What is too long for a narrow column: names, contacts with a phone and an address, free words.
WIDE = frozenset(
    {
        "full_name",
        "contact",
        "email",
        "request",
        "competences",
        "achievements",
        "interests",
        "mentor_name",
        "mentee_names",
        "mentor_place",
        "mentee_place",
        "place",
        "post",
        "results",
    }
)
TAGS = {"ok": "Готова", "wait": "Уточнить", "bad": "Исправить"}


@dataclass(frozen=True)
class ViewCell:
    """A cell of the grid: plain words, or an input with what is wrong beside it."""

    id: str
    name: str
    cell: GridCell
    label: str
    is_input: bool

    @property
    def css(self) -> str:
        level = {"bad": "is-bad", "wait": "is-wait"}.get(self.cell.level, "")
        wide = "is-wide" if self.cell.field in WIDE else ""
        return f"{level} {wide}".strip()


@dataclass(frozen=True)
class RowError:
    id: str
    message: str


@dataclass
class ViewRow:
    number: int
    name: str
    level: str
    tag: str
    cells: list[ViewCell]
    question: str = ""
    known: str = ""
    answer: str = ""
    skip: bool = False
    is_open: bool = False
    errors: list[RowError] = field(default_factory=list)


Fields = list[tuple[str, str, str]]


def shown_fields(check: Check, *, opened: int) -> Fields:
    """Columns with something in them; all of them while a row is being edited."""
    if opened:
        return check.fields
    filled = {"full_name"}
    for row in check.rows:
        filled.update(row.refusals)
        filled.update(cell.field for cell in row.cells if cell.raw or cell.message)
    return [column for column in check.fields if column[0] in filled]


def grid_rows(fields: Fields, rows: list[CheckRow], *, opened: int) -> list[ViewRow]:
    """`opened` is the row whose every cell may be edited."""
    return [_row(fields, row, is_open=row.number == opened) for row in rows]


def _row(fields: Fields, row: CheckRow, *, is_open: bool) -> ViewRow:
    cells = [_cell(row, name, label, is_open=is_open) for name, label, _ in fields]
    shown = {cell.cell.field for cell in cells}
    cells_by = {c.field: c for c in row.cells}
    view = ViewRow(
        row.number, row.name, row.level, _tag(row), cells, skip=row.skip, is_open=is_open
    )
    for name, sentence in row.refusals.items():
        target = name if name in shown else "full_name"
        words = cells_by[name].message if name in cells_by else sentence
        view.errors.append(RowError(f"c{row.number}-{target}", words[:1].lower() + words[1:]))
    _ask(row, view)
    return view


def _tag(row: CheckRow) -> str:
    if row.skip:
        return "Не загружаем"
    if row.match.answer == "same" and row.level == "ok":
        return "Уже в базе"
    return TAGS[row.level]


def _ask(row: CheckRow, view: ViewRow) -> None:
    """The question about the same human being, with the answer given so far."""
    match = row.match
    if match.answer == "ask" and match.known is not None:
        view.question = f"Это тот же человек? В базе уже есть {row.name}"
        view.known = match.known.label
        view.errors.append(
            RowError(f"same-{row.number}", "тот же это человек или другой — ответьте")
        )
    elif match.answer == "twice":
        view.question = f"Это тот же человек, что и в строке {match.row}?"
        view.answer = "same"
    elif match.is_decided:
        view.question = "Это тот же человек?"
        view.known = match.known.label if match.known else ""
        view.answer = "same" if match.answer == "same" else "new"


def _cell(row: CheckRow, name: str, label: str, *, is_open: bool) -> ViewCell:
    cell = row.cell(name)
    is_input = is_open or cell.level == "bad" or (cell.level == "wait" and not cell.suggestion)
    return ViewCell(
        f"c{row.number}-{name}",
        f"cell-{row.number}-{name}",
        cell,
        f"Строка {row.number}, {label}",
        is_input,
    )
