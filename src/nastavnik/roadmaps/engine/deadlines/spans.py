"""Rules for quarters, school terms, half-years, seasons, holidays, whole years and their edges."""

from dataclasses import replace

from nastavnik.roadmaps.engine.deadlines import asks
from nastavnik.roadmaps.engine.deadlines.dates import Found, take_lead, take_until
from nastavnik.roadmaps.engine.deadlines.model import Kind
from nastavnik.roadmaps.engine.deadlines.open_ends import tail
from nastavnik.roadmaps.engine.deadlines.phrases import LAST, Cursor, Phrase, Point
from nastavnik.roadmaps.engine.deadlines.points import (
    Years,
    number_list,
    take_month,
    take_one_year,
    take_years,
    with_year,
)
from nastavnik.roadmaps.engine.deadlines.words import Tag, Unit

_NUMBERED = {
    Unit.QUARTER: {1: (1, 3), 2: (4, 6), 3: (7, 9), 4: (10, 12)},
    Unit.TERM: {1: (9, 10), 2: (11, 12), 3: (1, 3), 4: (4, 5)},
    Unit.HALF: {1: (1, 6), 2: (7, 12)},
}
_SEASON_ENDS = {9: 11, 12: 2, 3: 5, 6: 8}
_HOLIDAYS = {
    9: (Point(27, 10), Point(5, 11)),
    12: (Point(30, 12), Point(9, 1)),
    3: (Point(24, 3), Point(1, 4)),
    6: (Point(1, 6), Point(31, 8)),
}
_DECADES = ((1, 10), (11, 20), (21, LAST))
_WEEKS = ((1, 7), (8, 14), (15, 21), (22, 28))
_HALVES = ((1, 15), (16, LAST))


def named(c: Cursor) -> Found | None:
    """A span by its name, with whatever stands before it."""
    take_lead(c)
    return (
        c.tried(_numbered)
        or c.tried(_part_of_month)
        or c.tried(_season)
        or c.tried(_school_year)
        or c.tried(_year)
        or c.tried(_whole)
    )


def edge(c: Cursor) -> Found | None:
    """«до конца 3 квартала», «к началу учебного года», «в конце мая», «начало сентября»."""
    until = take_until(c)
    if not until:
        take_lead(c)
    word = c.stem("конец", "конц", "окончан", "начал", "середин")
    if word is None:
        return None
    inner = _inner(c)
    if not inner:
        return None
    first, last = inner[0], inner[-1]
    if word.startswith(("конец", "конц", "окончан")):
        if (year := _school_year_of(last)) is not None:
            end = replace(year, day=31, month=5)
            return [Phrase(Kind.DUE, end=end, question=asks.SCHOOL_YEAR_END)]
        last.kind, last.edge = Kind.DUE, "end"
        return [last]
    if (year := _school_year_of(first)) is not None:
        september = replace(year, month=9)
        first = Phrase(Kind.MONTH, start=september, end=september)
    if until:
        first.kind, first.edge = Kind.DUE, "before" if until == "до" else "start"
        first.end = first.start
        return [first]
    first.kind = Kind.RANGE
    first.edge = "early" if word.startswith("начал") else "middle"
    first.question = asks.APPROXIMATE
    return [first]


def _school_year_of(phrase: Phrase) -> Point | None:
    """The year of a whole school year, without a number where none is said."""
    if phrase.scope == "academic":
        return Point()
    if phrase.end and phrase.end.academic and phrase.end.month is None:
        return phrase.end
    return None


def _inner(c: Cursor) -> Found | None:
    if month := c.tried(take_month):
        return [Phrase(Kind.MONTH, start=month, end=month)]
    for rule in (_numbered, _season, _school_year, _year, _whole):
        if found := c.tried(rule):
            return found
    years = c.tried(take_years)
    if years is None:
        return None
    last = years.last - (1 if years.academic and years.last > years.first else 0)
    ending = Point(year=last, academic=years.academic)
    return [Phrase(Kind.PERIOD, start=years.point, end=ending)]


def _numbered(c: Cursor) -> Found | None:
    """«II квартал 2022 г.», «1-2 кварталы», «I четверть», «первое полугодие»."""
    numbers = number_list(c)
    if numbers is None:
        return None
    listed, is_stretch = numbers
    c.take(Tag.ACADEMIC)
    if c.stem("половин") and c.is_tag(Tag.ACADEMIC, Tag.UNIT, Tag.YEAR):
        unit: Unit | None = Unit.HALF
    else:
        unit = c.take_unit(Unit.QUARTER, Unit.TERM, Unit.HALF)
    if unit is None or any(number not in _NUMBERED[unit] for number in listed):
        return None
    years = take_one_year(c) or c.tried(_school_years) or c.tried(_bare_year)
    pairs = [(listed[0], listed[-1])] if is_stretch else [(one, one) for one in listed]
    return [_of_numbers(unit, pair, years) for pair in pairs]


