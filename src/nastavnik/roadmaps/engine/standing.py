"""Where a line stands on a day: settled, late, soon, under way or ahead. Never stored."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=14)
SETTLED = frozenset({"done", "done_by_hand", "not_applicable"})


class Stand(StrEnum):
    DONE = "done"
    LATE = "late"
    SOON = "soon"
    GOING = "going"
    AHEAD = "ahead"
    OPEN = "open"
    """No day of its own: permanent, by an outer document, on demand, or not yet known."""
    OFF = "off"
    """Agreed not to apply, or only a heading."""


@dataclass(frozen=True)
class Term:
    """One occurrence: its days, both included, and whether it is met."""

    starts_on: date | None
    due_on: date | None
    is_met: bool = False


@dataclass(frozen=True)
class Standing:
    """`due_on`: the nearest day that is not met yet; `late_days` > 0 only when it has passed."""

    stand: Stand
    due_on: date | None = None
    late_days: int = 0
    late: int = 0
    """How many occurrences are late."""


def standing(
    state: str,
    terms: Sequence[Term],
    today: date,
    *,
    is_group: bool = False,
    is_binding: bool = True,
) -> Standing:
    """Judge one line. A settled line is never late, a line without days never shouts.

    Without `is_binding` (a plan that is not in force) no line is late or presses: its days are only
    shown, those that have passed too.
    """
    if is_group or state == "not_applicable":
        return Standing(Stand.OFF)
    waiting = [term for term in terms if not term.is_met and term.due_on is not None]
    if state in SETTLED:
        return Standing(Stand.DONE, _last(terms))
    return _pressing(state, waiting, today) if is_binding else _calm(state, waiting)


def _pressing(state: str, waiting: Sequence[Term], today: date) -> Standing:
    late = [term.due_on for term in waiting if term.due_on is not None and term.due_on < today]
    if late:
        return Standing(Stand.LATE, late[0], (today - late[0]).days, len(late))
    ahead = sorted(term.due_on for term in waiting if term.due_on is not None)
    if not ahead:
        return Standing(Stand.GOING if state == "in_progress" else Stand.OPEN)
    near = ahead[0]
    if near - today <= SOON:
        return Standing(Stand.SOON, near)
    begun = any(
        term.starts_on is not None and term.starts_on <= today and not term.is_met
        for term in waiting
        if term.due_on == near
    )
    return Standing(Stand.GOING if state == "in_progress" or begun else Stand.AHEAD, near)


def _calm(state: str, waiting: Sequence[Term]) -> Standing:
    days = [term.due_on for term in waiting if term.due_on is not None]
    if state == "in_progress":
        return Standing(Stand.GOING, min(days, default=None))
    return Standing(Stand.AHEAD, min(days)) if days else Standing(Stand.OPEN)


def _last(terms: Sequence[Term]) -> date | None:
    days = [term.due_on for term in terms if term.due_on is not None]
    return max(days) if days else None
