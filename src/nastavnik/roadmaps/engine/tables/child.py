"""The child process that reads a document: bytes come in by stdin, JSON leaves by stdout.

A malformed document may take all memory or time it finds, so this process limits itself before
any parser is loaded. Nothing in the answer can be executed on reading.
"""

import io
import json
import sys
import zipfile
from typing import Any

MEMORY_LIMIT = 512 << 20
MAX_CELLS = 100_000


def limit_self(cpu_seconds: int) -> None:
    """Set the limits of this process; Windows has none and relies on the parent's clock."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415  -- absent on Windows

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def answer(data: bytes) -> dict[str, Any]:
    """Blocks ready for JSON, or the code of the refusal."""
    from .model import SourceError  # noqa: PLC0415  -- only after the limits are set

    try:
        return _read(data)
    except SourceError as refusal:
        return {"refused": refusal.code, "place": refusal.place}
    except (MemoryError, RecursionError):
        return {"refused": "too_long"}
    except BaseException as error:  # noqa: BLE001  -- a Rust panic is a BaseException; all mean a bad file
        code = "password" if "assword" in str(error) else "damaged"
        return {"refused": code, "place": ""}


def _read(data: bytes) -> dict[str, Any]:
    from .docx import DocxReader  # noqa: PLC0415
    from .model import Paragraph  # noqa: PLC0415
    from .opendoc import OpenReader  # noqa: PLC0415
    from .sniff import kind_of  # noqa: PLC0415
    from .workbook import read_workbook  # noqa: PLC0415

    kind = kind_of(data)
    notes: set[str] = set()
    if kind == "xlsx":
        blocks = read_workbook(data)
    else:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            reader = DocxReader(archive) if kind == "docx" else OpenReader(archive)
            blocks = reader.blocks()
            notes = reader.notes
    packed: list[Any] = []
    cells = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            packed.append([block.text, block.style])
            continue
        rows = [[[cell.text, cell.span, int(cell.goes_on)] for cell in row] for row in block.rows]
        cells += sum(map(len, rows))
        packed.append([block.name, rows])
    if cells > MAX_CELLS or len(packed) > MAX_CELLS:
        return {"refused": "too_long"}
    return {"kind": kind, "blocks": packed, "notes": sorted(notes)}


def main() -> int:
    """Read stdin, write the answer."""
    limit_self(int(sys.argv[1]))
    data = sys.stdin.buffer.read()
    sys.stdout.buffer.write(json.dumps(answer(data), ensure_ascii=False).encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
