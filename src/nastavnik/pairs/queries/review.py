"""The proposal under review as the curator sees it: names, bars, reasons, what became of each."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from nastavnik.library.queries import title_of
from nastavnik.matching.draft import (
    changes_of,
    chosen_by_hand,
    draft_entries,
    draft_unmatched,
    holders,
    in_order,
    places_of,
)
from nastavnik.matching.explain import (
    comparison_in_words,
    left_in_words,
    notes_in_words,
    parts_in_words,
    shortages_in_words,
)
from nastavnik.matching.models import MatchRun
from nastavnik.pairs.queries.joined import OpenPair, People, open_pairs_and_rules, people_of
from nastavnik.pairs.queries.parts import slices_of
from nastavnik.pairs.queries.proposed import (
    Forbidden,
    Group,
    LeftOver,
    Rival,
    Suggestion,
    asks_in_words,
)
from nastavnik.pairs.queries.told import ToldEntries
from nastavnik.people.models import MenteeProfile, Person

Entry = Mapping[str, Any]
RIVALS_SHOWN = 3
LEFT_SHOWN = 8
GROUPS_SHOWN = 6


class Review:
    """A run joined with today's pairs and rules; people are read for what is shown only.

    `tells_wishes`: the reader may know whom the participants wished for.
    """

    def __init__(self, run: MatchRun, *, tells_wishes: bool) -> None:
        self.run = run
        self.tells_wishes = tells_wishes
        self.told = ToldEntries(tells_wishes=tells_wishes)
        self.changes = changes_of(run)
        self.entries = in_order(map(self.told, draft_entries(run, self.changes)))
        self.unmatched = draft_unmatched(run, self.changes)
        self._pairs, self.rules = open_pairs_and_rules()
        self._together = Counter(pair.accepted_in for pair in self._pairs.values())
        self._rules = {(rule.mentee_id, rule.mentor_id): rule for rule in self.rules}
        self._by_hand = chosen_by_hand(self.changes)
        self.shortages = shortages_in_words(run.result["certificates"])
        self._people = People()

    @property
    def forbidden(self) -> list[Forbidden]:
        found = []
        for rule in self.rules:
            mentee = self._people.mentees.get(rule.mentee_id)
            mentor = self._people.mentors.get(rule.mentor_id)
            if rule.is_forbidding and mentee and mentor:
                found.append(Forbidden(rule.pk, mentee.person, mentor.person, rule.reason))
        return found

    def count_without_papers(self, side: str) -> int:
        """How many of `mentees` or `mentors` the condition of papers kept out."""
        return len(self._left_out(side))

    @property
    def mentors_without_papers(self) -> list[Person]:
        """The first of them by name."""
        ids = self._left_out("mentors")[:LEFT_SHOWN]
        return [self._people.mentors[pk].person for pk in ids if pk in self._people.mentors]

    @property
    def accepted_count(self) -> int:
        return sum(1 for entry in self.entries if entry["mentee"] in self._pairs)

    @property
    def open_fits(self) -> list[int]:
        """Points of the proposals that are neither accepted nor forbidden."""
        return [e["fit"] for e in self.entries if self._is_open(e)]

    def entries_of(self, show: str) -> list[Entry]:
        """All proposals, or those that wait for a decision (`open`), or the accepted ones."""
        if show == "open":
            return [entry for entry in self.entries if self._is_open(entry)]
        if show == "accepted":
            return [entry for entry in self.entries if entry["mentee"] in self._pairs]
        return self.entries

    def place_of(self, mentee_id: int) -> tuple[str, int]:
        """Where a mentee's proposal stands: among those to decide if it is open, else among all."""
        for show in ("open", ""):
            for place, entry in enumerate(self.entries_of(show)):
                if entry["mentee"] == mentee_id:
                    return show, place
        return "", 0

    def load(self, shown: Sequence[Entry]) -> None:
        """Read the people of one page of the review at once."""
        mentees = {e["mentee"] for e in shown}
        mentors = {e["mentor"] for e in shown}
        for entry in shown:
            mentors |= {o["mentor"] for o in self._rival_entries(entry)[:RIVALS_SHOWN]}
        for mentor_id, members in self._group_ids():
            mentors.add(mentor_id)
            mentees |= set(members)
        for ids in self._left_ids().values():
            mentees |= set(ids[:LEFT_SHOWN])
        for rule in self.rules:
            if rule.is_forbidding:
                mentees.add(rule.mentee_id)
                mentors.add(rule.mentor_id)
        mentors |= set(self._left_out("mentors")[:LEFT_SHOWN])
        self._people = people_of(mentees, mentors)

    def load_left(self) -> None:
        self._people = people_of({e["mentee"] for e in self.unmatched}, ())

    def load_mentee(self, mentee_id: int, mentor_ids: Collection[int] = ()) -> None:
        """Read one mentee with whoever may be compared for him."""
        entry = self.entry_of(mentee_id)
        rivals = {o["mentor"] for o in self._options(mentee_id)} | set(mentor_ids)
        self._people = people_of({mentee_id}, rivals | ({entry["mentor"]} if entry else set()))

    def suggestions(self, shown: Sequence[Entry]) -> list[Suggestion]:
        return [s for e in shown if (s := self._suggestion(e)) is not None]

    def entry_of(self, mentee_id: int) -> Entry | None:
        return next((e for e in self.entries if e["mentee"] == mentee_id), None)

    def mentee(self, mentee_id: int) -> MenteeProfile | None:
        known = any(e["mentee"] == mentee_id for e in (*self.entries, *self.unmatched))
        return self._people.mentees.get(mentee_id) if known else None

    def suggestion_for(self, mentee_id: int) -> Suggestion | None:
        """The proposal for one mentee with all stored choices."""
        entry = self.entry_of(mentee_id)
        return self._suggestion(entry, rivals=None) if entry else None

    def rivals_for(self, mentee_id: int) -> tuple[Rival, ...]:
        """Every stored choice, those whose places are gone last."""
        found = self._rivals(mentee_id, self.entry_of(mentee_id), None)
        return tuple(sorted(found, key=lambda rival: (rival.is_taken, rival.is_full)))

    def groups(self) -> list[Group]:
        found = []
        for mentor_id, members in self._group_ids():
            people = [
                self._people.mentees[pk].person for pk in members if pk in self._people.mentees
            ]
            if mentor_id in self._people.mentors and len(people) > 1:
                found.append(Group(self._people.mentors[mentor_id], tuple(people)))
        return found

    def left_over(self, shown: int | None = LEFT_SHOWN) -> list[LeftOver]:
        """Mentees without a proposal and without a pair, by reason."""
        found = []
        for reason, ids in self._left_ids().items():
            people = [
                (pk, self._people.mentees[pk].person)
                for pk in ids[:shown]
                if pk in self._people.mentees
            ]
            found.append(LeftOver(reason, tuple(people), len(ids)))
        return found

    def is_full(self, mentee_id: int, mentor_id: int) -> bool:
        """Whether others hold all places of the mentor in this proposal."""
        taken = holders(self.entries, mentor_id, but=mentee_id)
        return len(taken) >= places_of(self.run, mentor_id)

    def is_taken(self, mentee_id: int, mentor_id: int) -> bool:
        """Whether accepted pairs hold all places of the mentor, so that no recount frees one."""
        taken = holders(self.entries, mentor_id, but=mentee_id)
        accepted = [pk for pk in taken if pk in self._pairs]
        return len(accepted) >= places_of(self.run, mentor_id)

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
        mentee, mentor = self._people.mentees.get(key[0]), self._people.mentors.get(key[1])
        if mentee is None or mentor is None:
            return None
        pair = self._pairs.get(key[0])
        return Suggestion(
            mentee=mentee,
            mentor=mentor,
            asks=asks_in_words(mentee.person, self._people.said.get(mentee.pk, [])),
            form=title_of("forms", entry["form"]),
            fit=entry["fit"],
            slices=slices_of(parts_in_words(entry["parts"])),
            rivals=self._rivals(key[0], entry, rivals),
            pair=pair,
            together=self._taken_back_with(pair),
            group_of=self._group_size(entry) if mentor.only_groups else 1,
            rule=self._rules.get(key),
            choice=self._by_hand.get(key[0]),
            notes=notes_in_words(entry),
        )

    def _left_out(self, side: str) -> list[int]:
        found: list[int] = self.run.result.get("left_out", {}).get(side, [])
        return found

    def _taken_back_with(self, pair: OpenPair | None) -> int:
        if pair is None:
            return 0
        return self._together[pair.accepted_in] if pair.accepted_in else int(pair.is_from_proposal)

    def _group_size(self, entry: Entry) -> int:
        """How many would be accepted together with a mentee of a mentor who leads groups only."""
        key = (entry["mentor"], entry["form"])
        return sum(1 for e in self.entries if (e["mentor"], e["form"]) == key and self._is_open(e))

    def _options(self, mentee_id: int) -> list[Entry]:
        found = map(self.told, self.run.result["options"].get(str(mentee_id), []))
        return sorted(found, key=lambda option: (-option["fit"], option["mentor"]))

    def _rival_entries(self, entry: Entry) -> list[Entry]:
        options = self._options(entry["mentee"])
        return [option for option in options if option["mentor"] != entry["mentor"]]

    def _rivals(self, mentee_id: int, entry: Entry | None, limit: int | None) -> tuple[Rival, ...]:
        options = self._rival_entries(entry) if entry else self._options(mentee_id)
        return tuple(
            Rival(
                mentor=self._people.mentors[option["mentor"]],
                fit=option["fit"],
                reasons=slices_of(parts_in_words(option["parts"])),
                difference=comparison_in_words(entry["parts"], option["parts"]) if entry else "",
                is_better=bool(entry and option["fit"] > entry["fit"]),
                is_refused=self._is_forbidden(mentee_id, option["mentor"]),
                is_full=limit is None and self.is_full(mentee_id, option["mentor"]),
                is_taken=limit is None and self.is_taken(mentee_id, option["mentor"]),
            )
            for option in options[:limit]
            if option["mentor"] in self._people.mentors
        )

    def _is_forbidden(self, mentee_id: int, mentor_id: int) -> bool:
        rule = self._rules.get((mentee_id, mentor_id))
        return rule is not None and rule.is_forbidding
