"""Delimited text in any of the encodings that office programs write."""

import csv
import io
from collections import Counter
from collections.abc import Iterable

from .model import CellValue, Sheet
from .refusals import refuse

MAX_ROWS = 200_000
MAX_COLUMNS = 256
_DELIMITERS = (";", ",", "\t", "|")
_FREQUENT = set("оеаинтсрвл")


def read_text(data: bytes, name: str) -> Sheet:
    """Parse a csv or tsv file into one sheet.

    Raises: FileRefused when the bytes are no text or the quotes never close.
    """
    text = decode(data)
    lines = text.splitlines()
    forced = ""
    first_row = 1
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) == 5:
        forced, first_row = lines[0][4], 2
        text = text.split("\n", 1)[1] if "\n" in text else ""
    delimiter = forced or _delimiter(lines)
    rows = _rows(text, delimiter)
    if not any(any(row) for row in rows):
        raise refuse("empty")
    width = max(map(len, rows))
    if width > MAX_COLUMNS:
        raise refuse("too_many_cells")
    cells = [_cells(row, width) for row in rows]
    return Sheet(name=name, rows=cells, first_row=first_row)


def _cells(row: list[str], width: int) -> list[CellValue]:
    cells: list[CellValue] = [value if value.strip() else None for value in row]
    return cells + [None] * (width - len(cells))


def decode(data: bytes) -> str:
    """Bytes to text: UTF-8, UTF-16, or the Cyrillic code page whose letters look most like Russian."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strict(data, "utf-16")
    if b"\x00" in data:
        return _unmarked_utf_16(data)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _best(data)


def _unmarked_utf_16(data: bytes) -> str:
    """Zero bytes at one parity only mean two-byte text; anywhere else they mean a broken file."""
    odd, even = data[1::2].count(0), data[::2].count(0)
    if min(odd, even) or max(odd, even) < len(data) // 20:
        raise refuse("damaged")
    return _strict(data, "utf-16-le" if odd else "utf-16-be")


def _best(data: bytes) -> str:
    sample = data[: 64 << 10]
    pages = ("cp1251", "koi8-r", "cp866")
    scores = {page: _likeness(sample.decode(page, "replace")) for page in pages}
    page = max(pages, key=lambda name: scores[name])
    if scores[page] <= 0:
        raise refuse("unknown")
    return data.decode(page, "replace")


def _likeness(text: str) -> float:
    """Share of frequent small Russian letters less a fine for signs that registries never hold."""
    counts = Counter(text)
    frequent = sum(counts[letter] for letter in _FREQUENT)
    control = sum(n for sign, n in counts.items() if sign < " " and sign not in "\t\r\n")
    frames = sum(n for sign, n in counts.items() if "\u2500" <= sign <= "\u25ff")
    return (frequent - 5 * control - 2 * frames) / max(len(text), 1)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise refuse("damaged") from error


def _delimiter(lines: list[str]) -> str:
    sample = [line for line in lines[:60] if line.strip()][:30]
    best, best_score = ";", 0.0
    for sign in _DELIMITERS:
        counts = Counter(line.count(sign) for line in sample)
        counts.pop(0, None)
        if counts:
            count, lines_with = counts.most_common(1)[0]
            score = lines_with * min(count, 20)
            if score > best_score:
                best, best_score = sign, score
    return best


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Rows of the text; when a quote never closes, every line again by itself, without quotes."""
    try:
        return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), delimiter)
    except csv.Error:
        plain = text.replace('"', "").splitlines()
    if len(plain) > MAX_ROWS:
        raise refuse("too_many_cells")
    return [line.split(delimiter) for line in plain]


def _bounded(reader: Iterable[list[str]], delimiter: str) -> list[list[str]]:
    rows: list[list[str]] = []
    for row in reader:
        # A quote that never closes swallows the lines that follow, delimiters included.
        if any("\n" in cell and cell.count(delimiter) >= 2 for cell in row):
            raise csv.Error
        rows.append(row)
        if len(rows) > MAX_ROWS:
            raise refuse("too_many_cells")
    return rows
