"""A goal of a roadmap's header as a target: value, unit, day, indicator; and back into words.

Only what the words say is taken: a value that no number names stays empty, an indicator is named
only when its own words are there («в роли наставляемого», not «вовлечены в наставничество»).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from nastavnik.roadmaps.engine.tables.model import Goal

SHARE = "%"
LONGEST = 2000
_NUMBER = re.compile(r"\d{1,6}(?:[.,]\d{1,2})?")
_IS_SHARE = re.compile(r"%|процент", re.IGNORECASE)
_ABOUT_SHARE = re.compile(r"^\W*(?:доля|уровень|удельн\w+ вес)\b|,\s*%", re.IGNORECASE)
_LABEL = re.compile(r"^\W*цел[ьи]\s*(?:дорожн\w+ карт\w+\s*)?[:–—-]\s*", re.IGNORECASE)
_PLACES = r"(?:организаци|учрежден|школ)"
_PUPILS = r"(?:обучающ|учащ|ученик|школьник|дет)"
_INDICATORS = (
    ("i7", r"удовлетвор\w+ (?:\w+ ){0,2}наставляем"),
    ("i8", r"удовлетвор\w+ (?:\w+ ){0,2}наставник"),
    ("i6", rf"доля .*{_PLACES}.*наставник\w*.{{0,5}}студент"),
    ("i5", rf"доля .*{_PLACES}.*наставник.*предприят"),
    ("i3", r"молод\w+ (?:специалист|педагог|учител).*(?:в роли |качестве )?наставляем"),
    ("i4", rf"доля .*{_PLACES}.*реализу\w+ .*наставничеств"),
    ("i2", rf"{_PUPILS}.*(?:в роли|в качестве) наставник"),
    ("i1", rf"{_PUPILS}.*(?:в роли|в качестве) наставляем"),
)


@dataclass(frozen=True, slots=True)
class Target:
    """One target as plain values; `indicator` is a code of the model or empty."""

    words: str
    value: Decimal | None = None
    unit: str = ""
    due_on: date | None = None
    indicator: str = ""


def target_of(goal: Goal) -> Target:
    """What a recognised goal promises."""
    words = " ".join(_LABEL.sub("", goal.text).split())[:LONGEST]
    found = _NUMBER.search(goal.value)
    value = Decimal(found[0].replace(",", ".")) if found else None
    is_share = _IS_SHARE.search(goal.value) or _ABOUT_SHARE.search(words)
    unit = SHARE if value is not None and is_share and value <= 100 else ""
    return Target(words[:1].upper() + words[1:], value, unit, goal.due, indicator_of(words))


def indicator_of(words: str) -> str:
    """The indicator that the words name themselves; empty for any other."""
    plain = words.casefold()
    return next((code for code, pattern in _INDICATORS if re.search(pattern, plain)), "")


def number_words(value: Decimal | None) -> str:
    """«10», «2,5»"""
    return f"{value.normalize():f}".replace(".", ",") if value is not None else ""


def value_words(value: Decimal | None, unit: str) -> str:
    """«10 %», «2,5 %», «12 человек»"""
    if value is None:
        return ""
    number = number_words(value)
    return f"{number}\u00a0{unit}" if unit else number


def due_words(due_on: date | None) -> str:
    """«к концу 2026 года», otherwise «к 31.05.2027»"""
    if due_on is None:
        return ""
    if (due_on.month, due_on.day) == (12, 31):
        return f"к концу {due_on.year} года"
    return f"к {due_on:%d.%m.%Y}"


def promise(target: Target) -> str:
    """«10 % к концу 2026 года»"""
    return " ".join(
        filter(None, (value_words(target.value, target.unit), due_words(target.due_on)))
    )


def sentences(targets: Iterable[Target]) -> list[str]:
    """Targets as they are printed: equal words once, with each of their values.

    What the words say themselves is not said again.
    """
    kept: dict[str, list[str]] = {}
    for target in targets:
        said = kept.setdefault(target.words.rstrip(" .;:"), [])
        left = promise(target)
        if left and not _says(target):
            said.append(left)
    return [f"{words}: {', '.join(said)}" if said else words for words, said in kept.items()]


def _says(target: Target) -> bool:
    """Whether the words name the value and the year already."""
    words = target.words
    if target.due_on is not None and str(target.due_on.year) not in words:
        return False
    if target.value is None:
        return True
    number = f"{target.value.normalize():f}".replace(".", "[.,]")
    unit = r",?\s*(?:%|процент)" if target.unit == SHARE else rf"\s*{re.escape(target.unit)}"
    return re.search(rf"(?<![\d.,]){number}(?:[.,]0+)?{unit}", words) is not None
