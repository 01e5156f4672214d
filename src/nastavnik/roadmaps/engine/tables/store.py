"""A source kept between the upload and the decision: JSON, packed; nothing of it can be executed."""

import json
import zlib
from typing import Any

from .model import Block, Cell, Paragraph, Source, Table

MAX_STORED = 64 << 20


def pack(source: Source) -> bytes:
    """The source as bytes for the database."""
    blocks = [plain(one) for one in source.blocks]
    stored = {"name": source.name, "kind": source.kind, "notes": source.notes, "blocks": blocks}
    return zlib.compress(json.dumps(stored, ensure_ascii=False).encode("utf-8", "replace"), 6)


def unpack(data: bytes) -> Source:
    """The way back. Raises ValueError for what `pack` did not write."""
    text = zlib.decompressobj().decompress(data, MAX_STORED)
    stored = json.loads(text)
    blocks = tuple(block(packed) for packed in stored["blocks"])
    return Source(stored["name"], stored["kind"], blocks, tuple(stored["notes"]))


def plain(one: Block) -> list[Any]:
    """A paragraph or a table as plain lists."""
    if isinstance(one, Paragraph):
        return [one.text, one.style]
    return [one.name, [[[c.text, c.span, int(c.goes_on)] for c in row] for row in one.rows]]


def block(packed: list[Any]) -> Block:
    """A paragraph or a table from plain lists."""
    first, second = packed
    if isinstance(second, str):
        return Paragraph(first, second)
    rows = tuple(tuple(Cell(text, span, bool(on)) for text, span, on in row) for row in second)
    return Table(rows, first)
