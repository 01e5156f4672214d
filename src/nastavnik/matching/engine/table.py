"""The instance as arrays in one order: whatever the order of its rows, the same table."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from nastavnik.matching.engine.instance import (
    MOST_RANK,
    EdgeColumns,
    Id,
    Instance,
    InstanceError,
    Mentor,
    in_order,
)

IntArray = NDArray[np.int64]
Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Keys = NDArray[np.uint64]
Mask = NDArray[np.bool_]
Person = TypeVar("Person")

NOBODY = -1
NOT_RANKED = MOST_RANK + 1
ALONE = MOST_RANK + 2
MOST_PEOPLE = 2**20
BLOCK = 1_000_000
"""Edges worked off at once: memory that is touched for the first time costs more than the work."""
UNITS = 1_000_000
"""Fit is compared in whole millionths of a point, so that sums are exact in any order."""


def ranges(edges: int) -> Iterator[slice]:
    """All edges, block by block."""
    return (slice(begin, begin + BLOCK) for begin in range(0, edges, BLOCK))


@dataclass(frozen=True, eq=False)
class Table:
    """What is left to decide: locked mentees have no edges, their places are taken off.

    mentees, mentors: in the order of `in_order`. Edges go by mentee, then by mentor.
    places: int (n_mentors,), free after the locked pairs. least: int (n_mentors,), how many
    must come besides the locked ones if anybody comes.
    mentee, mentor: int32 (n_edges,). fit: int32 (n_edges,), whole units, 1 point = UNITS.
    mentee_rank, mentor_rank: int16 (n_edges,), 1 best, NOT_RANKED after all ranks.
    start: int (n_mentees + 1,), the edges of mentee i are start[i]:start[i+1].
    locked: pairs of positions with the fit of each in units.
    """

    mentees: tuple[Id, ...]
    mentors: tuple[Mentor, ...]
    places: IntArray
    least: IntArray
    mentee: Int32
    mentor: Int32
    fit: Int32
    mentee_rank: Int16
    mentor_rank: Int16
    start: IntArray
    locked: tuple[tuple[int, int, int], ...]

    @property
    def is_ranked(self) -> bool:
        """Whether anybody wishes anybody more than somebody else."""
        return bool(
            (self.mentee_rank != NOT_RANKED).any() or (self.mentor_rank != NOT_RANKED).any()
        )

    @cached_property
    def by_mentor(self) -> tuple[Int32, IntArray]:
        """(edges ordered by mentor, where each mentor's edges start)."""
        key = self.mentor.astype(np.int64) << 32
        key |= np.arange(len(key))
        key.sort()
        start = np.searchsorted(key, np.arange(len(self.mentors) + 1, dtype=np.int64) << 32)
        key &= 2**32 - 1
        return key.astype(np.int32), start


def build_table(instance: Instance) -> Table:
    """Sort, lock and convert. Raises: InstanceError for columns that cannot be an instance."""
    columns = instance.columns()
    _refuse_wrong_columns(instance, columns)
    if len(instance.mentees) >= MOST_PEOPLE:
        raise InstanceError("mentees", f"Наставляемых должно быть меньше {MOST_PEOPLE}.")
    mentee_order = _order(instance.mentees)
    mentor_order = _order(tuple([mentor.id for mentor in instance.mentors]))
    mentees = _sorted(instance.mentees, mentee_order)
    mentors = _sorted(instance.mentors, mentor_order)
    order, mentee, mentor = _edge_order(columns, mentee_order, mentor_order)
    fit = _units(_taken(columns.fit, order))
    ranks = [_ranks(_taken(values, order)) for values in (columns.mentee_rank, columns.mentor_rank)]
    places = np.array([each.capacity for each in mentors], dtype=np.int64)
    least = np.array([each.least for each in mentors], dtype=np.int64)
    locked: tuple[tuple[int, int, int], ...] = ()
    if instance.locked:
        ids = mentees, tuple(one.id for one in mentors)
        locked = _locked(instance, ids, mentee, mentor, fit)
        keep = ~np.isin(mentee, [pair[0] for pair in locked])
        mentee, mentor, fit = mentee[keep], mentor[keep], fit[keep]
        ranks = [values[keep] for values in ranks]
        np.subtract.at(places, [pair[1] for pair in locked], 1)
        np.subtract.at(least, [pair[1] for pair in locked], 1)
        if (places < 0).any():
            raise InstanceError("locked", "Закреплённых пар больше, чем мест у наставника.")
    start = np.searchsorted(mentee, np.arange(len(mentees) + 1, dtype=mentee.dtype))
    return Table(
        mentees, mentors, places, least, mentee, mentor, fit, ranks[0], ranks[1], start, locked
    )


def _refuse_wrong_columns(instance: Instance, columns: EdgeColumns) -> None:
    limits = (
        ("mentee", columns.mentee, 0, len(instance.mentees) - 1),
        ("mentor", columns.mentor, 0, len(instance.mentors) - 1),
        ("fit", columns.fit, 0, 100),
        ("mentee_rank", columns.mentee_rank, 0, MOST_RANK),
        ("mentor_rank", columns.mentor_rank, 0, MOST_RANK),
    )
    for name, values, low, high in limits:
        if len(values) != len(columns):
            raise InstanceError(f"edges.{name}", "Столбцы разной длины.")
        if len(values) and not (values.min() >= low and values.max() <= high):
            raise InstanceError(f"edges.{name}", f"Значения должны быть от {low} до {high}.")
    if len(set(instance.mentees)) < len(instance.mentees):
        raise InstanceError("mentees", "Обозначения повторяются.")
    if len({mentor.id for mentor in instance.mentors}) < len(instance.mentors):
        raise InstanceError("mentors", "Обозначения повторяются.")


def _order(ids: tuple[Id, ...]) -> IntArray:
    """Positions in the order of identifiers."""
    if set(map(type, ids)) == {int} and -(2**62) < min(ids) <= max(ids) < 2**62:  # type: ignore[operator]
        return np.argsort(np.array(ids, dtype=np.int64), kind="stable").astype(np.int64)
    return np.array(sorted(range(len(ids)), key=lambda place: in_order(ids[place])), dtype=np.int64)


def _edge_order(
    columns: EdgeColumns, mentee_order: IntArray, mentor_order: IntArray
) -> tuple[IntArray | None, Int32, Int32]:
    """(order of the edges or None when they already stand so, mentee, mentor) of sorted edges."""
    mentee = _renumbered(columns.mentee, mentee_order)
    mentor = _renumbered(columns.mentor, mentor_order)
    later = mentee[1:] > mentee[:-1]
    later |= (mentee[1:] == mentee[:-1]) & (mentor[1:] > mentor[:-1])
    if later.all():
        return None, mentee, mentor
    key = mentee.astype(np.int64) * len(mentor_order) + mentor
    order = np.argsort(key, kind="stable")
    if not np.diff(key[order]).all():
        raise InstanceError("edges", "Пара названа дважды.")
    return order, mentee[order], mentor[order]


def _is_sorted(order: IntArray) -> bool:
    return bool((order[1:] > order[:-1]).all())


def _sorted(people: tuple[Person, ...], order: IntArray) -> tuple[Person, ...]:
    return people if _is_sorted(order) else tuple([people[place] for place in order.tolist()])


def _renumbered(places: NDArray[Any], order: IntArray) -> Int32:
    given = places.astype(np.int32, copy=False)
    if _is_sorted(order):
        return given
    numbers = np.empty(len(order), dtype=np.int32)
    numbers[order] = np.arange(len(order), dtype=np.int32)
    renumbered: Int32 = numbers[given]
    return renumbered


def _taken(values: NDArray[Any], order: IntArray | None) -> NDArray[Any]:
    return values if order is None else values[order]


def _units(fit: NDArray[Any]) -> Int32:
    """Block by block, to keep the memory low."""
    units = np.empty(len(fit), dtype=np.int32)
    for some in ranges(len(fit)):
        units[some] = np.rint(fit[some].astype(np.float64) * UNITS)
    return units


def _ranks(values: NDArray[Any]) -> Int16:
    ranks: Int16 = values.astype(np.int16)
    np.copyto(ranks, np.int16(NOT_RANKED), where=ranks == 0)
    return ranks


def _locked(
    instance: Instance,
    ids: tuple[tuple[Id, ...], tuple[Id, ...]],
    mentee: Int32,
    mentor: Int32,
    fit: Int32,
) -> tuple[tuple[int, int, int], ...]:
    mentee_place, mentor_place = ({one: at for at, one in enumerate(side)} for side in ids)
    wide = len(ids[1])
    key = mentee.astype(np.int64) * wide + mentor
    found = []
    for one, other in instance.locked:
        if one not in mentee_place or other not in mentor_place:
            raise InstanceError("locked", "Закреплённая пара называет неизвестного человека.")
        pair = mentee_place[one], mentor_place[other]
        at = int(np.searchsorted(key, pair[0] * wide + pair[1]))
        if at >= len(key) or (int(mentee[at]), int(mentor[at])) != pair:
            raise InstanceError("locked", "Закреплённой пары нет среди допустимых.")
        found.append((*pair, int(fit[at])))
    if len({pair[0] for pair in found}) < len(found):
        raise InstanceError("locked", "Наставляемый закреплён дважды.")
    return tuple(sorted(found))
