"""Posts and organisations in all cases.

Only the head declines: the first noun in the nominative with the adjectives that agree with it.
What follows (a genitive, a preposition, a quoted name, a number) stays as written.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from nastavnik.documents.engine.grammar.cases import Case, Forms
from nastavnik.documents.engine.grammar.word_forms import (
    WordReading,
    is_abbreviation,
    readings,
    word_in_case,
)

TOKEN = re.compile(r"\s+|[,;]|[^\s,;]+")
SEPARATORS = frozenset({",", "и", "–", "—"})
STANDING_WORDS = re.compile(r"(?:врио|и\.\s?о\.|и\.о|вр\.|зам\.|\S+\.)$", re.IGNORECASE)
INSTITUTION_WORDS = frozenset(
    [
        "школа",
        "лицей",
        "гимназия",
        "колледж",
        "техникум",
        "училище",
        "сад",
        "ясли",
        "центр",
        "дом",
        "дворец",
        "интернат",
        "прогимназия",
        "институт",
        "университет",
        "академия",
        "корпус",
        "станция",
        "студия",
        "учреждение",
        "организация",
    ]
)


@dataclass(frozen=True)
class Group:
    """A head noun with its adjectives: positions of the tokens and how each is read."""

    words: tuple[tuple[int, WordReading], ...]
    animate: bool
    end: int

    @property
    def head(self) -> WordReading:
        return self.words[-1][1]


def decline_phrase(text: str) -> Forms:
    """Decline a post or the name of an organisation.

    Spaces are made single. A text without a recognised head (an abbreviation, a quoted name, an
    unknown word) is returned unchanged in every case.
    """
    return dict(_decline_phrase(" ".join(text.split())))


@lru_cache(maxsize=5_000)
def _decline_phrase(text: str) -> tuple[tuple[Case, str], ...]:
    tokens = TOKEN.findall(text)
    groups = _groups(tokens, shouting=text.isupper())
    return tuple((case, _assemble(tokens, groups, case)) for case in Case)


def _assemble(tokens: list[str], groups: list[Group], case: Case) -> str:
    written = list(tokens)
    for group in groups:
        for index, reading in group.words:
            written[index] = word_in_case(
                tokens[index], reading, case, head=group.head, animate=group.animate
            )
    return "".join(written)


def _groups(tokens: list[str], *, shouting: bool) -> list[Group]:
    """Find the head and what is declined together with it."""
    start, after_abbreviation = _skip_abbreviations(tokens, shouting=shouting)
    first = _group_at(tokens, start)
    if first is None or (after_abbreviation and not _names_institution(first)):
        return []
    found = [first]
    while following := _next_group(tokens, found[-1]):
        found.append(following)
    return found


def _skip_abbreviations(tokens: list[str], *, shouting: bool) -> tuple[int, bool]:
    index = 0
    while index < len(tokens) and (
        tokens[index].isspace() or is_abbreviation(tokens[index], shouting=shouting)
    ):
        index += 1
    return index, index > 0


def _next_group(tokens: list[str], previous: Group) -> Group | None:
    """Find a second post ("директор, учитель истории") or a generic name in apposition.

    A post must be a person in the singular; an apposition must name a kind of institution and
    follow at once ("учреждение детский сад").
    """
    if not previous.animate:
        group = _group_at(tokens, previous.end)
        return group if group and _names_institution(group) else None
    for index in range(previous.end, len(tokens)):
        group = _group_at(tokens, index + 1) if tokens[index] in SEPARATORS else None
        if group and group.animate and group.head.number == "sing":
            return group
    return None


def _skip_spaces(tokens: list[str], index: int) -> int:
    while index < len(tokens) and tokens[index].isspace():
        index += 1
    return index


def _names_institution(group: Group) -> bool:
    return bool(INSTITUTION_WORDS & set(group.head.lemma.split("-")))


def _group_at(tokens: list[str], start: int) -> Group | None:
    """Read adjectives and the noun they agree with; a participle alone may be the head."""
    adjectives: list[tuple[int, WordReading]] = []
    for index in range(start, len(tokens)):
        token = tokens[index]
        if token.isspace():
            continue
        if STANDING_WORDS.match(token):
            break
        reads = readings(token)
        noun = _agreeing(reads, adjectives, noun=True)
        adjective = _agreeing(reads, adjectives, noun=False)
        if adjective and (noun is None or not _noun_is_head(tokens, index)):
            adjectives.append((index, adjective))
        elif noun:
            return Group((*adjectives, (index, noun)), animate=noun.animate, end=index + 1)
        elif adjectives or not any(reading.is_adverb for reading in reads):
            break
    if not adjectives:
        return None
    return Group(tuple(adjectives), animate=True, end=adjectives[-1][0] + 1)


def _noun_is_head(tokens: list[str], index: int) -> bool:
    """Tell whether a word that may be noun or adjective has no noun of its own after it."""
    following = _skip_spaces(tokens, index + 1)
    if following >= len(tokens):
        return True
    own = [reading for reading in readings(tokens[index]) if reading.is_adjective]
    return not any(
        _agreeing(readings(tokens[following]), [(index, reading)], noun=wanted)
        for reading in own
        for wanted in (True, False)
    )


def _agreeing(
    reads: tuple[WordReading, ...], adjectives: list[tuple[int, WordReading]], *, noun: bool
) -> WordReading | None:
    """Choose the reading that agrees with the adjectives before it; singular is preferred."""
    suitable = [
        reading
        for reading in reads
        if (reading.is_noun if noun else reading.is_adjective)
        and all(reading.agrees_with(adjective) for _, adjective in adjectives)
    ]
    return min(suitable, key=lambda reading: reading.number != "sing", default=None)
