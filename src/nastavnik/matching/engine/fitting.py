"""More fit and no new blocking pair: a min-cost flow over what the wishes leave open.

Take from the matching what each mentee may fall back to without envy, and which mentors must stay
full with whom; every matching inside these bounds has at most the blocking pairs of this one. Among
them the greatest fit of the same size is found (`parts`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from nastavnik.matching.engine.alternating import spread
from nastavnik.matching.engine.blocking import having, worst
from nastavnik.matching.engine.parts import Bounds, Part, greatest_fits, parts_of
from nastavnik.matching.engine.table import ALONE, NOBODY, Int16, IntArray, Table

NO_BOUND = ALONE + 1
ROUNDS = 4
"""A better matching opens other bounds; little is gained after the first rounds."""


@dataclass(frozen=True, eq=False)
class Standing:
    """have: the rank of what each mentee has. worst: what a mentee must beat at each mentor."""

    have: Int16
    worst: Int16


def bounds_of(table: Table, now: Standing, edges: IntArray) -> Bounds:
    """What a matching must keep to have no blocking pair that the one of `now` has not.

    A mentee falls back no further than to the best rank at which she would be taken now; a mentor
    whom somebody would then rather have must be full, and with nobody he likes less than her.
    """
    mentee, mentor = table.mentee[edges], table.mentor[edges]
    rank, liking = table.mentee_rank[edges], table.mentor_rank[edges]
    taken = liking < now.worst[mentor]
    envied = taken & (rank < now.have[mentee])
    fallback = np.full(len(table.mentees), ALONE, dtype=np.int16)
    secure = taken & ~envied
    np.minimum.at(fallback, mentee[secure], rank[secure])
    wanted = (rank < fallback[mentee]) & ~envied
    least_liked = np.full(len(table.mentors), NO_BOUND, dtype=np.int16)
    np.minimum.at(least_liked, mentor[wanted], liking[wanted])
    stays = (rank <= fallback[mentee]) & (liking <= least_liked[mentor])
    return Bounds(stays, fallback < ALONE, least_liked < NO_BOUND)


def standing(table: Table, chosen: IntArray) -> Standing:
    return Standing(having(table, chosen), worst(table, chosen))


def fitted(table: Table, chosen: IntArray, moving: IntArray) -> tuple[IntArray, bool]:
    """(a matching with more fit where there is one, whether its fit is the greatest of its size).

    The size stays, and no pair blocks that did not block before.

    Parameters
        moving: int, the mentees of whole connected parts, in order.
    """
    chosen = chosen.copy()
    edges = spread(table.start[moving], table.start[moving + 1])
    for _ in range(ROUNDS):
        (part,) = _within(table, chosen, [moving], standing(table, chosen))
        grew = _raise(table, chosen, [part])
        if part.is_free(edges):
            return chosen, True
        if not grew:
            break
    now = chosen[moving]
    now = now[now != NOBODY]
    (greatest,) = greatest_fits(parts_of(table, [moving], edges, chosen, None))
    return chosen, _fit(table, now) == _fit(table, greatest)


def refit(table: Table, chosen: IntArray, parts: Sequence[IntArray], now: Standing) -> bool:
    """One round, written into `chosen`; whether the fit grew.

    `now` is of `chosen` or of one that differs in other parts only.

    Parameters
        parts: the mentees of each connected part.
    """
    return _raise(table, chosen, _within(table, chosen, parts, now))


def _within(table: Table, chosen: IntArray, parts: Sequence[IntArray], now: Standing) -> list[Part]:
    people = np.concatenate(parts)
    edges = spread(table.start[people], table.start[people + 1])
    bounds = bounds_of(table, now, edges)
    return parts_of(table, parts, edges[bounds.edges], chosen, bounds)


def _raise(table: Table, chosen: IntArray, parts: Sequence[Part]) -> bool:
    grew = False
    for part, taken in zip(parts, greatest_fits(parts), strict=True):
        before = chosen[part.people]
        before = before[before != NOBODY]
        if _fit(table, taken) > _fit(table, before):
            chosen[part.people] = NOBODY
            chosen[table.mentee[taken]] = taken
            grew = True
    return grew


def _fit(table: Table, edges: IntArray) -> int:
    return int(table.fit[edges].sum(dtype=np.int64))
