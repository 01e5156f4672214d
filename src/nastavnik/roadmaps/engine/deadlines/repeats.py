"""Rules for what repeats: «ежемесячно 25 числа», «не реже 1 раза в квартал», «по пятницам»."""

from dataclasses import replace

from nastavnik.roadmaps.engine.deadlines.dates import Found, take_until
from nastavnik.roadmaps.engine.deadlines.model import Kind
from nastavnik.roadmaps.engine.deadlines.phrases import LAST, Cursor, Phrase
from nastavnik.roadmaps.engine.deadlines.recurrence import Recurrence
from nastavnik.roadmaps.engine.deadlines.words import Tag, Unit

_DAY_WORDS = ("числа", "число", "числу", "числам")


def every(c: Cursor) -> Found | None:
    """«ежегодно», «раз в две недели», «не реже одного раза в год», «каждый квартал»."""
    at_least = _take_at_least(c)
    found = c.tried(_adverb) or c.tried(_times) or c.tried(_each)
    if found is None:
        return None
    unit, step, times = found
    recurrence = Recurrence(unit, every=step, times=times, at_least=at_least)
    return [Phrase(Kind.MIN_FREQUENCY if at_least else Kind.RECURRING, recurrence=recurrence)]


def _take_at_least(c: Cursor) -> bool:
    """«не реже», «не менее чем», «минимум», «хотя бы»."""
    if c.words("не", "реже") or c.words("не", "менее") or c.words("не", "меньше"):
        c.take(Tag.COMMA)
        c.word("чем")
        return True
    return c.words("как", "минимум") or bool(c.word("минимум")) or c.words("хотя", "бы")


def _adverb(c: Cursor) -> tuple[str, int, int] | None:
    token = c.take(Tag.EVERY)
    if token is None:
        return None
    c.word("основе")
    return token.value.value, 1, 1


def _times(c: Cursor) -> tuple[str, int, int] | None:
    """«раз в квартал», «2 раза в год», «дважды в год», «по 1 разу в месяц», «раз в две недели»."""
    c.word("по")
    number = c.take(Tag.NUM)
    times = number.value if number else 1
    said = c.word("раз", "раза", "разу", "разов")
    if (said is None and (number is None or not _is_adverb(c))) or not 1 <= times <= 31:
        return None
    if not c.word("в", "за"):
        return None
    c.word("каждый", "каждую", "каждое", "течение")
    several = c.take(Tag.NUM)
    unit = _unit(c)
    if unit is None or (several and not 1 <= several.value <= 12):
        return None
    return unit, several.value if several else 1, times


def _is_adverb(c: Cursor) -> bool:
    """Whether the number just taken was «дважды» or «трижды»."""
    token = c.tokens[c.at - 1]
    return c.text[token.start : token.end].lower().endswith("жды")


def _each(c: Cursor) -> tuple[str, int, int] | None:
    """«каждый месяц», «каждые две недели», «каждого года»."""
    if not c.stem("кажд"):
        return None
    several = c.take(Tag.NUM)
    unit = _unit(c)
    if unit is None or (several and not 1 <= several.value <= 12):
        return None
    return unit, several.value if several else 1, 1


def _unit(c: Cursor) -> str | None:
    calendar = c.word("календарный", "календарного", "календарном")
    academic = c.take(Tag.ACADEMIC)
    unit = c.take_unit(*(unit for unit in Unit if unit is not Unit.DECADE))
    if unit is None:
        return None
    if unit is Unit.YEAR:
        return "calendar year" if calendar else "academic year" if academic else "year"
    return unit.value


def on_day(c: Cursor) -> Found | None:
    """«до 25 числа каждого месяца», «25 числа месяца, следующего за отчётным», «до 10 числа»."""
    take_until(c)
    rule = c.tried(_numbered_day) or c.tried(_last_day)
    if rule is None:
        return None
    unit = c.tried(_of_unit)
    if unit is None:
        return [Phrase(Kind.RECURRING, recurrence=rule, day_only=True)]
    return [Phrase(Kind.RECURRING, recurrence=replace(rule, unit=unit[0], next_month=unit[1]))]


def _numbered_day(c: Cursor) -> Recurrence | None:
    token = c.take(Tag.NUM)
    if token is None or not 1 <= token.value <= 31 or not c.word(*_DAY_WORDS):
        return None
    return Recurrence("month", day=token.value)


def _last_day(c: Cursor) -> Recurrence | None:
    """«последний день месяца», «последний рабочий день месяца»."""
    if not c.stem("последн"):
        return None
    working = c.stem("рабоч") is not None
    c.stem("календарн")
    if c.take_unit(Unit.DAY) is None and not c.word(*_DAY_WORDS):
        return None
    if not c.is_tag(Tag.UNIT, Tag.EVERY) and not _each_follows(c):
        return None
    return Recurrence("month", day=LAST, working=working)


def _each_follows(c: Cursor) -> bool:
    token = c.peek()
    return token is not None and str(token.value).startswith("кажд")


def _of_unit(c: Cursor) -> tuple[str, bool] | None:
    """The unit whose day it is, and whether it is due in the month after."""
    c.stem("кажд", "последующ")
    if c.tried(_following):
        return _reported(c), True
    unit = c.take_unit(Unit.MONTH, Unit.QUARTER)
    if unit is None:
        return None
    c.take(Tag.COMMA)
    if c.tried(_following_past_noun):
        return _reported(c), True
    return unit.value, False


def _following(c: Cursor) -> bool | None:
    """«следующего за отчётным месяца», «следующего месяца»."""
    if not c.stem("следующ"):
        return None
    c.word("за")
    c.stem("отчетн")
    return True if c.take_unit(Unit.MONTH, Unit.QUARTER) else None


def _following_past_noun(c: Cursor) -> bool | None:
    """«…, следующего за отчётным [кварталом]»."""
    if not c.stem("следующ"):
        return None
    c.word("за")
    return True if c.stem("отчетн", "истекш") else None


def _reported(c: Cursor) -> str:
    before = c.peek(-1) if c.at else None
    if before is not None and before.tag is Tag.UNIT and before.value is Unit.QUARTER:
        return Unit.QUARTER.value
    unit = c.take_unit(Unit.MONTH, Unit.QUARTER)
    c.word("периодом")
    return unit.value if unit else Unit.MONTH.value


def on_weekday(c: Cursor) -> Found | None:
    """«по пятницам», «каждый понедельник», «последняя пятница месяца»."""
    c.word("в", "во")
    each = c.stem("кажд") is not None
    nth = c.tried(_nth)
    by = bool(c.word("по"))
    weekday = c.take(Tag.WEEKDAY)
    if weekday is None:
        return None
    months = c.tried(_of_month)
    if nth is not None and not months:
        return None
    if not (nth or each or by):
        return None
    unit = "month" if months else "week"
    return [Phrase(Kind.RECURRING, recurrence=Recurrence(unit, weekday=weekday.value, nth=nth))]


def _nth(c: Cursor) -> int | None:
    if c.stem("последн"):
        return -1
    token = c.take(Tag.NUM)
    return token.value if token and 1 <= token.value <= 4 else None


def _of_month(c: Cursor) -> bool | None:
    c.stem("кажд")
    return True if c.take_unit(Unit.MONTH) else None
