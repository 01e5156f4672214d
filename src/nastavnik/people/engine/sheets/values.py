"""One parser per field: the raw cell goes in, `Parsed` comes out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from . import contacts, mentoring, names
from .dates import PartialDate, parse_date
from .model import CellValue, plain_text
from .parsed import EMPTY, Parsed, warning
from .words import normalise

Parser = Callable[[CellValue], Parsed]
_ALSO = re.compile(r"^\s*(?:также|а также|еще|ещё|и)\s*[:—–-]\s*", re.IGNORECASE)
_YEARS = re.compile(
    r"^(\d{1,2})(?:[.,]\d+)?\s*(?:г\.?|год\w*|лет|л\.?)?(?:\s*\d+\s*мес\w*\.?)?$", re.IGNORECASE
)
MAX_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Experience:
    """Length of service: full years as written, or the date since when."""

    years: int | None = None
    since: PartialDate | None = None


def parse_text(raw: CellValue) -> Parsed:
    """Free text: spaces tidied, the same line said twice kept once."""
    if raw is None:
        return EMPTY
    text = plain_text(raw)
    if "\n" not in text:
        return _fit(" ".join(text.split()))
    lines: list[str] = []
    seen: set[str] = set()
    for line in text.splitlines():
        tidy = " ".join(_ALSO.sub("", line).split())
        key = normalise(tidy)
        if key and key not in seen:
            seen.add(key)
            lines.append(tidy)
    return _fit("\n".join(lines))


def _fit(text: str) -> Parsed:
    if len(text) <= MAX_TEXT:
        return Parsed(text)
    return warning(text[:MAX_TEXT], f"текст длиннее {MAX_TEXT} знаков — загружено начало")


def parse_gender(raw: CellValue) -> Parsed:
    """«м», «жен.», «девочка» -> m, f."""
    if raw is None:
        return EMPTY
    word = normalise(plain_text(raw))
    if word[:1] == "м":
        return Parsed("m")
    if word[:1] in {"ж", "д"}:
        return Parsed("f")
    return warning(None, f"пол «{plain_text(raw)[:20]}» не понят — укажите «м» или «ж»")


def parse_mark(raw: CellValue) -> Parsed:
    """«да», «+», «пройдена» -> True; «нет», «-» -> False; other words stay words."""
    if raw is None:
        return EMPTY
    text = plain_text(raw).strip()
    word = normalise(text)
    if text in {"+", "v", "V", "1"} or re.match(
        r"да$|прош[её]?л|пройден|зач[её]?т|выполнен|заверш", word
    ):
        return Parsed(value=True)
    if text in {"-", "–", "—", "0"} or re.match(r"нет$|не ", word):
        return Parsed(value=False)
    return Parsed(text[:200])


def parse_experience(raw: CellValue, *, pivot_year: int) -> Parsed:
    """«5 лет», 12, «2010», «с 01.09.2015» -> Experience."""
    if raw is None:
        return EMPTY
    text = plain_text(raw).strip()
    if match := _YEARS.match(text):
        return Parsed(Experience(years=int(match[1])))
    date = parse_date(raw, pivot_year=pivot_year)
    if isinstance(date.value, PartialDate):
        return Parsed(Experience(since=date.value))
    return warning(None, f"стаж «{text[:30]}» не понят — впишите число лет или год начала")


def parsers(
    kind: str, pivot_year: int, forms: mentoring.FormWords | None = None
) -> dict[str, Parser]:
    """Field -> parser; `pivot_year` is the current year (births lie before it, plans after)."""
    ahead = pivot_year + 10
    people = partial(mentoring.parse_people, pivot_year=ahead)
    date = partial(parse_date, pivot_year=ahead)
    known: dict[str, Parser] = {
        "full_name": names.parse_name,
        "surname": names.parse_part,
        "given": names.parse_part,
        "patronymic": names.parse_part,
        "contact": contacts.parse_contact,
        "contact_phone": contacts.parse_phone,
        "birth": partial(parse_date, pivot_year=pivot_year),
        "class_name": mentoring.parse_class,
        "entered_on": date,
        "finished_on": date,
        "mentor_name": people,
        "mentee_names": people,
        "form": partial(mentoring.parse_form, known=forms),
        "order": partial(mentoring.parse_order, pivot_year=ahead),
        "place": mentoring.parse_place,
        "wanted_age": mentoring.parse_wanted_age,
        "time_resource": mentoring.parse_time,
        "free_slots": mentoring.parse_slots,
        "passed_mark": parse_mark,
        "phone": contacts.parse_phone,
        "email": contacts.parse_email,
        "gender": parse_gender,
        "experience": partial(parse_experience, pivot_year=pivot_year),
    }
    if kind not in {"mentees", "mentors", "staff"}:
        raise ValueError(kind)
    return known
