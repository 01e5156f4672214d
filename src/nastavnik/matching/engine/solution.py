"""What `solve` answers: pairs, the figures that measure them, a reason for everyone left."""

from dataclasses import dataclass, field
from typing import Any

from nastavnik.matching.engine.instance import Id


@dataclass(frozen=True)
class Certificate:
    """A shortage, provable by counting: these mentees have no mentors but these, with fewer places.

    `places` is the sum of the capacities of `mentors`, less than the number of `mentees`. A locked
    mentee counts at the mentor she is locked to.
    """

    mentees: tuple[Id, ...]
    mentors: tuple[Id, ...]
    places: int


@dataclass(frozen=True)
class Left:
    """A mentee without a mentor.

    `reason`: `no_edges` (nobody is permitted), `capacity` (`certificate` is the position of the
    shortage in `Solution.certificates`), `least` (a place is free only in groups that did not gather).
    """

    mentee: Id
    reason: str
    certificate: int | None = None


@dataclass(frozen=True)
class Solution:
    """`pairs` and `unmatched` go in the order of identifiers; `seconds` is CPU and not compared.

    `method` says what is proven, part by part of the instance (see docs/algorithms/matching.md).
    """

    pairs: tuple[tuple[Id, Id], ...]
    matched: int
    max_size: int
    blocking_pairs: int
    total_fit: float
    method: str
    seconds: float = field(compare=False)
    unmatched: tuple[Left, ...]
    certificates: tuple[Certificate, ...]

    def as_json(self) -> dict[str, Any]:
        """The answer of `nastavnik match solve --json`."""
        return {
            "pairs": [list(pair) for pair in self.pairs],
            "matched": self.matched,
            "max_size": self.max_size,
            "blocking_pairs": self.blocking_pairs,
            "total_fit": self.total_fit,
            "method": self.method,
            "seconds": self.seconds,
            "unmatched": [_left_as_json(left) for left in self.unmatched],
            "certificates": [
                {"mentees": list(one.mentees), "mentors": list(one.mentors), "places": one.places}
                for one in self.certificates
            ],
        }


def _left_as_json(left: Left) -> dict[str, Any]:
    answer: dict[str, Any] = {"mentee": left.mentee, "reason": left.reason}
    if left.certificate is not None:
        answer["certificate"] = left.certificate
    return answer
