"""From a problem to a result that may be stored: computed, checked, with its reasons as facts."""

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from nastavnik.library.engine.compare import closeness
from nastavnik.matching.engine.check import check
from nastavnik.matching.engine.edges import instance_of
from nastavnik.matching.engine.eligibility import PAPERS, warnings_of
from nastavnik.matching.engine.fit import Fit, Scale, scale_of, score, verdict
from nastavnik.matching.engine.instance import Instance, InstanceError
from nastavnik.matching.engine.problem import MenteeSide, MentorSide, Problem
from nastavnik.matching.engine.solution import Certificate, Left, Solution
from nastavnik.matching.engine.solve import VERSION, Cancelled, solve
from nastavnik.matching.engine.unmatched import Unmatched, why_left
from nastavnik.matching.stored import plain
from nastavnik.shared.errors import DomainError

__all__ = ["Answer", "Cancelled", "RunRefused", "entry_for", "is_large", "solve_problem"]

OPTIONS_KEPT = 8
LARGE_MENTEES = 1_000
LARGE_COMBINATIONS = 30_000

Progress = Callable[[int], None]
"""Told how much is done, 0..100."""
IsCancelled = Callable[[], bool]
log = logging.getLogger(__name__)


class RunRefused(DomainError):
    """The independent checker found a fault, or the locks cannot all be kept: nothing is shown."""

    def __init__(self, message: str = "") -> None:
        super().__init__(
            "match_refused",
            message or "Расчёт не прошёл проверку и не сохранён. Сообщите администратору сервера.",
        )


@dataclass(frozen=True)
class Answer:
    """What came out: `result` is plain JSON and depends on the problem and the wish alone."""

    result: dict[str, Any]
    method: str
    version: str


@dataclass(frozen=True)
class _Asked:
    """The problem with what is looked up for every couple of it."""

    problem: Problem
    scale: Scale
    mentees: Mapping[int, MenteeSide]
    mentors: Mapping[int, MentorSide]

    def entry(self, mentee: int, mentor: int) -> dict[str, Any] | None:
        fit = score(
            self.problem, self.mentees[mentee], self.mentors[mentor], closeness, scale=self.scale
        )
        if fit is None:
            return None
        side = self.mentors[mentor]
        return _entry(self.scale, fit) | {
            "busy": max(side.capacity - side.places, 0),
            "capacity": side.capacity,
            "warnings": warnings_of(self.problem, mentee, mentor),
        }


def is_large(problem: Problem) -> bool:
    """Whether the worker should compute it: a page answers at once or not at all."""
    mentees, mentors = len(problem.mentees), len(problem.mentors)
    return mentees > LARGE_MENTEES or mentees * mentors > LARGE_COMBINATIONS


def solve_problem(
    problem: Problem,
    *,
    prefer: str,
    progress: Progress = lambda _: None,
    cancelled: IsCancelled | None = None,
) -> Answer:
    """The proposal with everything that the review shows of it, once the checker agrees.

    Raises: RunRefused; Cancelled when `cancelled` says so.
    """
    wish: Literal["stable", "total"] = "total" if prefer == "total" else "stable"
    try:
        instance = instance_of(problem, closeness)
        progress(10)
        solution = solve(
            instance,
            prefer=wish,
            progress=lambda _, share: progress(10 + int(60 * share)),
            cancelled=cancelled,
        )
    except InstanceError as error:
        log.warning("locks or columns contradict each other: %s", error)
        raise RunRefused(
            "Закреплённые вами пары не помещаются на места наставников. Открепите лишние."
        ) from error
    faults = check(instance, solution)
    if faults:
        log.error("the checker refused a run: %s", "; ".join(faults))
        raise RunRefused
    progress(80)
    return Answer(_result(_asked(problem), instance, solution), solution.method, VERSION)


def entry_for(problem: Problem, mentee_id: int, mentor_id: int) -> tuple[dict[str, Any], str]:
    """The entry of any combination and the hard rule in its way; one of them is empty.

    Raises: LookupError when the problem does not know one of them.
    """
    asked = _asked(problem)
    mentee, mentor = asked.mentees[mentee_id], asked.mentors[mentor_id]
    rule = verdict(problem, mentee, mentor, closeness, scale=asked.scale)
    return ({}, rule) if rule else (asked.entry(mentee_id, mentor_id) or {}, "")


