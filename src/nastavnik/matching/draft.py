"""A run as it stands after the curator's changes."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from nastavnik.matching.models import ChangeKind, MatchChange, MatchRun

Entry = Mapping[str, Any]


def changes_of(run: MatchRun) -> list[MatchChange]:
    """Every decision about the run, the latest first, with the people."""
    found: list[MatchChange] = list(
        MatchChange.objects.filter(run=run).select_related("mentee__person", "mentor__person")
    )
    return found


def draft_entries(run: MatchRun, changes: Iterable[MatchChange]) -> list[Entry]:
    """The proposals with chosen mentors in the place of the computed ones, best first.

    Wishes that both sides named come first, then the greater fit.
    """
    by_mentee: dict[int, Entry] = {entry["mentee"]: entry for entry in run.result["chosen"]}
    by_mentee |= {mentee: change.entry for mentee, change in chosen_by_hand(changes).items()}
    return in_order(by_mentee.values())


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=_order)


def draft_unmatched(run: MatchRun, changes: Iterable[MatchChange]) -> list[Entry]:
    by_hand = chosen_by_hand(changes)
    return [left for left in run.result["unmatched"] if left["mentee"] not in by_hand]


def chosen_by_hand(changes: Iterable[MatchChange]) -> dict[int, MatchChange]:
    """The standing choice for each mentee: the latest that was not undone."""
    found: dict[int, MatchChange] = {}
    for change in sorted(changes, key=lambda c: c.pk):
        if change.kind == ChangeKind.CHOOSE and change.undone_at is None:
            found[change.mentee_id] = change
    return found


def holders(entries: Sequence[Entry], mentor_id: int, *, but: int) -> list[int]:
    """Mentees who hold the mentor's places in the draft, the mentee `but` not counted."""
    return [e["mentee"] for e in entries if e["mentor"] == mentor_id and e["mentee"] != but]


def places_of(run: MatchRun, mentor_id: int) -> int:
    """How many mentees the run could give to a mentor."""
    sides = run.problem.get("mentors", [])
    return next((int(side["places"]) for side in sides if side["id"] == mentor_id), 0)


def is_mutual(entry: Entry) -> bool:
    return entry.get("mentee_rank") is not None and entry.get("mentor_rank") is not None


def _order(entry: Entry) -> tuple[bool, int, int]:
    return (not is_mutual(entry), -entry["fit"], entry["mentee"])
