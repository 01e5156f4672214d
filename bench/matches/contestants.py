"""One solver on one instance, in a process of its own: `python -m bench.matches.contestants`.

Arguments: the solver, the case, the number of mentees, rounds. Prints one JSON line: CPU seconds
(median), the greatest memory, and what the answer is worth, counted the same way for everybody.
Rivals are development extras from the folders in NASTAVNIK_BENCH_RIVALS.
"""

import heapq
import json
import os
import resource
import statistics
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from bench.frame import measure
from bench.matches.cases import made
from nastavnik.matching.engine.blocking import blocking, total_fit
from nastavnik.matching.engine.check import check
from nastavnik.matching.engine.flow import greatest_fit
from nastavnik.matching.engine.instance import Instance
from nastavnik.matching.engine.solution import Solution
from nastavnik.matching.engine.solve import solve
from nastavnik.matching.engine.table import NOBODY, UNITS, IntArray, Table, build_table

MEGABYTE = 1024
GIGABYTE = 2**30
MOST_MATRIX = 4 * GIGABYTE
DEEP = 512 * 2**20
LAST = 9999
WARM_UP = 16
"""So small an instance first, for imports are not work."""
Pairs = list[tuple[int, int]]


class TooLarge(Exception):
    """The rival needs more memory than a machine of a school has."""


def ours(instance: Instance) -> Solution:
    return solve(instance)


def floor(instance: Instance) -> Pairs:
    """Deferred acceptance by rank and fit as a textbook writes it."""
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
        wishes[mentee].append((-rank or -LAST, fit, mentor))
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
    return [(-mentee, mentor) for mentor, row in enumerate(held) for _, mentee in row]


def flow(instance: Instance) -> Pairs:
    """OR-tools: greatest size, then greatest fit; it knows no wishes."""
    table = build_table(instance)
    chosen = greatest_fit(table, table.places)
    taken = chosen[chosen != NOBODY]
    return list(zip(table.mentee[taken].tolist(), table.mentor[taken].tolist(), strict=True))


def _owners(instance: Instance) -> np.ndarray:
    """The mentor of each place."""
    capacities = [mentor.capacity for mentor in instance.mentors]
    return np.repeat(np.arange(len(instance.mentors)), capacities)


def assignment(instance: Instance) -> Pairs:
    """scipy's dense assignment, a column for each place."""
    from scipy.optimize import linear_sum_assignment

    owner = _owners(instance)
    size = 8 * len(instance.mentees) * len(owner)
    if 2 * size > MOST_MATRIX:
        raise TooLarge(f"its matrix takes {size / GIGABYTE:,.0f} GB")
    columns = instance.columns()
    scores = np.zeros((len(instance.mentees), len(instance.mentors)))
    scores[columns.mentee, columns.mentor] = columns.fit + 1000
    scores = scores[:, owner]
    rows, places = linear_sum_assignment(scores, maximize=True)
    good = scores[rows, places] > 0
    return list(zip(rows[good].tolist(), owner[places[good]].tolist(), strict=True))


