"""From the text of a cell to its deadlines."""

import re
from collections.abc import Callable

from nastavnik.roadmaps.engine.deadlines import (
    asks,
    dates,
    open_ends,
    relative,
    repeats,
    spans,
)
from nastavnik.roadmaps.engine.deadlines.cells import split_cell
from nastavnik.roadmaps.engine.deadlines.combine import combine
from nastavnik.roadmaps.engine.deadlines.lexer import MAX_CHARS, Token, clean, tokens_of
from nastavnik.roadmaps.engine.deadlines.model import Deadline, Kind, Period
from nastavnik.roadmaps.engine.deadlines.phrases import Cursor, Phrase
from nastavnik.roadmaps.engine.deadlines.resolve import resolve
from nastavnik.roadmaps.engine.deadlines.words import Tag

Rule = Callable[[Cursor], list[Phrase] | None]
RULES: tuple[Rule, ...] = (
    repeats.every,
    repeats.on_day,
    repeats.on_weekday,
    open_ends.permanent,
    open_ends.on_demand,
    open_ends.external,
    spans.edge,
    dates.stretch,
    spans.named,
    dates.due,
    dates.month,
    dates.years,
    relative.before,
    relative.after,
    relative.beside,
)
"""In this order: the first that fits wins, the longer reading stands before the shorter."""

_BY_TAG: dict[Tag, tuple[Rule, ...]] = {
    Tag.DATE: (dates.stretch, dates.due),
    Tag.MONTH: (dates.stretch, dates.month),
    Tag.MONTH_YEAR: (dates.stretch, dates.month),
    Tag.YEAR: (dates.years,),
    Tag.EVERY: (repeats.every,),
    Tag.WEEKDAY: (),
    Tag.SEASON: (spans.named,),
    Tag.ACADEMIC: (spans.named,),
    Tag.UNIT: (dates.month,),
    Tag.NUM: (
        repeats.every,
        repeats.on_day,
        repeats.on_weekday,
        dates.stretch,
        spans.named,
        dates.due,
        relative.after,
    ),
    Tag.DASH: (),
    Tag.COMMA: (),
    Tag.SLASH: (),
}
"""Which rules a phrase that begins with such a token may have: the others never fit."""

CONNECTORS = frozenset({"и", "а", "также", "или", "далее", "затем", "потом"})
"""Words between phrases that say nothing about time."""
_LABELS = frozenset({"срок", "сроки", "исполнения", "выполнения", "реализации", "исполнить"})
_JOINTS = ' ,;:/(«"-–—\u2010\u2011'
_MARKER = re.compile(r"[\s,;]+\d{1,2}\)$")
_BETWEEN = (Tag.COMMA, Tag.DASH, Tag.SLASH)


def parse(text: str, period: Period | None) -> tuple[Deadline, ...]:
    """Every deadline named in a cell.

    A performer before " / " is not looked at. Nothing raises: words that were not understood come
    back as `unknown` with a question, an empty cell as `empty`.
    """
    plain = clean(text)
    performer, due = split_cell(plain)
    found = _parse(due, period) if performer else _parse(plain, period)
    if performer and _says_time(performer):
        return (*_parse(performer, period), *found)
    return found


def _says_time(performer: str) -> bool:
    cursor = Cursor(tokens_of(performer), performer)
    return all(phrase.kind is not Kind.UNKNOWN for phrase in _phrases(cursor))


def _parse(plain: str, period: Period | None) -> tuple[Deadline, ...]:
    cursor = Cursor(tokens_of(plain), plain)
    phrases = combine(_phrases(cursor))
    found = [resolve(phrase, period, _words(cursor, phrase)) for phrase in phrases]
    found = [_asked(deadline) for deadline in found]
    rest = plain[MAX_CHARS:].strip()
    if rest:
        found.append(_asked(Deadline(Kind.UNKNOWN, source_words=rest)))
    return tuple(found) or (Deadline(Kind.EMPTY, question=asks.EMPTY),)


def _asked(deadline: Deadline) -> Deadline:
    if deadline.kind is not Kind.UNKNOWN:
        return deadline
    question = asks.UNKNOWN.format(words=deadline.source_words)
    return Deadline(Kind.UNKNOWN, source_words=deadline.source_words, question=question)


def _phrases(c: Cursor) -> list[Phrase]:
    """Read on from phrase to phrase; what no rule takes gathers in unknown phrases."""
    found: list[Phrase] = []
    label: int | None = None
    lost: int | None = None
    while (token := c.peek()) is not None:
        begin = c.at
        rule_found = _next(c)
        if rule_found:
            if lost is not None:
                found.append(_unknown(lost, label if label is not None else begin))
            _mark(rule_found, begin if label is None else label, c.at)
            found += rule_found
            lost = label = None
            continue
        c.at = begin + 1
        if _joins(token):
            continue
        if token.value in _LABELS and lost is None:
            label = begin if label is None else label
        elif lost is None:
            lost, label = begin if label is None else label, None
    last = lost if lost is not None else label
    if last is not None:
        found.append(_unknown(last, c.count))
    return found


def _next(c: Cursor) -> list[Phrase] | None:
    for rule in _BY_TAG.get(c.tag(), RULES):
        if found := c.tried(rule):
            return found
    return None


def _mark(found: list[Phrase], begin: int, end: int) -> None:
    for phrase in found:
        phrase.spans.append((begin, end))


def _unknown(begin: int, end: int) -> Phrase:
    return Phrase(Kind.UNKNOWN, spans=[(begin, end)])


def _words(c: Cursor, phrase: Phrase) -> str:
    """The text of a phrase up to the next one, without what only joins them."""
    parts = []
    for first, last in _joined(c, phrase.spans):
        after = c.tokens[last].start if last < c.count else MAX_CHARS
        part = c.text[c.tokens[first].start : after]
        parts.append(_tidy(part) or c.between(first, last))
    return " ".join(parts)


def _joined(c: Cursor, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans with nothing but joints between them are one stretch of the text."""
    joined: list[tuple[int, int]] = []
    for first, last in spans:
        if joined and all(_joins(token) for token in c.tokens[joined[-1][1] : first]):
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _joins(token: Token) -> bool:
    return token.tag in _BETWEEN or token.value in CONNECTORS


def _tidy(part: str) -> str:
    joined = " ".join(part.split()).strip(_JOINTS)
    joined = _MARKER.sub("", joined)
    return joined if "(" in joined else joined.rstrip(")»")
