"""The bounds that each kind of mentoring sets, read from the library's dictionary."""

from collections.abc import Iterable
from dataclasses import dataclass

from nastavnik.library.queries import Item, effective


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
    """Rules of the named kinds as the organisation's territory has them; unknown codes are passed over."""
    wanted = set(codes)
    return [_rule(kind) for code, kind in effective("kinds").items() if code in wanted]


def _rule(kind: Item) -> KindRule:
    facts = kind.attributes
    return KindRule(
        code=kind.code,
        title=kind.title,
        min_mentees=facts.get("min_mentees") or 1,
        max_mentees=facts.get("max_mentees"),
        needs_term=facts.get("needs_term", True),
        single_meeting=facts.get("single_meeting", False),
        warn_reverse=facts.get("warn_reverse", False),
    )
