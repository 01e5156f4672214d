"""The last proposal as the curator reviews it: names, bars, reasons, what became of each."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nastavnik.library.queries import effective, title_of
from nastavnik.matching.explain import comparison_in_words
from nastavnik.matching.models import MatchRule, MatchRun, RuleKind
from nastavnik.pairs.models import OPEN_STATES, Pair, PairMentee
from nastavnik.people.models import MenteeProfile, MentorProfile, Person
from nastavnik.shared.typography import counted

Entry = Mapping[str, Any]
REQUEST_WORDS = ("запрос", "запроса", "запросов")
PLACE_WORDS = ("место", "места", "мест")
RIVALS_SHOWN = 3


@dataclass(frozen=True)
class Slice:
    """A part of the bar: `x` and `width` in hundredths, `css` p1–p5, and its sentence."""

    x: int
    width: int
    css: str
    text: str


@dataclass(frozen=True)
class Rival:
    """Another mentor who could be chosen, and what would change."""

    mentor: MentorProfile
    fit: int
    reasons: Sequence[Slice]
    difference: str
    is_better: bool
    is_refused: bool


@dataclass(frozen=True)
class Suggestion:
    """A proposed combination and what became of it: `pair` is the mentee's open pair, if any."""

    mentee: MenteeProfile
    mentor: MentorProfile
    asks: str
    form: str
    fit: int
    slices: tuple[Slice, ...]
    rivals: tuple[Rival, ...]
    pair: Pair | None
    rule: MatchRule | None

    @property
    def is_accepted(self) -> bool:
        return self.pair is not None and self.pair.mentor_id == self.mentor.pk

    @property
    def is_locked(self) -> bool:
        return self.rule is not None and self.rule.kind == RuleKind.LOCK

    @property
    def is_forbidden(self) -> bool:
        return self.rule is not None and self.rule.kind == RuleKind.FORBID

    @property
    def is_open(self) -> bool:
        return self.pair is None and not self.is_forbidden


@dataclass(frozen=True)
class LeftOver:
    """Mentees without a proposal who share a reason."""

    reason: str
    people: tuple[Person, ...]


