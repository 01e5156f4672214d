"""Bytes of a document or text of the clipboard → `Source`, or one `SourceError` with advice."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from . import child
from .clean import tidy
from .model import Block, Paragraph, Source
from .pasted import MAX_TEXT, decode, read_blocks
from .refusals import refuse
from .sniff import kind_of
from .store import block

MAX_BYTES = 20 << 20
WALL_SECONDS = 4.5
MAX_FILLED = 30_000
"""Cells and paragraphs with a text; understanding costs up to 80 µs each, a plan of 1,000 lines has 7,000."""


def read_source(name: str, data: bytes) -> Source:
    """Read docx, xlsx, odt, ods or plain text by content, whatever the name says.

    Office packages are parsed in a child process with limits on memory and time.

    Raises: SourceError, and nothing else, for everything that cannot be read.
    """
    if len(data) > MAX_BYTES:
        raise refuse("too_big")
    kind = kind_of(data)
    if kind == "text":
        return _source(name, kind, read_blocks(decode(data)), ())
    found = _parse_apart(data)
    if "refused" in found:
        raise refuse(found["refused"], found.get("place", ""))
    blocks = [block(packed) for packed in found["blocks"]]
    return _source(name, found["kind"], blocks, tuple(found["notes"]))


def read_text(text: str) -> Source:
    """Read what a person pasted: rows of Word or Excel, or numbered lines.

    Raises: SourceError when there is nothing in it.
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


def _parse_apart(data: bytes) -> dict[str, Any]:
    root = str(Path(__file__).resolve().parents[4])
    keep = {key: os.environ[key] for key in ("PATH", "SYSTEMROOT", "TEMP") if key in os.environ}
    command = [sys.executable, "-m", child.__name__, str(int(WALL_SECONDS) + 1)]
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
            out, _ = process.communicate(data, timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired as error:
            process.kill()
            raise refuse("timeout") from error
    if process.returncode != 0:
        raise refuse("timeout" if process.returncode in {-9, -24} else "too_long")
    found: dict[str, Any] = json.loads(out)
    return found
