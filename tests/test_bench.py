import time

from bench.frame import compare


def spend(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_the_ratio_is_product_to_floor_per_piece():
    result = compare(
        "twice", floor=lambda: spend(0.01), product=lambda: spend(0.02), n=10, rounds=5
    )

    assert (result.name, result.n, round(result.ratio)) == ("twice", 10, 2)
