"""More fit by flows: nobody loses a place, no pair comes to block, and plenty costs little fit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.matching.engine.augment import augment
from nastavnik.matching.engine.blocking import blocking, total_fit
from nastavnik.matching.engine.check import check
from nastavnik.matching.engine.deferred import ask, open_market
from nastavnik.matching.engine.edges import instance_of
from nastavnik.matching.engine.fitting import fitted
from nastavnik.matching.engine.problem import Need
from nastavnik.matching.engine.solve import solve
from nastavnik.matching.engine.table import NOBODY
from tests.matching.engine.test_augment import held, nothing, tangled
from tests.matching.engine_making import mentee, mentor, problem

pytestmark = pytest.mark.unit

TOPICS = ("math", "physics", "music", "chess", "english")


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.booleans(), st.sampled_from([(40, 15, 4), (60, 40, 2)]))
def test_fit_grows_at_the_same_size_and_nothing_new_blocks(seed, is_stable, shape):
    table = tangled(*shape, seed)
    market = open_market(table)
    if is_stable:
        ask(market, np.arange(len(table.mentees)), nothing)
    before = augment(table, market.chosen, nothing)

    after, _ = fitted(table, before, np.flatnonzero(np.diff(table.start) > 0))

    assert (after != NOBODY).sum() == (before != NOBODY).sum()
    assert (held(table, after) <= table.places).all()
    assert total_fit(table, after) >= total_fit(table, before)
    assert not (blocking(table, after) & ~blocking(table, before)).any()


def test_without_wishes_the_fit_is_proven_the_greatest():
    table = tangled(60, 20, 4, 3, ranked=False)
    before = augment(table, np.full(60, NOBODY, dtype=np.int64), nothing)

    after, is_greatest = fitted(table, before, np.flatnonzero(np.diff(table.start) > 0))

    assert is_greatest
    assert total_fit(table, after) > total_fit(table, before)


def closeness(_code, topic, competence):
    return 1.0 if topic == competence else 0.2


def plenty(seed):
    """120 mentees, 30 mentors with 5 places, everybody permitted; half name three who suit them."""
    chance = np.random.default_rng(seed)
    mentees = [
        mentee(
            n, needs=(Need("study", TOPICS[chance.integers(5)]),), grade=int(chance.integers(1, 8))
        )
        for n in range(120)
    ]
    mentors = [
        mentor(
            1000 + n,
            places=5,
            grade=int(chance.integers(8, 12)),
            competences=frozenset(chance.choice(TOPICS, 2).tolist()),
            hours=float(chance.integers(1, 9)),
        )
        for n in range(30)
    ]
    wishes = []
    for one in chance.permutation(120)[:60].tolist():
        able = [m.id for m in mentors if mentees[one].needs[0].topic in m.competences]
        named = chance.permutation(able)[:3].tolist()
        wishes += [(one, other, rank) for rank, other in enumerate(named, start=1)]
    return problem(mentees, mentors, mentee_ranks=tuple(wishes))


@pytest.mark.parametrize("seed", range(4))
def test_where_mentors_are_plenty_stability_costs_little_fit(seed):
    instance = instance_of(plenty(seed), closeness)

    solution, greatest = solve(instance), solve(instance, prefer="total")

    assert check(instance, solution) == []
    assert (solution.matched, solution.blocking_pairs) == (120, 0)
    assert solution.total_fit >= 0.95 * greatest.total_fit
