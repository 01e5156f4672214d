"""Measure the floor and the product in turn, in one process, so that a noisy machine hits both."""

import resource
import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

ROUNDS = 7


@dataclass(frozen=True)
class Result:
    """`ratio` is product to floor: of time (lower is better) or of rate (higher is better).

    `more` holds figures that only one benchmark has; they are printed beside the rest.
    """

    name: str
    floor: float
    product: float
    ratio: float
    unit: str
    n: int
    more: dict[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        values = asdict(self)
        return values | values.pop("more")


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
    pieces_a_second: str = "",
    rounds: int = ROUNDS,
) -> Result:
    """Median CPU of `n` pieces of work, floor and product by turns; the first round warms up.

    The figures are milliseconds a piece, or pieces a CPU second when `pieces_a_second` names them.
    """
    floor_seconds, product_seconds = [], []
    for turn in range(rounds + 1):
        pair = measure(floor) / n, measure(product) / n
        if turn:
            floor_seconds.append(pair[0])
            product_seconds.append(pair[1])
    low, high = statistics.median(floor_seconds), statistics.median(product_seconds)
    if pieces_a_second:
        unit, low, high = f"{pieces_a_second} per CPU second", 1 / low, 1 / high
    else:
        unit, low, high = "ms CPU each", low * 1000, high * 1000
    return Result(name, round(low, 4), round(high, 4), round(high / low, 3), unit, n)