def _of_numbers(unit: Unit, pair: tuple[int, int], years: Years | None) -> Phrase:
    known = _NUMBERED[unit]
    start = with_year(None, known[pair[0]][0], years)
    end = with_year(None, known[pair[1]][1], years)
    phrase = Phrase(Kind.RANGE, start=start, end=end)
    if unit is Unit.TERM:
        phrase.question = asks.TERM
    if unit is Unit.HALF:
        academic = years is not None and years.academic
        phrase.scope = f"half {pair[0]} {pair[1]}{' academic' if academic else ''}"
    return phrase


def _school_years(c: Cursor) -> Years | None:
    """«учебного года», «учебного года 2022/2023»; the number 0 when it is not said."""
    c.word("текущего", "нового", "данного", "всего", "каждого")
    if not c.take(Tag.ACADEMIC) or not c.take_unit(Unit.YEAR):
        return None
    years = take_years(c)
    if years is None:
        return Years(0, 0, academic=True, marked=True)
    return Years(years.first, years.last, academic=True, marked=True)


def _bare_year(c: Cursor) -> Years | None:
    if c.take_unit(Unit.YEAR) is None:
        return None
    return Years(0, 0, academic=False, marked=True)


def _part_of_month(c: Cursor) -> Found | None:
    """«первая половина сентября», «2 декада марта», «последняя неделя мая»."""
    last = c.stem("последн") is not None
    token = None if last else c.take(Tag.NUM)
    number = -1 if last else token.value - 1 if token else None
    if number is None:
        return None
    unit = c.take_unit(Unit.DECADE, Unit.WEEK)
    parts = {Unit.DECADE: _DECADES, Unit.WEEK: _WEEKS}.get(unit) if unit else None
    if unit is None and c.stem("половин"):
        parts = _HALVES
    month = take_month(c) if parts else None
    if parts is None or month is None or number >= len(parts):
        return None
    first, final = (-7, LAST) if last and unit is Unit.WEEK else parts[number]
    return [
        Phrase(
            Kind.RANGE,
            start=Point(first, month.month, month.year, month.academic),
            end=Point(final, month.month, month.year, month.academic),
            question=asks.APPROXIMATE if unit is Unit.WEEK else "",
        )
    ]


def _season(c: Cursor) -> Found | None:
    """«осенью 2022 г.», «летний период», «весенние каникулы», «каникулы»."""
    token = c.take(Tag.SEASON)
    if token is None:
        if c.stem("каникул"):
            return [Phrase(Kind.RANGE, question=asks.WHICH_HOLIDAYS, scope="unknown")]
        return None
    if c.stem("каникул"):
        start, end = _HOLIDAYS[token.value]
        years = take_one_year(c) or c.tried(_school_years)
        start, end = _both(start, end, years)
        return [Phrase(Kind.RANGE, start=start, end=end, question=asks.HOLIDAYS)]
    c.word("период", "время", "сезон", "месяцы")
    years = take_one_year(c) or c.tried(_school_years)
    start, end = _both(Point(month=token.value), Point(month=_SEASON_ENDS[token.value]), years)
    vague = token.value == 12 and start.year is not None and not start.academic
    return [Phrase(Kind.MONTH_RANGE, start=start, end=end, question=asks.WINTER if vague else "")]


def _both(start: Point, end: Point, years: Years | None) -> tuple[Point, Point]:
    """Both ends in the year; «зима 2022» begins in it and ends in the next."""
    first, last = start.month or 0, end.month or 0
    later = None if last < first and years and not years.academic else years
    return with_year(start.day, first, years), with_year(end.day, last, later)


def _school_year(c: Cursor) -> Found | None:
    """«учебный год», «весь учебный год», «учебного года 2022/2023»."""
    years = _school_years(c)
    if years is None:
        return None
    if not years.first:
        return [Phrase(Kind.PERIOD, scope="academic")]
    last = years.last - (1 if years.last > years.first else 0)
    return [Phrase(Kind.PERIOD, start=years.point, end=Point(year=last, academic=True))]


def _year(c: Cursor) -> Found | None:
    """«в течение года», «круглогодично»: the year of the roadmap."""
    if c.stem("круглогодичн"):
        return [Phrase(Kind.PERIOD, scope="year")]
    c.word("круглый", "календарного", "текущего", "отчетного", "всего", "этого", "данного", "весь")
    if c.text[c.tokens[c.at].start :][:2].lower() != "го" or c.take_unit(Unit.YEAR) is None:
        return None
    years = take_years(c)
    if years is not None:
        return [Phrase(Kind.PERIOD, start=years.point, end=years.point)]
    return [Phrase(Kind.PERIOD, scope="year")]


def _whole(c: Cursor) -> Found | None:
    """«всего периода реализации ЦМН», «весь срок действия программы»."""
    c.word("всего", "весь", "всей")
    if not c.word("периода", "период", "срока", "срок", "времени", "время"):
        return None
    if c.is_tag(Tag.NUM, Tag.DATE, Tag.YEAR, Tag.MONTH):
        return None
    tail(c)
    return [Phrase(Kind.PERIOD, scope="whole")]
