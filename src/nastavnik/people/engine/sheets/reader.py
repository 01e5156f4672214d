"""Bytes of a registry file -> `Workbook`, or one `FileRefused` with advice."""

import array
import datetime as dt
import itertools
import json
from pathlib import Path, PurePath
from typing import Any

from nastavnik.files.apart import WALL_SECONDS, read_apart
from nastavnik.files.named import read_file

from . import child
from .collector import paused_collector
from .model import CellValue, Merge, Sheet, Workbook
from .oleguard import check_ole
from .refusals import refuse
from .sniff import container
from .textfile import read_text
from .zipguard import check_zip

MAX_BYTES = 40 << 20
_SLOW_FROM = 16 << 20
_BYTES_A_SECOND = 8 << 20
_NO_CELLS = "В файле нет заполненных ячеек. Проверьте, что выбран нужный файл"


def read_workbook(source: Path | str | bytes, filename: str = "") -> Workbook:
    """Read xlsx, xls, ods, csv or tsv by content, whatever the extension says.

    Workbooks are parsed in a child process with limits on memory and time.

    Raises: FileRefused, and nothing else, for everything that cannot be read.
    """
    data, name = _load(source, filename)
    if len(data) > MAX_BYTES:
        raise refuse("too_big")
    what = container(data)
    if what == "text":
        return Workbook(name, "csv", (read_text(data, PurePath(name).stem or "Лист"),))
    if what == "zip":
        report = check_zip(data)
        kind, weight = report.kind, report.unpacked
    else:
        kind, weight = check_ole(data), len(data)
    seconds = _wall_seconds(weight)
    sheets = _unpack(
        read_apart(child.__name__, data, refuse, too_much="too_many_cells", seconds=seconds)
    )
    if not sheets:
        raise refuse("damaged")
    if not any(sheet.rows for sheet in sheets):
        raise refuse("empty", message=_NO_CELLS)
    return Workbook(name, kind, sheets)


def _load(source: Path | str | bytes, filename: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, filename
    path = Path(source)
    return read_file(path, MAX_BYTES, refuse), filename or path.name


def _wall_seconds(weight: int) -> float:
    """Ordinary files get the usual time; a long honest registry gets more by its unpacked size."""
    return WALL_SECONDS + max(0, weight - _SLOW_FROM) / _BYTES_A_SECOND


def _unpack(frame: bytes) -> tuple[Sheet, ...]:
    size = int.from_bytes(frame[:8], "little")
    header = json.loads(frame[8 : 8 + size])
    cells = array.array("I")
    cells.frombytes(memoryview(frame)[8 + size :])
    with paused_collector():
        values: list[CellValue] = [_value(v) for v in header["values"]]
        stream = map(values.__getitem__, cells)
        return tuple(_sheet(packed, stream) for packed in header["sheets"])


def _sheet(packed: dict[str, Any], stream: "map[CellValue]") -> Sheet:
    width = packed["width"]
    rows = [list(itertools.islice(stream, width)) for _ in range(packed["height"])]
    merges = tuple(Merge(*box) for box in packed["merges"])
    _spread_down(rows, merges)
    return Sheet(packed["name"], rows, merges=merges, hidden=packed["hidden"])


def _spread_down(rows: list[list[CellValue]], merges: tuple[Merge, ...]) -> None:
    """A value merged over several rows of one column belongs to each of them."""
    for box in merges:
        if box.left == box.right and box.bottom > box.top and 0 <= box.top < len(rows):
            value = rows[box.top][box.left]
            for row in rows[box.top + 1 : box.bottom + 1]:
                row[box.left] = value


def _value(value: Any) -> CellValue:
    if isinstance(value, dict):
        return dt.date.fromisoformat(value["d"])
    result: CellValue = value
    return result
