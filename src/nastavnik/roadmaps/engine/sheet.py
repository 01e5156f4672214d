"""A roadmap as a sheet of paper: its heading after the words «дорожная карта», its period, its parts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

_NAME = re.compile(r"^\s*(?:план мероприятий\s*\(?)?\s*дорожн\w+\s+карт\w+\)?\s*", re.IGNORECASE)
_PERIOD = re.compile(
    r"\s+(?:на|в)\s+(?:период\s+)?20\d\d[\d\s/–—-]*(?:учебн\w+\s+)?г(?:од\w*|\.)?\s*\.?$",
    re.IGNORECASE,
)
#: Bodies of the institution itself: they accept a paper, others agree to it.
_OWN_BODY = re.compile(
    r"педагогическ|педсовет|управляющ|общее собрание|совет учреждения|совет школы|методическ",
    re.IGNORECASE,
)
FIRST_MONTH_OF_SCHOOL = 9
PREPARING_FROM = 7  # a plan that begins in July or August prepares the coming school year


@dataclass(frozen=True)
class Row:
    """One line as it is printed."""

    number: str
    text: str
    section: str = ""
    is_group: bool = False
    deadline: str = ""
    responsible: str = ""
    result: str = ""


@dataclass
class Part:
    """Lines under one spanning row; the title may be empty."""

    title: str
    rows: list[Row] = field(default_factory=list)


def heading(title: str) -> str:
    """«Дорожная карта внедрения модели на 2026 год» → «внедрения модели»; other titles stand quoted."""
    whole = title.strip()
    rest = _PERIOD.sub("", _NAME.sub("", whole)).strip()
    if rest == whole or _NAME.match(whole) is None:
        return f"«{whole}»"
    return f"{rest[:1].lower()}{rest[1:]}" if rest else ""


def period_words(starts_on: date, ends_on: date, *, academic: bool) -> str:
    """«2026/27 учебный год», «2026–2028 годы», or both days when the period is no whole years."""
    if academic:
        first = starts_on.year - (starts_on.month < PREPARING_FROM)
        last = max(ends_on.year - (ends_on.month < FIRST_MONTH_OF_SCHOOL), first)
        if first == last:
            return f"{_school_year(first)} учебный год"
        return f"{_school_year(first)} – {_school_year(last)} учебные годы"
    whole = (starts_on.month, starts_on.day, ends_on.month, ends_on.day) == (1, 1, 12, 31)
    if not whole:
        return f"период с {starts_on:%d.%m.%Y} по {ends_on:%d.%m.%Y}"
    if starts_on.year == ends_on.year:
        return f"{starts_on.year} год"
    return f"{starts_on.year}–{ends_on.year} годы"


def parts(rows: Iterable[Row]) -> list[Part]:
    """Rows under their headings: a row that is a heading, or a section whose name changes."""
    found: list[Part] = []
    section = ""
    for row in rows:
        if row.is_group:
            found.append(Part(f"{row.number.rstrip('.')}. {row.text}" if row.number else row.text))
            section = row.section or row.text
            continue
        is_under_heading = bool(found) and not found[-1].rows and bool(found[-1].title)
        if not found or (row.section and row.section != section and not is_under_heading):
            found.append(Part(row.section))
        section = row.section or section
        found[-1].rows.append(row)
    return found


def is_own_body(name: str) -> bool:
    """Whether the council belongs to the institution: then the paper is accepted, not agreed."""
    return _OWN_BODY.search(name) is not None


def _school_year(first: int) -> str:
    return f"{first}/{(first + 1) % 100:02d}"
