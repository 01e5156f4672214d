"""An independent check of a solution: nothing of the solver's code, nothing of its algorithms.

Everything is counted again from the instance. The greatest size is not sought but verified by
duality: the mentees named in the certificates have no more places than these, so no matching
serves more (König 1931; Hall 1935).
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from nastavnik.matching.engine.instance import EdgeColumns, Id, Instance
from nastavnik.matching.engine.solution import Certificate, Solution

WITHOUT_BLOCKING = {"flow", "stable"}
SIZE_PROVEN = {"flow", "exact", "fewest", "stable", "promoted", "total"}
SMALLEST_FIT_STEP = 1e-6
LAST = 10**6
"""Stands after every rank; nobody at all stands after that."""


@dataclass(eq=False)
class Facts:
    """The instance and the solution as counted here.

    mentor_of: position of a matched mentee → position of her mentor. edge_of: pair of positions →
    row. faults: what is wrong, in English, for the log.
    """

    instance: Instance
    solution: Solution
    columns: EdgeColumns
    mentee_at: dict[Id, int]
    mentor_at: dict[Id, int]
    mentor_of: dict[int, int] = field(default_factory=dict)
    rows: list[int] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def expect(self, fact: object, fault: str) -> None:
        if not fact:
            self.faults.append(fault)


def check(instance: Instance, solution: Solution) -> list[str]:
    """Sentences about every fault found; an empty list means that the solution is right.

    Proven are: pairs, places, quotas, locks, figures, reasons, certificates, and the greatest
    size unless a quota leaves somebody out.
    """
    facts = Facts(
        instance,
        solution,
        instance.columns(),
        {mentee: place for place, mentee in enumerate(instance.mentees)},
        {mentor.id: place for place, mentor in enumerate(instance.mentors)},
    )
    _check_pairs(facts)
    if facts.faults:
        return facts.faults
    _check_places(facts)
    _check_fit(facts)
    _check_blocking(facts)
    _check_reasons(facts)
    for number, certificate in enumerate(solution.certificates):
        _check_certificate(facts, number, certificate)
    _check_groups(facts)
    _check_size(facts)
    return facts.faults


def _check_pairs(facts: Facts) -> None:
    """Pairs are known, permitted, one a mentee, in order, with all the locked ones."""
    pairs = facts.solution.pairs
    unknown = [p for p in pairs if p[0] not in facts.mentee_at or p[1] not in facts.mentor_at]
    if unknown:
        facts.faults.append(f"pair {unknown[0]} names somebody unknown")
        return
    wide = len(facts.instance.mentors)
    keys = facts.columns.mentee.astype(np.int64) * wide + facts.columns.mentor
    order = np.argsort(keys)
    asked = np.array(
        [facts.mentee_at[one] * wide + facts.mentor_at[other] for one, other in pairs],
        dtype=np.int64,
    )
    places = np.searchsorted(keys, asked, sorter=order)
    inside = places < len(keys)
    found = order[places[inside]]
    facts.expect(inside.all() and (keys[found] == asked[inside]).all(), "a pair is not permitted")
    facts.rows = found.tolist()
    facts.mentor_of = {facts.mentee_at[one]: facts.mentor_at[other] for one, other in pairs}
    facts.expect(len(facts.mentor_of) == len(pairs), "a mentee stands in two pairs")
    facts.expect(list(pairs) == sorted(pairs, key=_sorting), "pairs are not in order")
    facts.expect(facts.instance.locked <= set(pairs), "a locked pair is missing")
    facts.expect(facts.solution.matched == len(pairs), "the number matched is wrong")


def _sorting(pair: tuple[Id, Id]) -> tuple[tuple[int, Id], tuple[int, Id]]:
    one, other = ((1 if isinstance(each, str) else 0, each) for each in pair)
    return one, other


def _check_places(facts: Facts) -> None:
    """Nobody holds more than the capacity; groups are empty, gathered, or all locked."""
    held = Counter(facts.mentor_of.values())
    locked = Counter(facts.mentor_at[other] for _, other in facts.instance.locked)
    for place, number in held.items():
        mentor = facts.instance.mentors[place]
        facts.expect(number <= mentor.capacity, f"mentor {mentor.id} holds more than the capacity")
        gathered = number >= mentor.least or number == locked[place]
        facts.expect(gathered, f"the group of mentor {mentor.id} is too small")


def _check_fit(facts: Facts) -> None:
    total = float(np.sort(facts.columns.fit[facts.rows].astype(np.float64)).sum())
    near = abs(total - facts.solution.total_fit) <= SMALLEST_FIT_STEP * (1 + len(facts.rows))
    facts.expect(near, "the total fit is wrong")


def _check_blocking(facts: Facts) -> None:
    """Count again who would both rather be together; locked mentees stay out of it."""
    columns, mentors = facts.columns, facts.instance.mentors
    locked = [facts.mentee_at[one] for one, _ in facts.instance.locked]
    now = np.full(len(facts.instance.mentees), LAST + 1)
    rows = np.array(facts.rows, dtype=np.int64)
    now[columns.mentee[rows]] = _rank(columns.mentee_rank[rows])
    now[locked] = -1
    own = rows[~np.isin(columns.mentee[rows], locked)]
    worst_held = np.full(len(mentors), -1)
    by_rank = own[np.argsort(_rank(columns.mentor_rank[own]), kind="stable")]
    worst_held[columns.mentor[by_rank]] = _rank(columns.mentor_rank[by_rank])
    capacity = np.array([mentor.capacity for mentor in mentors], dtype=np.int64)
    held = np.bincount(columns.mentor[rows], minlength=len(mentors))
    worst_held[held < capacity] = LAST + 1
    she = _rank(columns.mentee_rank) < now[columns.mentee]
    he = _rank(columns.mentor_rank) < worst_held[columns.mentor]
    number = int(np.count_nonzero(she & he))
    facts.expect(number == facts.solution.blocking_pairs, f"blocking pairs are {number}")
    is_free = facts.solution.method not in WITHOUT_BLOCKING or number == 0
    facts.expect(is_free, "the method promises no blocking pairs")


def _rank(given: NDArray[np.integer]) -> NDArray[np.int64]:
    return np.where(given == 0, LAST, given).astype(np.int64)


def _check_reasons(facts: Facts) -> None:
    """Everybody left is named once, in order, with a reason that holds."""
    named = [left.mentee for left in facts.solution.unmatched]
    left_over = [
        mentee
        for mentee in facts.instance.mentees
        if facts.mentee_at[mentee] not in facts.mentor_of
    ]
    expected = sorted(left_over, key=lambda one: (isinstance(one, str), one))
    facts.expect(named == expected, "the unmatched are not those without a pair, in order")
    degree = np.bincount(facts.columns.mentee, minlength=len(facts.instance.mentees))
    shortages = [set(one.mentees) for one in facts.solution.certificates]
    for left in facts.solution.unmatched:
        has_edges = left.mentee in facts.mentee_at and degree[facts.mentee_at[left.mentee]] > 0
        at = left.certificate
        if left.reason == "no_edges":
            right = not has_edges and at is None
        elif left.reason == "capacity":
            known = at is not None and 0 <= at < len(shortages)
            right = known and left.mentee in shortages[at or 0]
        elif left.reason == "least":
            right = has_edges and at is None
        else:
            right = False
        facts.expect(right, f"the reason for mentee {left.mentee} does not hold")


def _check_groups(facts: Facts) -> None:
    """Nobody left could simply be added, nor a group be gathered of those left alone.

    Only where quotas leave somebody out: elsewhere duality proves more.
    """
    if not any(left.reason == "least" for left in facts.solution.unmatched):
        return
    alone = np.ones(len(facts.instance.mentees), dtype=np.bool_)
    alone[list(facts.mentor_of)] = False
    asking = Counter(facts.columns.mentor[alone[facts.columns.mentee]].tolist())
    held = Counter(facts.mentor_of.values())
    for place, number in asking.items():
        mentor = facts.instance.mentors[place]
        joined = min(held[place] + number, mentor.capacity)
        could = held[place] < joined and joined >= mentor.least
        facts.expect(not could, f"mentor {mentor.id} could take some of those left")


def _check_certificate(facts: Facts, number: int, certificate: Certificate) -> None:
    """The mentees are more than the places of all their mentors."""
    name = f"certificate {number}"
    mentees = {facts.mentee_at.get(one, -1) for one in certificate.mentees}
    mentors = {facts.mentor_at.get(one, -1) for one in certificate.mentors}
    if -1 in mentees | mentors:
        facts.faults.append(f"{name} names somebody unknown")
        return
    distinct = len(mentees) == len(certificate.mentees), len(mentors) == len(certificate.mentors)
    facts.expect(all(distinct), f"{name} names somebody twice")
    facts.expect(_mentors_of(facts, mentees) == mentors, f"{name} does not name all their mentors")
    places = sum(facts.instance.mentors[place].capacity for place in mentors)
    facts.expect(places == certificate.places, f"{name} counts the places wrongly")
    facts.expect(certificate.places < len(mentees), f"{name} shows no shortage")


def _mentors_of(facts: Facts, mentees: set[int]) -> set[int]:
    """The mentors whom these mentees may have; a locked mentee only hers."""
    bound = {facts.mentee_at[one]: facts.mentor_at[other] for one, other in facts.instance.locked}
    free = np.zeros(len(facts.instance.mentees), dtype=np.bool_)
    free[[place for place in mentees if place not in bound]] = True
    theirs = facts.columns.mentor[free[facts.columns.mentee]]
    return set(np.unique(theirs).tolist()) | {bound[one] for one in mentees if one in bound}


def _check_size(facts: Facts) -> None:
    """No matching is larger than `max_size`, by the shortages named together."""
    solution = facts.solution
    short = {facts.mentee_at.get(m, -1) for one in solution.certificates for m in one.mentees}
    names = {facts.mentor_at.get(m, -1) for one in solution.certificates for m in one.mentors}
    if -1 in short | names:
        return
    places = sum(facts.instance.mentors[place].capacity for place in names)
    hopeless = sum(left.reason == "no_edges" for left in solution.unmatched)
    most = len(facts.instance.mentees) - hopeless - max(len(short) - places, 0)
    facts.expect(solution.matched <= solution.max_size <= most, "the greatest size is wrong")
    if not any(left.reason == "least" for left in solution.unmatched):
        facts.expect(solution.matched == most, "more mentees could be served")
    if solution.method in SIZE_PROVEN:
        facts.expect(solution.matched == solution.max_size, "the method promises the greatest size")
