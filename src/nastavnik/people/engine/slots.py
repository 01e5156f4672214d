"""Free hours of the week: «ср 15:00–17:00; пт после обеда» read kindly and told back in words.

A slot is one full hour: "2-15" is Wednesday from 15:00 to 16:00 (Monday is 0). Slots of a person are
kept as one line of codes in their order.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

FIRST_HOUR, LAST_HOUR = 8, 21
DAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
#: Parts of the day as a form offers them: (title, from, till).
PARTS = (("утро", 8, 12), ("день", 12, 15), ("после 15", 15, 18), ("вечер", 18, 21))

_CLOCK = r"(\d{1,2})(?:\s*[:.]\s*(\d{2}))?\s*(?:ч(?:ас\w*)?\b\.?)?"
_DASH = r"\s*(?:-|–|—|−|до|по)\s*"
_DAY = (
    r"(?:понед\w*|вторн\w*|сред[уыеа]\w*|четв\w*|пятн\w*|суб\w*|воскр\w*|пн|вт|ср|чт|пт|сб|вс)\b\.?"
)
_TOKENS = re.compile(
    "|".join(
        (
            rf"(?P<days>{_DAY}{_DASH}{_DAY})",
            rf"(?P<day>{_DAY})",
            r"(?P<work>будн\w*|рабоч\w*\s+дн\w*)",
            r"(?P<rest>выходн\w*)",
            r"(?P<every>ежедневно|кажд\w*\s+день|люб\w*\s+д(?:ень|ни)|все\s+дни)",
            r"(?P<whole>(?:весь|целый)\s+день|(?:в\s+)?любое\s+время|в\s+течение\s+дня)",
            r"(?P<morning>утр\w*|до\s+обеда|(?:в\s+)?перв\w*\s+половин\w*\s+дня)",
            r"(?P<lunch>в\s+обед\b)",
            r"(?P<afternoon>после\s+обеда|(?:во\s+)?втор\w*\s+половин\w*\s+дня)",
            r"(?P<lessons>после\s+(?:уроков|занятий|школы|пар)\b)",
            r"(?P<noon>дн[её]м\b)",
            r"(?P<evening>вечер\w*)",
            rf"(?P<range>(?:с\s*)?{_CLOCK}{_DASH}{_CLOCK})",
            rf"(?P<since>(?:после|с|со|от)\s*{_CLOCK})",
            rf"(?P<till>до\s*{_CLOCK})",
            rf"(?P<at>(?:(?:в|к)\s*)?{_CLOCK})",
            r"(?P<end>[;\n])",
            r"(?P<word>[^\W\d_]+)",
            r"(?P<other>.)",
        )
    ),
    re.IGNORECASE | re.DOTALL,
)
_NAMED = {
    "whole": (FIRST_HOUR, LAST_HOUR),
    "morning": (8, 12),
    "lunch": (12, 14),
    "afternoon": (13, 18),
    "lessons": (15, 18),
    "noon": (12, 15),
    "evening": (18, LAST_HOUR),
}
_SETS = {"work": range(5), "rest": (5, 6), "every": range(7)}
_STEMS = ("по", "вт", "ср", "че", "пя", "су", "во")
_FILLERS = frozenset(
    [
        "и",
        "в",
        "во",
        "с",
        "со",
        "на",
        "по",
        "или",
        "также",
        "также",
        "только",
        "время",
        "свободен",
        "свободна",
        "свободны",
        "могу",
        "можно",
        "день",
        "дни",
        "удобно",
        "лучше",
        "часов",
        "часы",
        "час",
        "ч",
        "г",
        "дня",
    ]
)
_LATE_FROM = 7
"""«ср 3–5»: nobody means the night; hours below this are of the afternoon."""


@dataclass(frozen=True)
class Reading:
    """What a text says: slots in their order, and what had to be assumed or was not understood."""

    slots: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def slot(day: int, hour: int) -> str:
    return f"{day}-{hour:02d}"


def known_slots() -> frozenset[str]:
    return frozenset(slot(d, h) for d in range(7) for h in range(FIRST_HOUR, LAST_HOUR))


def ordered(slots: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(slots) & known_slots()))


def read_slots(text: str) -> Reading:
    """The free hours that a text names; never a guess without a word about it."""
    found: set[str] = set()
    doubts: list[str] = []
    unknown: list[str] = []
    for days, hours, words in _clauses(text, doubts, unknown):
        is_misread = any(said in words for said in unknown)
        if not hours and (not days or is_misread):
            continue
        if not days:
            doubts.append(f"не назван день («{words}»): взяты будни")
        if not hours:
            doubts.append(f"не названо время («{words}»): взят весь день")
        for day in days or range(5):
            for begin, end in hours or [(FIRST_HOUR, LAST_HOUR)]:
                found |= {slot(day, hour) for hour in range(begin, end)}
    return Reading(ordered(found), tuple(dict.fromkeys(doubts)), tuple(dict.fromkeys(unknown)))


Hours = list[tuple[int, int]]


def _clauses(
    text: str, doubts: list[str], unknown: list[str]
) -> Iterator[tuple[list[int], Hours, str]]:
    """Days with their hours: a day after hours, or a semicolon, begins the next clause."""
    days: list[int] = []
    hours: Hours = []
    words: list[str] = []
    for match in _TOKENS.finditer(text.replace("ё", "е")):
        kind, said = str(match.lastgroup), match.group().strip()
        named = _days_of(kind, said)
        if kind == "end" or (named and hours):
            yield days, hours, " ".join(words)
            days, hours, words = [], [], []
        if named:
            days = [*days, *named]
        elif kind in _NAMED:
            hours.append(_NAMED[kind])
        elif kind in {"range", "since", "till", "at"}:
            hours += _hours_of(kind, match, doubts, unknown)
        elif kind == "word" and said.casefold() not in _FILLERS:
            unknown.append(said)
        if kind not in {"end", "other"}:
            words.append(said)
    yield days, hours, " ".join(words)


def _days_of(kind: str, said: str) -> list[int]:
    if kind == "days":
        first, last = (_day(part) for part in re.findall(_DAY, said, re.IGNORECASE))
        through = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
        return list(through)
    if kind == "day":
        return [_day(said)]
    return list(_SETS.get(kind, ()))


def _day(word: str) -> int:
    key = word.strip(" .").casefold()
    return DAYS.index(key) if key in DAYS else _STEMS.index(key[:2])


def _hours_of(kind: str, match: re.Match[str], doubts: list[str], unknown: list[str]) -> Hours:
    said = match.group().strip()
    numbers = re.findall(r"(\d{1,2})(?:\s*[:.]\s*(\d{2}))?", said)
    times = [int(hour) * 60 + int(minute or 0) for hour, minute in numbers]
    if kind == "at" and re.match(r"\d{1,2}\s*ч", said) and times[0] < FIRST_HOUR * 60:
        unknown.append(said)  # «2 часа» tells how long, not when
        return []
    if max(times) > 24 * 60:
        unknown.append(said)
        return []
    if all(time < _LATE_FROM * 60 for time in times):
        times = [time + 12 * 60 for time in times]
        doubts.append(f"«{said}» — приняли за время после полудня")
    begin, end = _bounds(kind, times)
    found = _whole_hours(begin, end)
    if not found:
        unknown.append(said)
    return found


def _bounds(kind: str, times: list[int]) -> tuple[int, int]:
    """Minutes of the day."""
    if kind == "range":
        begin, end = times[0], times[1]
        return begin, end + 12 * 60 if end <= begin and end < 12 * 60 else end
    if kind == "since":
        return times[0], LAST_HOUR * 60
    if kind == "till":
        return FIRST_HOUR * 60, times[0]
    return times[0], times[0] + 60


def _whole_hours(begin: int, end: int) -> Hours:
    """Full hours inside; a meeting of less than an hour takes the hour in which it begins."""
    first, last = -(-begin // 60), end // 60
    if first >= last and begin < end:
        first, last = begin // 60, begin // 60 + 1
    first, last = max(first, FIRST_HOUR), min(last, LAST_HOUR)
    return [(first, last)] if first < last else []


def slots_in_words(slots: Iterable[str]) -> str:
    """«пн–ср 15:00–17:00; пт весь день»; days with the same hours are told together."""
    by_day: dict[int, list[int]] = {}
    for code in ordered(slots):
        number, hour = code.split("-")
        by_day.setdefault(int(number), []).append(int(hour))
    alike: dict[str, list[int]] = {}
    for day, hours in by_day.items():
        alike.setdefault(", ".join(_spans(hours)), []).append(day)
    return "; ".join(f"{_days_in_words(days)} {hours}" for hours, days in alike.items())


def _spans(hours: list[int]) -> Iterator[str]:
    begin = hours[0]
    for hour, following in zip(hours, [*hours[1:], None], strict=True):
        if following == hour + 1:
            continue
        whole = (begin, hour + 1) == (FIRST_HOUR, LAST_HOUR)
        yield "весь день" if whole else f"{begin}:00–{hour + 1}:00"
        begin = following or 0


def _days_in_words(days: list[int]) -> str:
    """«пн–ср, пт»: three and more in a row are a range."""
    told: list[str] = []
    run: list[int] = []
    for day in [*days, -1]:
        if run and day != run[-1] + 1:
            names = [DAYS[one] for one in run]
            told += [f"{names[0]}–{names[-1]}"] if len(run) > 2 else names
            run = []
        run.append(day)
    return ", ".join(told)


def ticks_of(slots: Collection[str]) -> tuple[tuple[str, ...], str]:
    """What a form shows: full parts of the day as ticks ("2.15"), the rest in words."""
    held = set(slots)
    ticks = tuple(
        f"{day}.{begin}"
        for day in range(7)
        for _, begin, end in PARTS
        if held >= {slot(day, hour) for hour in range(begin, end)}
    )
    return ticks, slots_in_words(held - slots_of_ticks(ticks))


def slots_of_ticks(ticks: Iterable[str]) -> frozenset[str]:
    known = {
        f"{day}.{begin}": [slot(day, hour) for hour in range(begin, end)]
        for day in range(7)
        for _, begin, end in PARTS
    }
    return frozenset(code for tick in ticks for code in known.get(tick, ()))
