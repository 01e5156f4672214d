"""The greatest fit of connected parts within bounds: alike dense ones together, others by a flow."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from ortools.graph.python import min_cost_flow

from nastavnik.matching.engine.table import NOBODY, Int32, IntArray, Mask, Table
from nastavnik.matching.engine.transport import cheapest, fits, forbidden

MOST_TOGETHER = 128
LEAST_TOGETHER = 8
"""Fewer alike parts are solved sooner by a flow each."""
THINNEST = 4
"""A part is dense when at least one couple in so many is an edge."""
MOST_MENTORS = 160


@dataclass(frozen=True, eq=False)
class Bounds:
    """edges: which of those given stay open. kept: mentees who must not be left. firm: mentors who
    must stay full.
    """

    edges: Mask
    kept: Mask
    firm: Mask


@dataclass(frozen=True, eq=False)
class Part:
    """A connected part: `served` of its people get one of its mentors each, by one of the edges.

    tail, head: the places of the edge's ends in `people` and `mentors`. worth: whole steps of fit.
    sure: who must be served. firm: who must be full.
    """

    people: IntArray
    mentors: IntArray
    edges: IntArray
    tail: Int32
    head: Int32
    worth: IntArray
    served: int
    sure: Mask
    firm: Mask
    places: IntArray

    @property
    def empty(self) -> int:
        """How many places stay free."""
        return int(self.places.sum()) - self.served

    @property
    def span(self) -> int:
        return int(np.ptp(self.worth)) if len(self.worth) else 0

    @property
    def shape(self) -> tuple[int, int]:
        """Rows: the people, then free places. Columns: the mentors, nobody, what is not there."""
        return len(self.people) + self.empty, len(self.mentors) + 2

    @property
    def is_dense(self) -> bool:
        rows, columns = self.shape
        return (
            len(self.mentors) <= MOST_MENTORS
            and self.span > 0
            and rows * columns <= THINNEST * len(self.edges)
            and fits(self.span, 2 * rows, 2 * columns)
        )

    def is_free(self, edges: IntArray) -> bool:
        """Whether the bounds leave all of `edges` open and everybody as free as without them."""
        all_served = self.served == len(self.people)
        return (
            len(self.edges) == len(edges)
            and (all_served or not self.sure.any())
            and (self.empty == 0 or not self.firm.any())
        )


def parts_of(
    table: Table,
    parts: Sequence[IntArray],
    edges: IntArray,
    chosen: IntArray,
    bounds: Bounds | None,
) -> list[Part]:
    """Each part with those of `edges` (in the order of the parts) that are its own."""
    marks = np.arange(len(parts) + 1)
    number, place = _numbers(parts, len(table.mentees))
    mentee, mentor = table.mentee[edges], table.mentor[edges]
    owner = number[mentee]
    edge_ends = np.searchsorted(owner, marks)
    home = np.full(len(table.mentors), NOBODY, dtype=np.int32)
    home[mentor] = owner
    asked = np.flatnonzero(home != NOBODY)
    asked = asked[np.argsort(home[asked], kind="stable")]
    ends = np.searchsorted(home[asked], marks)
    columns = _numbers(np.split(asked, ends[1:-1]), len(home))[1]
    room = np.minimum(table.places, np.bincount(mentor, minlength=len(home)))
    found = []
    for turn, people in enumerate(parts):
        mentors = asked[ends[turn] : ends[turn + 1]]
        ours = slice(edge_ends[turn], edge_ends[turn + 1])
        served = int(np.count_nonzero(chosen[people] != NOBODY))
        found.append(
            Part(
                people,
                mentors,
                edges[ours],
                place[mentee[ours]],
                columns[mentor[ours]],
                _steps(table.fit[edges[ours]]),
                served,
                (bounds.kept[people] if bounds else False)
                | np.full(len(people), served == len(people)),
                bounds.firm[mentors] if bounds else np.zeros(len(mentors), dtype=np.bool_),
                room[mentors],
            )
        )
    return found


def _numbers(groups: Sequence[IntArray], many: int) -> tuple[Int32, Int32]:
    """(the group of each, the place in it)."""
    sizes = np.array([len(group) for group in groups])
    members = np.concatenate(groups)
    number, place = np.empty((2, many), dtype=np.int32)
    number[members] = np.repeat(np.arange(len(groups)), sizes)
    place[members] = np.arange(len(members)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return number, place


def _steps(fit: Int32) -> IntArray:
    """Fit in the greatest whole steps, which makes them few and small."""
    return fit.astype(np.int64) // max(int(np.gcd.reduce(fit)), 1)


def greatest_fits(parts: Sequence[Part]) -> list[IntArray]:
    """The chosen edges of each part."""
    dense = sorted((part for part in parts if part.is_dense), key=lambda part: part.shape)
    found: dict[int, IntArray] = {}
    for begin in range(0, len(dense), MOST_TOGETHER):
        together = dense[begin : begin + MOST_TOGETHER]
        if len(together) >= LEAST_TOGETHER:
            for part, taken in zip(together, _side_by_side(together), strict=True):
                found[id(part)] = taken
    return [found[id(part)] if id(part) in found else _flow(part) for part in parts]


def _side_by_side(parts: Sequence[Part]) -> list[IntArray]:
    rows, columns = (max(sizes) for sizes in zip(*(part.shape for part in parts), strict=True))
    span = max(part.span for part in parts)
    never = forbidden(span, columns)
    cost = np.full((len(parts), rows, columns), never, dtype=np.int32)
    places = np.zeros((len(parts), columns), dtype=np.int64)
    for lane, part in enumerate(parts):
        _fill(cost[lane], places[lane], part, never)
    taken = cheapest(cost, places, span)
    return [part.edges[taken[lane, part.tail] == part.head] for lane, part in enumerate(parts)]


def _fill(cost: Int32, places: IntArray, part: Part, never: int) -> None:
    people, mentors = len(part.people), len(part.mentors)
    last = people + part.empty
    cost[part.tail, part.head] = part.worth.max() - part.worth
    cost[:people, mentors] = np.where(part.sure, never, 0)
    cost[people:last, :mentors] = np.where(part.firm, never, 0)
    cost[last:, -1] = 0
    places[:mentors] = part.places
    places[mentors] = people - part.served
    places[-1] = len(cost) - last


def _flow(part: Part) -> IntArray:
    """By OR-tools."""
    solver = min_cost_flow.SimpleMinCostFlow()
    heads = part.head.astype(np.int64) + len(part.people)
    solver.add_arcs_with_capacity_and_unit_cost(
        part.tail.astype(np.int64), heads, np.ones_like(heads), -part.worth
    )
    _add_ends(solver, part.sure, part.firm, part.places, part.served)
    if solver.solve() != solver.OPTIMAL:
        raise RuntimeError("the cheapest flow within the bounds was not found")
    taken: IntArray = part.edges[solver.flows(np.arange(len(part.edges))) > 0]
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
