"""The bounds that each kind of mentoring sets, read from the library's dictionary."""

from collections.abc import Iterable
from dataclasses import dataclass

from nastavnik.library.engine.seed import seed


@dataclass(frozen=True)
class KindRule:
    """What the rules of pairs need to know of one kind (process.md § 6)."""

    code: str
    title: str
    min_mentees: int
    max_mentees: int | None
    needs_term: bool
    single_meeting: bool
    warn_reverse: bool


def kind_rules(codes: Iterable[str]) -> list[KindRule]:
    """Rules of the named kinds, in the dictionary's order; unknown codes are passed over."""
    wanted = set(codes)
    return [
        KindRule(
            code=entry["code"],
            title=entry["title"],
            min_mentees=entry.get("min_mentees", 1),
            max_mentees=entry.get("max_mentees"),
            needs_term=entry.get("needs_term", True),
            single_meeting=entry.get("single_meeting", False),
            warn_reverse=entry.get("warn_reverse", False),
        )
        for entry in seed("kinds")
        if entry["code"] in wanted
    ]
