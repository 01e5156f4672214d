"""A simple proposal: locked pairs first, then the best fit that still has a place.

Deterministic: ties go to the mentee with fewer choices, then to the smaller ids; neither the order
of rows nor the hash seed matters.
"""

from collections import Counter
from dataclasses import dataclass

from nastavnik.matching.engine.fit import Closeness, Fit, scale_of, score, verdict
from nastavnik.matching.engine.problem import Problem

METHOD = "greedy"
VERSION = "1"


@dataclass(frozen=True)
class Unmatched:
    """A mentee without a proposal: `reason` is `no_mentors`, `places` or the hard rule in the way."""

    mentee: int
    reason: str
    rules: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Proposal:
    """Chosen combinations, the mentees left over, and every permitted combination for «почему не»."""

    chosen: tuple[Fit, ...]
    unmatched: tuple[Unmatched, ...]
    options: dict[int, tuple[Fit, ...]]


def propose(problem: Problem, closeness: Closeness) -> Proposal:
    """Give each mentee at most one mentor within the free places."""
    options = _options(problem, closeness)
    places = {mentor.id: mentor.places for mentor in problem.mentors}
    chosen: dict[int, Fit] = {}
    for fit in sorted(_all(options), key=lambda f: _rank(problem, options, f)):
        if fit.mentee not in chosen and places[fit.mentor] > 0:
            chosen[fit.mentee] = fit
            places[fit.mentor] -= 1
    unmatched = tuple(
        why_left(problem, options[mentee.id], mentee.id, closeness)
        for mentee in sorted(problem.mentees, key=lambda m: m.id)
        if mentee.id not in chosen
    )
    ordered = sorted(chosen.values(), key=lambda f: (-f.total_0_100, f.mentee))
    return Proposal(tuple(ordered), unmatched, options)


def _options(problem: Problem, closeness: Closeness) -> dict[int, tuple[Fit, ...]]:
    """All permitted combinations by mentee, best first."""
    found: dict[int, tuple[Fit, ...]] = {}
    scale = scale_of(problem)
    for mentee in sorted(problem.mentees, key=lambda m: m.id):
        fits = [score(problem, mentee, able, closeness, scale=scale) for able in problem.mentors]
        allowed = [fit for fit in fits if fit is not None]
        found[mentee.id] = tuple(sorted(allowed, key=lambda f: (-f.total_0_100, f.mentor)))
    return found


def _all(options: dict[int, tuple[Fit, ...]]) -> list[Fit]:
    return [fit for fits in options.values() for fit in fits]


def _rank(
    problem: Problem, options: dict[int, tuple[Fit, ...]], fit: Fit
) -> tuple[int, int, int, int, int]:
    locked = 0 if (fit.mentee, fit.mentor) in problem.locked else 1
    return (locked, -fit.total_0_100, len(options[fit.mentee]), fit.mentee, fit.mentor)


def why_left(
    problem: Problem, options: tuple[Fit, ...], mentee_id: int, closeness: Closeness
) -> Unmatched:
    """Places are taken, or which hard rules turned the mentors away and how often."""
    if options:
        return Unmatched(mentee_id, "places")
    if not problem.mentors:
        return Unmatched(mentee_id, "no_mentors")
    scale = scale_of(problem)
    mentee = next(m for m in problem.mentees if m.id == mentee_id)
    rules = Counter(verdict(problem, mentee, m, closeness, scale=scale) for m in problem.mentors)
    common = tuple(sorted(rules.items(), key=lambda item: (-item[1], item[0])))
    return Unmatched(mentee_id, common[0][0], common)
