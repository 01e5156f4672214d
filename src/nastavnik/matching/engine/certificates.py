"""A reason for every mentee left: nobody is permitted, a shortage with its proof, a group too small.

A shortage is a set of mentees whose mentors, all together, have fewer places than the set has
members (Hall 1935). The set named for a mentee is the least one that her wishes lead to: her
mentors, the mentors of those they hold, and so on; all mentees who depend on these mentors alone
are in it. Sets of equal mentors are one certificate.
"""

from itertools import pairwise

import numpy as np

from nastavnik.matching.engine.alternating import (
    Holding,
    Reach,
    alone,
    blocks_of,
    edges_of,
    holding,
    reach,
    spread,
)
from nastavnik.matching.engine.components import labels
from nastavnik.matching.engine.solution import Certificate, Left
from nastavnik.matching.engine.table import NOBODY, IntArray, Table

MOST_STEPS = 300_000
"""Up to so many mentors × mentees left everyone gets the least set, above it the joined one."""

Mentors = tuple[int, ...]


def reasons(table: Table, chosen: IntArray) -> tuple[tuple[Left, ...], tuple[Certificate, ...]]:
    """Who is left and why, in the order of identifiers; certificates by their first mentee.

    Parameters
        chosen: int (n_mentees,); locked mentees have NOBODY there and are not left.
    """
    waiting = alone(table, chosen)
    found = reach(table, chosen, waiting, table.places)
    steps = len(waiting) * int(found.mentors.sum())
    if steps <= MOST_STEPS:
        sets = _least(table, chosen, waiting)
        shortages = sorted((_people(table, mentors), mentors) for mentors in set(sets.values()))
    else:
        sets = _joined(table, chosen, found, waiting)
        shortages = sorted(_people_of_all(table, list(dict.fromkeys(sets.values()))))
    number = {mentors: place for place, (_, mentors) in enumerate(shortages)}
    locked = {pair[0] for pair in table.locked}
    left = []
    for place in np.flatnonzero(chosen == NOBODY).tolist():
        if place in locked:
            continue
        if place in sets:
            left.append(Left(table.mentees[place], "capacity", number[sets[place]]))
        else:
            has_edges = table.start[place] < table.start[place + 1]
            left.append(Left(table.mentees[place], "least" if has_edges else "no_edges"))
    certificates = (_certificate(table, mentees, mentors) for mentees, mentors in shortages)
    return tuple(left), tuple(certificates)


def _least(table: Table, chosen: IntArray, waiting: IntArray) -> dict[int, Mentors]:
    """For each mentee left the mentors her wishes lead to, unless one of them has a free place."""
    held = holding(table, chosen)
    seen = np.full(len(table.mentors), NOBODY, dtype=np.int64)
    sets: dict[int, Mentors] = {}
    known: dict[bytes, Mentors | None] = {}
    for mentee in waiting.tolist():
        first = table.mentor[table.start[mentee] : table.start[mentee + 1]]
        if first.tobytes() not in known:
            mentors = _ahead(table, held, seen, mentee)
            is_full = (held.counts[mentors] >= table.places[mentors]).all()
            known[first.tobytes()] = tuple(mentors.tolist()) if is_full else None
        mentors_or_none = known[first.tobytes()]
        if mentors_or_none is not None:
            sets[mentee] = mentors_or_none
    return sets


def _ahead(table: Table, held: Holding, seen: IntArray, mentee: int) -> IntArray:
    """Her mentors, the mentors of those they hold, and so on, in order; `seen` learns her name."""
    reached = []
    wave = np.array([mentee], dtype=np.int64)
    while len(wave):
        found = []
        for edges in edges_of(table, wave):
            asked = table.mentor[edges]
            fresh = np.unique(asked[seen[asked] != mentee]).astype(np.int64)
            seen[fresh] = mentee
            found.append(fresh)
        reached += found
        wave = held.of(np.concatenate(found))
    return np.sort(np.concatenate(reached))


