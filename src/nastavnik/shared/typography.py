"""Russian typography for pages and messages."""

import datetime as dt
import re

from django.utils import timezone

MONTHS = (
    "января", "февраля", "марта", "апреля", "мая", "июня",
    "июля", "августа", "сентября", "октября", "ноября", "декабря",
)  # fmt: skip
NBSP = "\u00a0"
_INITIAL = re.compile(r"\b([А-ЯЁA-Z]\.) ?(?=[А-ЯЁA-Z])")
_BEFORE_INITIAL = re.compile(r"(?<=[а-яё]) (?=[А-ЯЁ]\.)")
_NUMBER_SIGN = re.compile(r"№ (?=\S)")


def plural(number: int, one: str, few: str, many: str) -> str:
    """The form of the noun after a number: 1 пара, 2 пары, 5 пар."""
    tens, units = abs(number) % 100, abs(number) % 10
    if units == 1 and tens != 11:
        return one
    if 2 <= units <= 4 and not 12 <= tens <= 14:
        return few
    return many


def counted(number: int, one: str, few: str, many: str) -> str:
    """«5 пар», with a no-break space."""
    return f"{number}{NBSP}{plural(number, one, few, many)}"


def date_words(value: dt.date | dt.datetime | None, *, today: dt.date | None = None) -> str:
    """«24 октября», with the year when it is not the current one."""
    if value is None:
        return ""
    day = (
        timezone.localtime(value).date()
        if isinstance(value, dt.datetime) and timezone.is_aware(value)
        else value
    )
    words = f"{day.day}{NBSP}{MONTHS[day.month - 1]}"
    return (
        words if day.year == (today or timezone.localdate()).year else f"{words} {day.year}{NBSP}г."
    )


def nbsp_initials(text: str) -> str:
    """Keep «Белова Н. А.» and «№ 48» on one line."""
    joined = _INITIAL.sub(rf"\1{NBSP}", _BEFORE_INITIAL.sub(NBSP, text))
    return _NUMBER_SIGN.sub(f"№{NBSP}", joined)


def initials(full_name: str) -> str:
    """Two letters for an avatar."""
    return "".join(word[0] for word in full_name.split()[:2] if word).upper()
