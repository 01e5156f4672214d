"""The checker kills planted faults of every kind."""

from dataclasses import replace

import pytest

from nastavnik.matching.engine.check import check
from nastavnik.matching.engine.instance import Edge, Instance, Mentor
from nastavnik.matching.engine.solution import Certificate, Left
from nastavnik.matching.engine.solve import solve

pytestmark = pytest.mark.unit

# "а" and "б" compete for the only place of "М"; "в" is locked to "Н"; "г" and "д" make a group;
# nobody suits "е".
INSTANCE = Instance(
    ("а", "б", "в", "г", "д", "е"),
    (Mentor("М", 1), Mentor("Н", 2), Mentor("Г", 3, 2), Mentor("Пустой", 1)),
    (
        Edge("а", "М", 50.0, 1, 2),
        Edge("б", "М", 40.0, 1, 1),
        Edge("в", "Н", 30.0),
        Edge("в", "Пустой", 90.0, 1, 1),
        Edge("г", "Г", 60.0, 1, 1),
        Edge("г", "Н", 10.0, 2, 1),
        Edge("д", "Г", 70.0, 1, 1),
    ),
    frozenset({("в", "Н")}),
)
RIGHT = solve(INSTANCE)
SHORTAGE = Certificate(("а", "б"), ("М",), 1)


def test_the_right_solution_passes():
    assert check(INSTANCE, RIGHT) == []
    assert RIGHT.pairs == (("б", "М"), ("в", "Н"), ("г", "Г"), ("д", "Г"))
    assert RIGHT.unmatched == (Left("а", "capacity", 0), Left("е", "no_edges"))
    assert RIGHT.certificates == (SHORTAGE,)
    assert (RIGHT.max_size, RIGHT.blocking_pairs, RIGHT.total_fit) == (4, 0, 200.0)


FAULTS = {
    "a stranger": {"pairs": (*RIGHT.pairs[:3], ("я", "Г"))},
    "a pair that is not permitted": {"pairs": (*RIGHT.pairs, ("е", "Г")), "matched": 5},
    "a mentee with two mentors": {
        "pairs": (*RIGHT.pairs[:2], ("г", "Г"), ("г", "Н"), ("д", "Г")),
        "matched": 5,
    },
    "more than the places": {
        "pairs": (("а", "М"), *RIGHT.pairs),
        "matched": 5,
        "unmatched": (RIGHT.unmatched[1],),
        "total_fit": 250.0,
    },
    "a group too small": {
        "pairs": (*RIGHT.pairs[:2], ("г", "Н"), ("д", "Г")),
        "total_fit": 150.0,
        "blocking_pairs": 1,
        "method": "exact",
    },
    "a lock is broken": {
        "pairs": (RIGHT.pairs[0], ("в", "Пустой"), *RIGHT.pairs[2:]),
        "total_fit": 260.0,
    },
    "pairs out of order": {"pairs": RIGHT.pairs[::-1]},
    "a mentee is dropped": {
        "pairs": (RIGHT.pairs[0], RIGHT.pairs[1]),
        "matched": 2,
        "total_fit": 70.0,
        "max_size": 2,
        "blocking_pairs": 3,
        "method": "promoted",
        "unmatched": (
            RIGHT.unmatched[0],
            Left("г", "least"),
            Left("д", "least"),
            Left("е", "no_edges"),
        ),
    },
    "the worse of two": {
        "pairs": (("а", "М"), *RIGHT.pairs[1:]),
        "total_fit": 210.0,
        "unmatched": (Left("б", "capacity", 0), RIGHT.unmatched[1]),
    },
    "the number matched": {"matched": 5},
    "the greatest size": {"max_size": 5},
    "the fit": {"total_fit": 200.1},
    "the blocking pairs": {"blocking_pairs": 1},
    "nobody named as left": {"unmatched": ()},
    "the left out of order": {"unmatched": RIGHT.unmatched[::-1]},
    "a made-up reason": {"unmatched": (Left("а", "places"), RIGHT.unmatched[1])},
    "has wishes, said to have none": {"unmatched": (Left("а", "no_edges"), RIGHT.unmatched[1])},
    "no certificate": {"unmatched": (Left("а", "capacity"), RIGHT.unmatched[1])},
    "another certificate": {"unmatched": (Left("а", "capacity", 1), RIGHT.unmatched[1])},
    "not her certificate": {"unmatched": (RIGHT.unmatched[0], Left("е", "capacity", 0))},
    "a certificate without a shortage": {"certificates": (Certificate(("а",), ("М",), 1),)},
    "places counted wrongly": {"certificates": (replace(SHORTAGE, places=0),)},
    "a mentor hidden": {"certificates": (Certificate(("а", "б", "г"), ("М",), 1),)},
    "a mentor too many": {"certificates": (Certificate(("а", "б"), ("М", "Пустой"), 2),)},
    "a mentee twice": {"certificates": (Certificate(("а", "а", "б"), ("М",), 1),)},
    "a stranger in a certificate": {"certificates": (Certificate(("а", "я"), ("М",), 1),)},
    "no certificates": {"certificates": ()},
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_found(name):
    assert check(INSTANCE, replace(RIGHT, **FAULTS[name])) != []


def test_a_method_that_promises_too_much_is_found():
    edges = (
        Edge(1, "А", 1.0, 1, 2),
        Edge(1, "Б", 1.0, 2, 1),
        Edge(2, "А", 1.0, 1, 1),
        Edge(2, "Б", 1.0, 2, 2),
    )
    instance = Instance((1, 2), (Mentor("А", 1), Mentor("Б", 1)), edges)
    wrong = replace(solve(instance), pairs=((1, "А"), (2, "Б")), blocking_pairs=1, method="stable")

    assert check(instance, wrong) == ["the method promises no blocking pairs"]
    assert check(instance, replace(wrong, method="promoted")) == []
