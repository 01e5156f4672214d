"""From a problem to a result that may be stored: computed, checked, with its reasons as facts."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from nastavnik.library.engine.compare import closeness
from nastavnik.matching.engine.fit import Fit, score, verdict
from nastavnik.matching.engine.problem import Problem
from nastavnik.matching.engine.propose import METHOD, VERSION, propose
from nastavnik.matching.stored import plain
from nastavnik.shared.errors import DomainError

OPTIONS_KEPT = 8
LARGE_MENTEES = 1_000
LARGE_COMBINATIONS = 250_000

Progress = Callable[[int], None]
"""Told how much is done, 0..100."""


class RunRefused(DomainError):
    """The independent checker found a fault: such a result is shown to nobody."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(
            "match_check",
            "Расчёт не прошёл проверку и не сохранён. Сообщите администратору сервера.",
        )
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Answer:
    """What came out: `result` is plain JSON and depends on the problem and the wish alone."""

    result: dict[str, Any]
    method: str
    version: str


def is_large(problem: Problem) -> bool:
    """Whether the worker should compute it: a page answers at once or not at all."""
    mentees, mentors = len(problem.mentees), len(problem.mentors)
    return mentees > LARGE_MENTEES or mentees * mentors > LARGE_COMBINATIONS


def solve_problem(problem: Problem, *, prefer: str, progress: Progress) -> Answer:
    """The proposal with everything that the review shows of it."""
    proposal = propose(problem, closeness)
    progress(90)
    result = {
        "chosen": [entry_of(fit) for fit in proposal.chosen],
        "unmatched": [plain(left) for left in proposal.unmatched],
        "options": {
            str(mentee): [entry_of(fit) for fit in fits[:OPTIONS_KEPT]]
            for mentee, fits in sorted(proposal.options.items())
        },
        "shortages": shortages(problem, {left.mentee for left in proposal.unmatched}),
        "totals": {
            "asked": len(problem.mentees),
            "matched": len(proposal.chosen),
            "fit": sum(fit.total_0_100 for fit in proposal.chosen),
        },
    }
    return Answer(result, METHOD, VERSION)


def shortages(problem: Problem, left: set[int]) -> list[dict[str, Any]]:
    """Topics that somebody left over asks for and that lack places, the worst first."""
    wanted: Counter[str] = Counter()
    lacking: set[str] = set()
    for mentee in problem.mentees:
        topics = {need.topic for need in mentee.needs if need.topic}
        wanted.update(topics)
        if mentee.id in left:
            lacking |= topics
    places: Counter[str] = Counter()
    for mentor in problem.mentors:
        for topic in mentor.competences:
            places[topic] += mentor.places
    worst = sorted(lacking, key=lambda topic: (places[topic] - wanted[topic], topic))
    return [
        {"topic": topic, "requests": wanted[topic], "places": places[topic]}
        for topic in worst
        if wanted[topic] > places[topic]
    ]


def entry_of(fit: Fit) -> dict[str, Any]:
    return {
        "mentee": fit.mentee,
        "mentor": fit.mentor,
        "form": fit.form,
        "fit": fit.total_0_100,
        "parts": plain(fit.parts),
    }


def entry_for(problem: Problem, mentee_id: int, mentor_id: int) -> tuple[dict[str, Any], str]:
    """The entry of any combination and the hard rule in its way; one of them is empty.

    Raises: LookupError when the problem does not know one of them.
    """
    mentee = next((m for m in problem.mentees if m.id == mentee_id), None)
    mentor = next((m for m in problem.mentors if m.id == mentor_id), None)
    if mentee is None or mentor is None:
        raise LookupError(mentee_id, mentor_id)
    rule = verdict(problem, mentee, mentor, closeness)
    fit = score(problem, mentee, mentor, closeness)
    return (entry_of(fit), "") if fit is not None else ({}, rule)
