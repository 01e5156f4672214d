"""Match mentees with mentors: greatest size, then fewest blocking pairs, then greatest fit.

The chain and what each method proves: docs/algorithms/matching.md.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from nastavnik.matching.engine.alternating import Reach, alone, reach
from nastavnik.matching.engine.augment import augment
from nastavnik.matching.engine.blocking import blocking, total_fit
from nastavnik.matching.engine.certificates import reasons
from nastavnik.matching.engine.components import components
from nastavnik.matching.engine.deferred import Market, ask, open_market, promote
from nastavnik.matching.engine.exact import solve_part
from nastavnik.matching.engine.fitting import fitted, refit, standing
from nastavnik.matching.engine.flow import greatest_fit
from nastavnik.matching.engine.groups import filled, repaired, solve_groups, too_small
from nastavnik.matching.engine.improve import (
    AROUND,
    WIDER,
    Allowance,
    View,
    fewer_blocking,
    more_fit,
)
from nastavnik.matching.engine.instance import Id, Instance
from nastavnik.matching.engine.solution import Certificate, Left, Solution
from nastavnik.matching.engine.table import NOBODY, UNITS, IntArray, Table, build_table

__all__ = ["METHODS", "VERSION", "Cancelled", "Certificate", "Left", "Solution", "solve"]

VERSION = "4"
METHODS = ("flow", "exact", "fewest", "stable", "promoted", "total", "repaired")
"""From the strongest claim to the weakest; a solution is named by the weakest of its parts.

