"""Suggest request and competence codes for free text, with the words that speak for them.

A topic is found by its words; what is wanted with the topic ("подтянуть", "олимпиада", "хочет
стать") chooses the request code; a word of the request itself counts when no topic carries it.
A person confirms every suggestion, so the explanation matters as much as the code.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from nastavnik.library.engine.classifier import (
    PUPIL,
    TEACHER,
    TEACHER_CODES,
    Classifier,
    Topic,
    delivered,
)
from nastavnik.library.engine.words import (
    Pattern,
    Token,
    misprint_of,
    occurrences,
    tokens_of,
)

FUZZY_WEIGHT = 0.5
BARE_WEIGHT = 0.45  # a request word without a topic
SUBJECT_GROUPS = frozenset({"subject", "art"})
SKILL_INTENTS = frozenset({"talent", "choice"})
MAX_SUGGESTIONS = 4


@dataclass(frozen=True)
class Suggestion:
    """A proposed code. `topic` may be empty; `score` lies in 0..1; `matched` quotes the text."""

    code: str
    title: str
    topic: str
    topic_title: str
    score: float
    matched: str


@dataclass(frozen=True)
class _Hit:
    topic: Topic
    places: tuple[int, ...]
    weight: float


def suggest_requests(
    text: str,
    *,
    audience: str | None = None,
    classifier: Classifier | None = None,
    limit: int = MAX_SUGGESTIONS,
) -> list[Suggestion]:
    """Return the likeliest requests of a mentee, best first.

    `audience` is "pupil", "teacher" or None: then words of teaching work decide. An empty list means
    that nothing was recognised and a person has to choose.
    """
    known = classifier or delivered()
    tokens = tokens_of(text)
    hits = _topic_hits(known, tokens)
    is_teacher = _is_teacher(audience, hits)
    if audience == PUPIL:
        hits = [hit for hit in hits if hit.topic.group != "work"]
    subject_clauses = {
        tokens[hit.places[0]].clause
        for hit in hits
        if hit.topic.group not in {"modifier", "person"}
    }
    found: dict[tuple[str, str], list[_Hit]] = {}
    intents: dict[tuple[str, str], set[tuple[int, ...]]] = {}
    for hit in hits:
        clause = tokens[hit.places[0]].clause
        if hit.topic.group == "modifier" and clause in subject_clauses:
            continue
        code, reasons = _code_for(known, hit.topic, tokens, clause, subject_clauses)
        code = TEACHER_CODES.get(code, code) if is_teacher else code
        if code not in known.requests:  # a territory has taken this kind out of use
            continue
        key = (code, hit.topic.code)
        found.setdefault(key, []).append(hit)
        intents.setdefault(key, set()).update(reasons)
    spent = {place for reasons in intents.values() for places in reasons for place in places}
    result = []
    for (code, topic), group in found.items():
        weighed = [_lessened(hit, spent) for hit in group]
        quote = _quote(text, tokens, [*(hit.places for hit in group), *intents[code, topic]])
        title, topic_title = known.requests[code].title, known.topics[topic].title
        result.append(Suggestion(code, title, topic, topic_title, _weigh(weighed), quote))
    if not result:
        result = _bare_requests(text, tokens, known, is_teacher=is_teacher)
    return sorted(result, key=lambda s: -s.score)[:limit]


def suggest_competences(
    text: str, *, classifier: Classifier | None = None, limit: int = 8
) -> list[Suggestion]:
    """Return the topics a mentor offers (or is interested in), best first; `code` is the topic code."""
    known = classifier or delivered()
    tokens = tokens_of(text)
    found: dict[str, list[_Hit]] = {}
    for hit in _topic_hits(known, tokens):
        found.setdefault(hit.topic.code, []).append(hit)
    result = []
    for hits in found.values():
        topic = hits[0].topic
        score, matched = _weigh(hits), _quote(text, tokens, [h.places for h in hits])
        result.append(Suggestion(topic.code, topic.title, topic.code, topic.title, score, matched))
    return sorted(result, key=lambda s: -s.score)[:limit]


def _topic_hits(known: Classifier, tokens: Sequence[Token]) -> list[_Hit]:
    """Find every topic in the text, in text order, without hits that a longer phrase explains."""
    hits = [
        _Hit(topic, places, pattern.weight)
        for topic, pattern in known.candidates(tokens)
        for places in occurrences(pattern, tokens)
    ]
    covered = {place for hit in hits for place in hit.places}
    hits += _misprints(known, tokens, covered)
    kept = [hit for hit in hits if not any(set(hit.places) < set(other.places) for other in hits)]
    return sorted(kept, key=lambda hit: hit.places[0])


def _misprints(known: Classifier, tokens: Sequence[Token], covered: set[int]) -> list[_Hit]:
    return [
        _Hit(topic, (index,), FUZZY_WEIGHT)
        for index, token in enumerate(tokens)
        if index not in covered and not token.is_known
        for topic in known.topics.values()
        if any(misprint_of(stem, token) for stem in _single_words(topic.patterns))
    ]


def _single_words(patterns: Iterable[Pattern]) -> Iterable[str]:
    return (text for p in patterns if len(p.words) == 1 for text, _ in p.words[0])


def _is_teacher(audience: str | None, hits: Sequence[_Hit]) -> bool:
    if audience is not None:
        return audience == TEACHER
    return any(hit.topic.group == "work" for hit in hits)


def _code_for(
    known: Classifier,
    topic: Topic,
    tokens: Sequence[Token],
    clause: int,
    subject_clauses: set[int],
) -> tuple[str, list[tuple[int, ...]]]:
    """Choose the request code by the intent in the topic's clause, else in a clause without a subject.

    Also returns the token indexes of the words of the intent.
    """
    if topic.group not in SUBJECT_GROUPS | {"skill"}:
        return topic.request, []
    segment = next(token.segment for token in tokens if token.clause == clause)
    own = {clause}
    free = {t.clause for t in tokens if t.segment == segment} - subject_clauses
    for clauses in (own, free):
        for code, patterns in known.intents:
            if topic.group not in SUBJECT_GROUPS and code not in SKILL_INTENTS:
                continue
            places = [p for pattern in patterns for p in occurrences(pattern, tokens)]
            places = [p for p in places if {tokens[i].clause for i in p} <= clauses]
            if places:
                return code, places
    return topic.request, []


def _lessened(hit: _Hit, spent: set[int]) -> _Hit:
    """Halve a hint whose words already say what is wanted with a subject ("боится диктантов")."""
    if hit.topic.group in {"person", "modifier"} and spent.issuperset(hit.places):
        return _Hit(hit.topic, hit.places, hit.weight / 2)
    return hit


def _bare_requests(
    text: str, tokens: Sequence[Token], known: Classifier, *, is_teacher: bool
) -> list[Suggestion]:
    """Suggest requests by their own words; asked only when no topic was found."""
    result = []
    for kind in known.requests.values():
        places = [p for pattern in kind.patterns for p in occurrences(pattern, tokens)]
        if not places:
            continue
        code = TEACHER_CODES.get(kind.code, kind.code) if is_teacher else kind.code
        if code not in known.requests:
            continue
        quote = _quote(text, tokens, places)
        result.append(Suggestion(code, known.requests[code].title, "", "", BARE_WEIGHT, quote))
    return result


def _weigh(hits: Sequence[_Hit]) -> float:
    """Combine independent hints: 1 − ∏(1 − weight)."""
    doubt = 1.0
    for places in {hit.places for hit in hits}:
        doubt *= 1 - max(hit.weight for hit in hits if hit.places == places)
    return round(1 - doubt, 2)


def _quote(text: str, tokens: Sequence[Token], places: Iterable[tuple[int, ...]]) -> str:
    """Return the words of the text that led to the suggestion, in text order."""
    spans = sorted({(tokens[p[0]].start, tokens[p[-1]].end) for p in places})
    whole = [s for s in spans if not any(o != s and o[0] <= s[0] and s[1] <= o[1] for o in spans)]
    return ", ".join(dict.fromkeys(text[start:end] for start, end in whole))
