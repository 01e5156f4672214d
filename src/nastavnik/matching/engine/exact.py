"""The best matching of a part of the instance by CP-SAT: blocking pairs first, then fit.

The size is already greatest and stays so by the theorem of Dulmage and Mendelsohn (1958): in every
matching of greatest size the mentors whom the unmatched can reach by alternating paths are full
with mentees reached, and every other mentee has a mentor among the rest.
"""

from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np

from nastavnik.matching.engine.alternating import Reach, spread
from nastavnik.matching.engine.blocking import having
from nastavnik.matching.engine.sat import Model
from nastavnik.matching.engine.table import NOBODY, IntArray, Table


@dataclass(frozen=True, eq=False)
class Outcome:
    """`chosen` for the whole table; whether size, blocking pairs and fit are proven best."""

    chosen: IntArray
    greatest_size: bool
    fewest_blocking: bool
    greatest_fit: bool
    effort: float


ALWAYS = -1


@dataclass(eq=False)
class Part:
    """The model of the mentees who may move while everyone else stays.

    staying: mentor → mentor ranks of those who stay. takes: mentor → (mentor rank, variable).
    take, block: edge → variable. content: (mentor, rank) → variable, see `_content`.
    """

    table: Table
    chosen: IntArray
    staying: dict[int, list[int]]
    model: Model = field(default_factory=Model)
    takes: dict[int, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))
    take: dict[int, int] = field(default_factory=dict)
    block: dict[int, int] = field(default_factory=dict)
    content: dict[tuple[int, int], int | None] = field(default_factory=dict)
    hint: list[int] = field(default_factory=list)

    def variable(self, hint: bool | np.bool_) -> int:  # noqa: FBT001 -- the value itself
        self.hint.append(int(hint))
        return self.model.variable()


def solve_part(
    table: Table, chosen: IntArray, moving: IntArray, scarce: Reach, *, effort: float
) -> Outcome:
    """Choose anew for the mentees `moving`; never worse than `chosen`.

    Parameters
        chosen: int (n_mentees,), of greatest size. scarce: the reach of all its unmatched mentees.
        effort: deterministic time for each of the two steps.
    """
    return settle(open_part(table, chosen, moving, scarce), moving, effort=effort)


def open_part(table: Table, chosen: IntArray, moving: IntArray, scarce: Reach | None) -> Part:
    """The model with `chosen` as its hint; without `scarce` the size is left to the caller."""
    part = Part(table, chosen, _staying(table, chosen, moving))
    _places(part, moving, scarce)
    _wishes(part, moving)
    return part


def settle(
    part: Part, moving: IntArray, *, effort: float, greatest_size: bool = True, spent: float = 0.0
) -> Outcome:
    """As few blocking pairs as can be found, then as much fit with no more of them."""
    fewest, used = _block_less(part, effort)
    fewest, spent = fewest and greatest_size, spent + used
    blocks = [(variable, 1) for variable in part.block.values()]
    if blocks:
        part.model.limit(blocks, high=_sum(blocks, part.hint))
    fits = [(variable, -int(part.table.fit[edge])) for edge, variable in part.take.items()]
    answer = part.model.solve(fits, part.hint, effort=effort)
    if answer.values is not None and _sum(fits, answer.values) <= _sum(fits, part.hint):
        part.hint = answer.values
    chosen = _chosen(part, moving)
    proven = fewest and answer.is_optimal
    return Outcome(chosen, greatest_size, fewest, proven, spent + answer.effort)


def block_less(
    table: Table, chosen: IntArray, moving: IntArray, scarce: Reach, *, effort: float
) -> IntArray:
    """Like `solve_part`, for blocking pairs alone."""
    part = open_part(table, chosen, moving, scarce)
    _block_less(part, effort)
    return _chosen(part, moving)


def _block_less(part: Part, effort: float) -> tuple[bool, float]:
    """Put the best found into the hint; (whether it is proven best, effort)."""
    blocks = [(variable, 1) for variable in part.block.values()]
    now = _sum(blocks, part.hint)
    if not now:
        return True, 0.0
    answer = part.model.solve(blocks, part.hint, effort=effort)
    if answer.values is not None and _sum(blocks, answer.values) <= now:
        part.hint = answer.values
    return answer.is_optimal, answer.effort


