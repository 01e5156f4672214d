"""Bytes of a document or text of the clipboard → `Source`, or one `FileRefused` with advice."""

import json
from collections.abc import Iterator

from nastavnik.files.apart import read_apart

from . import child
from .clean import tidy
from .model import Block, Paragraph, Source
from .pasted import MAX_TEXT, decode, read_blocks
from .refusals import refuse
from .sniff import kind_of
from .store import block

MAX_BYTES = 20 << 20
MAX_FILLED = 30_000
"""Cells and paragraphs with a text; understanding costs up to 80 µs each, a plan of 1,000 lines has 7,000."""


def read_source(name: str, data: bytes) -> Source:
    """Read docx, xlsx, odt, ods or plain text by content, whatever the name says.

    Office packages are parsed in a child process with limits on memory and time.

    Raises: FileRefused, and nothing else, for everything that cannot be read.
    """
    if len(data) > MAX_BYTES:
        raise refuse("too_big")
    kind = kind_of(data)
    if kind == "text":
        return _source(name, kind, read_blocks(decode(data)), ())
    found = json.loads(read_apart(child.__name__, data, refuse, too_much="too_long"))
    blocks = [block(packed) for packed in found["blocks"]]
    return _source(name, found["kind"], blocks, tuple(found["notes"]))


def read_text(text: str) -> Source:
    """Read what a person pasted: rows of Word or Excel, or numbered lines.

    Raises: FileRefused when there is nothing in it.
    """
    if not text.strip("\x00 \t\r\n"):
        raise refuse("empty")
    return _source("", "text", read_blocks(text), ())


def _source(name: str, kind: str, blocks: list[Block], notes: tuple[str, ...]) -> Source:
    texts = [text for one in blocks for text in _texts(one) if text]
    if len(texts) > MAX_FILLED or sum(map(len, texts)) > MAX_TEXT:
        raise refuse("too_long")
    tidied, found = tidy(blocks)
    if not tidied:
        raise refuse("no_text")
    return Source(name, kind, tidied, (*notes, *found))


def _texts(one: Block) -> Iterator[str]:
    if isinstance(one, Paragraph):
        yield one.text
        return
    for row in one.rows:
        yield from (cell.text for cell in row)
