"""Plain values that travel between the reader and the analysis."""

import datetime as dt
from dataclasses import dataclass, field

CellValue = str | int | float | bool | dt.date | None


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged rectangle; indices into `Sheet.rows` and its columns, both ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: rectangular rows of values; row `i` stands in row `i + first_row` of the file."""

    name: str
    rows: list[list[CellValue]]
    first_row: int = 1
    merges: tuple[Merge, ...] = ()
    hidden: bool = False

    @property
    def width(self) -> int:
        """Number of columns (every row has as many cells)."""
        return len(self.rows[0]) if self.rows else 0

    def row_number(self, index: int) -> int:
        """The row number that the person sees in the file."""
        return index + self.first_row


@dataclass(frozen=True, slots=True)
class Workbook:
    """All readable sheets of a file in their order."""

    filename: str
    kind: str
    sheets: tuple[Sheet, ...] = field(default=())


def column_letters(index: int) -> str:
    """Column name as Excel shows it: 0 -> A, 26 -> AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def plain_text(value: CellValue) -> str:
    """The cell as a person would read it in the file."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.date):
        return value.strftime("%d.%m.%Y")
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)
