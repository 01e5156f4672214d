"""What the solver is asked: the kept edges of a problem with their fit and ranks."""

from collections.abc import Iterable

import numpy as np

from nastavnik.matching.engine.alternating import alone, reach
from nastavnik.matching.engine.augment import augment
from nastavnik.matching.engine.dense import Block, Flags, block_of, mark, places_of, ranks_of
from nastavnik.matching.engine.fit import Closeness
from nastavnik.matching.engine.instance import EdgeColumns, Instance, InstanceError, Mentor
from nastavnik.matching.engine.problem import Couple, Problem
from nastavnik.matching.engine.table import NOBODY, Int32, IntArray, Table, build_table

BEST_KEPT = 30
KEEP_ALL_UP_TO = 50_000
"""Couples; a smaller problem keeps every permitted combination."""


def instance_of(problem: Problem, closeness: Closeness, *, keep: int | None = None) -> Instance:
    """The question for `solve`: permitted edges with their fit and ranks, places, locked couples.

    `keep`: how many best mentors of each mentee stay (all of a small problem, 30 of a large one);
    as many mentees can be served as if all had stayed. Locked couples that a firm rule forbids are
    left out.
    """
    block = block_of(problem, closeness)
    kept = kept_of(problem, block, keep)
    instance = _instance(problem, block, kept)
    while kept is not block.allowed:
        lacking = _lacking(instance, block, kept)
        if not lacking.any():
            break
        kept |= lacking
        instance = _instance(problem, block, kept)
    return instance


def _instance(problem: Problem, block: Block, kept: Flags) -> Instance:
    mentees = tuple(side.id for side in block.mentees)
    mentors = tuple(Mentor(side.id, side.places, side.least) for side in block.mentors)
    rows, columns = places_of(block)
    locked = frozenset(
        (mentee, mentor)
        for mentee, mentor in problem.locked
        if mentee in rows and mentor in columns and block.allowed[rows[mentee], columns[mentor]]
    )
    return Instance(mentees, mentors, _columns(problem, block, kept), locked)


def _lacking(instance: Instance, block: Block, kept: Flags) -> Flags:
    """Combinations left out that may serve more mentees; none when the size is the greatest.

    Only a way out of the shortage can: from those who compete for too few places to a mentor who is
    not among those places (Dulmage and Mendelsohn 1958). The best of each mentee come first.
    """
    try:
        table = build_table(instance)
    except InstanceError:  # locks that contradict each other: the solver will tell
        return np.zeros_like(kept)
    chosen = augment(table, _first_come(table), lambda: None)
    short = reach(table, chosen, alone(table, chosen), table.places)
    missing = block.allowed & ~kept & short.mentees[:, None] & ~short.mentors
    if not missing.any():
        return missing
    return _best(_key(block, missing), BEST_KEPT) & missing


def _first_come(table: Table) -> IntArray:
    """Everybody takes the first free place: nearly all are served, so few paths are left to find."""
    free = table.places.tolist()
    mentors = table.mentor.tolist()
    start = table.start.tolist()
    chosen = [NOBODY] * len(table.mentees)
    for mentee in range(len(chosen)):
        for edge in range(start[mentee], start[mentee + 1]):
            if free[mentors[edge]]:
                free[mentors[edge]] -= 1
                chosen[mentee] = edge
                break
    return np.array(chosen, dtype=np.int64)


def _columns(problem: Problem, block: Block, kept: Flags) -> EdgeColumns:
    row, column = np.nonzero(kept)
    ranks = [
        ranks_of(block, listed)[row, column] if listed else np.zeros(len(row), dtype=np.int16)
        for listed in (problem.mentee_ranks, problem.mentor_ranks)
    ]
    return EdgeColumns(row, column, block.points[row, column].astype(np.float64), *ranks)


def kept_of(problem: Problem, block: Block, keep: int | None) -> Flags:
    """Which permitted combinations stay: the best of each mentee, as many of each mentor as there
    are places (so that few are cut off), the ranked and the locked."""
    n, m = block.points.shape
    wanted = keep or (m if n * m <= KEEP_ALL_UP_TO else BEST_KEPT)
    if wanted >= m or not n:
        return block.allowed
    key = _key(block, block.allowed)
    kept = _best(key, wanted)
    places = np.array([mentor.places for mentor in block.mentors])
    for number in np.unique(places[(places > 0) & (places < n)]).tolist():
        columns = np.flatnonzero(places == number)
        best = np.argpartition(key[:, columns], n - number, axis=0)[n - number :]
        kept[best, columns] = True
    for couples in (problem.locked, _couples(problem.mentee_ranks), _couples(problem.mentor_ranks)):
        mark(block, kept, couples, value=True)
    return kept & block.allowed


def _key(block: Block, among: Flags) -> Int32:
    """Greater = sooner kept; -1 = not among them.

    Equal points are told apart by the distance from the diagonal, not by the mentor's number: else
    all mentees would keep the same few mentors and the rest would serve nobody.
    """
    n, m = block.points.shape
    order = (np.arange(m) - (np.arange(n) * m // n)[:, None]) % m
    key: Int32 = block.points.astype(np.int32) * m + (m - 1 - order).astype(np.int32)
    key[~among] = -1
    return key


def _best(key: Int32, wanted: int) -> Flags:
    """The `wanted` greatest of each row."""
    m = key.shape[1]
    kept = np.zeros(key.shape, dtype=bool)
    best = np.argpartition(key, max(m - wanted, 0), axis=1)[:, max(m - wanted, 0) :]
    np.put_along_axis(kept, best, True, axis=1)  # noqa: FBT003 -- numpy's own signature
    return kept


def _couples(ranked: Iterable[tuple[int, int, int]]) -> list[Couple]:
    return [(mentee, mentor) for mentee, mentor, _ in ranked]
