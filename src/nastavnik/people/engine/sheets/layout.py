"""Where the table is on the sheet: header row, and what every other row is."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .columns import about_other, recognise
from .model import CellValue, Merge, Sheet, plain_text
from .words import normalise

LOOK_AHEAD = 60
_TOTAL = re.compile(r"^\s*(итого|всего|общее кол|общая числ|в том числе)", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"_{3,}|^\s*(куратор|директор|руководител|ответственн|составил|исполнител|подпись|заместител|зам\.|м\.\s?п\.|согласован|утвержд)",
    re.IGNORECASE,
)
_NAME_PARTS = {"фамилия", "имя", "отчество"}
_PERSON_WORDS = re.compile(r"\s*[А-ЯЁ][а-яё-]+(\s+[А-ЯЁ][а-яё-]+){1,2}\s*")


@dataclass(frozen=True, slots=True)
class Header:
    """Header found: index of its first row, number of rows it takes, text per column, score."""

    index: int
    height: int
    texts: list[str]
    known: int
    has_name: bool


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that holds no person, and why."""

    row: int
    reason: str
    text: str = ""


def find_header(sheet: Sheet, kind: str) -> Header | None:
    """The row, or two rows, whose cells name most fields; None when nothing looks like it."""
    best: Header | None = None
    # A title is one cell; a header names several columns unless the table has only one.
    needed = 2 if any(_filled(row) > 1 for row in sheet.rows[:LOOK_AHEAD]) else 1
    for index in range(min(len(sheet.rows), LOOK_AHEAD)):
        for height in (1, 2):
            header = header_at(sheet, kind, index, height)
            if (
                header is not None
                and sum(map(bool, header.texts)) >= needed
                and _better(header, best)
            ):
                best = header
    return best


def _better(one: Header, other: Header | None) -> bool:
    if other is None:
        return True
    return (one.known, one.has_name, -one.height) > (other.known, other.has_name, -other.height)


def header_at(sheet: Sheet, kind: str, index: int, height: int = 1) -> Header | None:
    """Read the given rows as a header; None when they cannot be one."""
    rows = sheet.rows[index : index + height]
    if len(rows) < height or not any(rows[0]):
        return None
    texts = [_text(value) for value in rows[0]]
    if height == 2:
        if not _may_be_second(rows[0], rows[1]):
            return None
        texts = _two_rows(sheet, kind, index, texts, [_text(value) for value in rows[1]])
    found = recognise(texts, kind)
    if not found:
        return None
    fields = {field for field, _ in found.values()}
    return Header(index, height, texts, len(found), bool(fields & {"full_name", "surname"}))


def _may_be_second(upper: list[CellValue], lower: list[CellValue]) -> bool:
    """A second header row fills places under merged or empty cells of the first one."""
    if not all(value is None or isinstance(value, str) for value in lower):
        return False
    return any(over is None and under is not None for over, under in zip(upper, lower, strict=True))


def _two_rows(sheet: Sheet, kind: str, index: int, upper: list[str], lower: list[str]) -> list[str]:
    group = list(upper)
    for box in sheet.merges:
        if box.top <= index <= box.bottom and box.right > box.left:
            for column in range(box.left, min(box.right + 1, len(group))):
                group[column] = upper[box.left]
    texts = []
    for column, (over, under) in enumerate(zip(group, lower, strict=True)):
        if not under or over == under:
            texts.append(under or upper[column])
        elif under.casefold() in _NAME_PARTS and not about_other(over, kind):
            texts.append(under)
        else:
            texts.append(f"{over} {under}".strip())
    return texts


def _text(value: CellValue) -> str:
    return " ".join(plain_text(value).split())


def _filled(row: list[CellValue]) -> int:
    return len(row) - row.count(None)


def is_numbers(filled: Sequence[CellValue]) -> bool:
    """The row «1, 2, 3 …» that official forms print under the header."""
    if len(filled) < 3:
        return False
    numbers = [str(value).strip() for value in filled]
    if not all(number.isdecimal() and len(number) < 4 for number in numbers):
        return False
    values = [int(number) for number in numbers]
    return all(after - before == 1 for before, after in itertools.pairwise(values))


class RowSorter:
    """Tells persons from section rows, totals, signatures, numbers and repeated headers."""

    def __init__(self, sheet: Sheet, header: Header, name_columns: list[int]) -> None:
        self._name_columns = name_columns
        self._headers = {normalise(text) for text in header.texts if text}
        self._wide: dict[int, Merge] = {
            box.top: box
            for box in sheet.merges
            if box.right - box.left >= 2 and box.top == box.bottom
        }

    def reason(self, index: int, row: list[CellValue]) -> str:
        """Why the row is not a person: `empty`, `section`, `total`, `signature`, `numbers`, `header`, or ""."""
        filled = [value for value in row if value is not None]
        words = [value for value in filled if isinstance(value, str)]
        if is_numbers(filled):
            return "numbers"
        if any(map(_TOTAL.match, words)) and not self._looks_like_person(row):
            return "total"
        if len(filled) <= 4 and any(map(_SIGNATURE.search, words)):
            return "signature"
        if (
            len(words) >= 2
            and sum(normalise(word) in self._headers for word in words) * 5 >= len(filled) * 3
        ):
            return "header"
        if len(set(filled)) > 1 or (index not in self._wide and self._looks_like_person(row)):
            return ""
        return "section" if words and any(map(str.isalnum, words[0])) else "empty"

    def _looks_like_person(self, row: list[CellValue]) -> bool:
        cells = [row[index] for index in self._name_columns if row[index] is not None]
        text = " ".join(map(plain_text, cells)).strip()
        if text.isupper():
            text = text.title()
        return bool(_PERSON_WORDS.fullmatch(text))
