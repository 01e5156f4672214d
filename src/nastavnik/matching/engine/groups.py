"""Groups that gather at least so many or nobody: lower quotas, which make even the size NP-hard."""

from collections.abc import Callable

import numpy as np

from nastavnik.matching.engine.exact import Outcome, open_part, settle
from nastavnik.matching.engine.table import NOBODY, IntArray, Table


def too_small(table: Table, chosen: IntArray) -> IntArray:
    """Mentors who hold somebody, but fewer than their least (the locked are already counted)."""
    held = np.bincount(table.mentor[chosen[chosen != NOBODY]], minlength=len(table.mentors))
    return np.flatnonzero((held > 0) & (held < table.least))


def repaired(table: Table, solve: Callable[[IntArray], IntArray]) -> IntArray:
    """Close the groups that lack most and solve the rest, until every open group has gathered.

    Each round closes the worse half of the groups that are too small, at least one.

    Parameters
        solve: places (n_mentors,) → the edge of each mentee.
    """
    places = table.places.copy()
    while True:
        chosen = solve(places)
        small = too_small(table, chosen)
        if not len(small):
            return chosen
        held = np.bincount(table.mentor[chosen[chosen != NOBODY]], minlength=len(table.mentors))
        lack = (table.least - held)[small]
        worst_first = small[np.lexsort((small, -lack))]
        places[worst_first[: (len(small) + 1) // 2]] = 0


def filled(table: Table, chosen: IntArray) -> IntArray:
    """Give those left alone what is simply free: a place, or a group that they can gather.

    Mentors go in their order and take those they like best; nobody moves.
    """
    chosen = chosen.copy()
    held = np.bincount(table.mentor[chosen[chosen != NOBODY]], minlength=len(table.mentors))
    order, start = table.by_mentor
    waiting = np.unique(table.mentor[(chosen == NOBODY)[table.mentee]])
    for mentor in waiting[held[waiting] < table.places[waiting]].tolist():
        edges = order[start[mentor] : start[mentor + 1]]
        edges = edges[chosen[table.mentee[edges]] == NOBODY]
        joined = min(int(held[mentor]) + len(edges), int(table.places[mentor]))
        if joined >= table.least[mentor]:
            liked = edges[np.lexsort((-table.fit[edges], table.mentor_rank[edges]))]
            liked = liked[: joined - int(held[mentor])]
            chosen[table.mentee[liked]] = liked
            held[mentor] = joined
    return chosen


def solve_groups(table: Table, chosen: IntArray, moving: IntArray, *, effort: float) -> Outcome:
    """The best matching with quotas by CP-SAT: size, then blocking pairs, then fit.

    `chosen` keeps the quotas. `Outcome.greatest_size` says whether the size is proven.
    """
    part = open_part(table, chosen, moving, None)
    for mentor, takes in part.takes.items():
        least = int(table.least[mentor])
        if least > 1:
            gathers = part.variable(any(part.hint[take] for _, take in takes))
            terms = [(take, 1) for _, take in takes]
            part.model.limit([*terms, (gathers, -least)], low=0)
            part.model.limit([*terms, (gathers, -int(table.places[mentor]))], high=0)
    size = [(variable, -1) for variable in part.take.values()]
    answer = part.model.solve(size, part.hint, effort=effort)
    best = -sum(part.hint[variable] for variable, _ in size)
    if answer.values is not None and -sum(answer.values[v] for v, _ in size) < best:
        part.hint = answer.values
        best = -sum(part.hint[variable] for variable, _ in size)
    part.model.limit([(variable, 1) for variable, _ in size], low=-best)
    return settle(part, moving, effort=effort, greatest_size=answer.is_optimal, spent=answer.effort)
