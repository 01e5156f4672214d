"""Matching at three sizes: our solver, the floor and rivals, each in a process of its own.

Cases: schools of 300 × 75 scored and solved as one region; a tangled crowd with wishes; the same
without wishes and with hardly a place to spare; scarce wishes against promotion by levels. The
floor is a plain deferred acceptance with a heap in pure Python on the same edges. A rival that did
not finish within SECONDS of CPU or MEMORY is not tried at a larger size.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.frame import Result, measure
from bench.matches.cases import CASES
from nastavnik.matching.engine.alternating import alone
from nastavnik.matching.engine.blocking import blocking
from nastavnik.matching.engine.deferred import ask, open_market, promote
from nastavnik.matching.engine.instance import Instance
from nastavnik.matching.engine.solve import solve
from nastavnik.matching.engine.table import NOBODY, build_table

ROOT = Path(__file__).resolve().parents[1]
SIZES = [int(n) for n in os.environ.get("NASTAVNIK_BENCH_MENTEES", "1000,10000,300000").split(",")]
SCARCE = [n for n in (300, 1_000, 10_000) if n <= max(SIZES)]
RIVALS = (
    "ortools min-cost flow",
    "scipy linear_sum_assignment",
    "scipy sparse assignment",
    "matching",
    "mentor-match",
)
SECONDS = int(os.environ.get("NASTAVNIK_BENCH_SECONDS", "200"))
MEMORY = 8 * 2**30
UNIT = "CPU seconds"


def run() -> list[Result]:
    results = []
    for mentees in SCARCE:
        for places in ((5, 5), (3, 5)):
            sys.stderr.write(f"scarce {mentees}, {places} places\n")
            results.append(scarce(mentees, places))
    return results + compared()


def compared() -> list[Result]:
    results = []
    lost: dict[tuple[str, str], str] = {}
    for mentees in sorted(SIZES):
        for case in CASES:
            results.append(one(case, mentees, lost))
            sys.stderr.write(f"{case} {mentees}: done\n")
    return results


def one(case: str, mentees: int, lost: dict[tuple[str, str], str]) -> Result:
    rounds = 5 if mentees <= 1_000 else 3 if mentees <= 10_000 else 1
    low = ask_child("floor", case, mentees, rounds)
    mine = ask_child("ours", case, mentees, rounds)
    failed = {who: told["why"] for who, told in (("floor", low), ("ours", mine)) if "why" in told}
    if failed:
        return Result(f"match-{case}", 0.0, 0.0, 0.0, UNIT, mentees, {"why": failed})
    rivals = {}
    for rival in RIVALS:
        sys.stderr.write(f"{case} {mentees}: {rival}\n")
        why = lost.get((rival, case))
        told = {"why": why} if why else ask_child(rival, case, mentees, 1, limit=_limited)
        if "why" in told and not why:
            lost[rival, case] = f"not tried: at {mentees:,} {told['why']}"
        rivals[rival] = told
    high = mine["seconds"] + mine["scores"]
    more = {key: mine[key] for key in mine if key != "seconds"} | {
        "solve": mine["seconds"],
        "floor_answer": low,
        "rivals": rivals,
    }
    ratio = round(high / low["seconds"], 2)
    return Result(f"match-{case}", low["seconds"], round(high, 3), ratio, UNIT, mentees, more)


def ask_child(
    solver: str, case: str, mentees: int, rounds: int, *, limit: Callable[[], None] | None = None
) -> dict[str, Any]:
    """What `bench.matches.contestants` tells, or why it tells nothing."""
    command = [sys.executable, "-m", "bench.matches.contestants"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    done = subprocess.run(  # noqa: S603 -- our own module
        [*command, solver, case, str(mentees), str(rounds)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=limit,
    )
    words = done.stdout.splitlines()
    if not done.returncode and words and words[-1].startswith("{"):
        told: dict[str, Any] = json.loads(words[-1])
        return told
    if done.returncode < 0:
        return {"why": f"did not finish in {SECONDS} CPU s"}
    last = (done.stderr.strip().splitlines() or ["no word"])[-1]
    return {"why": f"fails: {last[:120]}"}


def _limited() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def scarce(mentees: int, places: tuple[int, int]) -> Result:
    """Three wishes a mentee: blocking pairs against plain promotion by 4 levels."""
    from tests.matching.engine.instances import sparse

    instance = sparse(mentees, seed=0, capacity=places)
    levels: dict[int, tuple[int, int]] = {}
    low = measure(lambda: levels.update(promoted(instance, (2, 4, 8))))
    solution = solve(instance)
    more = {
        "places": list(places),
        "levels": {str(level): list(figures) for level, figures in levels.items()},
        "matched": solution.matched,
        "max_size": solution.max_size,
        "blocking_pairs": solution.blocking_pairs,
        "method": solution.method,
    }
    high = solution.seconds
    return Result("match-scarce", round(low, 3), high, round(high / low, 2), UNIT, mentees, more)


def promoted(instance: Instance, wanted: tuple[int, ...]) -> dict[int, tuple[int, int]]:
    """{levels: (matched, blocking pairs)} of plain promotion."""
    table = build_table(instance)
    market = open_market(table)
    ask(market, alone(table, market.chosen), lambda: None)
    found = {}
    for level in range(2, max(wanted) + 1):
        promote(market, alone(table, market.chosen), lambda: None)
        if level in wanted:
            size = int((market.chosen != NOBODY).sum())
            found[level] = size, int(blocking(table, market.chosen).sum())
    return found
