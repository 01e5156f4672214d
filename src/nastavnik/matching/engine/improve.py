"""Small parts of a large matching solved anew by CP-SAT, one after another, never for the worse."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from nastavnik.matching.engine.alternating import Reach
from nastavnik.matching.engine.blocking import blocking, total_fit
from nastavnik.matching.engine.exact import block_less, solve_part
from nastavnik.matching.engine.table import IntArray, Table

AROUND = 40
WIDER = 100
"""Mentees in one part: 40 take 20 ms; 100 turn longer chains around."""
EFFORT = 0.3


@dataclass(eq=False)
class Allowance:
    """How many edges may still be looked at: work is counted, never timed."""

    edges: int

    def spend(self, table: Table, moving: IntArray) -> bool:
        """Take the edges that the part's mentors have; False when nothing is left."""
        if self.edges <= 0:
            return False
        mentors = table.mentor[np.concatenate([_row(table, one) for one in moving.tolist()])]
        degree = np.diff(table.by_mentor[1])
        self.edges -= int(degree[np.unique(mentors)].sum())
        return True


@dataclass(frozen=True, eq=False)
class View:
    """What stays the same while parts are solved anew; `check` raises to stop."""

    table: Table
    scarce: Reach
    allowance: Allowance
    check: Callable[[], None]


def fewer_blocking(view: View, chosen: IntArray, mentees: IntArray, *, most: int) -> IntArray:
    """Go round the blocking pairs of these mentees and let those near each choose anew.

    Rounds go on while they help. `most`: how many mentees choose at once, AROUND or WIDER.
    """
    table = view.table
    ours = np.zeros(len(table.mentees), dtype=np.bool_)
    ours[mentees] = True
    while True:
        before = np.flatnonzero(blocking(table, chosen) & ours[table.mentee])
        for edge in before.tolist():
            view.check()
            if not blocking(table, chosen)[edge]:
                continue
            near = around(table, chosen, int(table.mentee[edge]), most)
            if not view.allowance.spend(table, near):
                return chosen
            chosen = block_less(table, chosen, near, view.scarce, effort=EFFORT)
        after = np.count_nonzero(blocking(table, chosen) & ours[table.mentee])
        if after >= len(before):
            return chosen


def more_fit(view: View, chosen: IntArray, mentees: IntArray) -> IntArray:
    """Let the neighbourhoods of these mentees choose anew, while the total fit grows."""
    table = view.table
    while True:
        before = total_fit(table, chosen)
        done = np.zeros(len(table.mentees), dtype=np.bool_)
        for mentee in mentees.tolist():
            view.check()
            if done[mentee]:
                continue
            near = around(table, chosen, mentee, AROUND)
            done[near[: len(near) // 2]] = True
            if not view.allowance.spend(table, near):
                return chosen
            chosen = solve_part(table, chosen, near, view.scarce, effort=EFFORT).chosen
        if total_fit(table, chosen) <= before:
            return chosen


def around(table: Table, chosen: IntArray, mentee: int, most: int) -> IntArray:
    """She and those nearest whom she could displace or who could displace her, nearest first."""
    order, start = table.by_mentor
    found = {mentee: None}
    queue = [mentee]
    for one in queue:
        for mentor in table.mentor[_row(table, one)].tolist():
            edges = order[start[mentor] : start[mentor + 1]]
            for edge in edges[chosen[table.mentee[edges]] == edges].tolist():
                other = int(table.mentee[edge])
                if other not in found:
                    found[other] = None
                    queue.append(other)
        if len(found) >= most:
            break
    return np.array(list(found)[:most], dtype=np.int64)


def _row(table: Table, mentee: int) -> IntArray:
    return np.arange(table.start[mentee], table.start[mentee + 1])
