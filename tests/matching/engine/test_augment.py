"""Augmenting paths against the maximum flow of OR-tools, on places of every width."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.matching.engine.augment import augment
from nastavnik.matching.engine.blocking import blocking
from nastavnik.matching.engine.deferred import ask, open_market
from nastavnik.matching.engine.flow import greatest_size
from nastavnik.matching.engine.instance import EdgeColumns, Instance, Mentor
from nastavnik.matching.engine.table import NOBODY, build_table

pytestmark = pytest.mark.unit


def nothing():
    pass


def tangled(mentees, mentors, capacity, seed, *, ranked=True):
    """Random edges, one to four a mentee, and random places up to `capacity`."""
    chance = np.random.default_rng(seed)
    permitted = chance.random((mentees, mentors)) < 2.5 / mentors
    mentee, mentor = np.nonzero(permitted)
    ranks = chance.integers(0, 4, len(mentee)) if ranked else np.zeros(len(mentee), dtype=np.int64)
    fit = chance.integers(0, 101, len(mentee)).astype(float)
    edges = EdgeColumns(mentee, mentor, fit, ranks, ranks)
    places = chance.integers(0, capacity + 1, mentors).tolist()
    return build_table(
        Instance(tuple(range(mentees)), tuple(Mentor(*pair) for pair in enumerate(places)), edges)
    )


def held(table, chosen):
    return np.bincount(table.mentor[chosen[chosen != NOBODY]], minlength=len(table.mentors))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.sampled_from([(60, 40, 2), (200, 40, 9), (120, 9, 30)]))
def test_the_size_is_that_of_the_maximum_flow(seed, shape):
    table = tangled(*shape, seed)
    market = open_market(table)
    ask(market, np.arange(len(table.mentees)), nothing)

    for start in (market.chosen, np.full(len(table.mentees), NOBODY, dtype=np.int64)):
        grown = augment(table, start, nothing)
        served = grown != NOBODY

        assert served.sum() == greatest_size(table, table.places)
        assert served[start != NOBODY].all()
        assert (table.mentee[grown[served]] == np.flatnonzero(served)).all()
        assert (held(table, grown) <= table.places).all()


def test_without_wishes_a_matching_of_greatest_size_has_no_blocking_pairs():
    table = tangled(300, 80, 5, 7, ranked=False)
    grown = augment(table, np.full(300, NOBODY, dtype=np.int64), nothing)

    assert blocking(table, grown).sum() == 0


def test_one_mentor_with_many_free_places_takes_everybody_in_one_phase():
    phases = []
    wide = Instance(
        tuple(range(500)),
        (Mentor(0, 500),),
        EdgeColumns(np.arange(500), np.zeros(500, int), *np.zeros((3, 500), int)),
    )
    table = build_table(wide)

    grown = augment(table, np.full(500, NOBODY, dtype=np.int64), lambda: phases.append("phase"))

    assert (int((grown != NOBODY).sum()), len(phases)) == (500, 2)