def sparse_assignment(instance: Instance) -> Pairs:
    """scipy's sparse assignment; a costly place of her own for each mentee makes it feasible."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    columns, owner = instance.columns(), _owners(instance)
    n = len(instance.mentees)
    capacity = np.array([mentor.capacity for mentor in instance.mentors])
    first = np.cumsum(capacity) - capacity
    repeats = capacity[columns.mentor]
    turn = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    place = np.repeat(first[columns.mentor], repeats) + turn
    rows = np.concatenate([np.repeat(columns.mentee, repeats), np.arange(n)])
    places = np.concatenate([place, len(owner) + np.arange(n)])
    costs = np.concatenate([np.repeat(101.0 - columns.fit, repeats), np.full(n, 1e6)])
    graph = csr_array((costs, (rows, places)), shape=(n, len(owner) + n))
    mentees, taken = min_weight_full_bipartite_matching(graph)
    good = taken < len(owner)
    return list(zip(mentees[good].tolist(), owner[taken[good]].tolist(), strict=True))


def hospitals(instance: Instance) -> Pairs:
    """`matching` of PyPI: hospitals and residents, everybody ranked strictly by wish, then fit."""
    from matching.games import HospitalResident

    columns = instance.columns()
    wishes: dict[str, list[tuple[int, float, str]]] = {}
    likes: dict[str, list[tuple[int, float, int, str]]] = {}
    for row in range(len(columns)):
        one, other = f"a{columns.mentee[row]}", f"b{columns.mentor[row]}"
        fit = -float(columns.fit[row])
        wish, like = (int(r[row]) or LAST for r in (columns.mentee_rank, columns.mentor_rank))
        wishes.setdefault(one, []).append((wish, fit, other))
        likes.setdefault(other, []).append((like, fit, int(columns.mentee[row]), one))
    game = HospitalResident.create_from_dictionaries(
        {one: [row[-1] for row in sorted(rows)] for one, rows in wishes.items()},
        {one: [row[-1] for row in sorted(rows)] for one, rows in likes.items()},
        {other: instance.mentors[int(other[1:])].capacity for other in likes},
    )
    found = game.solve().items()
    return [(int(one.name[1:]), int(other.name[1:])) for other, held in found for one in held]


def mentor_match(instance: Instance) -> Pairs:
    """`mentor-match` of PyPI with our fit as its rule, a round for each place of a mentor."""
    from matching.mentee import Mentee
    from matching.mentor import Mentor
    from matching.process import process_data
    from matching.rules.rule import Disqualify

    columns = instance.columns()
    couples = zip(columns.mentee.tolist(), columns.mentor.tolist(), strict=True)
    fit = dict(zip(couples, (columns.fit * 10).astype(int).tolist(), strict=True))

    class OurFit:
        def apply(self, match: Any) -> int:
            return 1 + int(fit[match.mentee.number, match.mentor.number])

    def numbered(person: Any, number: int) -> Any:
        person.number = number
        return person

    def unfit(match: Any) -> bool:
        is_full = len(match.mentor.mentees) >= instance.mentors[match.mentor.number].capacity
        couple = match.mentee.number, match.mentor.number
        return bool(is_full or match.mentee.mentors or couple not in fit)

    mentees = [numbered(Mentee(grade=1, email=f"a{n}"), n) for n in range(len(instance.mentees))]
    mentors = [numbered(Mentor(grade=2, email=f"b{n}"), n) for n in range(len(instance.mentors))]
    rounds = max(mentor.capacity for mentor in instance.mentors)
    process_data(mentors, mentees, [[OurFit(), Disqualify(unfit)] for _ in range(rounds)])
    return [(one.number, other.number) for other in mentors for one in other.mentees]


SOLVERS: dict[str, Callable[[Instance], Any]] = {
    "ours": ours,
    "floor": floor,
    "ortools min-cost flow": flow,
    "scipy linear_sum_assignment": assignment,
    "scipy sparse assignment": sparse_assignment,
    "matching": hospitals,
    "mentor-match": mentor_match,
}


def worth(table: Table, pairs: Pairs) -> dict[str, Any]:
    """Size, blocking pairs and fit of anybody's answer, by positions of the instance."""
    chosen: IntArray = np.full(len(table.mentees), NOBODY, dtype=np.int64)
    keys = table.mentee.astype(np.int64) * len(table.mentors) + table.mentor
    asked = np.array([one * len(table.mentors) + other for one, other in pairs], dtype=np.int64)
    edges = np.searchsorted(keys, asked)
    if len(asked) and not (keys[edges] == asked).all():
        raise RuntimeError("a pair that is not permitted")
    chosen[table.mentee[edges]] = edges
    return {
        "matched": int((chosen != NOBODY).sum()),
        "blocking_pairs": int(blocking(table, chosen).sum()),
        "total_fit": round(total_fit(table, chosen) / UNITS, 1),
    }


def report(solver: str, case: str, mentees: int, rounds: int) -> dict[str, Any]:
    instance, scores = made(case, mentees)
    before = _peak()
    found: list[Any] = []
    work = SOLVERS[solver]
    try:
        work(made("flat", WARM_UP)[0])
        seconds = [measure(lambda: found.append(work(instance))) for _ in range(rounds)]
    except (TooLarge, ImportError, MemoryError, RecursionError) as error:
        return {"why": f"{type(error).__name__}: {error}".removeprefix("TooLarge: ")}
    told = {
        "seconds": round(statistics.median(seconds), 3),
        "scores": round(scores, 3),
        "peak_mb": _peak(),
        "before_mb": before,
        "edges": len(instance.columns()),
    }
    answer = found[-1]
    if not isinstance(answer, Solution):
        return told | worth(build_table(instance), answer)
    return told | {
        "matched": answer.matched,
        "blocking_pairs": answer.blocking_pairs,
        "total_fit": round(answer.total_fit, 1),
        "max_size": answer.max_size,
        "method": answer.method,
        "faults": check(instance, answer),
    }


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // MEGABYTE


def main() -> None:
    solver, case, mentees, rounds = sys.argv[1:]
    folders = os.environ.get("NASTAVNIK_BENCH_RIVALS", "").split(os.pathsep)
    name = solver if solver in {"matching", "mentor-match"} else "scipy"
    sys.path += [str(Path(folder) / name) for folder in folders if folder]
    sys.setrecursionlimit(10**6)
    threading.stack_size(DEEP)
    told: list[dict[str, Any]] = []
    work = threading.Thread(
        target=lambda: told.append(report(solver, case, int(mentees), int(rounds)))
    )
    work.start()
    work.join()
    if told:
        sys.stdout.write(json.dumps(told[0], ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
