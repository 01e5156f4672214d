"""Maximum flow and min-cost flow of OR-tools: the greatest size, and the greatest fit at that size."""

import numpy as np
from ortools.graph.python import max_flow, min_cost_flow

from nastavnik.matching.engine.table import NOBODY, IntArray, Table


def greatest_size(table: Table, places: IntArray) -> int:
    """How many mentees can be served at once (Goldberg and Tarjan's push-relabel)."""
    if not len(table.mentee):
        return 0
    solver = max_flow.SimpleMaxFlow()
    source, sink = _ends(table)
    tails, heads, capacities = _arcs(table, places, source, sink)
    solver.add_arcs_with_capacity(tails, heads, capacities)
    if solver.solve(source, sink) != solver.OPTIMAL:
        raise RuntimeError("the maximum flow was not found")
    return int(solver.optimal_flow())


def greatest_fit(table: Table, places: IntArray) -> IntArray:
    """The edge of each mentee in a matching of greatest size and, at that size, greatest fit."""
    chosen = np.full(len(table.mentees), NOBODY, dtype=np.int64)
    if not len(table.mentee):
        return chosen
    solver = min_cost_flow.SimpleMinCostFlow()
    source, sink = _ends(table)
    tails, heads, capacities = _arcs(table, places, source, sink)
    costs = np.zeros(len(tails), dtype=np.int64)
    costs[: len(table.mentee)] = -table.fit
    solver.add_arcs_with_capacity_and_unit_cost(tails, heads, capacities, costs)
    solver.set_node_supply(source, len(table.mentees))
    solver.set_node_supply(sink, -len(table.mentees))
    if solver.solve_max_flow_with_min_cost() != solver.OPTIMAL:
        raise RuntimeError("the cheapest flow was not found")
    edges = np.arange(len(table.mentee), dtype=np.int64)
    taken = edges[solver.flows(edges) > 0]
    chosen[table.mentee[taken]] = taken
    return chosen


def _ends(table: Table) -> tuple[int, int]:
    people = len(table.mentees) + len(table.mentors)
    return people, people + 1


def _arcs(
    table: Table, places: IntArray, source: int, sink: int
) -> tuple[IntArray, IntArray, IntArray]:
    """Edges first, then source → mentee, then mentor → sink."""
    mentees = np.arange(len(table.mentees), dtype=np.int64)
    mentors = np.arange(len(table.mentors), dtype=np.int64) + len(mentees)
    tails = np.concatenate([table.mentee, np.full(len(mentees), source), mentors])
    heads = np.concatenate([table.mentor + len(mentees), mentees, np.full(len(mentors), sink)])
    ones = np.ones(len(table.mentee) + len(mentees), dtype=np.int64)
    return tails.astype(np.int64), heads.astype(np.int64), np.concatenate([ones, places])
