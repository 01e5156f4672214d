"""Rules for lines without a day: permanent, on demand, set by another document. And the tails."""

from nastavnik.roadmaps.engine.deadlines import asks
from nastavnik.roadmaps.engine.deadlines.model import Kind
from nastavnik.roadmaps.engine.deadlines.phrases import Cursor, Phrase
from nastavnik.roadmaps.engine.deadlines.words import Tag

Found = list[Phrase]

_ALWAYS = (
    ("на", "постоянной", "основе"),
    ("на", "регулярной", "основе"),
    ("на", "системной", "основе"),
    ("в", "постоянном", "режиме"),
    ("без", "ограничения", "срока"),
)
_PERMANENT = ("постоянн", "непрерывн", "бессрочн", "систематическ", "регулярн")
_ON_DEMAND = (
    ("в", "рабочем", "порядке"),
    ("по", "мере"), ("по", "запросу"), ("по", "запросам"), ("по", "требованию"), ("по", "факту"),
    ("по", "обращению"), ("по", "обращениям"), ("по", "заявке"), ("по", "заявкам"), ("в", "случае"),
    ("при", "необходимости"), ("при", "наличии"), ("при", "поступлении"), ("при", "обращении"),
    ("при", "возникновении"), ("по", "необходимости"),
)  # fmt: skip
_EXTERNAL = (
    ("в", "соответствии"), ("согласно",), ("в", "рамках"), ("в", "порядке"), ("в", "сроки"),
    ("по", "согласованию"), ("в", "установленном", "порядке"),
)  # fmt: skip
_PLANS = (
    "план",
    "график",
    "расписан",
    "приказ",
    "распоряжен",
    "положен",
    "программ",
    "регламент",
    "срок",
)
_SETTING = (
    "установленн",
    "указанн",
    "определенн",
    "утвержденн",
    "отдельн",
    "особ",
    "ранее",
    "законом",
)
_BEFORE_DATES = ("в", "на", "с", "до", "к", "раз", "за")
_AFTER_THEM = ("течение", "постоянной", "период", "конца", "соответствии")
_LIMITS = ("позднее", "позже", "реже", "менее")
_OPENINGS = {("по", "мере"), *(("не", word) for word in _LIMITS)}
_DATELIKE = (Tag.DATE, Tag.MONTH, Tag.MONTH_YEAR)


def permanent(c: Cursor) -> Found | None:
    """«постоянно», «на постоянной основе», «бессрочно»."""
    if _take_line(c, _ALWAYS):
        return [Phrase(Kind.PERMANENT)]
    return [Phrase(Kind.PERMANENT)] if c.stem(*_PERMANENT) else None


def _take_line(c: Cursor, lines: tuple[tuple[str, ...], ...]) -> bool:
    first = c.tokens[c.at].value
    return any(c.words(*line) for line in lines if line[0] == first)


def on_demand(c: Cursor) -> Found | None:
    """«по мере необходимости», «по запросу», «при поступлении заявлений»."""
    if not _take_line(c, _ON_DEMAND):
        return None
    tail(c)
    return [Phrase(Kind.ON_DEMAND)]


def external(c: Cursor) -> Found | None:
    """«в соответствии с планом работы совета», «согласно графику», «в установленные сроки»."""
    begin = c.at
    if not _take_line(c, _EXTERNAL) and not c.tried(_by_plan):
        return None
    c.word("с", "со")
    named = tail(c)
    bare = all(word.startswith(("срок", "установленн")) for word in named)
    with_document = not bare or c.tokens[begin].value == "по"
    return [Phrase(Kind.EXTERNAL, question="" if with_document else asks.WHICH_DOCUMENT)]


def _by_plan(c: Cursor) -> bool | None:
    """«по плану», «по отдельному графику», «в установленные сроки», «в срок, установленный …»."""
    if c.word("по"):
        c.stem(*_SETTING)
        return True if c.stem(*_PLANS) else None
    if c.word("в"):
        return True if c.stem(*_SETTING) and c.stem("срок") else None
    return None


def tail(c: Cursor) -> list[str]:
    """Take the words that a phrase ends with, up to the next phrase. Returns the words."""
    taken: list[str] = []
    while (token := c.peek()) is not None:
        if taken and token.hard and _begins(c, 0):
            break
        if token.tag is Tag.COMMA and _begins(c, 1):
            break
        if token.tag is Tag.EVERY or _is_loud(c):
            break
        if token.tag not in (Tag.COMMA, Tag.DASH, Tag.SLASH):
            taken.append(str(token.value))
        c.at += 1
    return taken


def _is_loud(c: Cursor) -> bool:
    """Words that begin a deadline even without a comma before them."""
    first, second = c.peek(), c.peek(1)
    if first is None or second is None or first.tag is not Tag.WORD:
        return False
    if first.value == "не" and second.value in _LIMITS:
        return True
    return first.value == "до" and second.tag in (Tag.DATE, Tag.NUM)


def _begins(c: Cursor, ahead: int) -> bool:
    """Whether a phrase of its own stands there, so that the tail ends before it."""
    first, second = c.peek(ahead), c.peek(ahead + 1)
    if first is None or first.tag in _DATELIKE or first.tag is Tag.EVERY:
        return first is not None
    after, then = (second.tag, str(second.value)) if second else (None, "")
    if first.tag is Tag.NUM:
        return after in (Tag.MONTH, Tag.UNIT) or then == "раз"
    word = str(first.value) if first.tag is Tag.WORD else ""
    if word in _BEFORE_DATES:
        return after in (*_DATELIKE, Tag.NUM, Tag.YEAR) or then in _AFTER_THEM
    return word.startswith(_PERMANENT) or (word, then) in _OPENINGS
