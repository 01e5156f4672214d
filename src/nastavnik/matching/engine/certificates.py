"""A reason for every mentee left: nobody is permitted, a shortage with its proof, a group too small.

A shortage is a set of mentees whose mentors, all together, have fewer places than the set has
members (Hall 1935). The set named for a mentee is the least one that her wishes lead to: her
mentors, the mentors of those they hold, and so on; all mentees who depend on these mentors alone
are in it. Sets of equal mentors are one certificate.
"""

import numpy as np

from nastavnik.matching.engine.alternating import Reach, alone, reach, spread
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
    else:
        sets = _joined(table, chosen, found, waiting)
    shortages = sorted(
        (_people(table, mentors).tolist(), mentors) for mentors in set(sets.values())
    )
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
    matched = np.flatnonzero(chosen != NOBODY)
    onward: dict[int, set[int]] = {}
    counts = np.bincount(table.mentor[chosen[matched]], minlength=len(table.mentors))
    for mentee in matched.tolist():
        mentor = int(table.mentor[chosen[mentee]])
        onward.setdefault(mentor, set()).update(_mentors_of(table, mentee))
    sets: dict[int, Mentors] = {}
    known: dict[frozenset[int], Mentors | None] = {}
    for mentee in waiting.tolist():
        first = frozenset(_mentors_of(table, mentee))
        if first not in known:
            seen, queue = set(first), sorted(first)
            for mentor in queue:
                fresh = onward.get(mentor, set()) - seen
                seen |= fresh
                queue.extend(sorted(fresh))
            mentors = tuple(sorted(seen))
            is_full = all(counts[mentor] >= table.places[mentor] for mentor in mentors)
            known[first] = mentors if is_full else None
        mentors_or_none = known[first]
        if mentors_or_none is not None:
            sets[mentee] = mentors_or_none
    return sets


def _joined(table: Table, chosen: IntArray, found: Reach, waiting: IntArray) -> dict[int, Mentors]:
    """The same at scale: connected parts of all that the mentees left lead to."""
    inside = found.mentees[table.mentee]
    of_mentee, of_mentor = labels(
        table.mentee[inside], table.mentor[inside], len(table.mentees), len(table.mentors)
    )
    members: dict[int, list[int]] = {}
    for mentor in np.flatnonzero(found.mentors).tolist():
        members.setdefault(int(of_mentor[mentor]), []).append(mentor)
    sets = {label: tuple(mentors) for label, mentors in members.items()}
    counts = np.bincount(table.mentor[chosen[chosen != NOBODY]], minlength=len(table.mentors))
    short = {label for label, ours in sets.items() if (counts >= table.places)[list(ours)].all()}
    homes = ((mentee, int(of_mentee[mentee])) for mentee in waiting.tolist())
    return {mentee: sets[home] for mentee, home in homes if home in short}


def _mentors_of(table: Table, mentee: int) -> list[int]:
    mentors: list[int] = table.mentor[table.start[mentee] : table.start[mentee + 1]].tolist()
    return mentors


def _people(table: Table, mentors: Mentors) -> IntArray:
    """All mentees who depend on these mentors alone, the locked ones included."""
    order, start = table.by_mentor
    ours = np.array(mentors, dtype=np.int64)
    near = np.unique(table.mentee[order[spread(start[ours], start[ours + 1])]]).astype(np.int64)
    rows = spread(table.start[near], table.start[near + 1])
    inside = np.isin(table.mentor[rows], ours)
    first = np.cumsum(np.diff(table.start)[near]) - np.diff(table.start)[near]
    depend = near[np.logical_and.reduceat(inside, first)]
    locked = [pair[0] for pair in table.locked if pair[1] in set(mentors)]
    return np.union1d(depend, np.array(locked, dtype=np.int64))


def _certificate(table: Table, mentees: list[int], mentors: Mentors) -> Certificate:
    return Certificate(
        tuple(table.mentees[place] for place in mentees),
        tuple(table.mentors[place].id for place in mentors),
        sum(table.mentors[place].capacity for place in mentors),
    )
