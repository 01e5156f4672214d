"""What the solver is asked: the kept edges of a problem with their fit and ranks."""

from collections.abc import Iterable

import numpy as np

from nastavnik.matching.engine.dense import Block, Flags, block_of, mark, places_of, ranks_of
from nastavnik.matching.engine.fit import Closeness
from nastavnik.matching.engine.instance import EdgeColumns, Instance, Mentor
from nastavnik.matching.engine.problem import Couple, Problem

BEST_KEPT = 30
KEEP_ALL_UP_TO = 50_000
"""Couples; a smaller problem keeps every permitted combination."""


def instance_of(problem: Problem, closeness: Closeness, *, keep: int | None = None) -> Instance:
    """The question for `solve`: permitted edges with their fit and ranks, places, locked couples.

    `keep`: how many best mentors of each mentee stay (all of a small problem, 30 of a large one).
    Locked couples that a firm rule forbids are left out.
    """
    block = block_of(problem, closeness)
    edges = edges_of(problem, block, keep=keep)
    mentees = tuple(side.id for side in block.mentees)
    mentors = tuple(Mentor(side.id, side.places, side.least) for side in block.mentors)
    rows, columns = places_of(block)
    locked = frozenset(
        (mentee, mentor)
        for mentee, mentor in problem.locked
        if mentee in rows and mentor in columns and block.allowed[rows[mentee], columns[mentor]]
    )
    return Instance(mentees, mentors, edges, locked)


def edges_of(problem: Problem, block: Block, *, keep: int | None = None) -> EdgeColumns:
    """The kept combinations as columns, by mentee, then by mentor."""
    kept = kept_of(problem, block, keep)
    row, column = np.nonzero(kept)
    ranks = [
        ranks_of(block, listed)[row, column] if listed else np.zeros(len(row), dtype=np.int16)
        for listed in (problem.mentee_ranks, problem.mentor_ranks)
    ]
    return EdgeColumns(row, column, block.points[row, column].astype(np.float64), *ranks)


def kept_of(problem: Problem, block: Block, keep: int | None) -> Flags:
    """Which permitted combinations stay: the best of each mentee, as many of each mentor as there
    are places (so that nobody is cut off), the ranked and the locked.

    Equal points are told apart by the distance from the diagonal, not by the mentor's number: else
    all mentees would keep the same few mentors and the rest would serve nobody.
    """
    n, m = block.points.shape
    wanted = keep or (m if n * m <= KEEP_ALL_UP_TO else BEST_KEPT)
    if wanted >= m or not n:
        return block.allowed
    order = (np.arange(m) - (np.arange(n) * m // n)[:, None]) % m
    key = block.points.astype(np.int32) * m + (m - 1 - order).astype(np.int32)
    key[~block.allowed] = -1
    kept = np.zeros((n, m), dtype=bool)
    best = np.argpartition(key, m - wanted, axis=1)[:, m - wanted :]
    np.put_along_axis(kept, best, True, axis=1)  # noqa: FBT003 -- numpy's own signature
    for column, mentor in enumerate(block.mentors):
        if 0 < mentor.places < n:
            kept[
                np.argpartition(key[:, column], n - mentor.places)[n - mentor.places :], column
            ] = 1
    for couples in (problem.locked, _couples(problem.mentee_ranks), _couples(problem.mentor_ranks)):
        mark(block, kept, couples, value=True)
    return kept & block.allowed


def _couples(ranked: Iterable[tuple[int, int, int]]) -> list[Couple]:
    return [(mentee, mentor) for mentee, mentor, _ in ranked]
