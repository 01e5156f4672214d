"""Which column holds which field: by its header, at worst by what stands in it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from .model import CellValue, plain_text
from .synonyms import SYNONYMS
from .words import near, tokens

ACCEPT = 0.5
MAX_WORDS = 16
# «Наставник (ФИО, должность)» says two things at once; the name is the one not to lose.
_NAME_FIELDS = {"full_name", "mentor_name", "mentee_names", "contact"}
_SERIAL = ("номер", "nn", "no", "n", "пп", "п")
_NAME = re.compile(r"[А-ЯЁ][А-ЯЁа-яё-]+(\s+[А-ЯЁ][А-ЯЁа-яё.-]*){1,3}\s*")
_BY_CONTENT_CONFIDENCE = 0.4
# A header that speaks of somebody else may only name the fields about that person.
_OTHER = {
    "mentees": (
        (re.compile(r"наставник(а|ов|и|у|ом|ами)?$"), {"mentor_name", "mentor_place", "order"}),
        (re.compile(r"родител|представител|мать$|матер|мам|отец|отца|пап|опекун"), {"contact", "contact_phone"}),
    ),
    "mentors": (
        (re.compile(r"наставляем|учени|подопечн|обучающ"), {"mentee_names", "mentee_place", "wanted_age", "order"}),
    ),
    "staff": ((re.compile(r"наставляем|родител"), set()),),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the chosen table: where it stands, what it says, what we took it for."""

    index: int
    header: str
    field: str | None
    confidence: float
    samples: tuple[str, ...] = ()


@lru_cache(maxsize=8)
def _phrases(kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (field, tokens(phrase)) for field, phrases in SYNONYMS[kind].items() for phrase in phrases
    )


@lru_cache(maxsize=8)
def _vocabulary(kind: str) -> dict[str, frozenset[str]]:
    words = {word for _, phrase in _phrases(kind) for word in phrase}
    starts = {word[:3] for word in words}
    return {start: frozenset(w for w in words if w[:3] == start) for start in starts}


@lru_cache(maxsize=8192)
def _near(word: str, kind: str) -> frozenset[str]:
    return near(word, _vocabulary(kind))


def about_other(header: str, kind: str) -> bool:
    """Whether the header speaks of the other side of the pair or of a parent."""
    return any(pattern.match(word) for word in tokens(header) for pattern, _ in _OTHER[kind])


def _allowed(words: tuple[str, ...], field: str, kind: str) -> bool:
    return all(
        field in fields
        for pattern, fields in _OTHER[kind]
        if any(pattern.match(word) for word in words)
    )


@lru_cache(maxsize=4096)
def guesses(header: str, kind: str) -> tuple[tuple[float, str], ...]:
    """Fields that the header may mean, the best first, with a confidence of 0..1."""
    words = tokens(header)
    if len(words) > MAX_WORDS or not words or words[0] in _SERIAL:
        return ()
    meant = [_near(word, kind) for word in words]
    said = frozenset[str]().union(*meant)
    best: dict[str, float] = {}
    for field, phrase in _phrases(kind) if said else ():
        found = sum(word in said for word in phrase)
        if not found or not _allowed(words, field, kind):
            continue
        # Every word of the phrase must be there; extra words of the header cost less.
        recall = found / len(phrase)
        precision = sum(not near_words.isdisjoint(phrase) for near_words in meant) / len(words)
        best[field] = max(best.get(field, 0.0), recall * recall * (0.45 + 0.55 * precision))
    ranked = sorted(
        ((score, field) for field, score in best.items() if score >= ACCEPT), reverse=True
    )
    return tuple(ranked)


def recognise(headers: list[str], kind: str) -> dict[int, tuple[str, float]]:
    """Column index -> (field, confidence); every field is given to its surest column once."""
    offers = [
        (score, field in _NAME_FIELDS, -index, field)
        for index, header in enumerate(headers)
        for score, field in guesses(header, kind)
    ]
    taken: dict[int, tuple[str, float]] = {}
    used: set[str] = set()
    for score, _, negative, field in sorted(offers, reverse=True):
        if -negative not in taken and field not in used:
            taken[-negative] = (field, round(score, 2))
            used.add(field)
    return taken


def map_columns(
    headers: list[str],
    body: list[list[CellValue]],
    kind: str,
    mapping: dict[int, str] | None = None,
) -> list[Column]:
    """Columns with fields, confidence and samples; `mapping` of the person always wins."""
    found = recognise(headers, kind)
    samples = [_samples(body, index) for index in range(len(headers))]
    _find_names(found, samples)
    for index, field in (mapping or {}).items():
        found = {i: pair for i, pair in found.items() if pair[0] != field or i == index}
        found.pop(index, None)
        if field in SYNONYMS[kind] and 0 <= index < len(headers):
            found[index] = (field, 1.0)
    columns = []
    for index, header in enumerate(headers):
        field_found, confidence = found.get(index, (None, 0.0))
        if header or samples[index]:
            columns.append(Column(index, header, field_found, confidence, samples[index]))
    return columns


def _find_names(found: dict[int, tuple[str, float]], samples: list[tuple[str, ...]]) -> None:
    """Without a header for names take the first unclaimed column that looks like names."""
    fields = {field for field, _ in found.values()}
    if "full_name" in fields or "surname" in fields:
        return
    for index, values in enumerate(samples):
        if index not in found and len(values) >= 2 and all(map(_NAME.fullmatch, values)):
            found[index] = ("full_name", _BY_CONTENT_CONFIDENCE)
            return


def _samples(body: list[list[CellValue]], index: int) -> tuple[str, ...]:
    values: list[str] = []
    for row in body[:60]:
        if index < len(row) and row[index] is not None:
            text = " ".join(plain_text(row[index]).split())[:60]
            if text not in values:
                values.append(text)
        if len(values) == 3:
            break
    return tuple(values)
