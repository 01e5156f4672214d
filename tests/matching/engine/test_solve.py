"""The solver against brute force, its promises, its independence of the order of rows."""

import os
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.matching.engine.check import check
from nastavnik.matching.engine.instance import Edge, Instance, InstanceError, Mentor
from nastavnik.matching.engine.solution import Certificate, Left
from nastavnik.matching.engine.solve import Cancelled, solve
from tests.matching.engine import brute
from tests.matching.engine.instances import instances, shuffled, sparse

pytestmark = pytest.mark.unit


def figures(solution):
    return solution.matched, solution.blocking_pairs, solution.total_fit


@settings(max_examples=200, deadline=None)
@given(instances())
def test_size_wishes_and_fit_are_those_of_brute_force(instance):
    solution = solve(instance)

    assert check(instance, solution) == []
    assert solution.method in {"exact", "flow"}
    assert figures(solution) == brute.best(instance)


@settings(max_examples=80, deadline=None)
@given(instances(ranked=False))
def test_without_wishes_the_flow_is_best(instance):
    solution = solve(instance)

    assert (check(instance, solution), solution.method) == ([], "flow")
    assert figures(solution) == brute.best(instance)


@settings(max_examples=80, deadline=None)
@given(instances(locks=True))
def test_locked_pairs_stay_and_the_rest_is_best(instance):
    solution = solve(instance)

    assert check(instance, solution) == []
    assert instance.locked <= set(solution.pairs)
    assert figures(solution) == brute.best(instance)


@settings(max_examples=120, deadline=None)
@given(instances(groups=True, locks=True))
def test_groups_gather_or_stay_empty(instance):
    solution = solve(instance)

    assert check(instance, solution) == []
    assert figures(solution) == brute.best(instance)


@settings(max_examples=60, deadline=None)
@given(instances(groups=True, locks=True), st.integers(0, 99))
def test_the_order_of_rows_changes_nothing(instance, seed):
    assert solve(shuffled(instance, seed)) == solve(instance)


@settings(max_examples=60, deadline=None)
@given(instances())
def test_preferring_the_total_gives_the_greatest_fit_of_greatest_size(instance):
    solution = solve(instance, prefer="total")
    wanted = max(
        (len(m), sum(e.fit for e in instance.edges if m.get(e.mentee) == e.mentor))
        for m in brute.matchings(instance)
    )

    assert check(instance, solution) == []
    assert (solution.matched, solution.total_fit) == wanted


def school():
    """Seven ask for physics at two mentors with three places; two for music, one at nobody."""
    mentees = (*(f"ф{number}" for number in range(7)), "м1", "м2", "один")
    mentors = (Mentor("Физик", 2), Mentor("Механик", 1), Mentor("Пианист", 2))
    physics = [
        Edge(mentee, mentor, fit, 1, 1)
        for mentee in mentees[:7]
        for mentor, fit in (("Физик", 60.0), ("Механик", 50.5))
    ]
    music = [Edge("м1", "Пианист", 80.25), Edge("м2", "Пианист", 70.0)]
    return Instance(mentees, mentors, (*physics, *music))


def test_a_shortage_is_named_with_all_who_compete_and_their_places():
    solution = solve(school())

    assert solution.certificates == (
        Certificate(tuple(f"ф{number}" for number in range(7)), ("Механик", "Физик"), 3),
    )
    assert solution.unmatched[0] == Left("один", "no_edges")
    assert [left.reason for left in solution.unmatched[1:]] == ["capacity"] * 4
    assert (solution.matched, solution.max_size, solution.blocking_pairs) == (5, 5, 0)
    assert solution.total_fit == 60.0 + 60.0 + 50.5 + 80.25 + 70.0


def test_a_group_that_does_not_gather_is_the_reason():
    edges = (Edge("а", "Группа", 50.0), Edge("б", "Один", 60.0), Edge("б", "Группа", 40.0))
    instance = Instance(("а", "б"), (Mentor("Группа", 4, 3), Mentor("Один", 1)), edges)

    solution = solve(instance)

    assert (solution.pairs, solution.unmatched) == ((("б", "Один"),), (Left("а", "least"),))
    assert check(instance, solution) == []


def test_nobody_at_all_is_an_answer():
    solution = solve(Instance((), (), ()))

    assert (solution.pairs, solution.matched, solution.max_size) == ((), 0, 0)


def test_hash_seeds_change_nothing():
    program = (
        "import json; from nastavnik.matching.engine.solve import solve\n"
        "from tests.matching.engine.instances import sparse\n"
        "found = solve(sparse(30, seed=3)).as_json(); found.pop('seconds')\n"
        "print(json.dumps(found))"
    )
    answers = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(answers) == 1


def test_a_run_reports_its_progress_and_can_be_cancelled():
    told = []

    solve(sparse(20, seed=1), progress=lambda stage, share: told.append((stage, share)))
    with pytest.raises(Cancelled):
        solve(sparse(20, seed=1), cancelled=lambda: True)

    assert list(dict(told)) == ["read", "ask", "size", "wishes", "reasons", "done"]
    assert [share for _, share in told] == sorted(share for _, share in told)


@pytest.mark.parametrize(
    "locked",
    [
        {(0, "м")},
        {(9, "м")},
        {(1, "м"), (2, "м")},
    ],
)
def test_impossible_locks_are_refused(locked):
    edges = (Edge(1, "м", 1.0), Edge(2, "м", 1.0))

    with pytest.raises(InstanceError, match="locked"):
        solve(Instance((0, 1, 2), (Mentor("м", 1),), edges, frozenset(locked)))


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 999))
def test_many_groups_are_repaired_and_keep_their_quotas(seed):
    plain = sparse(310, seed=seed, degree=2)
    groups = tuple(replace(mentor, least=3) for mentor in plain.mentors)
    instance = replace(plain, mentors=groups)

    solution = solve(instance)

    assert (check(instance, solution), solution.method) == ([], "repaired")
    assert solution.matched >= 0.9 * solution.max_size