def _sum(terms: list[tuple[int, int]], values: list[int]) -> int:
    return sum(coefficient * values[variable] for variable, coefficient in terms)


def _chosen(part: Part, moving: IntArray) -> IntArray:
    chosen = part.chosen.copy()
    chosen[moving] = NOBODY
    for edge, variable in part.take.items():
        if part.hint[variable]:
            chosen[part.table.mentee[edge]] = edge
    return chosen


def _places(part: Part, moving: IntArray, scarce: Reach | None) -> None:
    """A mentor each, no more than the free places, the greatest size kept."""
    table = part.table
    for mentee in moving.tolist():
        mine = []
        for edge in range(int(table.start[mentee]), int(table.start[mentee + 1])):
            mentor = int(table.mentor[edge])
            is_kept = scarce is None or scarce.mentees[mentee] == scarce.mentors[mentor]
            if table.places[mentor] and is_kept:
                part.take[edge] = part.variable(part.chosen[mentee] == edge)
                mine.append(part.take[edge])
                part.takes[mentor].append((int(table.mentor_rank[edge]), part.take[edge]))
        if mine:
            part.model.one_of(mine, needed=scarce is not None and not scarce.mentees[mentee])
    for mentor, takes in part.takes.items():
        room = int(table.places[mentor]) - len(part.staying[mentor])
        low = room if scarce is not None and scarce.mentors[mentor] else 0
        part.model.limit([(take, 1) for _, take in takes], low=low, high=room)


def _wishes(part: Part, moving: IntArray) -> None:
    """A variable for every edge that may block, forced to 1 when neither side is content."""
    table = part.table
    moves = set(moving.tolist())
    have = having(table, part.chosen)
    order, start = table.by_mentor
    own = spread(table.start[moving], table.start[moving + 1])
    mentors = np.unique(table.mentor[own])
    mentors = mentors[table.places[mentors] > 0]
    for edge in order[spread(start[mentors], start[mentors + 1])].tolist():
        mentee, mentor = int(table.mentee[edge]), int(table.mentor[edge])
        rank = int(table.mentee_rank[edge])
        if mentee in moves:
            row = range(int(table.start[mentee]), int(table.start[mentee + 1]))
            ease = [part.take[e] for e in row if e in part.take and table.mentee_rank[e] <= rank]
        elif rank < have[mentee]:
            ease = []
        else:
            continue
        content = _content(part, mentor, int(table.mentor_rank[edge]))
        if content is ALWAYS:
            continue
        ease += [] if content is None else [content]
        part.block[edge] = part.variable(not any(part.hint[one] for one in ease))
        part.model.any_of([*ease, part.block[edge]])


def _content(part: Part, mentor: int, rank: int) -> int | None:
    """The variable that may be 1 only if the mentor is full with mentees of this rank or better.

    None when he cannot be, ALWAYS when he is whatever happens.
    """
    if (mentor, rank) in part.content:
        return part.content[mentor, rank]
    room = int(part.table.places[mentor]) - len(part.staying[mentor])
    good = [take for value, take in part.takes[mentor] if value <= rank]
    found: int | None
    if any(value > rank for value in part.staying[mentor]) or len(good) < room:
        found = None
    elif room == 0:
        found = ALWAYS
    else:
        found = part.variable(sum(part.hint[take] for take in good) == room)
        part.model.limit([*((take, 1) for take in good), (found, -room)], low=0)
    part.content[mentor, rank] = found
    return found


def _staying(table: Table, chosen: IntArray, moving: IntArray) -> dict[int, list[int]]:
    """The mentor ranks of the mentees who do not move, by mentor."""
    stays = chosen.copy()
    stays[moving] = NOBODY
    edges = stays[stays != NOBODY]
    found: dict[int, list[int]] = defaultdict(list)
    pairs = zip(table.mentor[edges].tolist(), table.mentor_rank[edges].tolist(), strict=True)
    for mentor, rank in pairs:
        found[mentor].append(rank)
    return found
