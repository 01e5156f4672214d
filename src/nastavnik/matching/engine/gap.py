"""What lacks: demand and supply by topic, who could be served, and what a change would bring.

A mentee is served when a permitted mentor with a free place offers something that answers one of
the requests; a mentee without a recognised request is served by any permitted mentor.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import max_flow

from nastavnik.matching.engine.dense import Block, Flags, block_of, competence_shares
from nastavnik.matching.engine.fit import Closeness
from nastavnik.matching.engine.problem import MentorSide, Problem

PLACES_OF_NEW = 2
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Extra:
    """Mentors who might be won: `count` of a category, each with a topic and `places` free."""

    count: int
    category: str
    topic: str
    places: int = PLACES_OF_NEW


@dataclass(frozen=True)
class Change:
    """What if: other mentors join, everyone takes `more_places` more."""

    extras: tuple[Extra, ...] = ()
    more_places: int = 0


@dataclass(frozen=True)
class TopicRow:
    """A topic: how many mentees want it, how many free places answer it, how many of its mentees
    are left. A place counts at each topic of its mentor.
    """

    topic: str
    wanted: int
    places: int
    left: int


@dataclass(frozen=True)
class Shortage:
    """Mentees who have no other mentors than these, and these have fewer places (Hall)."""

    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    places: int
    topics: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Coverage:
    """How many of those who ask could be served at once, by maximum flow."""

    asked: int
    served: int
    places: int
    rows: tuple[TopicRow, ...]
    shortages: tuple[Shortage, ...]
    left: tuple[int, ...]


def coverage(problem: Problem, closeness: Closeness, change: Change | None = None) -> Coverage:
    """Serve as many as possible after the change. Everything is deterministic."""
    changed = with_change(problem, change or Change())
    block = block_of(changed, closeness)
    answers = _answers(block, closeness)
    chosen = _assign(block, answers)
    left = np.flatnonzero(chosen < 0)
    return Coverage(
        asked=len(block.mentees),
        served=len(block.mentees) - len(left),
        places=sum(mentor.places for mentor in block.mentors),
        rows=_rows(block, set(left.tolist())),
        shortages=_shortages(block, answers, chosen),
        left=tuple(block.mentees[row].id for row in left.tolist()),
    )


def with_change(problem: Problem, change: Change) -> Problem:
    """The problem after the change; newcomers have numbers below zero and only what is said of them."""
    mentors = [replace(m, places=m.places + change.more_places) for m in problem.mentors]
    for extra in change.extras:
        offers = frozenset({extra.topic} if extra.topic else ())
        for _ in range(extra.count):
            number = len(problem.mentors) - len(mentors) - 1
            mentors.append(MentorSide(number, extra.category, extra.places, competences=offers))
    return replace(problem, mentors=tuple(mentors))


def _answers(block: Block, closeness: Closeness) -> Flags:
    if not block.mentees or not block.mentors:
        return block.allowed
    asks = np.array([any(n.code or n.topic for n in m.needs) for m in block.mentees])[:, None]
    answered: Flags = block.allowed & ((competence_shares(block, closeness) > 0) | ~asks)
    return answered


def _assign(block: Block, answers: Flags) -> Ints:
    """The column of each mentee's mentor, -1 for those left."""
    n, m = len(block.mentees), len(block.mentors)
    chosen = np.full(n, -1, dtype=np.int64)
    rows, columns = np.nonzero(answers)
    if not len(rows):
        return chosen
    source, sink = n + m, n + m + 1
    flow = max_flow.SimpleMaxFlow()
    places = np.array([mentor.places for mentor in block.mentors])
    flow.add_arcs_with_capacity(np.full(n, source), np.arange(n), np.ones(n, dtype=np.int64))
    pairs = flow.add_arcs_with_capacity(rows, n + columns, np.ones(len(rows), dtype=np.int64))
    flow.add_arcs_with_capacity(n + np.arange(m), np.full(m, sink), places)
    flow.solve(source, sink)
    used = flow.flows(pairs) > 0
    chosen[rows[used]] = columns[used]
    return chosen


def _rows(block: Block, left: set[int]) -> tuple[TopicRow, ...]:
    """Topics that anybody wants, the scarcest first."""
    wanted: Counter[str] = Counter()
    lacking: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for row, mentee in enumerate(block.mentees):
        topics = {need.topic for need in mentee.needs if need.topic}
        wanted.update(topics)
        if row in left:
            lacking.update(topics)
    for mentor in block.mentors:
        for topic in mentor.competences:
            places[topic] += mentor.places
    found = [TopicRow(t, wanted[t], places[t], lacking[t]) for t in wanted]
    return tuple(sorted(found, key=lambda r: (-r.left, r.places - r.wanted, -r.wanted, r.topic)))


def _shortages(block: Block, answers: Flags, chosen: Ints) -> tuple[Shortage, ...]:
    """Sets of mentees with fewer places than heads: what alternating paths reach from those left.

    The union of these sets does not depend on which assignment of greatest size was found.
    """
    seen: set[int] = set()
    found: list[tuple[set[int], set[int]]] = []
    alone: dict[frozenset[str], set[int]] = {}
    for start in np.flatnonzero(chosen < 0).tolist():
        if start in seen:
            continue
        rows, columns = _reached(answers, chosen, start)
        seen |= rows
        if columns:
            found.append((rows, columns))
        else:  # whom nobody can help: told together when they want the same
            topics = frozenset(need.topic for need in block.mentees[start].needs)
            alone.setdefault(topics, set()).update(rows)
    sets = [*_joined(found), *((rows, set[int]()) for rows in alone.values())]
    return tuple(
        sorted(
            (_shortage(block, rows, columns) for rows, columns in sets),
            key=lambda s: (s.places - len(s.mentees), s.mentees),
        )
    )


def _reached(answers: Flags, chosen: Ints, start: int) -> tuple[set[int], set[int]]:
    rows, columns, ahead = {start}, set[int](), [start]
    while ahead:
        for column in np.flatnonzero(answers[ahead.pop()]).tolist():
            if column not in columns:
                columns.add(column)
                fresh = set(np.flatnonzero(chosen == column).tolist()) - rows
                rows |= fresh
                ahead += sorted(fresh)
    return rows, columns


def _joined(
    found: Sequence[tuple[set[int], set[int]]],
) -> list[tuple[set[int], set[int]]]:
    """Sets that share a mentee or a mentor are one shortage."""
    joined: list[tuple[set[int], set[int]]] = []
    for rows, columns in found:
        apart = []
        for other_rows, other_columns in joined:
            if rows & other_rows or columns & other_columns:
                rows, columns = rows | other_rows, columns | other_columns  # noqa: PLW2901
            else:
                apart.append((other_rows, other_columns))
        joined = [*apart, (rows, columns)]
    return joined


def _shortage(block: Block, rows: set[int], columns: set[int]) -> Shortage:
    mentees = [block.mentees[row] for row in sorted(rows)]
    mentors = [block.mentors[column] for column in sorted(columns)]
    topics = Counter(t for m in mentees for t in {need.topic for need in m.needs if need.topic})
    return Shortage(
        tuple(side.id for side in mentees),
        tuple(side.id for side in mentors),
        sum(side.places for side in mentors),
        tuple(sorted(topics.items(), key=lambda item: (-item[1], item[0]))),
    )
