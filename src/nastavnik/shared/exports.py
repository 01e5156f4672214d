"""Excel files: what the list shows, never a formula."""

import datetime as dt
from collections.abc import Iterable, Sequence
from decimal import Decimal
from tempfile import TemporaryFile
from typing import IO, Any

import xlsxwriter
from django.http import FileResponse
from django.utils import timezone

from nastavnik.shared.cells import getter_of
from nastavnik.shared.columns import Column, shown

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "dd.mm.yyyy",
}
CELL_LIMIT = 32_767


def xlsx_response(
    columns: Iterable[Column],
    records: Iterable[Sequence[Any]],
    sources: Sequence[str],
    title: str,
    *,
    heading: Sequence[str] = (),
) -> FileResponse:
    """The file is complete before the answer starts, so nothing is read outside the tenant scope."""
    stream = TemporaryFile()  # noqa: SIM115 -- the response closes it
    write_xlsx(stream, columns, records, sources, title, heading=heading)
    stream.seek(0)
    name = f"{title}, {timezone.localdate():%d.%m.%Y}.xlsx"
    return FileResponse(stream, as_attachment=True, filename=name, content_type=XLSX_TYPE)


def write_xlsx(
    stream: IO[bytes],
    columns: Iterable[Column],
    records: Iterable[Sequence[Any]],
    sources: Sequence[str],
    title: str,
    *,
    heading: Sequence[str] = (),
) -> int:
    """Write a sheet with a bold header row, lines above it if given; the number of records."""
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    sheet = book.add_worksheet(_sheet_name(title))
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    exported = [column for column in columns if column.in_export]
    getters = [getter_of(column, sources, column.export) for column in exported]
    top = len(heading)
    for row, words in enumerate(heading):
        sheet.write_string(row, 0, words, book.add_format({"bold": row == 0}))
    sheet.freeze_panes(top + 1, 0)
    for place, column in enumerate(exported):
        sheet.set_column(place, place, max(12, min(40, len(column.title) + 4)))
        sheet.write_string(top, place, column.title, bold)
    count = 0
    for count, record in enumerate(records, start=1):
        for place, getter in enumerate(getters):
            _write(sheet, top + count, place, getter(record))
    book.close()
    return count


def _write(sheet: Any, row: int, place: int, value: Any) -> None:
    """Text is always written as text, whatever sign it begins with."""
    if isinstance(value, str):
        if value:
            sheet.write_string(row, place, value[:CELL_LIMIT])
    elif value is None:
        return
    elif isinstance(value, bool):
        sheet.write_string(row, place, shown(value))
    elif isinstance(value, (int, float, Decimal)):
        sheet.write_number(row, place, value)
    elif isinstance(value, dt.datetime):
        sheet.write_string(row, place, shown(value))
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, place, dt.datetime(value.year, value.month, value.day))  # noqa: DTZ001 -- a day of the calendar
    else:
        sheet.write_string(row, place, str(value)[:CELL_LIMIT])


def _sheet_name(title: str) -> str:
    return (
        "".join(" " if sign in "[]:*?/\\" else sign for sign in title).strip("' ")[:31] or "Список"
    )
