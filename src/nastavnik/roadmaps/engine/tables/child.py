"""The child process that reads a document: bytes come in by stdin, JSON leaves by stdout.

Nothing in the answer can be executed on reading.
"""

import io
import json
import sys
import zipfile

from nastavnik.files.child import Part, serve

from .model import Block, Paragraph
from .refusals import refuse
from .sniff import kind_of
from .store import plain

MAX_CELLS = 100_000


def answer(data: bytes) -> list[Part]:
    """Kind, blocks and notes as JSON.

    Raises: FileRefused; whatever else a parser raises means a damaged document.
    """
    kind = kind_of(data)
    blocks, notes = _read(kind, data)
    cells = sum(len(row) for one in blocks if not isinstance(one, Paragraph) for row in one.rows)
    if cells > MAX_CELLS or len(blocks) > MAX_CELLS:
        raise refuse("too_long")
    found = {"kind": kind, "blocks": [plain(one) for one in blocks], "notes": sorted(notes)}
    return [json.dumps(found, ensure_ascii=False).encode("utf-8", "replace")]


def _read(kind: str, data: bytes) -> tuple[list[Block], set[str]]:
    from .docx import DocxReader  # noqa: PLC0415  -- only after the limits are set
    from .opendoc import OpenReader  # noqa: PLC0415
    from .workbook import read_workbook  # noqa: PLC0415

    if kind == "xlsx":
        return read_workbook(data), set()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        reader = DocxReader(archive) if kind == "docx" else OpenReader(archive)
        return reader.blocks(), reader.notes


if __name__ == "__main__":
    sys.exit(serve(answer))
