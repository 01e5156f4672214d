"""Tables as grids, their headings, and stamps or footnotes between two pages of one table."""

from dataclasses import dataclass, field

from .columns import Columns, columns_of, plain
from .model import Table
from .numbers import is_number

LOOK_AHEAD = 80


@dataclass(slots=True)
class Row:
    """A row by columns: texts, merges from above, columns covered; `lead` begins a page."""

    place: str
    cells: list[str]
    on: list[bool]
    spans: list[int]
    lead: bool = False
    section: bool = False

    @property
    def filled(self) -> list[int]:
        """Columns that hold a text."""
        return [index for index, text in enumerate(self.cells) if text]

    @property
    def text(self) -> str:
        """All texts of the row, for a pane or a note."""
        return " | ".join(text.replace("\n", " ") for text in self.cells if text)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the headings are and what they say."""

    index: int
    height: int
    columns: Columns


@dataclass(slots=True)
class PlanTable:
    """A roadmap put together from the tables of all its pages."""

    columns: Columns
    rows: list[Row] = field(default_factory=list)
    headers: list[Row] = field(default_factory=list)
    before: int = 0
    guessed: bool = False

    @property
    def width(self) -> int:
        return len(self.columns.fields)


def grid(table: Table, place: str) -> list[Row]:
    """Rows of equal width; a cell over several columns stands in the first of them."""
    width = max((sum(cell.span for cell in row) for row in table.rows), default=0)
    return [_row(row, f"{place}, строка {index}", width) for index, row in enumerate(table.rows, 1)]


def _row(row: tuple, place: str, width: int) -> Row:  # type: ignore[type-arg]
    cells, on, spans = [""] * width, [False] * width, [1] * width
    column = 0
    for cell in row:
        cells[column], on[column], spans[column] = cell.text, cell.goes_on, cell.span
        for covered in range(column + 1, column + cell.span):
            spans[covered] = 0
        column += cell.span
    return Row(place, cells, on, spans)


def find_header(rows: list[Row]) -> Header | None:
    """The first row, or two rows, whose cells are headings of a roadmap."""
    for index, row in enumerate(rows[:LOOK_AHEAD]):
        filled = row.filled
        # A line has a number somewhere; headings have none («Проведение мероприятий» is no heading).
        if len(filled) < 2 or any(is_number(row.cells[column]) for column in filled):
            continue
        below = rows[index + 1] if index + 1 < len(rows) else None
        if below is not None and _is_second(row, below):
            columns = columns_of(_two_rows(row, below))
            if columns:
                return Header(index, 2, columns)
        columns = columns_of(_spread(row))
        if columns:
            return Header(index, 1, columns)
    return None


def _spread(row: Row) -> list[str]:
    texts, current = [], ""
    for index, text in enumerate(row.cells):
        current = current if row.spans[index] == 0 else text
        texts.append(current)
    return texts


def _is_second(row: Row, below: Row) -> bool:
    """A heading over several columns has its parts below, and nothing else is filled there."""
    under = [i for i in range(len(row.cells)) if row.spans[i] == 0 or row.spans[i] > 1]
    if not under or not below.filled or below.lead:
        return False
    short = all(len(below.cells[i]) <= 40 and not is_number(below.cells[i]) for i in below.filled)
    return short and set(below.filled) <= set(under)


def _two_rows(row: Row, below: Row) -> list[str]:
    upper = _spread(row)
    return [f"{text} {below.cells[index]}".strip() for index, text in enumerate(upper)]


def is_numbers_row(row: Row) -> bool:
    """«1 2 3 4 5» under the headings, repeated on every page."""
    texts = [row.cells[index].rstrip(".") for index in row.filled]
    return len(texts) >= 2 and texts == [str(number) for number in range(1, len(texts) + 1)]


def is_repeated_header(row: Row, columns: Columns) -> bool:
    """The headings once more, on the next page."""
    filled = row.filled
    if len(filled) < 2:
        return False
    own = [plain(row.cells[index]) for index in filled]
    known = [plain(text) for text in columns.headings]
    return all(text in known for text in own)
