"""Alternating paths: whether a matching is of maximum size, and which mentees compete for places."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from nastavnik.matching.engine.table import NOBODY, IntArray, Mask, Table

TOGETHER = 50_000
"""Mentees whose edges are looked at in one go: larger blocks cost memory and gain nothing."""


@dataclass(frozen=True, eq=False)
class Holding:
    """Whom each mentor holds: `mentees[first[m] : first[m] + counts[m]]`."""

    mentees: IntArray
    first: IntArray
    counts: IntArray

    def of(self, mentors: IntArray) -> IntArray:
        """Everybody held by these mentors, mentor by mentor."""
        begin = self.first[mentors]
        held: IntArray = self.mentees[spread(begin, begin + self.counts[mentors])]
        return held


def holding(table: Table, chosen: IntArray) -> Holding:
    matched = np.flatnonzero(chosen != NOBODY)
    mentor_of = table.mentor[chosen[matched]]
    counts = np.bincount(mentor_of, minlength=len(table.mentors))
    by_mentor = matched[np.argsort(mentor_of, kind="stable")]
    return Holding(by_mentor, np.cumsum(counts) - counts, counts)


@dataclass(frozen=True, eq=False)
class Reach:
    """Whom the mentees of a start could displace: masks of mentees and of the mentors asked."""

    mentees: Mask
    mentors: Mask
    is_maximum: bool
    """No mentor reached has a free place, so nobody of the start can be added."""


def reach(table: Table, chosen: IntArray, start: IntArray, places: IntArray) -> Reach:
    """Follow every edge from a mentee to a mentor, and from him to those he holds."""
    mentees = np.zeros(len(table.mentees), dtype=np.bool_)
    mentors = np.zeros(len(table.mentors), dtype=np.bool_)
    mentees[start] = True
    if not len(start):
        return Reach(mentees, mentors, is_maximum=True)
    held = holding(table, chosen)
    wave = start
    while len(wave):
        asked = np.zeros(len(table.mentors), dtype=np.bool_)
        for edges in edges_of(table, wave):
            asked[table.mentor[edges]] = True
        asked &= ~mentors
        mentors |= asked
        wave = held.of(np.flatnonzero(asked))
        wave = wave[~mentees[wave]]
        mentees[wave] = True
    return Reach(mentees, mentors, not (held.counts < places)[mentors].any())


def edges_of(table: Table, mentees: IntArray) -> Iterator[IntArray]:
    """The edges of these mentees in their order, block by block."""
    return (edges for _, edges in blocks_of(table, mentees))


def blocks_of(table: Table, mentees: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """(some of these mentees, their edges) until all had their turn."""
    for begin in range(0, len(mentees), TOGETHER):
        block = mentees[begin : begin + TOGETHER]
        yield block, spread(table.start[block], table.start[block + 1])


def spread(begin: IntArray, end: IntArray) -> IntArray:
    """All positions of the ranges begin:end, one after another."""
    sizes = end - begin
    offset = begin - (np.cumsum(sizes) - sizes)
    positions: IntArray = np.repeat(offset, sizes)
    positions += np.arange(len(positions))
    return positions


def alone(table: Table, chosen: IntArray) -> IntArray:
    """Mentees without a mentor who have somebody to ask."""
    return np.flatnonzero((chosen == NOBODY) & (np.diff(table.start) > 0))
