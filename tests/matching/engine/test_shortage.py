"""Who is short of places, found over sets of bits."""

import numpy as np
import pytest

from nastavnik.matching.engine.flow import greatest_size
from nastavnik.matching.engine.instance import EdgeColumns, Instance, Mentor
from nastavnik.matching.engine.shortage import shortage
from nastavnik.matching.engine.table import build_table

pytestmark = pytest.mark.unit


def scarce(seed, mentees=40, mentors=12):
    chance = np.random.default_rng(seed)
    return chance.random((mentees, mentors)) < 0.15, chance.integers(0, 5, mentors).tolist()


def served(allowed, places):
    row, column = np.nonzero(allowed)
    helpers = tuple(Mentor(number, many) for number, many in enumerate(places))
    edges = EdgeColumns(row, column, *np.zeros((3, len(row)), dtype=int))
    table = build_table(Instance(tuple(range(len(allowed))), helpers, edges))
    return greatest_size(table, table.places)


@pytest.mark.parametrize("seed", range(20))
def test_the_short_have_too_few_places_by_as_many_as_are_left(seed):
    allowed, places = scarce(seed)

    short = shortage(allowed, places)

    asking = int(allowed.any(axis=1).sum())
    lacking = int(short.mentees.sum()) - int(np.array(places)[short.mentors].sum())
    assert served(allowed, places) == min(asking - lacking, sum(places))
    assert not (allowed[short.mentees] & ~short.mentors).any()


def test_nobody_is_short_of_other_mentors_when_every_place_is_taken():
    allowed = np.array([[True, False], [True, False], [False, True]])

    assert shortage(allowed, [1, 2]).mentees.tolist() == [True, True, False]
    assert not shortage(allowed, [1, 1]).mentees.any()


def test_nobody_is_short_when_somebody_can_move_on():
    allowed = np.array([[True, True], [True, False]])

    short = shortage(allowed, [1, 1])

    assert not short.mentees.any()
    assert not short.mentors.any()
