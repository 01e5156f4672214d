"""Text from the clipboard or a text file → blocks: tabs, bars or semicolons make cells."""

import csv
import io
import re
from collections.abc import Iterator

from .model import Block, Cell, Paragraph, Table
from .numbers import is_number
from .refusals import refuse

MAX_TEXT = 2 << 20
MAX_LINES = 20_000
LONGEST_ROW = 60
_BAR_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_SECTION = re.compile(r"^\W*(?:раздел|этап|модуль|блок|[IVX]{1,4}[.)])\s+\S", re.IGNORECASE)
_FOOT = re.compile(r"\s*©")  # the foot of a web page comes along with its table
_NUMBERED = re.compile(r"^\s*(\d{1,3}(?:\.\d{1,3}){0,4}[.)]?)\s+(\S.*)$")


def decode(data: bytes) -> str:
    """The text of the bytes: UTF-8, UTF-16 with a mark, or the old Windows encoding.

    Raises: FileRefused when the bytes are no text at all.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1251", errors="replace")
    strange = sum(1 for sign in text[:20_000] if ord(sign) < 32 and sign not in "\t\r\n\f\v")
    if strange > len(text[:20_000]) // 50:
        raise refuse("unknown")
    return text


def read_blocks(text: str) -> list[Block]:
    """Lines with several cells are rows; lone lines between them are paragraphs."""
    if len(text) > MAX_TEXT:
        raise refuse("too_big")
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MAX_LINES:
        raise refuse("too_long")
    for sign in ("\t", "|", ";"):
        if _looks_like(text, sign):
            return _table_blocks(text, sign)
    return _line_blocks(text)


def _looks_like(text: str, sign: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    full = sum(1 for line in lines if line.strip("\n ").count(sign) >= 2)
    return full >= 2 and full * 4 >= len(lines)


def _table_blocks(text: str, sign: str) -> list[Block]:
    if sign == "|":
        split = [_bars(line) for line in text.split("\n") if not _BAR_RULE.match(line)]
    else:
        # Excel quotes cells with line breaks; a quote inside a word is left alone.
        split = list(csv.reader(io.StringIO(text), delimiter=sign, strict=False))
    width = _width(split)
    blocks: list[Block] = []
    rows: list[tuple[list[str], list[str]]] = []
    for cells in _whole_rows(split, width):
        filled = [cell for cell in cells if cell.strip()]
        if len(cells) > 1 or (rows and filled and _SECTION.match(filled[0])):
            rows.append((cells[:-1], cells[-1:]))
        elif rows and filled and not _FOOT.match(filled[0]):
            # A line break inside a cell: the line goes on with the last cell of its row.
            rows[-1][1].append(filled[0])
        elif filled:
            blocks.append(Paragraph(filled[0]))
    return [*blocks, _table(rows, width)]


def _width(split: list[list[str]]) -> int:
    """How many cells a whole row has: the most that two rows have."""
    widths = sorted((len(cells) for cells in split), reverse=True)[:2]
    return widths[-1] if widths else 1


def _whole_rows(split: list[list[str]], width: int) -> Iterator[list[str]]:
    """A numbered row whose cells have lines of their own comes from Word in pieces: put together."""
    at = 0
    while at < len(split):
        cells, taken = split[at], 1
        if 1 < len(cells) < width and is_number(cells[0].strip()):
            cells, taken = _gathered(split[at : at + LONGEST_ROW], width)
        yield cells
        at += taken


def _gathered(pieces: list[list[str]], width: int) -> tuple[list[str], int]:
    """The row and the number of its pieces; the first piece alone when they make no whole row."""
    row = pieces[0]
    for taken, piece in enumerate(pieces[1:], 2):
        begins = len(piece) > 1 and is_number(piece[0].strip())
        if begins or len(row) + len(piece) - 1 > width:
            break
        if piece:
            row = [*row[:-1], f"{row[-1]}\n{piece[0]}", *piece[1:]]
        if len(row) == width:
            return row, taken
    return pieces[0], 1


def _table(rows: list[tuple[list[str], list[str]]], width: int = 1) -> Table:
    """Rows of the first cells and the lines of the last one; a lone cell covers its row."""
    return Table(
        tuple(
            (*(Cell(text) for text in before), Cell("\n".join(last), span=1 if before else width))
            for before, last in rows
        )
    )


def _bars(line: str) -> list[str]:
    stripped = line.strip()
    if "|" not in stripped:
        return [line]
    return [cell.strip() for cell in stripped.strip("|").split("|")]


def _line_blocks(text: str) -> list[Block]:
    """No columns at all: a line with a number is a task, other lines stay paragraphs."""
    blocks: list[Block] = []
    rows: list[tuple[list[str], list[str]]] = []
    for line in text.split("\n"):
        found = _NUMBERED.match(line)
        if found:
            rows.append(([found[1]], [found[2]]))
        elif line.strip() and rows:
            rows[-1][1].append(line.strip())
        elif line.strip():
            blocks.append(Paragraph(line.strip()))
    return [*blocks, _table(rows)] if rows else blocks