def _asked(problem: Problem) -> _Asked:
    return _Asked(
        problem,
        scale_of(problem),
        {side.id: side for side in problem.mentees},
        {side.id: side for side in problem.mentors},
    )


def _result(asked: _Asked, instance: Instance, solution: Solution) -> dict[str, Any]:
    left_out = _left_out(asked.problem)
    return ({"left_out": left_out} if left_out else {}) | {
        "chosen": [_chosen(asked, int(mentee), int(mentor)) for mentee, mentor in solution.pairs],
        "unmatched": [_left(asked, left) for left in solution.unmatched],
        "certificates": [_certificate(asked, one) for one in solution.certificates],
        "options": {
            str(mentee): [e for mentor in best if (e := asked.entry(mentee, mentor)) is not None]
            for mentee, best in _best_options(instance)
        },
        "totals": {
            "asked": len(asked.problem.mentees),
            "matched": solution.matched,
            "max_size": solution.max_size,
            "blocking": solution.blocking_pairs,
            "fit": round(solution.total_fit),
        },
    }


def _left_out(problem: Problem) -> dict[str, list[int]]:
    """Whom papers kept out where they are a condition; nothing where they are none."""
    if not problem.conditions & PAPERS:
        return {}
    return {
        "mentees": [side.id for side in problem.mentees if not side.has_papers],
        "mentors": [side.id for side in problem.mentors if side.places and not side.has_papers],
    }


def _chosen(asked: _Asked, mentee: int, mentor: int) -> dict[str, Any]:
    """A pair that the plain rules would refuse must not be shown, whoever proposed it."""
    entry = asked.entry(mentee, mentor)
    if entry is None:
        log.error("the rules refuse a proposed couple: %s and %s", mentee, mentor)
        raise RunRefused
    return entry


def _best_options(instance: Instance) -> Iterator[tuple[int, list[int]]]:
    """Each mentee with the best permitted mentors, best first."""
    columns = instance.columns()
    mentors = np.array([int(mentor.id) for mentor in instance.mentors], dtype=np.int64)
    ids = mentors[columns.mentor] if len(columns) else np.zeros(0, dtype=np.int64)
    order = np.lexsort((ids, -columns.fit, columns.mentee))
    ids, rows = ids[order], columns.mentee[order]
    starts = np.searchsorted(rows, np.arange(len(instance.mentees) + 1))
    for place, mentee in enumerate(instance.mentees):
        stop = min(starts[place + 1], starts[place] + OPTIONS_KEPT)
        yield int(mentee), ids[starts[place] : stop].tolist()


def _left(asked: _Asked, left: Left) -> dict[str, Any]:
    """Why somebody is left: the rules in the way, no places (with the shortage), no full group."""
    mentee = int(left.mentee)
    if left.reason == "no_edges":
        found = why_left(asked.problem, asked.mentees[mentee], closeness, asked.scale)
    else:
        found = Unmatched(mentee, "places" if left.reason == "capacity" else left.reason)
    row: dict[str, Any] = plain(found)
    return row | {"certificate": left.certificate}


def _certificate(asked: _Asked, one: Certificate) -> dict[str, Any]:
    """The named set: its people, their places and what they ask for."""
    topics: Counter[str] = Counter()
    for mentee in one.mentees:
        needs = asked.mentees[int(mentee)].needs
        topics.update({need.topic for need in needs if need.topic})
    return {
        "mentees": list(one.mentees),
        "mentors": list(one.mentors),
        "places": one.places,
        "topics": dict(sorted(topics.items())),
    }


def _entry(scale: Scale, fit: Fit) -> dict[str, Any]:
    couple = (fit.mentee, fit.mentor)
    return {
        "mentee": fit.mentee,
        "mentor": fit.mentor,
        "form": fit.form,
        "fit": fit.total_0_100,
        "parts": plain(fit.parts),
        "mentee_rank": scale.mentee_ranks.get(couple),
        "mentor_rank": scale.mentor_ranks.get(couple),
    }
