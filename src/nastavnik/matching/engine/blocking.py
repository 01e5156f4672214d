"""Blocking pairs of a matching: who would both rather be together."""

import numpy as np

from nastavnik.matching.engine.table import ALONE, NOBODY, Int16, IntArray, Mask, Table, ranges


def blocking(table: Table, chosen: IntArray) -> Mask:
    """Which edges block.

    An edge blocks when its mentee strictly prefers the mentor to what she has (anybody permitted
    beats nobody) and the mentor has a free place or strictly prefers her to one of his. Locked
    mentees neither leave nor are left, so they do not count.

    Parameters
        chosen: int (n_mentees,), the edge of each mentee or NOBODY.
    """
    have, beaten = having(table, chosen), worst(table, chosen)
    blocks = np.empty(len(table.mentee), dtype=np.bool_)
    for some in ranges(len(blocks)):
        wishes = table.mentee_rank[some] < have[table.mentee[some]]
        blocks[some] = wishes & (table.mentor_rank[some] < beaten[table.mentor[some]])
    return blocks


def having(table: Table, chosen: IntArray) -> Int16:
    """The rank of what each mentee has; ALONE when she has nobody."""
    have = np.full(len(table.mentees), ALONE, dtype=np.int16)
    matched = chosen != NOBODY
    have[matched] = table.mentee_rank[chosen[matched]]
    return have


def worst(table: Table, chosen: IntArray) -> Int16:
    """The rank that a mentee must beat at each mentor: ALONE with a free place, 0 without places."""
    held = chosen[chosen != NOBODY]
    counts = np.bincount(table.mentor[held], minlength=len(table.mentors))
    ranks = np.zeros(len(table.mentors), dtype=np.int16)
    np.maximum.at(ranks, table.mentor[held], table.mentor_rank[held])
    ranks[counts < table.places] = ALONE
    return ranks


def total_fit(table: Table, chosen: IntArray) -> int:
    """The sum of fit in units, without the locked pairs."""
    return int(table.fit[chosen[chosen != NOBODY]].sum(dtype=np.int64))
