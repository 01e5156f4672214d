"""Alternating paths: whether a matching is of maximum size, and which mentees compete for places."""

from dataclasses import dataclass

import numpy as np

from nastavnik.matching.engine.table import NOBODY, IntArray, Mask, Table


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
    matched = np.flatnonzero(chosen != NOBODY)
    mentor_of = table.mentor[chosen[matched]]
    by_mentor = matched[np.argsort(mentor_of, kind="stable")]
    counts = np.bincount(mentor_of, minlength=len(table.mentors))
    first = np.cumsum(counts) - counts
    mentees[start] = True
    wave = start
    while len(wave):
        asked = np.unique(table.mentor[spread(table.start[wave], table.start[wave + 1])])
        asked = asked[~mentors[asked]]
        mentors[asked] = True
        wave = by_mentor[spread(first[asked], first[asked] + counts[asked])]
        wave = wave[~mentees[wave]]
        mentees[wave] = True
    return Reach(mentees, mentors, not (counts < places)[mentors].any())


def spread(begin: IntArray, end: IntArray) -> IntArray:
    """All positions of the ranges begin:end, one after another."""
    sizes = end - begin
    total = int(sizes.sum())
    offset = np.repeat(np.cumsum(sizes) - sizes, sizes)
    positions: IntArray = np.repeat(begin, sizes) + np.arange(total) - offset
    return positions


def alone(table: Table, chosen: IntArray) -> IntArray:
    """Mentees without a mentor who have somebody to ask."""
    return np.flatnonzero((chosen == NOBODY) & (np.diff(table.start) > 0))