class Review:
    """A run joined with today's people, pairs and wishes; a fixed number of queries."""

    def __init__(self, run: MatchRun) -> None:
        self.run = run
        result = run.result
        ids = {e["mentee"] for e in (*result["chosen"], *result["unmatched"])}
        self._mentees: dict[int, MenteeProfile] = (
            MenteeProfile.objects.select_related("person")
            .prefetch_related("requests")
            .in_bulk(list(ids))
        )
        mentor_ids = {e["mentor"] for options in result["options"].values() for e in options}
        self._mentors: dict[int, MentorProfile] = MentorProfile.objects.select_related(
            "person"
        ).in_bulk(list(mentor_ids))
        self._rules = {
            (rule.mentee_id, rule.mentor_id): rule
            for rule in MatchRule.objects.filter(mentee_id__in=ids)
        }
        members = PairMentee.objects.filter(
            mentee_id__in=ids, left_on__isnull=True, pair__state__in=list(OPEN_STATES)
        )
        self._pairs = {m.mentee_id: m.pair for m in members.select_related("pair")}

    @property
    def entries(self) -> list[Entry]:
        """Proposals about people who are still in the registers."""
        return [
            entry
            for entry in self.run.result["chosen"]
            if entry["mentee"] in self._mentees and entry["mentor"] in self._mentors
        ]

    @property
    def accepted_count(self) -> int:
        return sum(1 for entry in self.entries if entry["mentee"] in self._pairs)

    def waiting_from(self, least_fit: int) -> int:
        """How many proposals with at least `least_fit` points are still open."""
        return sum(1 for e in self.entries if e["fit"] >= least_fit and self._suggestion(e).is_open)

    def suggestions(self, start: int, stop: int) -> list[Suggestion]:
        return [self._suggestion(entry) for entry in self.entries[start:stop]]

    def suggestion_for(self, mentee_id: int) -> Suggestion | None:
        """The proposal for one mentee with all stored choices."""
        entry = next((e for e in self.entries if e["mentee"] == mentee_id), None)
        return self._suggestion(entry, rivals=None) if entry else None

    def choices_for(self, mentee_id: int) -> tuple[MenteeProfile, tuple[Rival, ...]] | None:
        """A mentee left over, with whoever could be chosen by hand."""
        if mentee_id not in self._mentees:
            return None
        return self._mentees[mentee_id], self._rivals(mentee_id, None, None)

    def groups(self) -> list[tuple[MentorProfile, tuple[Person, ...]]]:
        """Mentors who were given two and more mentees that are still free."""
        by_mentor: dict[tuple[int, str], list[Person]] = {}
        for entry in self.entries:
            if entry["mentee"] not in self._pairs:
                key = (entry["mentor"], entry["form"])
                by_mentor.setdefault(key, []).append(self._mentees[entry["mentee"]].person)
        return [
            (self._mentors[mentor], tuple(people))
            for (mentor, _), people in by_mentor.items()
            if len(people) > 1
        ]

    def left_over(self) -> list[LeftOver]:
        """Mentees without a proposal and without a pair, by reason."""
        found: dict[str, list[Person]] = {}
        for entry in self.run.result["unmatched"]:
            mentee = self._mentees.get(entry["mentee"])
            if mentee is not None and mentee.pk not in self._pairs:
                found.setdefault(entry["reason"], []).append(mentee.person)
        return [LeftOver(reason, tuple(people)) for reason, people in found.items()]

    def _suggestion(self, entry: Entry, rivals: int | None = RIVALS_SHOWN) -> Suggestion:
        key = (entry["mentee"], entry["mentor"])
        mentee = self._mentees[key[0]]
        return Suggestion(
            mentee=mentee,
            mentor=self._mentors[key[1]],
            asks=asks_in_words(mentee),
            form=title_of("forms", entry["form"]),
            fit=entry["fit"],
            slices=slices_of(entry["reasons"]),
            rivals=self._rivals(key[0], entry, rivals),
            pair=self._pairs.get(key[0]),
            rule=self._rules.get(key),
        )

    def _rivals(self, mentee_id: int, entry: Entry | None, limit: int | None) -> tuple[Rival, ...]:
        options = self.run.result["options"].get(str(mentee_id), [])
        found = [
            Rival(
                mentor=self._mentors[option["mentor"]],
                fit=option["fit"],
                reasons=slices_of(option["reasons"]),
                difference=comparison_in_words(entry["reasons"], option["reasons"])
                if entry
                else "",
                is_better=bool(entry and option["fit"] > entry["fit"]),
                is_refused=self._is_forbidden(mentee_id, option["mentor"]),
            )
            for option in options
            if option["mentor"] in self._mentors
            and (entry is None or option["mentor"] != entry["mentor"])
        ]
        return tuple(found[:limit])

    def _is_forbidden(self, mentee_id: int, mentor_id: int) -> bool:
        rule = self._rules.get((mentee_id, mentor_id))
        return rule is not None and rule.kind == RuleKind.FORBID


def slices_of(reasons: Sequence[Entry]) -> tuple[Slice, ...]:
    """Parts of the bar from left to right; parts of nothing are left out."""
    found, x = [], 0
    for number, part in enumerate(reasons, 1):
        if part["points"]:
            found.append(Slice(x, part["points"], f"p{number}", part["text"]))
            x += part["points"]
    return tuple(found)


def asks_in_words(mentee: MenteeProfile) -> str:
    """«7А · математика»."""
    topics = [_topic_title(r.topic) or r.text for r in mentee.requests.all()]
    return " · ".join(
        part for part in (mentee.person.about, ", ".join(filter(None, topics))) if part
    )


def shortage(run: MatchRun) -> list[str]:
    """«Математика: 7 запросов, 4 места» for each topic of those left over that lacks places."""
    left = {entry["mentee"] for entry in run.result["unmatched"]}
    wanted: Counter[str] = Counter()
    lacking = set()
    for mentee in run.problem["mentees"]:
        topics = {need["topic"] for need in mentee["needs"] if need["topic"]}
        wanted.update(topics)
        if mentee["id"] in left:
            lacking |= topics
    places: Counter[str] = Counter()
    for mentor in run.problem["mentors"]:
        for topic in mentor["competences"]:
            places[topic] += mentor["places"]
    return [
        f"{_topic_title(topic)}: {counted(wanted[topic], *REQUEST_WORDS)}, "
        f"{counted(places[topic], *PLACE_WORDS)}."
        for topic in sorted(lacking, key=lambda t: (places[t] - wanted[t], t))
        if wanted[topic] > places[topic]
    ]


def _topic_title(code: str) -> str:
    found = effective("topics").get(code)
    return found.title if found else ""