def _joined(table: Table, chosen: IntArray, found: Reach, waiting: IntArray) -> dict[int, Mentors]:
    """The same at scale: connected parts of all that the mentees left lead to."""
    inside = found.mentees[table.mentee]
    of_mentee, of_mentor = labels(
        table.mentee[inside], table.mentor[inside], len(table.mentees), len(table.mentors)
    )
    mentors = np.flatnonzero(found.mentors)
    homes, number = np.unique(of_mentor[mentors], return_inverse=True)
    groups = _grouped(mentors, number, len(homes))
    counts = np.bincount(table.mentor[chosen[chosen != NOBODY]], minlength=len(table.mentors))
    short = np.ones(len(table.mentees), dtype=np.bool_)
    short[of_mentor[mentors[counts[mentors] < table.places[mentors]]]] = False
    named = zip(homes.tolist(), groups, strict=True)
    sets = {home: tuple(group) for home, group in named if short[home]}
    pairs = zip(waiting.tolist(), of_mentee[waiting].tolist(), strict=True)
    return {mentee: sets[home] for mentee, home in pairs if home in sets}


def _grouped(people: IntArray, home: IntArray, many: int) -> list[list[int]]:
    """The people of each home 0..many-1, in order."""
    order = np.lexsort((people, home))
    ends = np.searchsorted(home[order], np.arange(many + 1)).tolist()
    ordered = people[order].tolist()
    return [ordered[begin:end] for begin, end in pairwise(ends)]


def _people(table: Table, mentors: Mentors) -> list[int]:
    """All mentees who depend on these mentors alone, the locked ones included."""
    inside = np.zeros(len(table.mentors), dtype=np.bool_)
    inside[list(mentors)] = True
    asks = np.zeros(len(table.mentees), dtype=np.bool_)
    order, start = table.by_mentor
    ours = np.array(mentors, dtype=np.int64)
    asks[table.mentee[order[spread(start[ours], start[ours + 1])]]] = True
    near = np.flatnonzero(asks)
    depend = [
        block[np.logical_and.reduceat(inside[table.mentor[edges]], _firsts(table, block))]
        for block, edges in blocks_of(table, near)
    ]
    locked = [pair[0] for pair in table.locked if inside[pair[1]]]
    return sorted({*np.concatenate(depend).tolist(), *locked})


def _people_of_all(table: Table, sets: list[Mentors]) -> list[tuple[list[int], Mentors]]:
    """The same for sets that share no mentor, in one look at the edges."""
    home = np.full(len(table.mentors), NOBODY, dtype=np.int32)
    for number, mentors in enumerate(sets):
        home[list(mentors)] = number
    people = [np.array([pair[0] for pair in table.locked], dtype=np.int64)]
    numbers = [home[np.array([pair[1] for pair in table.locked], dtype=np.int64)]]
    asking = np.flatnonzero(np.diff(table.start) > 0)
    for block, edges in blocks_of(table, asking):
        asked, firsts = home[table.mentor[edges]], _firsts(table, block)
        least = np.minimum.reduceat(asked, firsts)
        inside = (least != NOBODY) & (least == np.maximum.reduceat(asked, firsts))
        people.append(block[inside])
        numbers.append(least[inside])
    everybody, homes = np.concatenate(people), np.concatenate(numbers)
    told = homes != NOBODY
    return list(zip(_grouped(everybody[told], homes[told], len(sets)), sets, strict=True))


def _firsts(table: Table, block: IntArray) -> IntArray:
    """Where the edges of each begin when those of all are put one after another."""
    degree = table.start[block + 1] - table.start[block]
    firsts: IntArray = np.cumsum(degree) - degree
    return firsts


def _certificate(table: Table, mentees: list[int], mentors: Mentors) -> Certificate:
    return Certificate(
        tuple([table.mentees[place] for place in mentees]),
        tuple([table.mentors[place].id for place in mentors]),
        sum([table.mentors[place].capacity for place in mentors]),
    )
