"""Keeping the best few mentors of each mentee serves as many as keeping all."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.matching.engine.dense import block_of
from nastavnik.matching.engine.edges import instance_of, kept_of
from nastavnik.matching.engine.flow import greatest_size
from nastavnik.matching.engine.instance import EdgeColumns, Instance, Mentor
from nastavnik.matching.engine.problem import Need
from nastavnik.matching.engine.table import build_table
from tests.matching.engine_making import mentee, mentor, problem

pytestmark = pytest.mark.unit

TOPICS = ("math", "music")


def closeness(_code, topic, competence):
    return 1.0 if topic == competence else 0.2


def crowd(seed):
    """Twelve mentees of two kinds, nine mentors of one or two places, a third of couples forbidden."""
    chance = np.random.default_rng(seed)
    mentees = [
        mentee(n, needs=(Need("", TOPICS[chance.integers(2)]),), grade=int(chance.integers(1, 9)))
        for n in range(12)
    ]
    mentors = [
        mentor(
            100 + n,
            places=int(chance.integers(0, 3)),
            competences=frozenset({TOPICS[chance.integers(2)]}),
        )
        for n in range(9)
    ]
    forbidden = np.argwhere(chance.random((12, 9)) < 0.4)
    couples = frozenset((int(one), 100 + int(other)) for one, other in forbidden)
    return problem(mentees, mentors, forbidden=couples)


def size(instance):
    table = build_table(instance)
    return greatest_size(table, table.places)


def pruned_only(case, keep):
    """What the best of each mentee and of each mentor would serve, nothing added."""
    block = block_of(case, closeness)
    row, column = np.nonzero(kept_of(case, block, keep))
    mentors = tuple(Mentor(side.id, side.places) for side in block.mentors)
    edges = EdgeColumns(row, column, *np.zeros((3, len(row)), dtype=int))
    return size(Instance(tuple(side.id for side in block.mentees), mentors, edges))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_pruning_never_costs_anybody_a_mentor(seed):
    case = crowd(seed)

    assert size(instance_of(case, closeness, keep=1)) == size(instance_of(case, closeness, keep=9))


def test_there_are_crowds_where_the_best_few_would_not_do():
    lost = [
        seed
        for seed in range(60)
        if pruned_only(crowd(seed), 1) < size(instance_of(crowd(seed), closeness, keep=9))
    ]

    assert lost


def test_places_short_of_everybody_add_nothing():
    """Every mentor is among the places that lack: no other edge could serve one more."""
    mentees = [mentee(n) for n in range(9)]
    case = problem(mentees, [mentor(100 + n) for n in range(4)])
    block = block_of(case, closeness)

    edges = instance_of(case, closeness, keep=1).columns()

    assert len(edges) == int(kept_of(case, block, 1).sum())
