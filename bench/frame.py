"""Measure the floor and the product in turn, in one process, so that a noisy machine hits both."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

ROUNDS = 7


@dataclass(frozen=True)
class Result:
    """`ratio` is product to floor: of time (lower is better) or of rate (higher is better)."""

    name: str
    floor: float
    product: float
    ratio: float
    unit: str
    n: int

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def cpu_seconds() -> float:
    """CPU of this process and of its finished children."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def measure(work: Callable[[], object]) -> float:
    start = cpu_seconds()
    work()
    return cpu_seconds() - start


def compare(
    name: str,
    *,
    floor: Callable[[], object],
    product: Callable[[], object],
    n: int,
    scale: float = 1000,
    unit: str = "ms CPU each",
    rounds: int = ROUNDS,
) -> Result:
    """Median CPU of one of `n` pieces of work, floor and product by turns; the first round warms up."""
    floor_seconds, product_seconds = [], []
    for turn in range(rounds + 1):
        pair = measure(floor) / n, measure(product) / n
        if turn:
            floor_seconds.append(pair[0])
            product_seconds.append(pair[1])
    low, high = statistics.median(floor_seconds), statistics.median(product_seconds)
    return Result(
        name, round(low * scale, 4), round(high * scale, 4), round(high / low, 3), unit, n
    )
