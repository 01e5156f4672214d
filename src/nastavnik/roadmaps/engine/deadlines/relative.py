"""Rules for what counts from an event: «в течение двух недель с даты …», «за 3 дня до …»."""

import re

from nastavnik.roadmaps.engine.deadlines import asks
from nastavnik.roadmaps.engine.deadlines.dates import Found
from nastavnik.roadmaps.engine.deadlines.events import event_key
from nastavnik.roadmaps.engine.deadlines.model import Kind
from nastavnik.roadmaps.engine.deadlines.open_ends import tail
from nastavnik.roadmaps.engine.deadlines.phrases import Cursor, Phrase, Point
from nastavnik.roadmaps.engine.deadlines.points import take_day
from nastavnik.roadmaps.engine.deadlines.words import Tag, Unit

Offset = tuple[int, str]
_DAYS = {Unit.DAY: 1, Unit.WEEK: 7, Unit.DECADE: 10}
_MONTHS = {Unit.MONTH: 1, Unit.QUARTER: 3, Unit.HALF: 6, Unit.YEAR: 12}
_ADJECTIVE = re.compile(
    r"(|одно|двух|трех|четырех|пяти|шести|семи|восьми|девяти|десяти|четырнадцати|пятнадцати|"
    r"двадцати|тридцати)(дневн|недельн|месячн)(?:ый|ого|ом|ому)"
)
_COUNTS = {
    "": 1, "одно": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7,
    "восьми": 8, "девяти": 9, "десяти": 10, "четырнадцати": 14, "пятнадцати": 15,
    "двадцати": 20, "тридцати": 30,
}  # fmt: skip
_ADJECTIVE_UNITS = {"дневн": Unit.DAY, "недельн": Unit.WEEK, "месячн": Unit.MONTH}
_DOINGS = ("встреч", "заседан", "совещан", "момент", "начал")
_OF_DOING = ("ния", "нием", "тия", "тием")
_DATELIKE = (Tag.DATE, Tag.MONTH, Tag.MONTH_YEAR, Tag.YEAR, Tag.NUM, Tag.UNIT, Tag.ACADEMIC)


def after(c: Cursor) -> Found | None:
    """«в течение 10 дней со дня …», «через неделю после …», «не позднее 3 рабочих дней с …»."""
    said = _lead_after(c)
    offset = c.tried(_duration)
    if offset is None:
        return None
    c.take(Tag.COMMA)
    if start := c.tried(_from_day):
        return [Phrase(Kind.RANGE, start=start, offset=offset)]
    if c.tried(_since):
        words = _event_words(c)
        return [Phrase(Kind.RELATIVE, offset=offset, event=event_key(words))] if words else None
    if not said and c.tokens[c.at - 1].tag is not Tag.WORD:
        return None
    if c.tokens[c.at - 1].tag is Tag.COMMA:
        c.at -= 1
    return [Phrase(Kind.RELATIVE, offset=offset, question=asks.FROM_WHICH_DAY)]


def before(c: Cursor) -> Found | None:
    """«за две недели до встречи», «не позднее чем за 3 дня до …»."""
    if c.word("не"):
        c.word("позднее", "позже", "менее")
        c.take(Tag.COMMA)
        c.word("чем")
    c.word("минимум")
    if not c.word("за"):
        return None
    offset = c.tried(_duration)
    if offset is None or not c.word("до", "перед"):
        return None
    words = _event_words(c)
    amount, unit = offset
    return (
        [Phrase(Kind.RELATIVE, offset=(-amount, unit), event=event_key(words))] if words else None
    )


def beside(c: Cursor) -> Found | None:
    """«после подписания …», «по завершении программы», «накануне встречи», «до начала …»."""
    amount = -1 if c.word("накануне") else 0
    if not amount and not (
        c.tried(_on_the_day) or c.tried(_since_day) or c.tried(_by_the_end) or c.tried(_beside)
    ):
        return None
    words = _event_words(c)
    return (
        [Phrase(Kind.RELATIVE, offset=(amount, "days"), event=event_key(words))] if words else None
    )


def _beside(c: Cursor) -> bool | None:
    """«после подписания», «до встречи», but not «до администрации»."""
    word = c.word("после", "до", "перед")
    token = c.peek()
    if word is None or token is None or token.tag is not Tag.WORD:
        return None
    named = str(token.value)
    return (
        True if word == "после" or named.startswith(_DOINGS) or named.endswith(_OF_DOING) else None
    )


def _by_the_end(c: Cursor) -> bool | None:
    """«по окончании программы»: the ending itself is a part of the event."""
    if c.word("по") and c.stem("окончани", "завершени", "итог"):
        c.at -= 1
        return True
    return None


def _since_day(c: Cursor) -> bool | None:
    """«со дня», «с момента»."""
    if not c.word("с", "со", "от"):
        return None
    return True if c.word("даты", "момента", "времени") or c.take_unit(Unit.DAY) else None


def _on_the_day(c: Cursor) -> bool | None:
    return True if c.word("в") and c.take_unit(Unit.DAY) else None


def _from_day(c: Cursor) -> Point | None:
    return take_day(c) if c.word("с", "со", "от") else None


def _lead_after(c: Cursor) -> bool:
    if c.words("не", "позднее") or c.words("не", "позже") or c.words("не", "более"):
        c.take(Tag.COMMA)
        c.word("чем")
        c.word("через")
        return True
    if c.word("через", "втечение", "втечении"):
        return True
    c.word("в")
    return bool(c.word("течение", "течении", "срок")) | bool(c.word("до"))


def _since(c: Cursor) -> bool | None:
    """«с даты», «со дня», «с момента», «после»."""
    if c.word("после"):
        return True
    if c.tried(_since_day):
        return True
    if c.word("с", "со", "от"):
        token = c.peek()
        return True if token and token.tag is Tag.WORD else None
    return None


def _event_words(c: Cursor) -> str:
    """The event as written, up to the next phrase; "" when what follows is a date or a span."""
    if c.peek() is None or c.is_tag(*_DATELIKE, Tag.COMMA, Tag.DASH, Tag.SLASH):
        return ""
    begin = c.at
    tail(c)
    return c.between(begin, c.at) if c.at > begin else ""


def _duration(c: Cursor) -> Offset | None:
    """«10 (десяти) рабочих дней», «двух недель», «месяца», «двухнедельный срок»."""
    number = c.take(Tag.NUM)
    if number is not None:
        again = c.peek()
        if again is not None and again.tag is Tag.NUM and again.value == number.value:
            c.at += 1
        c.take(Tag.DASH)
    count = number.value if number else 1
    if count < 1:
        return None
    if adjective := c.tried(_adjective):
        return adjective[0] * count, adjective[1]
    working = bool(c.word("рабочих", "рабочего", "раб"))
    c.stem("календарн")
    c.take(Tag.ACADEMIC)
    unit = c.take_unit(*_DAYS, *_MONTHS)
    if unit is None or (unit is Unit.DAY and number is None):
        return None
    working = bool(c.word("рабочих")) or working
    if unit in _MONTHS:
        return count * _MONTHS[unit], "months"
    if working and unit is Unit.DAY:
        return count, "working days"
    return count * _DAYS[unit], "days"


def _adjective(c: Cursor) -> Offset | None:
    token = c.take(Tag.WORD)
    match = _ADJECTIVE.fullmatch(token.value) if token else None
    if match is None or not c.word("срок", "срока", "периода", "период"):
        return None
    unit = _ADJECTIVE_UNITS[match[2]]
    count = _COUNTS[match[1]]
    return (count, "months") if unit is Unit.MONTH else (count * _DAYS[unit], "days")
