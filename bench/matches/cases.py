"""The instances of `bench match`: schools with real scores, one tangled crowd, scarce wishes."""

from typing import Any

import numpy as np

from bench.frame import measure
from nastavnik.matching.engine.edges import instance_of
from nastavnik.matching.engine.instance import EdgeColumns, Instance, Mentor
from nastavnik.matching.engine.problem import (
    DEFAULT_WEIGHTS,
    FormRule,
    MenteeSide,
    MentorSide,
    Need,
    Problem,
)

SCHOOL, SHARE, DEGREE = 300, 4, 30
TOPICS = ("math", "physics", "russian", "chemistry", "music", "sport", "history", "english")
CASES = ("region", "crowd", "flat")


def made(case: str, mentees: int) -> tuple[Instance, float]:
    """(the instance, CPU seconds of its scores)."""
    if case == "region":
        return region(mentees)
    if case == "flat":
        return crowd(mentees, capacity=4, ranked=False), 0.0
    return crowd(mentees), 0.0


def school(number: int, chance: np.random.Generator) -> Problem:
    """300 mentees and 75 mentors with 300 places or so; half of the mentees name three mentors."""
    mentees = tuple(
        MenteeSide(
            number * SCHOOL + place,
            "pupil",
            age=int(chance.integers(11, 18)),
            needs=(Need("study", TOPICS[chance.integers(len(TOPICS))]),),
            interests=frozenset({TOPICS[chance.integers(len(TOPICS))]}),
        )
        for place in range(SCHOOL)
    )
    mentors = tuple(
        MentorSide(
            number * SCHOOL + place,
            "teacher",
            places=int(chance.integers(3, 6)),
            competences=frozenset(chance.choice(TOPICS, 2).tolist()),
            interests=frozenset({TOPICS[chance.integers(len(TOPICS))]}),
            hours=float(chance.integers(1, 9)),
        )
        for place in range(SCHOOL // SHARE)
    )
    wishes = tuple(
        (mentee.id, mentors[int(place)].id, rank)
        for mentee in mentees[::2]
        for rank, place in enumerate(chance.permutation(len(mentors))[:3], start=1)
    )
    forms = (FormRule("teacher", frozenset({"teacher"}), frozenset({"pupil"})),)
    return Problem(mentees, mentors, forms, dict(DEFAULT_WEIGHTS), mentee_ranks=wishes)


def closeness(_code: str, topic: str, competence: str) -> float:
    return 1.0 if topic == competence else 0.0


def region(mentees: int) -> tuple[Instance, float]:
    """The schools' edges joined, and the CPU seconds that scoring took."""
    chance = np.random.default_rng(1)
    people: list[Any] = []
    helpers: list[Mentor] = []
    columns: list[EdgeColumns] = []
    seconds = 0.0
    for number in range(max(mentees // SCHOOL, 1)):
        problem = school(number, chance)
        found: list[Instance] = []
        seconds += measure(lambda p=problem, f=found: f.append(scored(p)))  # type: ignore[misc]
        edges = found[0].columns()
        columns.append(
            EdgeColumns(
                (edges.mentee + len(people)).astype(np.int32),
                (edges.mentor + len(helpers)).astype(np.int32),
                edges.fit.astype(np.float32),
                edges.mentee_rank.astype(np.int16),
                edges.mentor_rank.astype(np.int16),
            )
        )
        people += found[0].mentees
        helpers += found[0].mentors
    names = ("mentee", "mentor", "fit", "mentee_rank", "mentor_rank")
    joined = EdgeColumns(*(np.concatenate([getattr(c, name) for c in columns]) for name in names))
    return Instance(tuple(people), tuple(helpers), joined), seconds


def scored(problem: Problem) -> Instance:
    return instance_of(problem, closeness, keep=DEGREE)


def crowd(mentees: int, *, capacity: int = 5, ranked: bool = True) -> Instance:
    """One component: 30 random mentors a mentee, fit at random, three wished by rank or nobody."""
    chance = np.random.default_rng(1)
    mentors = mentees // SHARE
    degree = min(DEGREE, mentors // 2)
    mentor = np.sort(chance.integers(0, mentors - degree, (mentees, degree)), axis=1)
    mentor += np.arange(degree)
    ranks = np.zeros((mentees, degree), dtype=np.int16)
    if ranked:
        first = chance.integers(0, degree - 2, mentees)
        for rank in range(3):
            ranks[np.arange(mentees), first + rank] = rank + 1
    edges = EdgeColumns(
        np.repeat(np.arange(mentees, dtype=np.int32), degree),
        mentor.ravel().astype(np.int32),
        np.round(chance.random(mentees * degree) * 100, 1).astype(np.float32),
        ranks.ravel(),
        np.zeros(mentees * degree, dtype=np.int16),
    )
    helpers = tuple(Mentor(place, capacity) for place in range(mentors))
    return Instance(tuple(range(mentees)), helpers, edges)
