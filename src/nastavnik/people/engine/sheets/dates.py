"""Dates, months and years in every spelling met in registries."""

import datetime as dt
import re
from dataclasses import dataclass

from .model import CellValue
from .parsed import EMPTY, Parsed, error, warning

_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")
_NUMERIC = re.compile(
    r"^(\d{1,2})\s*[./\-, ]\s*(\d{1,2})\s*[./\-, ]\s*(\d{4}|\d{2})(?:\s+\d{1,2}:\d\d(?::\d\d)?)?$"
)
_ISO = re.compile(r"^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[T ].*)?$")
_WORDS = re.compile(r"^[«\"]?(\d{1,2})?[»\"]?\s*([а-яё]{3,8})\.?,?\s*(\d{4}|\d{2})$")
_MONTH_YEAR = re.compile(r"^(\d{1,2})[./](\d{4})$")
_YEAR = re.compile(r"^(\d{4})(?:\.0)?$")
_TAIL = re.compile(r"\s*\(?(?:г\s*\.?\s*р\s*\.?|года?\s+рождения|года?|гр|г)\s*\.?\)?\s*$")
_HEAD = re.compile(r"^(?:с|со|от|до|по)\s+(?=\d|[а-яё]{3,8}\s+\d)")
EARLIEST = 1900
EXCEL_EPOCH = dt.date(1899, 12, 30)


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A year, a month of a year, or a day; `precision` tells which."""

    year: int
    month: int = 0
    day: int = 0

    @property
    def precision(self) -> str:
        """`day`, `month` or `year`."""
        if self.day:
            return "day"
        return "month" if self.month else "year"

    @property
    def first_day(self) -> dt.date:
        """The earliest day that the words allow."""
        return dt.date(self.year, self.month or 1, self.day or 1)

    @property
    def iso(self) -> str:
        """2026-09-15, 2026-09 or 2026."""
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day) if part]
        return "-".join(parts)


def parse_date(raw: CellValue, *, pivot_year: int) -> Parsed:
    """A cell -> PartialDate; two-digit years fall into the hundred that ends at `pivot_year`."""
    if raw is None:
        return EMPTY
    if isinstance(raw, dt.date):
        return _checked(raw.year, raw.month, raw.day, str(raw))
    if isinstance(raw, int | float):
        return _from_number(raw)
    return _from_text(raw, pivot_year)


def _from_number(number: float) -> Parsed:
    if EARLIEST <= number <= 2100:
        return Parsed(PartialDate(int(number)))
    if 15_000 <= number <= 75_000:
        day = EXCEL_EPOCH + dt.timedelta(days=int(number))
        return Parsed(PartialDate(day.year, day.month, day.day))
    if 1_01_1900 <= number <= 31_12_2100 and float(number).is_integer():
        digits = f"{int(number):08d}"
        return _checked(int(digits[4:]), int(digits[2:4]), int(digits[:2]), digits)
    # A float such as 9.2026 is «09.2026» that the table program took for a number.
    if 1 <= number < 13:
        month, year = int(number), round((number - int(number)) * 10_000)
        if 2000 <= year <= 2100:
            return Parsed(PartialDate(year, month))
    return error(f"«{number:g}» не похоже на дату или год")


def _from_text(raw: str, pivot_year: int) -> Parsed:
    text = _TAIL.sub("", _HEAD.sub("", " ".join(raw.lower().split())))
    text = text.strip(" .,;")
    parts = _parts(text, pivot_year)
    if parts:
        return _checked(*parts, raw)
    if text.isdecimal() and len(text) in (5, 8):
        return _from_number(int(text))
    return error(f"«{raw.strip()[:30]}» не похоже на дату или год")


def _parts(text: str, pivot_year: int) -> tuple[int, int, int] | None:
    """Year, month and day as written, zeros for what is not said."""
    if match := _NUMERIC.match(text):
        return _century(match[3], pivot_year), int(match[2]), int(match[1])
    if match := _YEAR.match(text):
        return int(match[1]), 0, 0
    if match := _ISO.match(text):
        return int(match[1]), int(match[2]), int(match[3])
    if match := _MONTH_YEAR.match(text):
        return int(match[2]), int(match[1]), 0
    if (match := _WORDS.match(text)) and (month := _month(match[2])):
        return _century(match[3], pivot_year), month, int(match[1] or 0)
    return None


def _month(word: str) -> int:
    if word in {"май", "мая"}:
        return 5
    for number, start in enumerate(_MONTHS, start=1):
        if number != 5 and word.startswith(start):
            return number
    return 0


def _century(digits: str, pivot_year: int) -> int:
    year = int(digits)
    if len(digits) == 4:
        return year
    base = pivot_year - pivot_year % 100
    return base + year if base + year <= pivot_year else base + year - 100


def _checked(year: int, month: int, day: int, raw: str) -> Parsed:
    if not EARLIEST <= year <= 2100:
        return error(f"год {year} не может быть верным — исправьте")
    try:
        dt.date(year, month or 1, day or 1)
    except ValueError:
        if 1 <= day <= 12 < month <= 31:
            fixed = PartialDate(year, day, month)
            return warning(
                fixed, "день и месяц переставлены — проверьте", f"{month:02d}.{day:02d}.{year}"
            )
        return error(f"даты «{raw.strip()[:30]}» нет в календаре — исправьте")
    return Parsed(PartialDate(year, month, day))
