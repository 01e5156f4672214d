"""Deferred acceptance in rounds of arrays, and its promotion by levels.

Sources: Gale and Shapley 1962; Kavitha 2012, "Popularity vs maximum cardinality in the stable
marriage setting" (SODA): a mentee refused by everybody asks again one level higher, and a mentor
prefers a higher level to any rank. With as many levels as mentees the matching is of maximum size.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from nastavnik.matching.engine.table import NOBODY, UNITS, Int32, IntArray, Keys, Table, ranges

FIT_BITS = (100 * UNITS).bit_length()
RANK_BITS = 10
PEOPLE_BITS = 20
LEVEL_SHIFT = FIT_BITS + RANK_BITS + PEOPLE_BITS
MOST_LEVELS = 2 ** (64 - LEVEL_SHIFT) - 2
FEW = 48
"""Below so many who ask at once, a heap in Python is faster than a round of arrays."""
SORTED = 1_000_000
"""Edges put in order at once, to keep the memory low."""
NO_LIMIT = np.uint64(2**64 - 1)


@dataclass(eq=False)
class Market:
    """The state of asking: who holds whom, and where each mentee stands in her list.

    order: edges, each mentee's own best first. cutoff: what a newcomer must beat at each mentor.
    """

    table: Table
    order: Int32
    chosen: IntArray
    at: IntArray
    level: IntArray
    cutoff: Keys
    slots: IntArray
    slot_start: IntArray
    held: IntArray
    heaps: dict[int, list[tuple[int, int]]] = field(default_factory=dict)


def open_market(table: Table, places: IntArray | None = None) -> Market:
    """Nobody has asked yet. `places` replaces the places of the table (a closed group has none)."""
    demand = np.zeros(len(table.mentors), dtype=np.int64)
    for some in ranges(len(table.mentor)):
        demand += np.bincount(table.mentor[some], minlength=len(demand))
    room = np.minimum(table.places if places is None else places, demand)
    slot_start = np.zeros(len(room) + 1, dtype=np.int64)
    np.cumsum(room, out=slot_start[1:])
    cutoff = np.where(room > 0, NO_LIMIT, np.uint64(0))
    return Market(
        table=table,
        order=_wish_order(table),
        chosen=np.full(len(table.mentees), NOBODY, dtype=np.int64),
        at=table.start[:-1].copy(),
        level=np.zeros(len(table.mentees), dtype=np.int64),
        cutoff=cutoff,
        slots=np.full(int(slot_start[-1]), NOBODY, dtype=np.int64),
        slot_start=slot_start,
        held=np.zeros(len(room), dtype=np.int64),
    )


def _wish_order(table: Table) -> Int32:
    """Edges by mentee, then rank, then greater fit, then the mentor's identifier."""
    order = np.empty(len(table.mentee), dtype=np.int32)
    degree = int(np.diff(table.start).max(initial=0))
    bits = degree.bit_length()
    together = min(1 << (64 - bits - FIT_BITS - RANK_BITS), SORTED // max(degree, 1) + 1)
    for first in range(0, len(table.mentees), together):
        last = min(first + together, len(table.mentees))
        begin, end = int(table.start[first]), int(table.start[last])
        mentee = table.mentee[begin:end]
        key = (mentee - first).astype(np.uint64) << np.uint64(RANK_BITS)
        key |= table.mentee_rank[begin:end].astype(np.uint64)
        key <<= np.uint64(FIT_BITS)
        key |= (100 * UNITS - table.fit[begin:end]).astype(np.uint64)
        key <<= np.uint64(bits)
        key |= (np.arange(begin, end) - table.start[mentee]).astype(np.uint64)
        key.sort()
        key &= np.uint64((1 << bits) - 1)
        order[begin:end] = key.astype(np.int64) + table.start[mentee]
    return order


def _liking(table: Table, edges: IntArray) -> Keys:
    """Smaller = the mentor likes her more, without the level."""
    key = table.mentor_rank[edges].astype(np.uint64) << np.uint64(FIT_BITS + PEOPLE_BITS)
    key |= (100 * UNITS - table.fit[edges]).astype(np.uint64) << np.uint64(PEOPLE_BITS)
    key |= table.mentee[edges].astype(np.uint64)
    return key


def ask(market: Market, asking: IntArray, check: Callable[[], None]) -> None:
    """Let the mentees ask in the order of their lists until everyone is held or refused by all."""
    ends = market.table.start[1:]
    asking = asking[market.at[asking] < ends[asking]]
    while len(asking) > FEW:
        check()
        asking = _round(market, asking)
        asking = asking[market.at[asking] < ends[asking]]
    _one_by_one(market, asking.tolist(), check)


def _keys(market: Market, edges: IntArray) -> Keys:
    levels = MOST_LEVELS - market.level[market.table.mentee[edges]]
    keys: Keys = _liking(market.table, edges) | (levels.astype(np.uint64) << np.uint64(LEVEL_SHIFT))
    return keys


def _round(market: Market, asking: IntArray) -> IntArray:
    """Everyone asks once; mentors keep the best. Returns those left without a mentor."""
    table = market.table
    edges = market.order[market.at[asking]].astype(np.int64)
    mentors = table.mentor[edges]
    hopeful = _keys(market, edges) < market.cutoff[mentors]
    market.at[asking[~hopeful]] += 1
    edges, mentors = edges[hopeful], mentors[hopeful]
    touched = np.flatnonzero(np.bincount(mentors, minlength=len(table.mentors)))
    both = np.concatenate([edges, _held_by(market, touched)])
    keys = _keys(market, both)
    both = both[np.lexsort((keys, table.mentor[both]))]
    sizes = np.bincount(table.mentor[both], minlength=len(table.mentors))[touched]
    starts = np.cumsum(sizes) - sizes
    room = market.slot_start[touched + 1] - market.slot_start[touched]
    turn = np.arange(len(both)) - np.repeat(starts, sizes)
    kept = turn < np.repeat(room, sizes)
    refused = table.mentee[both[~kept]].astype(np.int64)
    market.chosen[refused] = NOBODY
    market.at[refused] += 1
    _hold(market, touched, both[kept], turn[kept], np.minimum(sizes, room))
    return np.concatenate([asking[~hopeful], refused])


def _held_by(market: Market, mentors: IntArray) -> IntArray:
    counts = market.held[mentors]
    offset = np.repeat(np.cumsum(counts) - counts, counts)
    places = np.repeat(market.slot_start[mentors], counts) + np.arange(counts.sum()) - offset
    held: IntArray = market.slots[places]
    return held


def _hold(
    market: Market, mentors: IntArray, edges: IntArray, turn: IntArray, counts: IntArray
) -> None:
    """Write who is held; `edges` go by mentor and from the most liked."""
    market.slots[np.repeat(market.slot_start[mentors], counts) + turn] = edges
    market.held[mentors] = counts
    market.chosen[market.table.mentee[edges]] = edges
    last = np.cumsum(counts) - 1
    full = counts == market.slot_start[mentors + 1] - market.slot_start[mentors]
    market.cutoff[mentors[full]] = _keys(market, edges[last[full]])


def _one_by_one(market: Market, asking: list[int], check: Callable[[], None]) -> None:
    """The same with a heap a mentor: long chains of single refusals."""
    table, at, order = market.table, market.at, market.order
    ends = table.start
    asking.sort(reverse=True)
    turns = 0
    while asking:
        turns += 1
        if not turns % 4096:
            check()
        mentee = asking.pop()
        if at[mentee] >= ends[mentee + 1]:
            continue
        edge = int(order[at[mentee]])
        loser = _offer(market, mentee, edge)
        if loser != NOBODY:
            at[loser] += 1
            asking.append(loser)
    for mentor, heap in market.heaps.items():
        begin = int(market.slot_start[mentor])
        held = sorted((-key, edge) for key, edge in heap)
        market.slots[begin : begin + len(held)] = [edge for _, edge in held]
        market.held[mentor] = len(held)
        if begin + len(held) == market.slot_start[mentor + 1]:
            market.cutoff[mentor] = held[-1][0]
    market.heaps.clear()


def _offer(market: Market, mentee: int, edge: int) -> int:
    """The mentee whom the offer leaves alone: herself, one displaced, or NOBODY."""
    mentor = int(market.table.mentor[edge])
    room = int(market.slot_start[mentor + 1] - market.slot_start[mentor])
    if room == 0:
        return mentee
    heap = market.heaps.get(mentor)
    if heap is None:
        held = _held_by(market, np.array([mentor]))
        heap = [(-int(key), int(one)) for key, one in zip(_keys(market, held), held, strict=True)]
        heapq.heapify(heap)
        market.heaps[mentor] = heap
    mine = int(_keys(market, np.array([edge]))[0])
    if len(heap) < room:
        heapq.heappush(heap, (-mine, edge))
        market.chosen[mentee] = edge
        return NOBODY
    if mine > -heap[0][0]:
        return mentee
    _, out = heapq.heapreplace(heap, (-mine, edge))
    loser = int(market.table.mentee[out])
    market.chosen[loser] = NOBODY
    market.chosen[mentee] = edge
    return loser


def promote(market: Market, mentees: IntArray, check: Callable[[], None]) -> None:
    """Let refused mentees ask again one level higher."""
    market.level[mentees] += 1
    market.at[mentees] = market.table.start[mentees]
    ask(market, mentees, check)
