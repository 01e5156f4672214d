"""The child process that parses a workbook: bytes come in by stdin, one frame leaves by stdout.

The frame is JSON (distinct values, sheet sizes, merges) and one array of 32-bit indices into the
distinct values: nothing in it can be executed on reading.
"""

import array
import datetime as dt
import io
import json
import sys
from typing import Any

from nastavnik.files.child import Part, serve

from .refusals import refuse

MAX_CELLS = 8_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 256


class Distinct(dict[Any, int]):
    """Value -> its index; an unseen value gets the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.values_out: list[Any] = [None]
        self[""] = 0

    def __missing__(self, value: Any) -> int:
        index = len(self.values_out)
        portable = _portable(value)
        if portable is None:
            index = 0
        else:
            self.values_out.append(portable)
        self[value] = index
        return index


def _portable(value: Any) -> Any:
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, float):
        if value != value or abs(value) > 1e15:  # noqa: PLR0124  -- NaN is unlike itself
            return str(value)
        return int(value) if value.is_integer() else value
    if isinstance(value, dt.datetime | dt.date):
        return {"d": value.isoformat()[:10]}
    if isinstance(value, bool | int):
        return value
    return str(value)


def pack(data: bytes) -> "tuple[dict[str, Any], array.array[int]]":
    """Parse the workbook; header for JSON and the indices of all cells, sheet after sheet."""
    from python_calamine import CalamineWorkbook  # noqa: PLC0415  -- only after the limits are set

    distinct = Distinct()
    cells = array.array("I")
    sheets = []
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for meta in book.sheets_metadata:
            if str(meta.typ).rpartition(".")[2] != "WorkSheet":
                continue
            sheet = book.get_sheet_by_name(meta.name)
            sheets.append(_pack_sheet(sheet, str(meta.visible).rpartition(".")[2], distinct, cells))
    return {"sheets": sheets, "values": distinct.values_out}, cells


def _pack_sheet(
    sheet: Any, visible: str, distinct: Distinct, cells: "array.array[int]"
) -> dict[str, Any]:
    packed: dict[str, Any] = {"name": sheet.name, "hidden": visible != "Visible"}
    if sheet.start is None or sheet.end is None:
        return packed | {"height": 0, "width": 0, "merges": []}
    height, width = sheet.end[0] + 1, sheet.end[1] + 1
    if height > MAX_ROWS or width > MAX_COLUMNS or len(cells) + height * width > MAX_CELLS:
        raise refuse("too_many_cells", sheet.name)
    lookup = distinct.__getitem__
    for row in sheet.iter_rows():
        # True equals 1 for a dictionary: rows with either take the slower road.
        if True in row or False in row:
            cells.extend(
                distinct[("да" if v else "нет") if isinstance(v, bool) else v] for v in row
            )
        else:
            cells.extend(map(lookup, row))
    merges = sheet.merged_cell_ranges or []
    boxes = [[top, left, bottom, right] for (top, left), (bottom, right) in merges[:5000]]
    return packed | {"height": height, "width": width, "merges": boxes}


def frame(data: bytes) -> list[Part]:
    """The workbook as the parent unpacks it: the size of the header, the header, the indices."""
    header, cells = pack(data)
    head = json.dumps(header, ensure_ascii=False).encode()
    return [len(head).to_bytes(8, "little"), head, memoryview(cells).cast("B")]


if __name__ == "__main__":
    sys.exit(serve(frame))
