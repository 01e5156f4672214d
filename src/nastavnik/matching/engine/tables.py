"""Small array helpers of the block scores: numbering, common words, greatest cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats32 = NDArray[np.float32]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Shares:
    """A number for each kind of mentee and kind of mentor; `rows`, `columns`: the kind of everyone.

    Without them a table stands for everybody or, with one row, for every mentee.
    """

    table: NDArray[Any]
    rows: Ints | None = None
    columns: Ints | None = None

    def spread(self, values: NDArray[Any]) -> NDArray[Any]:
        """Values in the shape of the table, for every couple."""
        if self.rows is None or self.columns is None:
            return values
        return values.take(self.columns, axis=1).take(self.rows, axis=0)


def best_of(table: Bytes, rows: list[list[int]], columns: list[list[int]]) -> Bytes:
    """The greatest cell over the listed rows of a mentee and the listed columns of a mentor."""
    narrow = greatest(np.ascontiguousarray(table.T), columns)
    return greatest(np.ascontiguousarray(narrow.T), rows)


def greatest(table: Bytes, lists: list[list[int]]) -> Bytes:
    """For each list the element-wise maximum of its rows; row 0 stands for an empty list."""
    longest = max(map(len, lists), default=0)
    found: Bytes = table[np.array([listed[0] if listed else 0 for listed in lists])]
    for turn in range(1, longest):
        having = [number for number, listed in enumerate(lists) if len(listed) > turn]
        others = table[np.array([lists[number][turn] for number in having])]
        found[having] = np.maximum(found[having], others)
    return found


def distinct(listed: Iterable[Any]) -> tuple[list[Any], Ints]:
    place: dict[Any, int] = {}
    numbers = [place.setdefault(item, len(place)) for item in listed]
    return list(place), np.array(numbers, dtype=np.int64)


def kinds(sides: Sequence[Any], *names: str) -> tuple[list[Any], Ints]:
    """One side of each kind, those alike in all of `names`, and the kind of every side."""
    told = list(map(attrgetter(*names), sides))
    found, numbers = distinct(told)
    one = dict(zip(told, sides, strict=True))
    return [one[kind] for kind in found], numbers


def distinct_lists(lists: Sequence[Sequence[Any]]) -> tuple[list[Any], list[list[int]]]:
    """Distinct items and each list as their numbers from 1."""
    place: dict[Any, int] = {}
    for listed in lists:
        for item in listed:
            place.setdefault(item, len(place) + 1)
    return list(place), [[place[item] for item in listed] for listed in lists]


def common_counts(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> Floats32:
    """How many words each two sets have in common."""
    shared = set().union(*left) & set().union(*right)
    place = {word: number for number, word in enumerate(sorted(shared))}
    first, second = (members(sets, place) for sets in (left, right))
    return np.asarray(first @ second.T, dtype=np.float32)


def members(sets: Sequence[frozenset[str]], place: dict[str, int]) -> Floats32:
    matrix = np.zeros((len(sets), len(place)), dtype=np.float32)
    cells = [
        (row, place[word]) for row, words in enumerate(sets) for word in words if word in place
    ]
    if cells:
        matrix[tuple(np.array(cells).T)] = 1
    return matrix
