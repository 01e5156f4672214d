"""The child process that parses a workbook: bytes come in by stdin, one frame leaves by stdout.

A malformed workbook may abort the parser or take all memory it finds, so this process limits
itself before the parser is loaded. The frame is JSON (distinct values, sheet sizes, merges) and
one array of 32-bit indices into the distinct values: nothing in it can be executed on reading.
"""

import array
import datetime as dt
import io
import json
import sys
from typing import Any

MEMORY_LIMIT = 512 << 20
MAX_CELLS = 8_000_000
MAX_ROWS = 200_000
MAX_COLUMNS = 256
EXIT_TOO_MANY = 3
EXIT_PASSWORD = 4
EXIT_DAMAGED = 5


class TooMany(Exception):
    """The used area of the sheets is beyond what a registry may hold."""


def limit_self(cpu_seconds: int) -> None:
    """Set the limits of this process; Windows has none and relies on the parent's clock."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  -- absent on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


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
        raise TooMany
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


def _exit_code(words: str) -> int:
    if "assword" in words:
        return EXIT_PASSWORD
    return EXIT_TOO_MANY if "limit exceeded" in words else EXIT_DAMAGED


def main() -> int:
    """Read stdin, write the frame; the exit code names the refusal."""
    limit_self(int(sys.argv[1]))
    data = sys.stdin.buffer.read()
    try:
        header, cells = pack(data)
    except (TooMany, MemoryError):
        return EXIT_TOO_MANY
    except BaseException as error:  # noqa: BLE001  -- a Rust panic is a BaseException; all mean a bad file
        return _exit_code(f"{type(error).__name__} {error}")
    head = json.dumps(header, ensure_ascii=False).encode()
    out = sys.stdout.buffer
    out.write(len(head).to_bytes(8, "little"))
    out.write(head)
    out.write(memoryview(cells).cast("B"))
    out.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
