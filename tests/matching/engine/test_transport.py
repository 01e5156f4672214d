"""Many problems side by side cost no more than each solved alone by OR-tools."""

import numpy as np
import pytest
from ortools.graph.python import min_cost_flow

from nastavnik.matching.engine.augment import augment
from nastavnik.matching.engine.blocking import blocking, total_fit
from nastavnik.matching.engine.deferred import ask, open_market
from nastavnik.matching.engine.fitting import bounds_of, refit, standing
from nastavnik.matching.engine.instance import Edge, Instance, Mentor
from nastavnik.matching.engine.parts import LEAST_TOGETHER, greatest_fits, parts_of
from nastavnik.matching.engine.table import NOBODY, build_table
from nastavnik.matching.engine.transport import cheapest, fits, forbidden
from tests.matching.engine.test_augment import held, nothing

pytestmark = pytest.mark.unit


def lanes(seed, span, lanes=5, rows=24, columns=7):
    """Costs with many ties, a third forbidden but for one way to fill every place."""
    chance = np.random.default_rng(seed)
    cost = chance.integers(0, span + 1, (lanes, rows, columns)).astype(np.int32)
    home = chance.integers(0, columns, (lanes, rows))
    barred = chance.random(cost.shape) < 0.35
    np.put_along_axis(barred, home[:, :, None], values=False, axis=2)
    cost[barred] = forbidden(span, columns)
    places = np.stack([np.bincount(row, minlength=columns) for row in home])
    return cost, places


def flow_cost(cost, places):
    rows, columns = cost.shape
    flow = min_cost_flow.SimpleMinCostFlow()
    row, column = np.indices(cost.shape).reshape(2, -1)
    ones = np.ones(rows * columns, dtype=np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(row, rows + column, ones, cost.ravel().astype(int))
    flow.set_nodes_supplies(np.arange(rows), np.ones(rows, dtype=np.int64))
    flow.set_nodes_supplies(rows + np.arange(columns), -places)
    flow.solve()
    return flow.optimal_cost()


@pytest.mark.parametrize("span", [1, 3, 100])
@pytest.mark.parametrize("seed", range(6))
def test_every_place_is_filled_at_the_least_cost(seed, span):
    cost, places = lanes(seed, span)

    found = cheapest(cost.copy(), places, span)

    for lane, take in enumerate(found):
        assert np.bincount(take, minlength=7).tolist() == places[lane].tolist()
        assert cost[lane, np.arange(24), take].sum() == flow_cost(cost[lane], places[lane])


def test_the_company_of_a_lane_does_not_matter_to_its_cost():
    cost, places = lanes(3, 100)

    together, alone = cheapest(cost, places, 100), cheapest(cost[2:3], places[2:3], 100)

    costs = [cost[2, np.arange(24), take].sum() for take in (together[2], alone[0])]
    assert costs[0] == costs[1]


def test_costs_too_wide_for_32_bits_are_refused():
    assert fits(100, 300, 77)
    assert not fits(10_000_000, 300, 77)


def schools(seed, many=LEAST_TOGETHER + 2):
    """Parts of 28 mentees and 8 mentors side by side; some rank, some places stay free."""
    chance = np.random.default_rng(seed)
    edges = [
        Edge(
            100 * school + one,
            100 * school + other,
            float(chance.integers(0, 101)),
            int(chance.integers(1, 4)) if one % 2 and chance.random() < 0.4 else None,
            int(chance.integers(1, 4)) if other == 0 else None,
        )
        for school in range(many)
        for one in range(28)
        for other in range(8)
        if chance.random() < 0.8
    ]
    mentees = tuple(100 * school + one for school in range(many) for one in range(28))
    mentors = tuple(
        Mentor(100 * school + one, int(chance.integers(2, 6)))
        for school in range(many)
        for one in range(8)
    )
    return build_table(Instance(mentees, mentors, tuple(edges)))


@pytest.mark.parametrize("seed", range(4))
def test_alike_parts_get_the_fit_of_their_own_flows(seed):
    table = schools(seed)
    market = open_market(table)
    ask(market, np.arange(len(table.mentees)), nothing)
    before = augment(table, market.chosen, nothing)
    people = np.split(np.arange(len(table.mentees)), LEAST_TOGETHER + 2)
    edges = np.arange(len(table.mentee))
    bounds = bounds_of(table, standing(table, before), edges)
    parts = parts_of(table, people, edges[bounds.edges], before, bounds)
    assert sum(part.is_dense for part in parts) >= LEAST_TOGETHER

    together = greatest_fits(parts)

    for part, taken in zip(parts, together, strict=True):
        (alone,) = greatest_fits([part])
        assert len(taken) == len(alone) == part.served
        assert table.fit[taken].sum() == table.fit[alone].sum()


@pytest.mark.parametrize("seed", range(4))
def test_nothing_new_blocks_when_parts_are_raised_together(seed):
    table = schools(seed)
    market = open_market(table)
    ask(market, np.arange(len(table.mentees)), nothing)
    before = augment(table, market.chosen, nothing)
    after = before.copy()

    grew = refit(
        table,
        after,
        np.split(np.arange(len(table.mentees)), LEAST_TOGETHER + 2),
        standing(table, before),
    )

    assert grew
    assert total_fit(table, after) > total_fit(table, before)
    assert (after != NOBODY).sum() == (before != NOBODY).sum()
    assert (held(table, after) <= table.places).all()
    assert not (blocking(table, after) & ~blocking(table, before)).any()
