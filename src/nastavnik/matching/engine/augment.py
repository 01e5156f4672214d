"""Augmenting paths: from any matching to one of greatest size, all of one phase at once.

Sources: Hopcroft and Karp 1973, with several places a mentor; trees grown side by side as by Azad,
Buluç and Pothen 2017. The shortest paths come first, so a stable matching is disturbed little.
"""

from collections.abc import Callable

import numpy as np

from nastavnik.matching.engine.alternating import Holding, alone, edges_of, holding
from nastavnik.matching.engine.table import NOBODY, NOT_RANKED, UNITS, IntArray, Keys, Mask, Table

POINT_BITS = 7
RANK_BITS = NOT_RANKED.bit_length()


def augment(table: Table, chosen: IntArray, check: Callable[[], None]) -> IntArray:
    """Serve as many more mentees as possible; nobody who had a mentor loses hers.

    Every mentee left grows a tree of those who would move on for her; whoever is in one tree is in
    no other, so the paths that the trees find can all be turned at once.
    """
    chosen = chosen.copy()
    while True:
        check()
        roots = alone(table, chosen)
        last, via = _grown(table, chosen, roots)
        if not len(last):
            return chosen
        _turn(table, chosen, last, via)


def _grown(table: Table, chosen: IntArray, roots: IntArray) -> tuple[IntArray, IntArray]:
    """(the last edges of disjoint shortest paths, the edge whose mentee takes each one's place)."""
    held = holding(table, chosen)
    room = table.places - held.counts
    tree = np.full(len(table.mentees), NOBODY, dtype=np.int64)
    via = np.full(len(table.mentees), NOBODY, dtype=np.int64)
    asked = np.zeros(len(table.mentors), dtype=np.bool_)
    tree[roots] = roots
    wave = roots
    while len(wave):
        edges = _asking(table, wave, asked)
        free = room[table.mentor[edges]] > 0
        if free.any():
            return _ends(table, edges[free], tree, room), via
        wave = _claimed(table, edges, held, via)
        tree[wave] = tree[table.mentee[via[wave]]]
        asked[table.mentor[edges]] = True
    return np.zeros(0, dtype=np.int64), via


def _asking(table: Table, wave: IntArray, asked: Mask) -> IntArray:
    """Edges to mentors not asked before: mentor by mentor, the mentees' better wishes first."""
    found = []
    for edges in edges_of(table, wave):
        fresh = edges[~asked[table.mentor[edges]]]
        found.append(_wanted(table, fresh))
    keys = np.concatenate(found)
    keys.sort()
    keys &= np.uint64((1 << _edge_bits(table)) - 1)
    return keys.astype(np.int64)


def _wanted(table: Table, edges: IntArray) -> Keys:
    """Sorts by mentor, then rank, then fit in whole points, then edge; the edge is in it."""
    bits = _edge_bits(table)
    key = edges.astype(np.uint64)
    points = table.fit[edges] // UNITS
    key |= (100 - points).astype(np.uint64) << np.uint64(bits)
    key |= table.mentee_rank[edges].astype(np.uint64) << np.uint64(bits + POINT_BITS)
    key |= table.mentor[edges].astype(np.uint64) << np.uint64(bits + POINT_BITS + RANK_BITS)
    return key


def _edge_bits(table: Table) -> int:
    return len(table.mentee).bit_length()


def _claimed(table: Table, edges: IntArray, held: Holding, via: IntArray) -> IntArray:
    """Those whom the asking would replace, shared among them in turn; `via` learns by whom."""
    asked, first, asking = np.unique(table.mentor[edges], return_index=True, return_counts=True)
    mentors = asked.astype(np.int64)
    counts = held.counts[mentors]
    wave = held.of(mentors)
    turn = np.arange(len(wave)) - np.repeat(np.cumsum(counts) - counts, counts)
    via[wave] = edges[np.repeat(first, counts) + turn % np.repeat(asking, counts)]
    return wave


def _ends(table: Table, edges: IntArray, tree: IntArray, room: IntArray) -> IntArray:
    """One edge a tree and no more a mentor than free places; who misses out tries the next one."""
    edges = edges[np.argsort(_liked(table, edges), kind="stable")]
    room = room.copy()
    ended = np.zeros(len(tree), dtype=np.bool_)
    found = []
    while len(edges):
        roots = tree[table.mentee[edges]]
        one = edges[np.sort(np.unique(roots, return_index=True)[1])]
        by_mentor = np.argsort(table.mentor[one], kind="stable")
        mentors = table.mentor[one][by_mentor]
        turn = np.arange(len(one)) - np.searchsorted(mentors, mentors)
        taken = one[by_mentor][turn < room[mentors]]
        found.append(taken)
        np.subtract.at(room, table.mentor[taken], 1)
        ended[tree[table.mentee[taken]]] = True
        edges = edges[~ended[roots] & (room[table.mentor[edges]] > 0)]
    return np.concatenate(found)


def _liked(table: Table, edges: IntArray) -> IntArray:
    liked: IntArray = table.mentee_rank[edges].astype(np.int64) << 32
    return liked + (100 * UNITS - table.fit[edges])


def _turn(table: Table, chosen: IntArray, edges: IntArray, via: IntArray) -> None:
    """Along every path at once: each mentee moves on and leaves her place to who asked for it."""
    while len(edges):
        mentees = table.mentee[edges]
        had = chosen[mentees] != NOBODY
        chosen[mentees] = edges
        edges = via[mentees[had]]
