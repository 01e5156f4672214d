"""The period in a roadmap's title, and the day by which a goal is set."""

from nastavnik.roadmaps.engine.deadlines import dates, spans
from nastavnik.roadmaps.engine.deadlines.lexer import clean, tokens_of
from nastavnik.roadmaps.engine.deadlines.model import Deadline, Kind, Period
from nastavnik.roadmaps.engine.deadlines.phrases import Cursor, Phrase
from nastavnik.roadmaps.engine.deadlines.points import take_day
from nastavnik.roadmaps.engine.deadlines.resolve import place, resolve
from nastavnik.roadmaps.engine.deadlines.words import Tag

_TITLE_WORDS = {"на": 4, "за": 2, "в": 2, "во": 2}
_SCHOOL_YEAR_ENDS = (5, 6, 7, 8)


def period_of(text: str) -> Period | None:
    """The period named in a title: «на 2022 год», «(сентябрь 2022 г. – май 2024 г.)», «2022/2023».

    Dates of acts («от 25.12.2019 г.») and goals («до 2024 года») are passed by. Of several periods
    the one after «на» wins, then a stretch, then the first.
    """
    plain = clean(text)
    c = Cursor(tokens_of(plain), plain)
    best: tuple[int, Period] | None = None
    while (token := c.peek()) is not None:
        begin = c.at
        if c.tried(_goal):
            continue
        weight = _TITLE_WORDS.get(token.value, 1) if token.tag is Tag.WORD else 1
        phrase = c.tried(_stretch) or c.tried(_years)
        if phrase and phrase.start == phrase.end and weight == 1 and not _is_bare_year(c, begin):
            continue
        period = _period(phrase) if phrase else None
        if phrase is None and c.tried(take_day) is None:
            c.at = begin + 1
        if period is None:
            continue
        weight += phrase is not None and phrase.start != phrase.end
        if best is None or weight > best[0]:
            best = weight, period
    return best[1] if best else None


def goal_of(text: str) -> Deadline | None:
    """The day of a goal: «10 % к концу 2020 года», «на период до 2024 года» (this one asks)."""
    plain = clean(text)
    c = Cursor(tokens_of(plain), plain)
    while c.peek() is not None:
        begin = c.at
        if c.tried(_stretch):
            continue
        phrase = c.tried(_goal)
        if phrase:
            return resolve(phrase, None, c.between(begin, c.at))
        c.at = begin + 1
    return None


def _is_bare_year(c: Cursor, begin: int) -> bool:
    """Whether the year is all that the text says: «2022», not «_____ 2022 г.» nor «№ 5, 2019»."""
    return begin == 0 and c.at == c.count and c.text.strip()[0].isdigit()


def _goal(c: Cursor) -> Phrase | None:
    found = c.tried(spans.edge)
    if found is None:
        back = c.at
        if dates.take_until(c) in ("", "по"):
            return None
        c.at = back
        found = c.tried(dates.due)
    if not found or found[0].kind is not Kind.DUE or found[0].end is None:
        return None
    return found[0] if found[0].end.year else None


def _stretch(c: Cursor) -> Phrase | None:
    found = dates.stretch(c)
    return found[0] if found and found[0].end and found[0].kind is not Kind.PERIOD else None


def _years(c: Cursor) -> Phrase | None:
    if c.words("с") or c.words("с", "периода"):
        c.at -= 1
        found = dates.stretch(c)
    else:
        found = dates.years(c)
    return found[0] if found and found[0].kind is Kind.PERIOD else None


def _period(phrase: Phrase) -> Period | None:
    if phrase.start is None or phrase.end is None:
        return None
    start, end, _ = place(phrase.start, phrase.end, None)
    if start is None or end is None or end < start:
        return None
    from_september = (start.month, start.day) == (9, 1)
    over = end.year > start.year and end.month in _SCHOOL_YEAR_ENDS
    return Period(start, end, academic=from_september and over)
