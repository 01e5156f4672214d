"""Matching at three sizes: organisations of 300 × 75 scored and solved, and one tangled crowd.

The floor is a plain deferred acceptance with a heap in pure Python on the same edges. Rivals run
where they finish: OR-tools' min-cost flow, scipy's assignment, and the `matching` of PyPI and the
solver of `mentor-match` (munkres) from the folders named in NASTAVNIK_BENCH_RIVALS; both packages
install a module of the same name, so they cannot stand in one environment.
"""

import heapq
import os
import resource
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from bench.frame import Result, measure
from nastavnik.matching.engine.check import check
from nastavnik.matching.engine.edges import instance_of
from nastavnik.matching.engine.flow import greatest_fit
from nastavnik.matching.engine.instance import EdgeColumns, Instance, Mentor
from nastavnik.matching.engine.problem import (
    DEFAULT_WEIGHTS,
    FormRule,
    MenteeSide,
    MentorSide,
    Need,
    Problem,
)
from nastavnik.matching.engine.solve import solve
from nastavnik.matching.engine.table import UNITS, build_table

SIZES = [int(n) for n in os.environ.get("NASTAVNIK_BENCH_MENTEES", "1000,10000,300000").split(",")]
SCHOOL, SHARE, DEGREE = 300, 4, 30
RIVALS = [path for path in os.environ.get("NASTAVNIK_BENCH_RIVALS", "").split(os.pathsep) if path]
TOPICS = ("math", "physics", "russian", "chemistry", "music", "sport", "history", "english")
MOST_FLOW, MOST_DENSE, MOST_MUNKRES = 10_000, 1_000, 100
MEGABYTE = 1024


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


def plain(instance: Instance) -> int:
    """Deferred acceptance by rank and fit as a textbook writes it; the number matched."""
    columns = instance.columns()
    wishes: list[list[tuple[int, float, int]]] = [[] for _ in instance.mentees]
    rows = zip(
        columns.mentee.tolist(),
        columns.mentor.tolist(),
        columns.fit.tolist(),
        columns.mentee_rank.tolist(),
        strict=True,
    )
    for mentee, mentor, fit, rank in rows:
        wishes[mentee].append((-rank or -9999, fit, mentor))
    for row in wishes:
        row.sort()
    held: list[list[tuple[float, int]]] = [[] for _ in instance.mentors]
    places = [mentor.capacity for mentor in instance.mentors]
    asking = list(range(len(wishes)))
    while asking:
        mentee = asking.pop()
        while wishes[mentee]:
            _, fit, mentor = wishes[mentee].pop()
            if len(held[mentor]) < places[mentor]:
                heapq.heappush(held[mentor], (fit, -mentee))
                break
            if places[mentor] and (fit, -mentee) > held[mentor][0]:
                mentee = -heapq.heapreplace(held[mentor], (fit, -mentee))[1]
    return sum(len(row) for row in held)


def run() -> list[Result]:
    results = []
    for mentees in SIZES:
        instance, scores = region(mentees)
        results.append(one("match-region", instance, scores))
        results.append(one("match-crowd", crowd(mentees), 0.0))
        results.append(one("match-crowd-flat", crowd(mentees, capacity=4, ranked=False), 0.0))
    return results


def one(name: str, instance: Instance, scores: float) -> Result:
    rounds = 5 if len(instance.mentees) <= SIZES[0] else 1
    found: list[Any] = []
    floors, products = [], []
    for _ in range(rounds):
        floors.append(measure(lambda: plain(instance)))
        products.append(measure(lambda: found.append(solve(instance))))
    solution = found[-1]
    low, high = float(np.median(floors)), float(np.median(products)) + scores
    more = {
        "scores": round(scores, 3),
        "edges": len(instance.columns()),
        "matched": solution.matched,
        "max_size": solution.max_size,
        "blocking_pairs": solution.blocking_pairs,
        "total_fit": round(solution.total_fit, 1),
        "method": solution.method,
        "faults": check(instance, solution),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE,
        "rivals": rivals(instance),
    }
    n = len(instance.mentees)
    unit = "CPU seconds"
    return Result(name, round(low, 3), round(high, 3), round(high / low, 2), unit, n, more)


