"""What stands round the table: the title with its period, stamps, goals, and the rest."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from nastavnik.roadmaps.engine.deadlines import Period, goal_of, period_of

from .alphabets import mended
from .clean import one_line
from .grid import Row
from .model import Fragment, Goal, Stamp
from .plans import Text
from .stamps import is_enclosure, stamp_kind

_TITLE = re.compile(
    r"дорожн\w+ карт|\bплан\w* (?:мероприят|работ|внедрен|реализац)|^\W*п ?л ?а ?н\b"
    r"|комплекс\w* мер\b|\bплан-график",
    re.IGNORECASE,
)
_GOAL = re.compile(r"^\W*(?:цел[ьи]\b|целев\w+ показател)|^\W*к концу \d{4}", re.IGNORECASE)
_GOALS_BELOW = re.compile(r"\W*цел[ьи](?: [^.:]{1,60})?:\s*", re.IGNORECASE)
_POINT = re.compile(r"\s*[–—•·-]\s*")
_SHARE = re.compile(
    r"(?:(?:не менее|не ниже|до|более)\s+)?\d{1,3}(?:[.,]\d+)?,?\s?(?:%|процент\w*)", re.IGNORECASE
)
_YEAR = re.compile(r"\b(20\d\d)\b")
_INDICATOR = re.compile(r"^\W*(?:целев\w+ )?(?:показател|индикатор)", re.IGNORECASE)
_INITIALS = re.compile(
    r"^\W*(?:[А-ЯЁ]\.\s?[А-ЯЁ]\.\s?[А-ЯЁ][а-яё-]+|[А-ЯЁ][а-яё-]+\s[А-ЯЁ]\.\s?[А-ЯЁ]\.)\W*$"
)
_DATED = re.compile(r"\b(?:19|20)\d\d\b.*№|№.*\b(?:19|20)\d\d\b|_{3,}.*№")
_POST = re.compile(
    r"^\W*(?:директор|заведующ|руководител|начальник|председател|глава|заместител)", re.IGNORECASE
)
_HEADLINE = re.compile(r"^[А-ЯЁ\s()«»\"–-]{5,}$")
_LONGEST_TITLE = 500
_LONGEST_TITLE_LINE = 220
_MOST_TITLE_LINES = 9
_MOST_STAMP_LINES = 7


@dataclass(slots=True)
class Front:
    """The texts sorted."""

    title: str = ""
    title_guessed: bool = False
    period: Period | None = None
    hint: str = ""
    goals: list[Goal] = field(default_factory=list)
    stamps: list[Stamp] = field(default_factory=list)
    leftovers: list[Fragment] = field(default_factory=list)


def read_front(before: Sequence[Text], after: Sequence[Text]) -> Front:
    """Sort the texts before and after the table of a roadmap."""
    front = Front()
    rest = _without_stamps(before, front)
    rest = _without_goals(rest, front)
    start, end = _title_lines(rest)
    front.title = " ".join(one_line(text.text) for text in rest[start:end])
    if not front.title:
        start, end = _nearest(rest)
        front.title = " ".join(one_line(text.text) for text in rest[start:end])
        front.title_guessed = bool(front.title)
    front.period = period_of(front.title) if front.title else None
    kept = [*rest[:start], *rest[end:]]
    if front.period is None:
        front.hint = _period_hint(kept)
    for text in [*kept, *_without_goals(_without_stamps(after, front), front)]:
        reason = text.style if text.style in {"header", "footer", "note"} else "text"
        front.leftovers.append(Fragment(text.place, text.text, reason))
    return front


def _title_lines(texts: Sequence[Text]) -> tuple[int, int]:
    """The block of lines nearest to the table that begins with «дорожная карта» or «план»."""
    named = [i for i, text in enumerate(texts) if _is_title(text.text)]
    if not named:
        return 0, 0
    start = named[-1]
    while start - 1 in named and not _is_sentence(texts[start - 1].text):
        start -= 1
    end = start + 1
    while end < len(texts) and end - start < _MOST_TITLE_LINES:
        # A row above the headings goes on with a title only when that stands in a row too.
        if not _continues(texts[end].text) or texts[end].style != texts[start].style == "body":
            break
        end += 1
    return start, end


def _is_sentence(text: str) -> bool:
    """An item of an order or a list, which only speaks of the roadmap."""
    if len(text) > _LONGEST_TITLE_LINE:
        return True
    return text.endswith((".", ";", "»", ",")) or text[:1] in "-–—•" or text[:1].isdecimal()


def _is_title(text: str) -> bool:
    return (
        bool(_TITLE.search(mended(text))) and len(text) <= _LONGEST_TITLE and not is_enclosure(text)
    )


def _continues(text: str) -> bool:
    return (
        len(text) <= _LONGEST_TITLE and not is_enclosure(text) and not re.match(r"^\d+[.)]\s", text)
    )


def _nearest(texts: Sequence[Text]) -> tuple[int, int]:
    body = [i for i, text in enumerate(texts) if text.style in {"body", "heading", "above"}]
    if not body or len(texts[body[-1]].text) > 300:
        return 0, 0
    return body[-1], body[-1] + 1


def _without_stamps(texts: Sequence[Text], front: Front) -> list[Text]:
    """Take away stamps: the word, and the short lines under it with who, when and by what."""
    rest: list[Text] = []
    index = 0
    while index < len(texts):
        kind = stamp_kind(texts[index].text)
        if not kind:
            rest.append(texts[index])
            index += 1
            continue
        end = index + 1
        while end < len(texts) and _in_stamp(texts, index, end, kind):
            end += 1
        front.stamps.append(Stamp(kind, "\n".join(text.text for text in texts[index:end])))
        index = end
    return rest


def _in_stamp(texts: Sequence[Text], start: int, index: int, kind: str) -> bool:
    """Whether a short line belongs to the stamp above it: who approved, by what, and when."""
    text, above = texts[index].text, texts[index - 1].text
    if kind == "signature" or index - start >= _MOST_STAMP_LINES or "\n" in text:
        return False
    if max(len(text), len(above)) > 160 or _HEADLINE.match(text) or _INITIALS.match(above):
        return False
    if stamp_kind(text) or _is_title(text) or _GOAL.match(text) or is_enclosure(text):
        return False
    inside = [line.text for line in texts[start:index]]
    dated = any(_DATED.search(line) for line in inside)
    return not dated or any(_POST.match(line) for line in [*inside, text])


def _without_goals(texts: Sequence[Text], front: Front) -> list[Text]:
    rest: list[Text] = []
    for text in _labelled(texts):
        lines = text.text.split("\n")
        goals = [line for line in lines if _is_goal(line)]
        if not goals:
            rest.append(text)
            continue
        front.goals.extend(_goal(line) for line in goals)
        others = "\n".join(line for line in lines if line not in goals)
        if others:
            rest.append(Text(text.place, others, text.style))
    return rest


def _labelled(texts: Sequence[Text]) -> Iterator[Text]:
    """Points below a bare «Цели:» as goals of their own: «Цели: …», «Цели: …»."""
    label: Text | None = None
    is_used = False
    for text in texts:
        if label is not None and (point := _POINT.match(text.text)):
            yield Text(text.place, f"{label.text} {text.text[point.end() :]}", text.style)
            is_used = True
            continue
        if label is not None and not is_used:
            yield label
        is_label = _GOALS_BELOW.fullmatch(text.text)
        label, is_used = (text, False) if is_label else (None, False)
        if not is_label:
            yield text
    if label is not None and not is_used:
        yield label


def _is_goal(text: str) -> bool:
    if _GOAL.match(text):
        return True
    return bool(_SHARE.search(text) and _YEAR.search(text)) and len(text) <= _LONGEST_TITLE


def _goal(text: str) -> Goal:
    value = _SHARE.search(text)
    due = goal_of(text)
    return Goal(
        text, value[0] if value else "", due.end if due else None, due.question if due else ""
    )


def _period_hint(texts: Sequence[Text]) -> str:
    """A period named elsewhere in the document: offered, never taken."""
    for text in texts:
        found = period_of(text.text) if len(text.text) <= _LONGEST_TITLE else None
        if found is not None:
            years = {found.start.year, found.end.year}
            return "–".join(str(year) for year in sorted(years))
    return ""


def indicator_goals(rows: Sequence[Row]) -> list[Goal]:
    """A table «Показатель | 2021 год | 2024 год» as goals, a goal a row and a year."""
    years = {
        index: found
        for index, text in enumerate(rows[0].cells)
        if index and len(text) <= 30 and (found := _YEAR.search(text))
    }
    if not years or not any(_INDICATOR.match(text) for text in rows[0].cells):
        return []
    goals: list[Goal] = []
    for row in rows[1:]:
        words = " ".join(row.cells[i] for i in row.filled if i not in years)
        goals.extend(
            Goal(words, row.cells[index], date(int(year[1]), 12, 31))
            for index, year in years.items()
            if row.cells[index]
        )
        if not any(row.cells[index] for index in years):
            goals.append(Goal(words))
    return goals
