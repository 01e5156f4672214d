"""The instance that `solve` answers: mentees, mentors with places, permitted edges, locked pairs."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

Id = int | str
Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.floating[Any]]

MOST_RANK = 1000
BEST_FIT = 100


class InstanceError(ValueError):
    """A wrong instance: `place` is the path to the fault, `message` a Russian sentence about it."""

    def __init__(self, place: str, message: str) -> None:
        super().__init__(f"{place}: {message}" if place else message)
        self.place = place
        self.message = message


@dataclass(frozen=True)
class Mentor:
    """`capacity` >= 0 mentees at once; a group mentor takes none or at least `least`."""

    id: Id
    capacity: int
    least: int = 0


@dataclass(frozen=True)
class Edge:
    """A permitted pair: `fit` 0–100; rank 1 is best, equal ranks tie, None comes after all ranks."""

    mentee: Id
    mentor: Id
    fit: float
    mentee_rank: int | None = None
    mentor_rank: int | None = None


@dataclass(frozen=True, eq=False)
class EdgeColumns:
    """The edges of a large instance as equally long columns, no object per edge.

    mentee, mentor: positions in `Instance.mentees` and `Instance.mentors`; fit: 0..100;
    mentee_rank, mentor_rank: 1..MOST_RANK, 0 = not ranked.
    """

    mentee: Ints
    mentor: Ints
    fit: Floats
    mentee_rank: Ints
    mentor_rank: Ints

    def __len__(self) -> int:
        return len(self.mentee)


@dataclass(frozen=True)
class Instance:
    """Equal instances, whatever the order of their rows, have byte-equal solutions.

    A locked pair is one of the edges and stays in every solution.
    """

    mentees: tuple[Id, ...]
    mentors: tuple[Mentor, ...]
    edges: tuple[Edge, ...] | EdgeColumns
    locked: frozenset[tuple[Id, Id]] = field(default_factory=frozenset)

    def columns(self) -> EdgeColumns:
        """The edges as columns; positions are those of `mentees` and `mentors`."""
        if isinstance(self.edges, EdgeColumns):
            return self.edges
        mentee_place = {mentee: place for place, mentee in enumerate(self.mentees)}
        mentor_place = {mentor.id: place for place, mentor in enumerate(self.mentors)}
        edges = self.edges
        return EdgeColumns(
            np.array([mentee_place[edge.mentee] for edge in edges], dtype=np.int32),
            np.array([mentor_place[edge.mentor] for edge in edges], dtype=np.int32),
            np.array([edge.fit for edge in edges], dtype=np.float64),
            np.array([edge.mentee_rank or 0 for edge in edges], dtype=np.int32),
            np.array([edge.mentor_rank or 0 for edge in edges], dtype=np.int32),
        )


def in_order(one: Id) -> tuple[bool, int, str]:
    """The order of identifiers everywhere: numbers by value, then words by code points."""
    return (True, 0, one) if isinstance(one, str) else (False, one, "")


def read_instance(data: Any) -> Instance:
    """Build an instance from parsed JSON.

    Keys: `mentees` [id…], `mentors` [{id, capacity, min?}], `edges` [{mentee, mentor, fit,
    mentee_rank?, mentor_rank?}], `locked`? [[mentee, mentor]…]. Other keys are left alone.
    Raises: InstanceError with the place of the first fault.
    """
    if not isinstance(data, Mapping):
        raise InstanceError("", "Ожидается объект с полями mentees, mentors и edges.")
    mentees = _read_mentees(_rows(data, "mentees"))
    mentors = _read_mentors(_rows(data, "mentors"))
    edges = _read_edges(_rows(data, "edges"), set(mentees), {mentor.id for mentor in mentors})
    locked = _read_locked(_rows(data, "locked", needed=False), edges, mentors)
    return Instance(mentees, mentors, edges, locked)


def _rows(data: Mapping[str, Any], name: str, *, needed: bool = True) -> Sequence[Any]:
    if name not in data and not needed:
        return ()
    if name not in data:
        raise InstanceError(name, "Поле не указано, нужен список.")
    rows = data[name]
    if not isinstance(rows, list | tuple):
        raise InstanceError(name, "Ожидается список.")
    return rows


def _read_mentees(rows: Sequence[Any]) -> tuple[Id, ...]:
    seen: set[Id] = set()
    for number, row in enumerate(rows):
        place = f"mentees[{number}]"
        _new(_id(row, place), place, seen)
    return tuple(rows)


def _read_mentors(rows: Sequence[Any]) -> tuple[Mentor, ...]:
    seen: set[Id] = set()
    mentors = []
    for number, row in enumerate(rows):
        place = f"mentors[{number}]"
        found = _fields(row, place, ("id", "capacity"))
        _new(_id(found["id"], f"{place}.id"), f"{place}.id", seen)
        capacity = _whole(found["capacity"], f"{place}.capacity", low=0)
        given = found.get("min")
        least = 0 if given is None else _whole(given, f"{place}.min", low=0)
        if 0 < capacity < least:
            raise InstanceError(f"{place}.min", "Наименьший размер группы больше числа мест.")
        mentors.append(Mentor(found["id"], capacity, least))
    return tuple(mentors)


def _read_edges(rows: Sequence[Any], mentees: set[Id], mentors: set[Id]) -> tuple[Edge, ...]:
    seen: set[tuple[Id, Id]] = set()
    edges = []
    for number, row in enumerate(rows):
        place = f"edges[{number}]"
        found = _fields(row, place, ("mentee", "mentor", "fit"))
        mentee = _known(found["mentee"], f"{place}.mentee", mentees, "Такого наставляемого")
        mentor = _known(found["mentor"], f"{place}.mentor", mentors, "Такого наставника")
        if (mentee, mentor) in seen:
            raise InstanceError(place, "Эта пара уже названа выше.")
        seen.add((mentee, mentor))
        ranks = [_rank(found.get(key), f"{place}.{key}") for key in ("mentee_rank", "mentor_rank")]
        edges.append(Edge(mentee, mentor, _fit(found["fit"], f"{place}.fit"), *ranks))
    return tuple(edges)


def _read_locked(
    rows: Sequence[Any], edges: tuple[Edge, ...], mentors: tuple[Mentor, ...]
) -> frozenset[tuple[Id, Id]]:
    known = {(edge.mentee, edge.mentor) for edge in edges} if rows else set()
    left = {mentor.id: mentor.capacity for mentor in mentors}
    seen: set[Id] = set()
    locked = set()
    for number, row in enumerate(rows):
        place = f"locked[{number}]"
        if not isinstance(row, list | tuple) or len(row) != 2:
            raise InstanceError(place, "Ожидается пара [наставляемый, наставник].")
        pair = (_id(row[0], f"{place}[0]"), _id(row[1], f"{place}[1]"))
        if pair not in known:
            raise InstanceError(place, "Такой пары нет среди допустимых.")
        if pair[0] in seen:
            raise InstanceError(place, "Этот наставляемый уже закреплён выше.")
        left[pair[1]] -= 1
        if left[pair[1]] < 0:
            raise InstanceError(place, "Закреплённых пар больше, чем мест у наставника.")
        seen.add(pair[0])
        locked.add(pair)
    return frozenset(locked)


def _fields(row: Any, place: str, needed: tuple[str, ...]) -> Mapping[str, Any]:
    if not isinstance(row, Mapping):
        raise InstanceError(place, "Ожидается объект.")
    for name in needed:
        if name not in row:
            raise InstanceError(f"{place}.{name}", "Поле не указано.")
    return row


def _id(value: Any, place: str) -> Id:
    if isinstance(value, bool) or not isinstance(value, int | str) or value == "":
        raise InstanceError(place, "Обозначение — целое число или непустая строка.")
    return value


def _new(value: Id, place: str, seen: set[Id]) -> None:
    if value in seen:
        raise InstanceError(place, "Такое обозначение уже есть выше.")
    seen.add(value)


def _known(value: Any, place: str, known: set[Id], who: str) -> Id:
    found = _id(value, place)
    if found not in known:
        raise InstanceError(place, f"{who} нет в списке.")
    return found


def _whole(value: Any, place: str, *, low: int, most: int = 10**9) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= most:
        raise InstanceError(place, f"Ожидается целое число от {low} до {most}.")
    return value


def _rank(value: Any, place: str) -> int | None:
    return None if value is None else _whole(value, place, low=1, most=MOST_RANK)


def _fit(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise InstanceError(place, f"Ожидается число от 0 до {BEST_FIT}.")
    if not 0 <= value <= BEST_FIT:
        raise InstanceError(place, f"Ожидается число от 0 до {BEST_FIT}.")
    return float(value)
