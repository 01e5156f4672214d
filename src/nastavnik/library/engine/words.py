"""Russian words: tokens with their dictionary forms, and patterns that match them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

WORD = re.compile(r"[^\W_]+")
CLAUSE_END = re.compile(r"[,()—–:/]| - |\bно\b|\bтакже\b", re.IGNORECASE)
SEGMENT_END = re.compile(r"[;\n!?]|\.(?=\s+[А-ЯЁA-Z]|\s*$)")  # a full stop also ends abbreviations
MAX_GAP = 1  # words that may stand between two words of a phrase
MIN_FUZZY = 6  # letters; shorter words have too many neighbours to guess a misprint
START = 2  # letters by which patterns are indexed
MIN_LIKELY = 0.1  # readings of a word less probable than this are ignored


EMPTY_PARTS = frozenset({"PREP", "CONJ", "PRCL", "NPRO", "INTJ"})
NAME_TAGS = frozenset({"Name", "Surn", "Patr"})
GENERIC = frozenset(  # said of any help whatever, so they tell no texts apart
    [
        "помогать",
        "помочь",
        "помощь",
        "учить",
        "научить",
        "научиться",
        "хотеть",
        "готовить",
        "готовиться",
        "подготовка",
        "подготовиться",
        "вести",
        "нужный",
        "знать",
        "заниматься",
        "подтянуть",
        "преподавать",
        "объяснять",
        "трудный",
        "трудно",
        "интересоваться",
        "любить",
        "мечтать",
        "опыт",
        "опытный",
        "мочь",
        "стать",
        "свой",
        "класс",
        "школа",
        "школьный",
        "ученик",
        "ребенок",
        "новый",
        "работа",
        "работать",
        "играть",
        "игра",
    ]
)


@dataclass(frozen=True)
class Token:
    """One word of the text: `start` and `end` index the original text, `clause` and `segment` count up."""

    raw: str
    lemmas: frozenset[str]
    start: int
    end: int
    clause: int
    segment: int
    is_known: bool


@dataclass(frozen=True)
class Pattern:
    """A phrase of alternatives per word; a stem matches any word that begins with it."""

    words: tuple[tuple[tuple[str, bool], ...], ...]
    weight: float


def fold(text: str) -> str:
    return text.casefold().replace("ё", "е")


@lru_cache(maxsize=1)
def _analyser() -> Any:
    import pymorphy3  # noqa: PLC0415 -- slow import

    return pymorphy3.MorphAnalyzer()


@lru_cache(maxsize=50_000)
def lemmas_of(word: str) -> tuple[frozenset[str], bool]:
    """Return the likely dictionary forms of a folded word and whether the word is in the dictionary."""
    analyser = _analyser()
    parses = analyser.parse(word)
    likely = [p for p in parses if p.score >= MIN_LIKELY] or parses[:1]
    return frozenset(fold(p.normal_form) for p in likely), bool(analyser.word_is_known(word))


@lru_cache(maxsize=50_000)
def content_lemma(word: str) -> str:
    """The dictionary form of a folded word, or nothing for numbers, names of people and empty words."""
    if word.isdecimal():
        return ""
    parse = _analyser().parse(word)[0]
    lemma = fold(parse.normal_form)
    if parse.tag.POS in EMPTY_PARTS or NAME_TAGS & set(parse.tag.grammemes) or lemma in GENERIC:
        return ""
    return lemma


def content_lemmas(text: str) -> tuple[str, ...]:
    """The words of content of a text in their dictionary forms, in text order."""
    words = (fold(match.group()) for match in WORD.finditer(text))
    return tuple(lemma for word in words if (lemma := content_lemma(word)))


def tokens_of(text: str) -> list[Token]:
    """Split a text into words; clauses end at commas and dashes, segments at stronger marks."""
    clause_ends = [m.start() for m in CLAUSE_END.finditer(text)]
    segment_ends = [m.start() for m in SEGMENT_END.finditer(text)]
    tokens = []
    for match in WORD.finditer(text):
        raw = fold(match.group())
        lemmas, is_known = lemmas_of(raw)
        segment = sum(end < match.start() for end in segment_ends)
        clause = sum(end < match.start() for end in clause_ends) + segment
        tokens.append(Token(raw, lemmas, match.start(), match.end(), clause, segment, is_known))
    return tokens


def pattern_of(source: str, *, weak: bool = False) -> Pattern:
    """Read `"пропуск* урок*"`: a star ends a stem, a bar separates alternatives."""
    words = tuple(
        tuple((part.rstrip("*"), part.endswith("*")) for part in word.split("|"))
        for word in fold(source).split()
    )
    return Pattern(words, 0.35 if weak else 0.9 if len(words) > 1 else 0.7)


def patterns_of(sources: Iterable[str], *, weak: bool = False) -> tuple[Pattern, ...]:
    return tuple(pattern_of(source, weak=weak) for source in sources)


def _fits(alternatives: tuple[tuple[str, bool], ...], token: Token) -> bool:
    for text, is_stem in alternatives:
        if is_stem:
            if token.raw.startswith(text) or any(lemma.startswith(text) for lemma in token.lemmas):
                return True
        elif token.raw == text or text in token.lemmas:
            return True
    return False


def starts_of(pattern: Pattern) -> set[str]:
    """Return the beginnings by which a word can be the first of the phrase."""
    return {text[:START] for text, _ in pattern.words[0]}


def occurrences(pattern: Pattern, tokens: Sequence[Token]) -> list[tuple[int, ...]]:
    """Return the token indexes of every place where the phrase stands inside one segment."""
    found = []
    for first, token in enumerate(tokens):
        if not _fits(pattern.words[0], token):
            continue
        chosen = [first]
        for alternatives in pattern.words[1:]:
            window = range(chosen[-1] + 1, min(chosen[-1] + 2 + MAX_GAP, len(tokens)))
            place = next((i for i in window if _fits(alternatives, tokens[i])), None)
            if place is None or tokens[place].segment != token.segment:
                break
            chosen.append(place)
        else:
            found.append(tuple(chosen))
    return found


def misprint_of(stem: str, token: Token) -> bool:
    """Tell whether an unknown word begins with the stem but for one letter."""
    if token.is_known or len(token.raw) < MIN_FUZZY or len(stem) < MIN_FUZZY - 1:
        return False
    return any(_one_edit(stem, token.raw[: len(stem) + delta]) for delta in (-1, 0, 1))


def _one_edit(left: str, right: str) -> bool:
    """Tell whether one insertion, deletion, replacement or swap of neighbours turns left into right."""
    if left == right:
        return True
    short, long = sorted((left, right), key=len)
    if len(long) - len(short) > 1:
        return False
    start = next(
        (i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short)
    )
    if len(short) != len(long):
        return short[start:] == long[start + 1 :]
    swapped = short[start + 1 : start + 2] + short[start : start + 1]
    return short[start + 1 :] == long[start + 1 :] or swapped + short[start + 2 :] == long[start:]