flow: nobody ranks, size and fit proven, no blocking pairs. exact: size, blocking pairs and fit
proven. fewest: size and blocking pairs proven. stable: size proven, no blocking pairs. promoted:
size proven. total: size and fit proven, wishes not asked for. repaired: quotas kept, size not
proven.
"""
LEVELS = 8
FLOW_EDGES = 1_000_000
PART_EDGES = 100_000
EXACT_MENTEES = 300
EXACT_EDGES = 12_000
EFFORT = 1.0
TOTAL_EFFORT = 4.0
LOOKED_AT = 300_000

Progress = Callable[[str, float], None]
Prefer = Literal["stable", "total"]


class Cancelled(Exception):
    """The caller no longer wants the answer."""


@dataclass(eq=False)
class Run:
    """What the steps share: how to report and stop, and how much work is left to spend."""

    progress: Progress | None
    cancelled: Callable[[], bool] | None
    prefer: Prefer
    effort: float = TOTAL_EFFORT
    allowance: Allowance = field(default_factory=lambda: Allowance(LOOKED_AT))

    def check(self) -> None:
        if self.cancelled is not None and self.cancelled():
            raise Cancelled

    def report(self, stage: str, share: float) -> None:
        self.check()
        if self.progress is not None:
            self.progress(stage, share)


def solve(
    instance: Instance,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    prefer: Prefer = "stable",
) -> Solution:
    """Answer the instance.

    Parameters
        progress: called with the stage (`read`, `ask`, `size`, `wishes`, `reasons`, `done`) and
            the share of work behind, 0..1. cancelled: asked often; True ends the run.
        prefer: `stable` puts blocking pairs before fit, `total` leaves wishes out.
    Returns: Solution; equal instances give equal solutions whatever the order of their rows.
    Raises: InstanceError for contradictory columns or locked pairs; Cancelled.
    """
    began = time.process_time()
    run = Run(progress, cancelled, prefer)
    run.report("read", 0.0)
    table = build_table(instance)
    found = _whole(table, run)
    run.report("reasons", 0.9)
    left, certificates = reasons(table, found.chosen)
    run.report("done", 1.0)
    pairs = _pairs(table, found.chosen)
    fit = total_fit(table, found.chosen) + sum(fit for _, _, fit in table.locked)
    return Solution(
        pairs=pairs,
        matched=len(pairs),
        max_size=found.max_size + len(table.locked),
        blocking_pairs=int(blocking(table, found.chosen).sum()),
        total_fit=fit / UNITS,
        method=found.method,
        seconds=round(time.process_time() - began, 3),
        unmatched=left,
        certificates=certificates,
    )


def _pairs(table: Table, chosen: IntArray) -> tuple[tuple[Id, Id], ...]:
    matched = np.flatnonzero(chosen != NOBODY)
    places = list(zip(matched.tolist(), table.mentor[chosen[matched]].tolist(), strict=True))
    if table.locked:
        places = sorted([*places, *((one, other) for one, other, _ in table.locked)])
    names = [mentor.id for mentor in table.mentors]
    return tuple([(table.mentees[one], names[other]) for one, other in places])


@dataclass(frozen=True, eq=False)
class Found:
    """The edge of each mentee, the greatest size as far as proven, the claim."""

    chosen: IntArray
    max_size: int
    method: str


def _whole(table: Table, run: Run) -> Found:
    """The table with its groups; quotas are looked at only when the solution breaks them."""
    has_quotas = bool((table.least > 1).any())
    found = _without_quotas(table, run, polish=not has_quotas)
    if has_quotas and not len(too_small(table, found.chosen)):
        found = _without_quotas(table, run)
    if not len(too_small(table, found.chosen)):
        return found

    def again(places: IntArray) -> IntArray:
        run.check()
        return _without_quotas(replace(table, places=places), run, polish=False).chosen

    chosen = filled(table, repaired(table, again))
    size = int((chosen != NOBODY).sum())
    method = "repaired"
    if len(table.mentee) <= EXACT_EDGES and len(table.mentees) <= EXACT_MENTEES:
        outcome = solve_groups(table, chosen, _everyone(table), effort=EFFORT)
        chosen = outcome.chosen
        size = int((chosen != NOBODY).sum())
        if outcome.greatest_size:
            proven = "fewest" if outcome.fewest_blocking else "promoted"
            method = "exact" if outcome.greatest_fit else proven
            return Found(chosen, size, method)
        chosen = filled(table, chosen)
    return Found(chosen, found.max_size, method)


def _everyone(table: Table) -> IntArray:
    return np.flatnonzero(np.diff(table.start) > 0)


def _without_quotas(table: Table, run: Run, *, polish: bool = True) -> Found:
    if polish:
        run.report("ask", 0.1)
    ranked = table.is_ranked
    if (run.prefer == "total" or not ranked) and len(table.mentee) <= FLOW_EDGES:
        chosen = greatest_fit(table, table.places)
        return Found(chosen, int((chosen != NOBODY).sum()), "total" if ranked else "flow")
    market = open_market(table)
    ask(market, _everyone(table), run.check)
    if polish:
        run.report("size", 0.4)
    chosen, is_stable = _enlarged(table, market, run)
    size = int((chosen != NOBODY).sum())
    if polish and len(table.mentee) <= PART_EDGES:
        scarce = reach(table, chosen, alone(table, chosen), table.places)
        chosen, method = _polished(table, chosen, scarce, run)
        return Found(chosen, size, method)
    if polish:
        chosen = _refitted(table, chosen, run)
    return Found(chosen, size, "stable" if is_stable else "promoted")


def _refitted(table: Table, chosen: IntArray, run: Run) -> IntArray:
    """More fit in each connected part that is not too large, many at once."""
    chosen = chosen.copy()
    rounds = 2 if len(table.mentee) <= FLOW_EDGES else 1
    for turn in range(rounds):
        now = standing(table, chosen)
        for parts, done in _together(table):
            run.report("wishes", 0.5 + 0.4 * (turn + done) / rounds)
            refit(table, chosen, parts, now)
    return chosen


def _together(table: Table) -> Iterator[tuple[list[IntArray], float]]:
    """Connected parts, as many at a time as have few edges together, and the share behind."""
    degree = np.diff(table.start)
    parts: list[IntArray] = []
    edges, began = 0, 0.0
    for moving, done in _parts(table):
        more = int(degree[moving].sum())
        if parts and edges + more > FLOW_EDGES:
            yield parts, began
            parts, edges, began = [], 0, done
        if more <= FLOW_EDGES:
            parts.append(moving)
            edges += more
    if parts:
        yield parts, began


def _parts(table: Table) -> Iterator[tuple[IntArray, float]]:
    """The mentees of each connected part, the smallest part first, and the share behind."""
    part = components(table)
    people = _everyone(table)
    order = people[np.argsort(part[people], kind="stable")]
    parts = np.split(order, np.flatnonzero(np.diff(part[order])) + 1) if len(order) else []
    done = 0
    for moving in sorted(parts, key=len):
        yield moving, done / len(order)
        done += len(moving)


def _enlarged(table: Table, market: Market, run: Run) -> tuple[IntArray, bool]:
    """Of greatest size: augmented from the stable matching or promoted, part by part the better.

    And whether nothing blocks.
    """
    augmented = augment(table, market.chosen, run.check)
    if np.array_equal(augmented, market.chosen):
        return augmented, True
    blocks = blocking(table, augmented)
    if not blocks.any():
        return augmented, True
    part = components(table)
    disturbed = np.bincount(part[table.mentee[blocks]], minlength=len(part))
    goal = _count(part, augmented)
    for _ in range(LEVELS):
        waiting = alone(table, market.chosen)
        lacking = (_count(part, market.chosen) < goal) & (disturbed > 0)
        waiting = waiting[lacking[part[waiting]]]
        if not len(waiting):
            break
        promote(market, waiting, run.check)
    promoted = market.chosen
    blocks = blocking(table, promoted)
    fewer = np.bincount(part[table.mentee[blocks]], minlength=len(part)) < disturbed
    better = fewer & (_count(part, promoted) == goal)
    enlarged = np.where(better[part], promoted, augmented)
    return enlarged, not blocking(table, enlarged).any()


def _count(part: IntArray, chosen: IntArray) -> IntArray:
    return np.bincount(part[chosen != NOBODY], minlength=len(part))


def _polished(table: Table, chosen: IntArray, scarce: Reach, run: Run) -> tuple[IntArray, str]:
    """Fewer blocking pairs, more fit, part by part from the smallest; and the weakest claim."""
    claims = {"flow"}
    for moving, done in _parts(table):
        run.report("wishes", 0.5 + 0.4 * done)
        chosen, claim = _part(table, chosen, scarce, moving, run)
        claims.add(claim)
    return chosen, max(claims, key=METHODS.index)


def _part(
    table: Table, chosen: IntArray, scarce: Reach, moving: IntArray, run: Run
) -> tuple[IntArray, str]:
    view = View(table, scarce, run.allowance, run.check)
    edges = int(np.diff(table.start)[moving].sum())
    claim = ""
    if len(moving) > WIDER:
        chosen = fewer_blocking(view, chosen, moving, most=AROUND)
        chosen = fewer_blocking(view, chosen, moving, most=WIDER)
    chosen, is_best = fitted(table, chosen, moving)
    blocks = blocking(table, chosen)[np.isin(table.mentee, moving)].any()
    if is_best and not blocks:
        return chosen, "exact"
    if len(moving) <= EXACT_MENTEES and edges <= EXACT_EDGES and run.effort > 0:
        outcome = solve_part(table, chosen, moving, scarce, effort=min(EFFORT, run.effort))
        run.effort -= outcome.effort
        chosen = outcome.chosen
        if outcome.greatest_fit:
            return chosen, "exact"
        claim = "fewest" if outcome.fewest_blocking else ""
    if blocks:
        chosen = more_fit(view, chosen, moving)
    blocks = blocking(table, chosen)[np.isin(table.mentee, moving)].any()
    return chosen, claim or ("promoted" if blocks else "stable")
