"""A workbook that was read in the child process, kept in the batch as compressed plain values."""

import datetime as dt
import json
import zlib
from typing import Any

from nastavnik.people.engine.sheets.model import CellValue, Merge, Sheet, Workbook


def pack(workbook: Workbook) -> bytes:
    """Values only: no formulas, no styles, no macros outlive the reading."""
    plain = {
        "filename": workbook.filename,
        "kind": workbook.kind,
        "sheets": [
            {
                "name": sheet.name,
                "rows": sheet.rows,
                "first_row": sheet.first_row,
                "merges": [(m.top, m.left, m.bottom, m.right) for m in sheet.merges],
                "hidden": sheet.hidden,
            }
            for sheet in workbook.sheets
        ],
    }
    text = json.dumps(plain, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return zlib.compress(text.encode(), level=1)


def unpack(content: bytes) -> Workbook:
    plain = json.loads(zlib.decompress(content))
    return Workbook(
        plain["filename"],
        plain["kind"],
        tuple(
            Sheet(
                sheet["name"],
                [[_value(value) for value in row] for row in sheet["rows"]],
                sheet["first_row"],
                tuple(Merge(*box) for box in sheet["merges"]),
                sheet["hidden"],
            )
            for sheet in plain["sheets"]
        ),
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dt.date):
        return {"d": value.isoformat()[:10]}
    raise TypeError(type(value))


def _value(value: Any) -> CellValue:
    if isinstance(value, dict):
        return dt.date.fromisoformat(value["d"])
    result: CellValue = value
    return result
