"""A wrong instance is refused with the place of the fault."""

import copy

import pytest

from nastavnik.matching.engine.instance import Edge, Instance, InstanceError, Mentor, read_instance

pytestmark = pytest.mark.unit

RIGHT = {
    "mentees": [1, "два"],
    "mentors": [{"id": "м", "capacity": 2, "min": 2}],
    "edges": [
        {"mentee": 1, "mentor": "м", "fit": 50, "mentee_rank": 1, "mentor_rank": 2},
        {"mentee": "два", "mentor": "м", "fit": 70.5, "mentor_rank": None},
    ],
    "locked": [[1, "м"]],
}


def test_a_right_instance_is_read():
    assert read_instance(RIGHT) == Instance(
        (1, "два"),
        (Mentor("м", 2, 2),),
        (Edge(1, "м", 50.0, 1, 2), Edge("два", "м", 70.5)),
        frozenset({(1, "м")}),
    )


@pytest.mark.parametrize(
    ("path", "value", "place"),
    [
        (("mentees",), {}, "mentees"),
        (("mentees", 1), 1, "mentees[1]"),
        (("mentees", 0), True, "mentees[0]"),
        (("mentees", 0), 1.5, "mentees[0]"),
        (("mentors", 0), "м", "mentors[0]"),
        (("mentors", 0, "id"), "", "mentors[0].id"),
        (("mentors", 0, "capacity"), -1, "mentors[0].capacity"),
        (("mentors", 0, "capacity"), "2", "mentors[0].capacity"),
        (("mentors", 0, "min"), 3, "mentors[0].min"),
        (("edges", 0, "mentee"), "1", "edges[0].mentee"),
        (("edges", 1, "mentor"), "н", "edges[1].mentor"),
        (("edges", 1, "mentee"), 1, "edges[1]"),
        (("edges", 0, "fit"), 100.5, "edges[0].fit"),
        (("edges", 0, "fit"), float("nan"), "edges[0].fit"),
        (("edges", 0, "fit"), None, "edges[0].fit"),
        (("edges", 0, "mentee_rank"), 0, "edges[0].mentee_rank"),
        (("edges", 0, "mentor_rank"), 1.0, "edges[0].mentor_rank"),
        (("locked", 0), [1], "locked[0]"),
        (("locked", 0), [2, "м"], "locked[0]"),
    ],
)
def test_a_fault_is_named_by_its_place(path, value, place):
    data = copy.deepcopy(RIGHT)
    part = data
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value

    with pytest.raises(InstanceError) as refusal:
        read_instance(data)

    assert refusal.value.place == place


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (("mentors",), "mentors"),
        (("mentors", 0, "capacity"), "mentors[0].capacity"),
        (("edges", 1, "fit"), "edges[1].fit"),
    ],
)
def test_a_missing_field_is_named(path, place):
    data = copy.deepcopy(RIGHT)
    part = data
    for step in path[:-1]:
        part = part[step]
    del part[path[-1]]

    with pytest.raises(InstanceError) as refusal:
        read_instance(data)

    assert refusal.value.place == place


def test_a_list_is_no_instance():
    with pytest.raises(InstanceError):
        read_instance([])
