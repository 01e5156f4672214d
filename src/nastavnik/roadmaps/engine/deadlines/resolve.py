"""From phrases to days: years come from the text, then from the period, else a question."""

import calendar
from dataclasses import replace
from datetime import date, timedelta

from nastavnik.roadmaps.engine.deadlines import asks
from nastavnik.roadmaps.engine.deadlines.events import moved
from nastavnik.roadmaps.engine.deadlines.model import Deadline, Kind, Period
from nastavnik.roadmaps.engine.deadlines.phrases import LAST, Phrase, Point
from nastavnik.roadmaps.engine.deadlines.recurrence import Offset

Span = tuple[date | None, date | None, str]
"""First day, last day, and the question that stands instead of them or beside them."""

SCHOOL_YEAR_MONTH = 9
_ACADEMIC_HALVES = {1: (9, 12), 2: (1, 5)}
_BARE = (Kind.PERMANENT, Kind.ON_DEMAND, Kind.EXTERNAL)


def resolve(phrase: Phrase, period: Period | None, words: str) -> Deadline:
    """One phrase as a deadline."""
    if phrase.kind in _BARE:
        return Deadline(phrase.kind, source_words=words, question=phrase.question)
    if phrase.kind is Kind.RELATIVE:
        return _relative(phrase, words)
    rule = str(phrase.recurrence) if phrase.recurrence else None
    if phrase.recurrence and not phrase.start and not phrase.scope:
        return Deadline(phrase.kind, recurrence=rule, source_words=words, question=phrase.question)
    start, end, question = _span(phrase, period)
    if phrase.edge and start and end:
        start, end, question = _at_edge(phrase, (start, end, question))
    if start and end and end < start:
        start, end, question = None, None, asks.BACKWARDS
    if phrase.kind is Kind.DUE:
        start = None
    return Deadline(phrase.kind, start, end, rule, source_words=words, question=question)


def _relative(phrase: Phrase, words: str) -> Deadline:
    amount, unit = phrase.offset or (0, "days")
    rule = str(Offset(phrase.event or "", amount, unit))
    days = amount if unit == "days" else None
    return Deadline(
        phrase.kind,
        recurrence=rule,
        event=phrase.event,
        days=days,
        source_words=words,
        question=phrase.question,
    )


def _span(phrase: Phrase, period: Period | None) -> Span:
    if phrase.scope in _SCOPES:
        start, end, question = _SCOPES[phrase.scope](phrase, period)
        return start, end, question or (phrase.question if start else "")
    if phrase.scope == "unknown":
        return None, None, phrase.question
    if phrase.scope.startswith("half"):
        phrase = _half(phrase, period)
    first, last = phrase.start or phrase.end, phrase.end
    if first is None:
        return None, None, phrase.question or asks.NO_PERIOD
    return _dated(phrase, (first, last), period)


def _dated(phrase: Phrase, points: tuple[Point, Point | None], period: Period | None) -> Span:
    """The days of written points; what the phrase itself asks stands beside them."""
    first, last = points
    if last is None:
        return _open(phrase, first, period)
    start, end, question = place(first, last, period)
    if start is None or end is None:
        return start, end, question
    if phrase.lent and period and (end < period.start or start > period.end):
        return start, end, asks.dated(asks.LENT_OUTSIDE, start, end)
    if "{" in phrase.question:
        return start, end, asks.dated(phrase.question, start, end)
    return start, end, phrase.question or question


def _open(phrase: Phrase, point: Point, period: Period | None) -> Span:
    """«с 1 сентября»: to the end of the roadmap, or as long as is said."""
    start, _, question = place(point, point, period)
    if start is None:
        return None, None, question
    if phrase.offset:
        return start, moved(start, Offset("", *phrase.offset)), question
    if period is None or period.end < start:
        return start, None, asks.OPEN_END
    return start, period.end, question


def _half(phrase: Phrase, period: Period | None) -> Phrase:
    """A half of the calendar year or of the school year; where both are possible it is asked."""
    _, first, last, *said = phrase.scope.split()
    start, end = phrase.start or Point(), phrase.end or Point()
    by_period = period is not None and period.academic
    if not said and not start.academic and (not by_period or start.year is not None):
        return replace(phrase, question=asks.HALF) if by_period else phrase
    return replace(
        phrase,
        start=replace(start, month=_ACADEMIC_HALVES[int(first)][0]),
        end=replace(end, month=_ACADEMIC_HALVES[int(last)][1]),
    )


def _whole(phrase: Phrase, period: Period | None) -> Span:
    del phrase
    return (period.start, period.end, "") if period else (None, None, asks.NO_PERIOD)


