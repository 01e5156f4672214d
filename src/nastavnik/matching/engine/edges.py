"""What the solver is asked: the kept edges of a problem with their fit and ranks."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from nastavnik.matching.engine.dense import Block, Flags, block_of, mark
from nastavnik.matching.engine.fit import Closeness
from nastavnik.matching.engine.instance import EdgeColumns, Instance, Mentor
from nastavnik.matching.engine.problem import Couple, Problem
from nastavnik.matching.engine.shortage import shortage
from nastavnik.matching.engine.table import Int32

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
    while kept is not block.allowed:
        lacking = _lacking(problem, block, kept)
        if not lacking.any():
            break
        kept |= lacking
    return _instance(problem, block, kept)


def _instance(problem: Problem, block: Block, kept: Flags) -> Instance:
    mentees = tuple([side.id for side in block.mentees])
    mentors = tuple([Mentor(side.id, side.places, side.least) for side in block.mentors])
    return Instance(mentees, mentors, _columns(block, kept), _locked(problem, block))


def _locked(problem: Problem, block: Block) -> frozenset[Couple]:
    rows, columns = block.rows, block.columns
    return frozenset(
        (mentee, mentor)
        for mentee, mentor in problem.locked
        if mentee in rows and mentor in columns and block.allowed[rows[mentee], columns[mentor]]
    )


def _lacking(problem: Problem, block: Block, kept: Flags) -> Flags:
    """Combinations left out that may serve more mentees; none when the size is the greatest.

    Only a way out of the shortage can: from those who compete for too few places to a mentor who is
    not among those places (Dulmage and Mendelsohn 1958). The best of each mentee come first.
    """
    open_kept, places = kept, [side.places for side in block.mentors]
    for mentee, mentor in _locked(problem, block):
        if open_kept is kept:
            open_kept = kept.copy()
        open_kept[block.rows[mentee]] = False
        places[block.columns[mentor]] -= 1
    if min(places) < 0:  # locks that contradict each other: the solver will tell
        return np.zeros_like(kept)
    short = shortage(open_kept, places)
    missing = block.allowed & ~kept & short.mentees[:, None] & ~short.mentors
    if not missing.any():
        return missing
    return _best(_key(block, missing), BEST_KEPT) & missing


def _columns(block: Block, kept: Flags) -> EdgeColumns:
    cells = np.flatnonzero(kept)
    row, column = np.divmod(cells.astype(np.int32), np.int32(kept.shape[1]))
    ranks = [
        np.zeros(len(cells), dtype=np.int16) if ranks is None else ranks.ravel()[cells]
        for ranks in block.ranks
    ]
    return EdgeColumns(row, column, block.points.ravel()[cells].astype(np.float64), *ranks)


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
        ours = np.ascontiguousarray(key[:, columns].T)
        kept[:, columns] |= (ours >= _nth_greatest(ours, number)).T
    for ranks in block.ranks:
        if ranks is not None:
            kept |= ranks > 0
    mark(block, kept, problem.locked, value=True)
    return kept & block.allowed


def _key(block: Block, among: Flags) -> Int32:
    """Greater = sooner kept; -1 = not among them.

    Equal points are told apart by the distance from the diagonal, not by the mentor's number: else
    all mentees would keep the same few mentors and the rest would serve nobody.
    """
    n, m = block.points.shape
    round_twice = np.tile(np.arange(m - 1, -1, -1, dtype=np.int32), 2)
    key: Int32 = sliding_window_view(round_twice, m)[m - np.arange(n) * m // n]
    key += block.points * np.int32(m)
    np.copyto(key, -1, where=~among)
    return key


def _best(key: Int32, wanted: int) -> Flags:
    """The `wanted` greatest of each row."""
    if wanted >= key.shape[1]:
        return np.ones(key.shape, dtype=bool)
    return key >= _nth_greatest(key, wanted)


def _nth_greatest(key: Int32, number: int) -> Int32:
    """Of each row, as a column."""
    place = key.shape[1] - number
    found: Int32 = np.partition(key, place, axis=1)[:, place : place + 1]
    return found
