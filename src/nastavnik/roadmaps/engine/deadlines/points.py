"""Rules for days, months and years as parts of larger phrases."""

from typing import NamedTuple

from nastavnik.roadmaps.engine.deadlines.phrases import Cursor, Point
from nastavnik.roadmaps.engine.deadlines.words import Tag, Unit


class Years(NamedTuple):
    """`marked`: the word «год» stood there."""

    first: int
    last: int
    academic: bool
    marked: bool
    short: bool = False

    @property
    def point(self) -> Point:
        return Point(year=self.first, academic=self.academic, short=self.short)


def take_years(c: Cursor) -> Years | None:
    """«2022 г.», «2021-2024 гг.», «2022/2023 учебный год», «2022 г. – 2024 г.»."""
    token = c.take(Tag.YEAR)
    if token is None:
        return None
    first = last = token.value
    slash = False
    marked = c.take_unit(Unit.YEAR) is not None
    second = c.tried(_second_year)
    if second is not None:
        last, slash = second
    academic = c.take(Tag.ACADEMIC) is not None
    marked = c.take_unit(Unit.YEAR) is not None or marked
    academic = academic or (slash and last == first + 1)
    return Years(first, last, academic, marked)


def _second_year(c: Cursor) -> tuple[int, bool] | None:
    slash = c.take(Tag.SLASH) is not None
    if not slash and c.take(Tag.DASH) is None and not c.words("по"):
        return None
    if token := c.take(Tag.YEAR):
        return token.value, slash
    token = c.peek()
    if slash and token and token.tag is Tag.NUM and 10 <= token.value <= 99:
        c.at += 1
        return 2000 + token.value, True
    return None


def take_one_year(c: Cursor) -> Years | None:
    """The year of a day or month: one calendar year, or a school year, or «22 г.».

    Several years are nobody's: «март 2021-2024» asks which of them is meant.
    """
    back = c.at
    years = take_years(c)
    if years and (years.academic or years.first == years.last):
        return years
    c.at = back
    return c.tried(_short_year) or c.tried(_this_year)


def _short_year(c: Cursor) -> Years | None:
    token = c.take(Tag.NUM)
    if token and 10 <= token.value <= 99 and c.take_unit(Unit.YEAR):
        year = 2000 + token.value
        return Years(year, year, academic=False, marked=True, short=True)
    return None


def _this_year(c: Cursor) -> Years | None:
    """«текущего года» says nothing about the number: 0 stands for it."""
    if c.word("текущего", "этого", "отчетного", "соответствующего", "данного"):
        c.take(Tag.ACADEMIC)
        if c.take_unit(Unit.YEAR):
            return Years(0, 0, academic=False, marked=True)
    return None


def with_year(day: int | None, month: int, years: Years | None) -> Point:
    if years is None or not years.first:
        return Point(day, month)
    return Point(day, month, years.first, years.academic, years.short)


def take_day(c: Cursor) -> Point | None:
    """«15 марта 2022 г.», «15.03.2022», «15.03», «25 числа мая»."""
    return c.tried(_figures) or c.tried(_day_and_month)


def _figures(c: Cursor) -> Point | None:
    token = c.take(Tag.DATE)
    if token is None:
        return None
    day, month, year, short = token.value
    if year is None:
        return with_year(day, month, take_one_year(c))
    c.take_unit(Unit.YEAR)
    return Point(day, month, year, short=short)


def _day_and_month(c: Cursor) -> Point | None:
    number = c.take(Tag.NUM)
    if number is None:
        return None
    c.word("числа", "число", "числу")
    month = c.take(Tag.MONTH)
    if month is None:
        return None
    return with_year(number.value, month.value, take_one_year(c))


def take_month(c: Cursor) -> Point | None:
    """«сентябрь 2022 г.», «12.2021», «май месяц»."""
    if token := c.take(Tag.MONTH_YEAR):
        c.take_unit(Unit.YEAR)
        return Point(None, token.value[0], token.value[1])
    c.tried(_word_month)
    token = c.take(Tag.MONTH)
    if token is None:
        return None
    c.take_unit(Unit.MONTH)
    return with_year(None, token.value, take_one_year(c))


def _word_month(c: Cursor) -> bool | None:
    return True if c.take_unit(Unit.MONTH) and c.tag() is Tag.MONTH else None


def number_list(c: Cursor) -> tuple[list[int], bool] | None:
    """«1», «1-2», «I, III», «1 и 2»: numbers and whether a dash makes them a stretch."""
    first = _number(c)
    if first is None:
        return None
    numbers, stretch = [first], False
    while True:
        back = c.at
        dash = c.take(Tag.DASH) is not None
        if not dash and c.take(Tag.COMMA) is None and c.word("и") is None:
            break
        c.word("и")
        following = _number(c)
        if following is None:
            c.at = back
            break
        stretch = stretch or dash
        numbers.append(following)
    return numbers, stretch


_MISREAD = {"п": 2, "ш": 3, "пі": 3}


def _number(c: Cursor) -> int | None:
    """A number; «П квартал» and «Ш четверть» are Roman figures read by a scanner."""
    if token := c.take(Tag.NUM):
        return int(token.value)
    token = c.peek()
    if token and token.tag is Tag.WORD and token.value in _MISREAD:
        c.at += 1
        return _MISREAD[token.value]
    return None