def _year(phrase: Phrase, period: Period | None) -> Span:
    if period is None:
        return None, None, asks.NO_YEAR
    several = (period.end - period.start).days > 366
    if phrase.edge and several:
        return None, None, asks.WHICH_YEAR_OF_PERIOD
    if phrase.edge and period.start.year != period.end.year:
        return None, None, asks.WHICH_YEAR_END
    return period.start, period.end, asks.WHICH_YEAR_OF_PERIOD if several else ""


def _academic(phrase: Phrase, period: Period | None) -> Span:
    del phrase
    if period is None:
        return None, None, asks.NO_YEAR
    years = {school_year(period.start), school_year(period.end)}
    if len(years) > 1:
        return None, None, asks.WHICH_SCHOOL_YEAR
    start, end = _school_days(years.pop())
    return max(start, period.start), max(end, period.end), ""


_SCOPES = {"whole": _whole, "year": _year, "academic": _academic}


def school_year(day: date) -> int:
    return day.year if day.month >= SCHOOL_YEAR_MONTH else day.year - 1


def _school_days(year: int) -> tuple[date, date]:
    return date(year, SCHOOL_YEAR_MONTH, 1), date(year + 1, SCHOOL_YEAR_MONTH - 1, 31)


def place(start: Point, end: Point, period: Period | None) -> Span:
    """Both ends in their years; the question tells why there are none or what is doubtful."""
    start_year, end_year = _year_of(start), _year_of(end)
    if start_year is None and end_year is None:
        return _by_period(start, end, period)
    turns = _order(start) > _order(end)
    if start_year is None:
        start_year = (end_year or 0) - turns
    elif end_year is None:
        end_year = start_year + turns
    first, last = _first(start, start_year), _last(end, end_year or start_year)
    if first is None or last is None:
        return None, None, asks.NO_SUCH_DAY
    short = next((point.year for point in (start, end) if point.short), None)
    return first, last, asks.TWO_DIGITS.format(year=short) if short else ""


def _by_period(start: Point, end: Point, period: Period | None) -> Span:
    """The only year of the period in which these days are; several or none are asked about."""
    if not _exists(start) or not _exists(end):
        return None, None, asks.NO_SUCH_DAY
    if period is None:
        return None, None, asks.NO_YEAR
    turns = _order(start) > _order(end)
    inside, touching = [], []
    for year in range(period.start.year - 1, period.end.year + 1):
        first, last = _first(start, year), _last(end, year + turns)
        if first is None or last is None or last < period.start or first > period.end:
            continue
        touching.append((first, last))
        if period.start <= first and last <= period.end:
            inside.append((first, last))
    found = inside or touching
    if len(found) == 1:
        return *found[0], ""
    return None, None, asks.several(last.year for _, last in found) if found else asks.OUTSIDE


def _order(point: Point) -> tuple[int, int]:
    return point.month or 0, point.day or 0


def _year_of(point: Point) -> int | None:
    if point.year is None or not point.academic or point.month is None:
        return point.year
    return point.year if point.month >= SCHOOL_YEAR_MONTH else point.year + 1


def _exists(point: Point) -> bool:
    return any(_first(point, year) is not None for year in (2023, 2024))


def _first(point: Point, year: int) -> date | None:
    if point.month is None:
        return date(year, SCHOOL_YEAR_MONTH if point.academic else 1, 1)
    return _day(point.day or 1, point.month, year)


def _last(point: Point, year: int) -> date | None:
    if point.month is None:
        return _school_days(year)[1] if point.academic else date(year, 12, 31)
    return _day(point.day or LAST, point.month, year)


def _day(day: int, month: int, year: int) -> date | None:
    if not 1 <= month <= 12:
        return None
    length = calendar.monthrange(year, month)[1]
    if day == LAST:
        return date(year, month, length)
    if day < 0:
        return date(year, month, length + 1 + day)
    return date(year, month, day) if 1 <= day <= length else None


def _at_edge(phrase: Phrase, span: tuple[date, date, str]) -> Span:
    start, end, question = span
    by_month = (
        phrase.start is not None and phrase.start.month is not None and phrase.start == phrase.end
    )
    if phrase.edge == "end":
        return span
    if phrase.edge == "start":
        return start, start, question
    if phrase.edge == "before":
        return start - timedelta(days=1), start - timedelta(days=1), question
    return _vague(phrase.edge, start, end, by_month=by_month)


def _vague(edge: str, start: date, end: date, *, by_month: bool) -> Span:
    if edge == "middle":
        if not by_month:
            return None, None, asks.MIDDLE
        start, end = start.replace(day=11), start.replace(day=20)
    elif by_month:
        end = start.replace(day=10)
    else:
        end = start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return start, end, asks.dated(asks.APPROXIMATE, start, end)
