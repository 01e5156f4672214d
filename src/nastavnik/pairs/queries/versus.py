"""«Почему не другой?»: the proposed mentor beside any other, part by part; two runs side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nastavnik.matching.draft import changes_of, draft_entries
from nastavnik.matching.engine.weights import MUST, WEIGHT_TITLES
from nastavnik.matching.explain import PART_NOUNS, parts_in_words, rule_in_words
from nastavnik.matching.models import MatchRun
from nastavnik.matching.solving import entry_for
from nastavnik.matching.stored import read_problem
from nastavnik.pairs.queries.review import Review
from nastavnik.pairs.queries.told import ToldEntries
from nastavnik.people.models import MenteeProfile, MentorProfile, Person

Entry = Mapping[str, Any]
ROWS_SHOWN = 300


@dataclass(frozen=True)
class PartRow:
    """One part of the score for both mentors; `difference` is the other's minus the proposed."""

    noun: str
    proposed: int
    other: int
    words: str

    @property
    def difference(self) -> str:
        return signed(self.other - self.proposed)


def signed(number: int) -> str:
    return f"+{number}" if number > 0 else f"−{-number}" if number else "0"


@dataclass(frozen=True)
class Versus:
    """How another mentor would fit; `refusal` names the hard rule in the way."""

    fit: int
    parts: Sequence[Mapping[str, Any]]
    rows: tuple[PartRow, ...]
    refusal: str


def versus(review: Review, mentee_id: int, mentor_id: int) -> Versus | None:
    """None when the run does not know one of them."""
    run, proposed = review.run, review.entry_of(mentee_id)
    try:
        found, rule = entry_for(read_problem(run.problem), mentee_id, mentor_id)
    except LookupError:
        return None
    if rule:
        return Versus(0, (), (), rule_in_words(rule, tells_wishes=review.tells_wishes))
    entry = review.told(found)
    words = parts_in_words(entry["parts"])
    points = {part["code"]: part["points"] for part in proposed["parts"]} if proposed else {}
    rows = tuple(
        PartRow(
            PART_NOUNS.get(part["code"], part["code"]),
            points.get(part["code"], 0),
            part["points"],
            part["text"],
        )
        for part in words
    )
    return Versus(entry["fit"], words, rows, "")


@dataclass(frozen=True)
class RunDifference:
    """A mentee whose mentor is not the same in two runs; None where there is no proposal."""

    mentee: Person
    first: Person | None
    first_fit: int | None
    second: Person | None
    second_fit: int | None


@dataclass(frozen=True)
class RunComparison:
    """Of each run also how many proposals stand and the sum of their points, as the rows show them."""

    rows: tuple[RunDifference, ...]
    differ: int
    same: int
    matched: tuple[int, int]
    totals: tuple[int, int]


def compare_runs(first: MatchRun, second: MatchRun, *, tells_wishes: bool) -> RunComparison:
    """What differs between two drafts, by mentee."""
    told = ToldEntries(tells_wishes=tells_wishes)
    sides = [
        {e["mentee"]: told(e) for e in draft_entries(run, changes_of(run))}
        for run in (first, second)
    ]
    everyone = sorted(sides[0].keys() | sides[1].keys())
    apart = [pk for pk in everyone if _mentor(sides[0], pk) != _mentor(sides[1], pk)]
    shown = apart[:ROWS_SHOWN]
    mentees = MenteeProfile.objects.select_related("person").in_bulk(shown)
    mentor_ids = {side[pk]["mentor"] for side in sides for pk in shown if pk in side}
    mentors = MentorProfile.objects.select_related("person").in_bulk(sorted(mentor_ids))
    rows = []
    for pk in shown:
        if pk in mentees:
            (one, one_fit), (two, two_fit) = (_side(side.get(pk), mentors) for side in sides)
            rows.append(RunDifference(mentees[pk].person, one, one_fit, two, two_fit))
    rows.sort(key=lambda row: row.mentee.search_key)
    one_side, other_side = sides
    return RunComparison(
        rows=tuple(rows),
        differ=len(apart),
        same=len(everyone) - len(apart),
        matched=(len(one_side), len(other_side)),
        totals=(_total(one_side), _total(other_side)),
    )


def weights_of(run: MatchRun) -> list[tuple[str, str]]:
    """Each part of the score with the weight that the run gave it, in words."""
    return [(title, _weight(run.weights.get(code, 0))) for code, title in WEIGHT_TITLES.items()]


def weights_apart(first: MatchRun, second: MatchRun) -> list[tuple[str, str, str]]:
    """Parts that the two runs weighed differently, with both weights."""
    both = zip(weights_of(first), weights_of(second), strict=True)
    return [(title, one, two) for (title, one), (_, two) in both if one != two]


def _weight(value: int) -> str:
    return "обязательно" if value == MUST else str(value)


def _total(side: Mapping[int, Entry]) -> int:
    return sum(entry["fit"] for entry in side.values())


def _mentor(side: Mapping[int, Entry], mentee_id: int) -> int | None:
    return side[mentee_id]["mentor"] if mentee_id in side else None


def _side(
    entry: Entry | None, mentors: Mapping[int, MentorProfile]
) -> tuple[Person | None, int | None]:
    if entry is None or entry["mentor"] not in mentors:
        return None, None
    return mentors[entry["mentor"]].person, entry["fit"]
