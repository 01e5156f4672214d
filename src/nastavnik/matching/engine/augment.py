"""Augmenting paths: from any matching to one of greatest size, in few and short steps.

Source: Hopcroft and Karp 1973, with several places a mentor. The shortest paths come first, so a
stable matching is disturbed as little as possible.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from nastavnik.matching.engine.alternating import alone, spread
from nastavnik.matching.engine.table import NOBODY, IntArray, Table

UNSEEN = np.iinfo(np.int64).max


def augment(
    table: Table, chosen: IntArray, wishes: IntArray, check: Callable[[], None]
) -> IntArray:
    """Serve as many more mentees as possible; nobody who had a mentor loses hers.

    Parameters
        wishes: edges, each mentee's own best first, where `table.start` says.
    """
    chosen = chosen.copy()
    while True:
        check()
        depth = _depths(table, chosen)
        if depth is None:
            return chosen
        walk = _Walk(table, chosen, wishes, depth, _held(table, chosen))
        for mentee in alone(table, chosen).tolist():
            walk.serve(mentee)


def _held(table: Table, chosen: IntArray) -> dict[int, list[int]]:
    held: dict[int, list[int]] = {}
    matched = np.flatnonzero(chosen != NOBODY)
    mentors = table.mentor[chosen[matched]].tolist()
    for mentor, mentee in zip(mentors, matched.tolist(), strict=True):
        held.setdefault(mentor, []).append(mentee)
    return held


def _depths(table: Table, chosen: IntArray) -> IntArray | None:
    """The step at which each mentor is reached, up to the first with a free place; None if none."""
    depth = np.full(len(table.mentors), UNSEEN, dtype=np.int64)
    matched = np.flatnonzero(chosen != NOBODY)
    mentor_of = table.mentor[chosen[matched]]
    by_mentor = matched[np.argsort(mentor_of, kind="stable")]
    counts = np.bincount(mentor_of, minlength=len(table.mentors))
    first = np.cumsum(counts) - counts
    wave, step = alone(table, chosen), 0
    while len(wave):
        asked = np.unique(table.mentor[spread(table.start[wave], table.start[wave + 1])])
        asked = asked[depth[asked] == UNSEEN]
        depth[asked] = step
        if (counts[asked] < table.places[asked]).any():
            return depth
        wave = by_mentor[spread(first[asked], first[asked] + counts[asked])]
        step += 1
    return None


@dataclass(eq=False)
class _Walk:
    """One phase: paths that share no mentor, each a step deeper at every mentor."""

    table: Table
    chosen: IntArray
    wishes: IntArray
    depth: IntArray
    held: dict[int, list[int]]

    def serve(self, mentee: int) -> None:
        """Depth first without recursion; a mentor who led nowhere is not asked again."""
        path: list[int] = []
        stack = [self._steps([mentee], 0)]
        while stack:
            edge = next(stack[-1], None)
            if edge is None:
                stack.pop()
                if path:
                    path.pop()
                continue
            mentor = int(self.table.mentor[edge])
            self.depth[mentor] = UNSEEN
            path.append(edge)
            held = self.held.setdefault(mentor, [])
            if len(held) < self.table.places[mentor]:
                self._turn(path)
                return
            stack.append(self._steps(held, len(path)))

    def _steps(self, mentees: list[int], step: int) -> Iterator[int]:
        """Edges from these mentees to mentors of this depth, the mentees' own best first."""
        for mentee in mentees:
            begin, end = int(self.table.start[mentee]), int(self.table.start[mentee + 1])
            for edge in self.wishes[begin:end].tolist():
                if self.depth[self.table.mentor[edge]] == step:
                    yield edge

    def _turn(self, path: list[int]) -> None:
        for edge in path:
            mentee = int(self.table.mentee[edge])
            before = int(self.chosen[mentee])
            if before != NOBODY:
                self.held[int(self.table.mentor[before])].remove(mentee)
            self.held[int(self.table.mentor[edge])].append(mentee)
            self.chosen[mentee] = edge
