"""More fit and no new blocking pair: a min-cost flow over what the wishes leave open.

Take from the matching what each mentee may fall back to without envy, and which mentors must stay
full with whom; every matching inside these bounds has at most the blocking pairs of this one. Among
them OR-tools finds the greatest fit of the same size.
"""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from nastavnik.matching.engine.alternating import spread
from nastavnik.matching.engine.blocking import having, worst
from nastavnik.matching.engine.table import ALONE, NOBODY, Int16, IntArray, Mask, Table

NO_BOUND = ALONE + 1
ROUNDS = 4
"""A better matching opens other bounds; little is gained after the first rounds."""


@dataclass(frozen=True, eq=False)
class Standing:
    """have: the rank of what each mentee has. worst: what a mentee must beat at each mentor."""

    have: Int16
    worst: Int16


@dataclass(frozen=True, eq=False)
class Bounds:
    """edges: which of those given stay open. kept: mentees who must not be left. firm: mentors who
    must stay full.
    """

    edges: Mask
    kept: Mask
    firm: Mask


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
    for _ in range(ROUNDS):
        if not refit(table, chosen, moving, standing(table, chosen)):
            break
    now = chosen[moving]
    now = now[now != NOBODY]
    edges = spread(table.start[moving], table.start[moving + 1])
    greatest = _flow(table, moving, edges, None, len(now))
    return chosen, _fit(table, now) == _fit(table, greatest)


def refit(table: Table, chosen: IntArray, moving: IntArray, now: Standing) -> bool:
    """One round, written into `chosen`; whether the fit grew.

    `now` is of `chosen` or of one that differs in other parts only.
    """
    edges = spread(table.start[moving], table.start[moving + 1])
    bounds = bounds_of(table, now, edges)
    before = chosen[moving]
    before = before[before != NOBODY]
    taken = _flow(table, moving, edges[bounds.edges], bounds, len(before))
    grew = _fit(table, taken) > _fit(table, before)
    if grew:
        chosen[moving] = NOBODY
        chosen[table.mentee[taken]] = taken
    return grew


def _fit(table: Table, edges: IntArray) -> int:
    return int(table.fit[edges].sum(dtype=np.int64))


def _flow(
    table: Table, people: IntArray, edges: IntArray, bounds: Bounds | None, served: int
) -> IntArray:
    """The chosen edges of the greatest fit that serves so many, within the bounds if any."""
    asked = np.zeros(len(table.mentors), dtype=np.bool_)
    asked[table.mentor[edges]] = True
    mentors = np.flatnonzero(asked)
    tails = np.searchsorted(people, table.mentee[edges])
    heads = np.searchsorted(mentors, table.mentor[edges]) + len(people)
    fit = table.fit[edges].astype(np.int64)
    costs = -(fit // max(int(np.gcd.reduce(fit)), 1))  # whole points make few and small steps
    solver = min_cost_flow.SimpleMinCostFlow()
    solver.add_arcs_with_capacity_and_unit_cost(tails, heads, np.ones_like(fit), costs)
    kept = bounds.kept[people] if bounds else np.zeros(len(people), dtype=np.bool_)
    firm = bounds.firm[mentors] if bounds else np.zeros(len(mentors), dtype=np.bool_)
    _add_ends(solver, kept | (served == len(people)), firm, table.places[mentors], served)
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("the cheapest flow within the bounds was not found")
    taken: IntArray = edges[solver.flows(np.arange(len(edges))) > 0]
    return taken


def _add_ends(
    solver: min_cost_flow.SimpleMinCostFlow,
    kept: Mask,
    firm: Mask,
    places: IntArray,
    served: int,
) -> None:
    """Who must be served supplies one, who must be full demands his places; the rest is open.

    Nodes: mentees, mentors, the source of the mentees who may be left, the sink of free places.
    """
    source, sink = len(kept) + len(firm), len(kept) + len(firm) + 1
    arcs = (
        (np.full(np.count_nonzero(~kept), source), np.flatnonzero(~kept), np.ones(len(kept))),
        (np.flatnonzero(~firm) + len(kept), np.full(np.count_nonzero(~firm), sink), places[~firm]),
    )
    for tails, heads, capacities in arcs:
        none = np.zeros(len(tails), dtype=np.int64)
        solver.add_arcs_with_capacity_and_unit_cost(
            tails, heads, capacities[: len(tails)].astype(np.int64), none
        )
    sure = np.flatnonzero(kept)
    solver.set_nodes_supplies(sure, np.ones_like(sure))
    solver.set_nodes_supplies(np.flatnonzero(firm) + len(kept), -places[firm])
    solver.set_node_supply(source, served - len(sure))
    solver.set_node_supply(sink, int(places[firm].sum()) - served)
