"""The proposal under review as the curator sees it: names, bars, reasons, what became of each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nastavnik.library.queries import effective, title_of
from nastavnik.matching.draft import (
    changes_of,
    chosen_by_hand,
    draft_entries,
    draft_unmatched,
    holders,
    places_of,
)
from nastavnik.matching.explain import (
    comparison_in_words,
    left_in_words,
    notes_in_words,
    parts_in_words,
    shortages_in_words,
)
from nastavnik.matching.models import MatchChange, MatchRule, MatchRun, RuleKind
from nastavnik.pairs.models import OPEN_STATES, Pair, PairMentee, PairState
from nastavnik.people.models import MenteeProfile, MentorProfile, Person

Entry = Mapping[str, Any]
RIVALS_SHOWN = 3
LEFT_SHOWN = 8
GROUPS_SHOWN = 6
PARTS_OF_BAR = 5


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
    is_full: bool


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
    choice: MatchChange | None
    notes: Sequence[str]

    @property
    def is_accepted(self) -> bool:
        return self.pair is not None and self.pair.mentor_id == self.mentor.pk

    @property
    def is_undoable(self) -> bool:
        """Accepted here and not yet asked for in an order."""
        return (
            self.is_accepted
            and self.pair is not None
            and self.pair.state
            in {
                PairState.PROPOSED,
                PairState.AGREED,
            }
        )

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
    """Mentees without a proposal who share a reason; `more` of them are not listed here."""

    reason: str
    people: tuple[tuple[int, Person], ...]
    count: int

    @property
    def more(self) -> int:
        return self.count - len(self.people)


@dataclass(frozen=True)
class Group:
    """A mentor who was given two and more mentees that are still free."""

    mentor: MentorProfile
    people: tuple[Person, ...]


class Review:
    """A run joined with today's pairs and rules; people are read for what is shown only.

    `tells_wishes`: the reader may know whom the participants wished for.
    """

    def __init__(self, run: MatchRun, *, tells_wishes: bool) -> None:
        self.run = run
        self.tells_wishes = tells_wishes
        self.changes = changes_of(run)
        self.entries = draft_entries(run, self.changes)
        self.unmatched = draft_unmatched(run, self.changes)
        self.rules = list(
            MatchRule.objects.select_related("mentee__person", "mentor__person").order_by("-id")
        )
        members = PairMentee.objects.filter(left_on__isnull=True, pair__state__in=list(OPEN_STATES))
        self._pairs = {m.mentee_id: m.pair for m in members.select_related("pair")}
        self._rules = {(rule.mentee_id, rule.mentor_id): rule for rule in self.rules}
        self._by_hand = chosen_by_hand(self.changes)
        self.shortages = shortages_in_words(run.result["certificates"])
        self._mentees: dict[int, MenteeProfile] = {}
        self._mentors: dict[int, MentorProfile] = {}

    @property
    def forbidden(self) -> list[MatchRule]:
        return [rule for rule in self.rules if rule.kind == RuleKind.FORBID]

    @property
    def accepted_count(self) -> int:
        return sum(1 for entry in self.entries if entry["mentee"] in self._pairs)

    @property
    def open_fits(self) -> list[int]:
        """Points of the proposals that are neither accepted nor forbidden."""
        return [e["fit"] for e in self.entries if self._is_open(e)]

    def load(self, start: int, stop: int) -> None:
        """Read the people of one page of the review at once."""
        shown = self.entries[start:stop]
        mentees = {e["mentee"] for e in shown}
        mentors = {e["mentor"] for e in shown}
        for entry in shown:
            mentors |= {o["mentor"] for o in self._rival_entries(entry)[:RIVALS_SHOWN]}
        for mentor_id, members in self._group_ids():
            mentors.add(mentor_id)
            mentees |= set(members)
        for ids in self._left_ids().values():
            mentees |= set(ids[:LEFT_SHOWN])
        self._read(mentees, mentors)

    def load_left(self) -> None:
        self._read({e["mentee"] for e in self.unmatched}, ())

    def load_mentee(self, mentee_id: int, mentor_ids: Collection[int] = ()) -> None:
        """Read one mentee with whoever may be compared for him."""
        entry = self.entry_of(mentee_id)
        rivals = {o["mentor"] for o in self._options(mentee_id)} | set(mentor_ids)
        self._read({mentee_id}, rivals | ({entry["mentor"]} if entry else set()))

    def suggestions(self, start: int, stop: int) -> list[Suggestion]:
        return [s for e in self.entries[start:stop] if (s := self._suggestion(e)) is not None]

    def entry_of(self, mentee_id: int) -> Entry | None:
        return next((e for e in self.entries if e["mentee"] == mentee_id), None)

    def mentee(self, mentee_id: int) -> MenteeProfile | None:
        known = any(e["mentee"] == mentee_id for e in (*self.entries, *self.unmatched))
        return self._mentees.get(mentee_id) if known else None

    def suggestion_for(self, mentee_id: int) -> Suggestion | None:
        """The proposal for one mentee with all stored choices."""
        entry = self.entry_of(mentee_id)
        return self._suggestion(entry, rivals=None) if entry else None

    def rivals_for(self, mentee_id: int) -> tuple[Rival, ...]:
        return self._rivals(mentee_id, self.entry_of(mentee_id), None)

    def groups(self) -> list[Group]:
        found = []
        for mentor_id, members in self._group_ids():
            people = [self._mentees[pk].person for pk in members if pk in self._mentees]
            if mentor_id in self._mentors and len(people) > 1:
                found.append(Group(self._mentors[mentor_id], tuple(people)))
        return found

    def left_over(self, shown: int | None = LEFT_SHOWN) -> list[LeftOver]:
        """Mentees without a proposal and without a pair, by reason."""
        found = []
        for reason, ids in self._left_ids().items():
            people = [(pk, self._mentees[pk].person) for pk in ids[:shown] if pk in self._mentees]
            found.append(LeftOver(reason, tuple(people), len(ids)))
        return found

    def is_full(self, mentee_id: int, mentor_id: int) -> bool:
        """Whether others hold all places of the mentor in this proposal."""
        taken = holders(self.entries, mentor_id, but=mentee_id)
        return len(taken) >= places_of(self.run, mentor_id)

    def _read(self, mentee_ids: Collection[int], mentor_ids: Collection[int]) -> None:
        self._mentees = (
            MenteeProfile.objects.select_related("person")
            .prefetch_related("requests")
            .in_bulk(sorted(mentee_ids))
        )
        self._mentors = MentorProfile.objects.select_related("person").in_bulk(sorted(mentor_ids))

    def _is_open(self, entry: Entry) -> bool:
        return entry["mentee"] not in self._pairs and not self._is_forbidden(
            entry["mentee"], entry["mentor"]
        )

    def _group_ids(self) -> list[tuple[int, list[int]]]:
        by_mentor: dict[tuple[int, str], list[int]] = {}
        for entry in self.entries:
            if self._is_open(entry):
                by_mentor.setdefault((entry["mentor"], entry["form"]), []).append(entry["mentee"])
        found = [(mentor, ids) for (mentor, _), ids in by_mentor.items() if len(ids) > 1]
        return found[:GROUPS_SHOWN]

    def _left_ids(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = {}
        for left in self.unmatched:
            if left["mentee"] not in self._pairs:
                found.setdefault(self._reason(left), []).append(left["mentee"])
        return found

    def _reason(self, left: Entry) -> str:
        """The named set when there is one: «Физика: 7 запросов, 3 места у наставников.»"""
        if left["certificate"] is None:
            return left_in_words(left, tells_wishes=self.tells_wishes)
        return self.shortages[left["certificate"]].sentence

    def _suggestion(self, entry: Entry, rivals: int | None = RIVALS_SHOWN) -> Suggestion | None:
        key = (entry["mentee"], entry["mentor"])
        mentee, mentor = self._mentees.get(key[0]), self._mentors.get(key[1])
        if mentee is None or mentor is None:
            return None
        return Suggestion(
            mentee=mentee,
            mentor=mentor,
            asks=asks_in_words(mentee),
            form=title_of("forms", entry["form"]),
            fit=entry["fit"],
            slices=slices_of(parts_in_words(entry["parts"], tells_wishes=self.tells_wishes)),
            rivals=self._rivals(key[0], entry, rivals),
            pair=self._pairs.get(key[0]),
            rule=self._rules.get(key),
            choice=self._by_hand.get(key[0]),
            notes=notes_in_words(entry),
        )

    def _options(self, mentee_id: int) -> list[Entry]:
        found: list[Entry] = self.run.result["options"].get(str(mentee_id), [])
        return found

    def _rival_entries(self, entry: Entry) -> list[Entry]:
        options = self._options(entry["mentee"])
        return [option for option in options if option["mentor"] != entry["mentor"]]

    def _rivals(self, mentee_id: int, entry: Entry | None, limit: int | None) -> tuple[Rival, ...]:
        options = self._rival_entries(entry) if entry else self._options(mentee_id)
        return tuple(
            Rival(
                mentor=self._mentors[option["mentor"]],
                fit=option["fit"],
                reasons=slices_of(parts_in_words(option["parts"], tells_wishes=self.tells_wishes)),
                difference=comparison_in_words(entry["parts"], option["parts"]) if entry else "",
                is_better=bool(entry and option["fit"] > entry["fit"]),
                is_refused=self._is_forbidden(mentee_id, option["mentor"]),
                is_full=limit is None and self.is_full(mentee_id, option["mentor"]),
            )
            for option in options[:limit]
            if option["mentor"] in self._mentors
        )

    def _is_forbidden(self, mentee_id: int, mentor_id: int) -> bool:
        rule = self._rules.get((mentee_id, mentor_id))
        return rule is not None and rule.kind == RuleKind.FORBID


def slices_of(reasons: Sequence[Entry]) -> tuple[Slice, ...]:
    """Parts of the bar from left to right; parts of nothing are left out."""
    found, x = [], 0
    for number, part in enumerate(reasons):
        if part["points"]:
            css = f"p{number % PARTS_OF_BAR + 1}"
            found.append(Slice(x, part["points"], css, part["text"]))
            x += part["points"]
    return tuple(found)


def asks_in_words(mentee: MenteeProfile) -> str:
    """«7А · математика»."""
    topics = [_topic_title(r.topic) or r.text for r in mentee.requests.all()]
    return " · ".join(
        part for part in (mentee.person.about, ", ".join(filter(None, topics))) if part
    )


def _topic_title(code: str) -> str:
    found = effective("topics").get(code)
    return found.title if found else ""
