"""Excel workbooks → one table a sheet, read by calamine inside the limited child."""

import datetime as dt
import io
from typing import Any

from .model import Block, Cell, Table
from .refusals import refuse

MAX_ROWS = 20_000
MAX_COLUMNS = 120


def read_workbook(data: bytes) -> list[Block]:
    """Visible and hidden worksheets with their values as a person reads them.

    Raises: FileRefused for sheets beyond reason; anything of the parser means a damaged file.
    """
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  -- loads only where it is needed

    tables: list[Block] = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if str(meta.typ).rpartition(".")[2] != "WorkSheet":
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.end is None:
                continue
            if sheet.end[0] >= MAX_ROWS or sheet.end[1] >= MAX_COLUMNS:
                raise refuse("too_long", meta.name)
            tables.append(Table(_rows(sheet), meta.name))
    return tables


def _rows(sheet: Any) -> tuple[tuple[Cell, ...], ...]:
    rows = [[_written(value) for value in row] for row in sheet.iter_rows()]
    width, below = {}, set()
    for (top, left), (bottom, right) in (sheet.merged_cell_ranges or [])[:5000]:
        for row in range(top, min(bottom, len(rows) - 1) + 1):
            width[row, left] = right - left + 1
            if row > top:
                below.add((row, left))
    return tuple(_row(cells, index, width, below) for index, cells in enumerate(rows))


def _row(
    cells: list[str], index: int, width: dict[tuple[int, int], int], below: set[tuple[int, int]]
) -> tuple[Cell, ...]:
    out, column = [], 0
    while column < len(cells):
        span = min(max(width.get((index, column), 1), 1), len(cells) - column)
        out.append(Cell(cells[column], span, (index, column) in below))
        column += span
    return tuple(out)


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "да" if value else "нет"
    if isinstance(value, dt.datetime | dt.date):
        return value.strftime("%d.%m.%Y") if value.year >= 1000 else str(value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else f"{value:g}"
    return str(value)
