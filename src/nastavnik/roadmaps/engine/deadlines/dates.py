"""Rules for dates, months, ranges and years."""

from nastavnik.roadmaps.engine.deadlines import asks
from nastavnik.roadmaps.engine.deadlines.model import Kind
from nastavnik.roadmaps.engine.deadlines.phrases import Cursor, Phrase, Point
from nastavnik.roadmaps.engine.deadlines.points import (
    Years,
    take_day,
    take_month,
    take_one_year,
    take_years,
    with_year,
)
from nastavnik.roadmaps.engine.deadlines.words import Tag

Found = list[Phrase]


def take_until(c: Cursor) -> str:
    """«до», «не позднее», «к», «на период до»; "" when there is none."""
    c.words("на", "период") or c.words("в", "период") or c.words("в", "срок") or c.word("на")
    c.word("крайний", "предельный")
    c.word("срок", "сроком", "период")
    if c.word("не"):
        if c.word("позднее", "позже", "поздней"):
            c.word("чем")
            c.word("до")
            return "не позднее"
        return ""
    return c.word("до", "к", "ко", "по") or ""


def take_lead(c: Cursor) -> bool:
    """Words before a span that add nothing: «в течение», «в», «на», «весь»."""
    back = c.at
    c.word("в", "во", "на", "за", "втечение", "втечении")
    c.word("течение", "течении", "протяжении", "период", "срок")
    c.word("весь", "всего", "всю", "всей", "целый")
    return c.at > back


def due(c: Cursor) -> Found | None:
    """«до 15 марта 2022 г.», «не позднее 30.10.2021», «15 марта», «до 15 и 30 марта»."""
    until = take_until(c)
    if not until:
        c.word("в", "на")
    days = c.tried(_several_days) or _one(c.tried(take_day))
    if days:
        c.word("включительно")
        return [Phrase(Kind.DUE, end=day) for day in days]
    if not until or until == "по":
        return None
    if month := c.tried(take_month):
        return [Phrase(Kind.DUE, end=month, edge="before", question=asks.UNTIL_MONTH)]
    years = c.tried(take_years)
    if years is None:
        return None
    question = asks.UNTIL_YEAR.format(year=years.last)
    return [Phrase(Kind.DUE, end=Point(year=years.last, academic=years.academic), edge="end",
                   question=question)]  # fmt: skip


def _one(day: Point | None) -> list[Point]:
    return [day] if day else []


def _several_days(c: Cursor) -> list[Point] | None:
    """«15, 20 и 25 марта 2022 г.»: the month is said once."""
    numbers: list[int] = []
    while token := c.take(Tag.NUM):
        numbers.append(token.value)
        comma = c.take(Tag.COMMA)
        if not c.word("и") and comma is None:
            break
    month = c.take(Tag.MONTH)
    if month is None or len(numbers) < 2:
        return None
    years = take_one_year(c)
    return [with_year(number, month.value, years) for number in numbers]


def stretch(c: Cursor) -> Found | None:
    """«с 1 января по 31 декабря 2021 г.», «март — декабрь 2022 г.», «7–16 ноября»."""
    take_lead(c)
    began = bool(c.word("с", "со", "от")) or (c.words("начиная", "с"))
    bare = c.peek()
    start = take_day(c) or c.tried(take_month)
    if start is None and bare and bare.tag is Tag.NUM:
        c.at += 1
        start = Point(day=bare.value)
    if start is None:
        return c.tried(_years_from) if began else None
    if not _through(c, began=began):
        return [Phrase(_range_kind(start), start=start)] if began and start.month else None
    end = take_day(c) or (c.tried(take_month) if start.month else None)
    if end is None:
        return None
    c.word("включительно")
    if start.month is None:
        start = Point(start.day, end.month, end.year, end.academic)
    kind = Kind.MONTH_RANGE if start.day is None and end.day is None else Kind.RANGE
    return [Phrase(kind, start=start, end=end)]


def _range_kind(start: Point) -> Kind:
    return Kind.MONTH_RANGE if start.day is None else Kind.RANGE


def _through(c: Cursor, *, began: bool) -> bool:
    back = c.at
    c.take(Tag.COMMA)
    dash = c.take(Tag.DASH)
    if c.word("по") or (began and c.word("до")) or dash:
        return True
    c.at = back
    return False


def _years_from(c: Cursor) -> Found | None:
    first = take_years(c)
    if first is None:
        return None
    if first.first != first.last:
        return [_of_years(first)]
    return [Phrase(Kind.PERIOD, start=first.point)]


def month(c: Cursor) -> Found | None:
    """«январь», «в сентябре 2022 г.», «в течение мая»."""
    take_lead(c)
    point = take_month(c)
    return [Phrase(Kind.MONTH, start=point, end=point)] if point else None


def years(c: Cursor) -> Found | None:
    """«на 2022 год», «в 2023-2024 годах», «2022/2023 учебный год»."""
    take_lead(c)
    c.word("календарного", "календарный")
    found = take_years(c)
    if found is None:
        return None
    later = c.tried(_more_school_years) if found.academic else None
    if later is not None and later.academic and later.first >= found.last:
        found = found._replace(last=later.last)
    return [_of_years(found)]


def _more_school_years(c: Cursor) -> Years | None:
    """The second half of «2026/27 – 2027/28 учебные годы»."""
    return take_years(c) if c.take(Tag.DASH) or c.word("по") else None


def _of_years(found: Years) -> Phrase:
    close = found.last == found.first + 1 and not found.marked and not found.academic
    last = found.last - (1 if found.academic and found.last > found.first else 0)
    return Phrase(
        Kind.PERIOD,
        start=found.point,
        end=Point(year=last, academic=found.academic),
        question=asks.YEARS_OR_SCHOOL_YEAR if close else "",
        year_only=found.last - found.first <= int(found.academic),
    )
