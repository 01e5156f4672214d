"""What an occurrence is called on a page."""

from datetime import date

from nastavnik.roadmaps.engine.deadlines.asks import MONTHS

_ROMAN = ("I", "II", "III", "IV")


def span_label(start: date | None, end: date) -> str:
    """«до 15.03.2022», «сентябрь 2022 г.», «01.09.2022 – 31.10.2022»."""
    if start is None or start == end:
        return f"до {end:%d.%m.%Y}"
    if is_month(start, end):
        return month_label(start)
    return f"{start:%d.%m.%Y} – {end:%d.%m.%Y}"


def is_month(start: date, end: date) -> bool:
    same = (start.year, start.month) == (end.year, end.month)
    return same and start.day == 1 and end.day >= 28


def month_label(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year} г."


def quarter_label(day: date) -> str:
    return f"{_ROMAN[(day.month - 1) // 3]} квартал {day.year} г."


def term_label(first: date) -> str:
    number = {9: 0, 11: 1, 1: 2, 4: 3}[first.month]
    return f"{_ROMAN[number]} четверть {school_year_label(first)}"


def half_label(first: date, *, academic: bool) -> str:
    second = first.month < 9 if academic else first.month > 6
    year = school_year_label(first) if academic else f"{first.year} г."
    return f"{_ROMAN[int(second)]} полугодие {year}"


def school_year_label(day: date) -> str:
    year = day.year if day.month >= 9 else day.year - 1
    return f"{year}/{year + 1} учебного года"


def year_label(first: date, last: date, *, academic: bool) -> str:
    if not academic:
        return f"{first.year} год"
    year = first.year if first.month >= 9 else first.year - 1
    del last
    return f"{year}/{year + 1} учебный год"
