"""Why a mentee was offered nobody, as facts."""

from collections import Counter
from dataclasses import dataclass

from nastavnik.matching.engine.fit import Closeness, Scale, verdict
from nastavnik.matching.engine.problem import MenteeSide, Problem


@dataclass(frozen=True)
class Unmatched:
    """A mentee without a proposal.

    `reason`: `no_mentors`, `places` (permitted mentors have none left), `least` (a group that would
    take the mentee did not gather), or the commonest hard rule; `rules` counts the mentors each
    rule turned away.
    """

    mentee: int
    reason: str
    rules: tuple[tuple[str, int], ...] = ()


def why_left(problem: Problem, mentee: MenteeSide, closeness: Closeness, scale: Scale) -> Unmatched:
    """Of a mentee whom no mentor may take: which rules turned them away and how often."""
    if not problem.mentors:
        return Unmatched(mentee.id, "no_mentors")
    rules = Counter(verdict(problem, mentee, m, closeness, scale=scale) for m in problem.mentors)
    common = tuple(sorted(rules.items(), key=lambda item: (-item[1], item[0])))
    return Unmatched(mentee.id, common[0][0], common)
