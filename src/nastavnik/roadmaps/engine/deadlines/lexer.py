"""From a cell to tokens: dashes, blanks, ё, OCR slips and glued years are evened out here."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from nastavnik.roadmaps.engine.deadlines.words import Tag, classify

MAX_CHARS = 2000
"""More than any cell of a roadmap; the rest of a longer one is named as unknown."""

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WRAPPED = re.compile(r"(?<=[а-яё])[-\u2010]\s*\n\s*(?=[а-яё])")
_ROMAN_SIGNS = {chr(0x2160 + i): r for i, r in enumerate(
    ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"))}  # fmt: skip
_EVEN = str.maketrans(dict.fromkeys("‐‑‒–—―−~", "-") | {"ё": "е", "\u00a0": " ", "\u202f": " "})
_SLIP = re.compile(r"\d[a-zа-я|]|[a-zа-я]\d")
_SLIPS = (
    (re.compile(r"(?<=\d)[oо](?![a-zа-я])"), "0"),
    (re.compile(r"(?<![a-zа-я\d])[oо](?=\d)"), "0"),
    (re.compile(r"(?<![a-zа-я\d])з(?=\d)"), "3"),
    (re.compile(r"(?<=[\d.])з(?=[\d.])"), "3"),
    (re.compile(r"(?<=\d)[il|](?=\d)"), "1"),
    (re.compile(r"(?<![a-zа-я\d])[il](?=\d)"), "1"),
    (re.compile(r"(?<![\d])0(?=ктябр)"), "о"),
    (re.compile(r"(?<=[а-я])0(?=[а-я])"), "о"),
)
_TOKEN = re.compile(
    r"""
    (?P<marker>(?<!\S)\d{1,2}\)(?=\s))
  | (?P<iso>(?<!\d)((?:19|20)\d\d)-(\d\d?)-(\d\d?)(?!\d))
  | (?P<date>(?<!\d)(\d{1,2})\s*[./]\s*(\d{1,2})\s*[./]\s*((?:19|20)\d\d|\d\d)(?!\d))
  | (?P<dashed>(?<!\d)(\d{1,2})-(\d{1,2})-((?:19|20)\d\d)(?!\d))
  | (?P<spaced>(?<![\d.])(\d\s?\d)\s*[./]\s*(\d\s?\d)\s*[./]\s*((?:1\s?9|2\s?0)\s?\d\s?\d)(?!\d))
  | (?P<my>(?<![\d.])(?<!\d\s)(?<!\.\s)(0?[1-9]|1[0-2])\s?[./]\s?((?:19|20)\d\d)(?!\d))
  | (?P<dm>(?<![\d.])(\d{1,2})\.\s?(0[1-9]|1[0-2])(?![\d)]))
  | (?P<year>(?<!\d)(?:19|20)\d\d(?!\d)
      | (?<!\d)20\s\d\d(?=\s?(?:г|уч))
      | (?<!\d)2\s0\s\d\s\d(?!\d))
  | (?P<num>\d+(?:-?(?:ого|ому|ого|ой|ый|ий|ая|ое|ую|го|му|ти|[йяеюмхи])(?![а-я]))?)
  | (?P<word>[^\W\d_]+)
  | (?P<dash>-+)
  | (?P<comma>[,;])
  | (?P<slash>/)
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`start`, `end`: place in the cleaned text. `hard`: stands after a line break or «;»."""

    tag: Tag
    value: Any
    start: int
    end: int
    hard: bool = False


def clean(text: str) -> str:
    """The text whose parts are shown back: composed letters, nothing invisible, no wrapped words."""
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", text))
    for sign, letters in _ROMAN_SIGNS.items():
        if sign in plain:
            plain = plain.replace(sign, letters)
    return _WRAPPED.sub("", plain)


def tokens_of(text: str) -> list[Token]:
    """Tokens of a cleaned text. Full stops, quotes and brackets say nothing and are left out."""
    even = _even(text[:MAX_CHARS])
    found: list[Token] = []
    hard = False
    end = 0
    for match in _TOKEN.finditer(even):
        hard = hard or "\n" in even[end : match.start()]
        end = match.end()
        token = _token(match, hard=hard)
        if token is None:
            hard = True
            continue
        found.append(token)
        hard = match.lastgroup == "comma" and match[0] == ";"
    return found


def _even(text: str) -> str:
    low = text.lower()
    if len(low) != len(text):
        low = "".join(lower if len(lower := sign.lower()) == 1 else sign for sign in text)
    low = low.translate(_EVEN)
    if _SLIP.search(low):
        for slip, right in _SLIPS:
            low = slip.sub(right, low)
    return low


def _token(match: re.Match[str], *, hard: bool) -> Token | None:
    name = match.lastgroup or ""
    tag, value = Tag.WORD, None
    text = match[0]
    if name == "marker":
        return None
    if name == "word":
        tag, value = classify(text)
    elif name == "num":
        digits = re.match(r"\d+", text)
        number = int(digits[0]) if digits and len(digits[0]) <= 3 else -1
        tag, value = Tag.NUM, number
    elif name == "year":
        tag, value = Tag.YEAR, int("".join(text.split()))
    elif name in {"dash", "comma", "slash"}:
        tag = Tag(name)
    else:
        tag, value = _numeric(name, match)
    return Token(tag, value, match.start(), match.end(), hard)


def _numeric(name: str, match: re.Match[str]) -> tuple[Tag, Any]:
    """Dates in figures: (day, month, year or None, two-digit year or None)."""
    groups = [part for part in match.groups()[1:] if part is not None]
    parts = [int(figures) for part in groups if (figures := "".join(part.split())).isdigit()]
    if name == "iso":
        return Tag.DATE, (parts[2], parts[1], parts[0], False)
    if name == "my":
        return Tag.MONTH_YEAR, (parts[0], parts[1])
    if name == "dm":
        return Tag.DATE, (parts[0], parts[1], None, False)
    short = parts[2] < 100
    return Tag.DATE, (parts[0], parts[1], parts[2] + 2000 if short else parts[2], short)
