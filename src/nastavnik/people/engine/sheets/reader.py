"""Bytes of a registry file -> `Workbook`, or one `SheetRefused` with advice."""

import array
import datetime as dt
import itertools
import json
import os
import subprocess
import sys
from pathlib import Path, PurePath
from typing import Any

from . import child
from .collector import paused_collector
from .model import CellValue, Merge, Sheet, Workbook
from .oleguard import check_ole
from .refusals import refuse
from .sniff import container
from .textfile import read_text
from .zipguard import check_zip

MAX_BYTES = 40 << 20
WALL_SECONDS = 4.5
_SLOW_FROM = 16 << 20
_BYTES_A_SECOND = 8 << 20


def read_workbook(source: Path | str | bytes, filename: str = "") -> Workbook:
    """Read xlsx, xls, ods, csv or tsv by content, whatever the extension says.

    Workbooks are parsed in a child process with limits on memory and time.

    Raises: SheetRefused, and nothing else, for everything that cannot be read.
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
    sheets = _parse_apart(data, _wall_seconds(weight))
    if not sheets:
        raise refuse("damaged")
    if not any(sheet.rows for sheet in sheets):
        raise refuse("empty", "В файле нет заполненных ячеек. Проверьте, что выбран нужный файл")
    return Workbook(name, kind, sheets)


def _load(source: Path | str | bytes, filename: str) -> tuple[bytes, str]:
    if isinstance(source, bytes):
        return source, filename
    path = Path(source)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise refuse("too_big")
        return path.read_bytes(), filename or path.name
    except OSError as error:
        raise refuse("not_found") from error
    except ValueError as error:
        raise refuse("not_found") from error


def _wall_seconds(weight: int) -> float:
    """Ordinary files get the usual time; a long honest registry gets more by its unpacked size."""
    return WALL_SECONDS + max(0, weight - _SLOW_FROM) / _BYTES_A_SECOND


def _parse_apart(data: bytes, seconds: float) -> tuple[Sheet, ...]:
    root = str(Path(__file__).resolve().parents[4])
    keep = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TEMP") if key in os.environ}
    command = [sys.executable, "-m", child.__name__, str(int(seconds) + 1)]
    # S603: the command is ours, the file goes in by stdin; secrets of the web process stay out.
    process = subprocess.Popen(  # noqa: S603
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=keep | {"PYTHONPATH": root, "PYTHONDONTWRITEBYTECODE": "1"},
    )
    with process:
        try:
            frame, _ = process.communicate(data, timeout=seconds)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise refuse("timeout") from error
    if process.returncode != 0:
        raise refuse(_code(process.returncode))
    return _unpack(frame)


def _code(exit_code: int) -> str:
    if exit_code == child.EXIT_PASSWORD:
        return "password"
    if exit_code == child.EXIT_DAMAGED:
        return "damaged"
    if exit_code in (-9, -24):  # killed by the processor time limit
        return "timeout"
    # Aborts (no memory for the used area) come as signals or as codes of the C runtime.
    return "too_many_cells"


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