def rivals(instance: Instance) -> dict[str, Any]:
    """{name: {seconds, matched, fit}} of those that finish at this size."""
    size = len(instance.mentees)
    answers: dict[str, Any] = {}
    if size <= MOST_FLOW:
        answers["ortools min-cost flow"] = told(lambda: _flow(instance))
    sys.path[:0] = RIVALS
    try:
        if size <= MOST_DENSE:
            answers["scipy assignment"] = told(lambda: _assignment(instance))
            answers["matching"] = told(lambda: _hospitals(instance))
        if size <= MOST_MUNKRES:
            answers["munkres of mentor-match"] = told(lambda: _munkres(instance))
    finally:
        del sys.path[: len(RIVALS)]
    return answers


def told(work: Callable[[], tuple[int, float]]) -> Any:
    found: list[tuple[int, float]] = []
    try:
        seconds = measure(lambda: found.append(work()))
    except ImportError:
        return "not installed"
    except RecursionError:
        return "does not finish"
    return {"seconds": round(seconds, 3), "matched": found[0][0], "fit": round(found[0][1], 1)}


def _flow(instance: Instance) -> tuple[int, float]:
    table = build_table(instance)
    chosen = greatest_fit(table, table.places)
    taken = chosen[chosen >= 0]
    return len(taken), int(table.fit[taken].sum()) / UNITS


def _scores(instance: Instance) -> tuple[np.ndarray, np.ndarray]:
    """(scores by mentee and place, the mentor of each place); 0 where nothing is permitted."""
    columns = instance.columns()
    scores = np.zeros((len(instance.mentees), len(instance.mentors)))
    scores[columns.mentee, columns.mentor] = columns.fit + 1000
    owner = np.repeat(
        np.arange(len(instance.mentors)), [mentor.capacity for mentor in instance.mentors]
    )
    return scores[:, owner], owner


def _assignment(instance: Instance) -> tuple[int, float]:
    from scipy.optimize import linear_sum_assignment

    scores, _ = _scores(instance)
    rows, places = linear_sum_assignment(scores, maximize=True)
    taken = scores[rows, places]
    return int((taken > 0).sum()), float((taken[taken > 0] - 1000).sum())


def _munkres(instance: Instance) -> tuple[int, float]:
    from munkres import Munkres

    scores, _ = _scores(instance)
    pairs = Munkres().compute((2000 - scores).tolist())
    taken = [scores[pair] for pair in pairs if scores[pair] > 0]
    return len(taken), float(sum(taken) - 1000 * len(taken))


def _hospitals(instance: Instance) -> tuple[int, float]:
    from matching.games import HospitalResident

    columns = instance.columns()
    fit: dict[tuple[str, str], float] = {}
    wishes: dict[str, list[tuple[int, float, str]]] = {}
    likes: dict[str, list[tuple[float, int, str]]] = {}
    for row in range(len(columns)):
        one, other = f"a{columns.mentee[row]}", f"b{columns.mentor[row]}"
        fit[one, other] = float(columns.fit[row])
        rank = int(columns.mentee_rank[row]) or 9999
        wishes.setdefault(one, []).append((rank, -fit[one, other], other))
        likes.setdefault(other, []).append((-fit[one, other], int(columns.mentee[row]), one))
    game = HospitalResident.create_from_dictionaries(
        {one: [row[2] for row in sorted(rows)] for one, rows in wishes.items()},
        {one: [row[2] for row in sorted(rows)] for one, rows in likes.items()},
        {other: instance.mentors[int(other[1:])].capacity for other in likes},
    )
    pairs = [(one.name, other.name) for other, held in game.solve().items() for one in held]
    return len(pairs), sum(fit[pair] for pair in pairs)
