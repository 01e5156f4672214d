import time

from bench.frame import compare
from bench.match import promoted
from bench.matches.contestants import report

from tests.matching.engine.instances import sparse


def spend(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_the_ratio_is_product_to_floor_per_piece():
    result = compare(
        "twice", floor=lambda: spend(0.01), product=lambda: spend(0.02), n=10, rounds=5
    )

    assert (result.name, result.n, round(result.ratio)) == ("twice", 10, 2)


def test_every_solver_is_measured_by_the_same_counts():
    ours, flow = (report(solver, "region", 300, 1) for solver in ("ours", "ortools min-cost flow"))

    assert (ours["faults"], ours["blocking_pairs"]) == ([], 0)
    assert ours["matched"] == ours["max_size"] == flow["matched"]
    assert ours["total_fit"] <= flow["total_fit"]


def test_promotion_by_levels_serves_no_fewer_with_more_levels():
    found = promoted(sparse(60, seed=1), (2, 8))

    assert found[2][0] <= found[8][0]
