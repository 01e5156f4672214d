"""The request and competence classifiers in the form the suggestions work with."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from nastavnik.library.engine.seed import seed
from nastavnik.library.engine.words import START, Pattern, Token, patterns_of, starts_of

PUPIL, TEACHER = "pupil", "teacher"
#: What a request of a learner is called when an employee has it.
TEACHER_CODES = {
    "study": "teacher-growth",
    "meta-skills": "teacher-growth",
    "awareness": "teacher-growth",
    "choice": "teacher-growth",
    "adaptation": "teacher-adaptation",
    "communication": "teacher-adaptation",
    "self-realisation": "teacher-self-realisation",
    "talent": "teacher-self-realisation",
    "values": "teacher-self-realisation",
    "resilience": "teacher-self-realisation",
    "civic": "teacher-self-realisation",
}


@dataclass(frozen=True)
class Topic:
    """What exactly is asked for or offered; `group` is subject, art, skill, person, work or modifier."""

    code: str
    title: str
    group: str
    request: str
    patterns: tuple[Pattern, ...]
    related: tuple[str, ...]


@dataclass(frozen=True)
class RequestKind:
    """One code of the request classifier; `competences` answer it when no topic is named."""

    code: str
    title: str
    audience: str
    patterns: tuple[Pattern, ...]
    competences: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Classifier:
    """All that is known of requests and topics; equal data gives equal suggestions."""

    topics: Mapping[str, Topic]
    requests: Mapping[str, RequestKind]
    intents: tuple[tuple[str, tuple[Pattern, ...]], ...]

    @cached_property
    def _by_start(self) -> dict[str, list[tuple[Topic, Pattern]]]:
        index: dict[str, list[tuple[Topic, Pattern]]] = {}
        for topic in self.topics.values():
            for pattern in topic.patterns:
                for start in starts_of(pattern):
                    index.setdefault(start, []).append((topic, pattern))
        return index

    def candidates(self, tokens: Iterable[Token]) -> list[tuple[Topic, Pattern]]:
        """Return the topic patterns whose first word may be among the tokens."""
        starts = {
            start
            for token in tokens
            for word in (token.raw, *token.lemmas)
            for start in (word[:START],)
        }
        return [pair for start in sorted(starts) for pair in self._by_start.get(start, ())]


def build(
    *,
    topics: Iterable[Mapping[str, Any]],
    requests: Iterable[Mapping[str, Any]],
    intents: Iterable[Mapping[str, Any]],
) -> Classifier:
    """Compile dictionary entries (mappings with the keys of the seed files)."""
    return Classifier(
        {entry["code"]: _topic(entry) for entry in topics},
        {entry["code"]: _request(entry) for entry in requests},
        tuple((entry["code"], patterns_of(entry["patterns"])) for entry in intents),
    )


def _topic(entry: Mapping[str, Any]) -> Topic:
    return Topic(
        entry["code"],
        entry["title"],
        entry["group"],
        entry["request"],
        patterns_of(entry.get("patterns", ())) + patterns_of(entry.get("weak", ()), weak=True),
        tuple(entry.get("related", ())),
    )


def _request(entry: Mapping[str, Any]) -> RequestKind:
    return RequestKind(
        entry["code"],
        entry["title"],
        entry["audience"],
        patterns_of(entry.get("patterns", ())),
        tuple(entry.get("competences", ())),
    )


@lru_cache(maxsize=1)
def delivered() -> Classifier:
    """Return the classifier of the seed files."""
    return build(topics=seed("topics"), requests=seed("requests"), intents=seed("intents"))
