"""The score of every couple of a problem at once: numpy blocks, the best of each mentee kept.

Gives exactly the numbers of `fit.score` (a property test compares them). All arithmetic is on whole
numbers, so the order of rows, threads and additions changes nothing.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from operator import attrgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nastavnik.matching.engine import fit as plain
from nastavnik.matching.engine.eligibility import form_for
from nastavnik.matching.engine.fit import Closeness, Scale, scale_of
from nastavnik.matching.engine.problem import Couple, MenteeSide, MentorSide, Problem, Ranked
from nastavnik.matching.engine.tables import (
    Bytes,
    Floats32,
    Shares,
    best_of,
    common_counts,
    distinct,
    distinct_lists,
    kinds,
)
from nastavnik.matching.engine.text import UNIT, UNKNOWN, Words

Flags = NDArray[np.bool_]
Ranks = NDArray[np.int16]
CHUNK = 256
"""Rows of a large product computed together, so that they stay in the cache."""
FORBIDDEN_COUPLES = ("forbidden", "refused", "not_with")


@dataclass(frozen=True)
class Block:
    """Points 0..100 and permission of every couple, rows mentees, columns mentors, both by id.

    ranks: of the mentees and of the mentors, 0 where not ranked; None when that side ranks nobody.
    """

    mentees: tuple[MenteeSide, ...]
    mentors: tuple[MentorSide, ...]
    points: Bytes
    allowed: Flags
    ranks: tuple[Ranks | None, Ranks | None] = (None, None)

    @cached_property
    def rows(self) -> dict[int, int]:
        """Where each mentee stands."""
        return {side.id: number for number, side in enumerate(self.mentees)}

    @cached_property
    def columns(self) -> dict[int, int]:
        return {side.id: number for number, side in enumerate(self.mentors)}


def block_of(problem: Problem, closeness: Closeness, *, scale: Scale | None = None) -> Block:
    """Points and permissions of all couples."""
    mentees = tuple(sorted(problem.mentees, key=attrgetter("id")))
    mentors = tuple(sorted(problem.mentors, key=attrgetter("id")))
    shape = len(mentees), len(mentors)
    block = Block(mentees, mentors, np.zeros(shape, dtype=np.uint8), np.ones(shape, dtype=bool))
    if mentees and mentors:
        ranks = _ranks(block, problem.mentee_ranks), _ranks(block, problem.mentor_ranks)
        block = replace(block, ranks=ranks)
        _permit(problem, block)
        _add_points(problem, block, scale or scale_of(problem), closeness)
    return block


def _permit(problem: Problem, block: Block) -> None:
    """Optional rules first, then the locked couples are let in again, then the firm rules."""
    allowed = block.allowed
    stated = any(m.age_from is not None or m.age_to is not None for m in block.mentors)
    if "age" in problem.conditions and stated:
        low, high = _numbers(block.mentors, "age_from", 0), _numbers(block.mentors, "age_to", 200)
        age = _numbers(block.mentees, "age", -1)[:, None]
        allowed &= (age < 0) | ((low <= age) & (age <= high))
    if "younger" in problem.conditions and any(m.category == "pupil" for m in block.mentors):
        grade, gap = _grades(block)
        allowed &= ~((grade > 0) & (gap < 0))
    if "slots" in problem.conditions and any(m.slots for m in block.mentors):
        common, both = _slots([m.slots for m in block.mentees], [m.slots for m in block.mentors])
        allowed &= ~both | (common > 0)
    if "mentee_papers" in problem.conditions:
        allowed &= np.array([side.has_papers for side in block.mentees])[:, None]
    if "mentor_papers" in problem.conditions:
        allowed &= np.array([side.has_papers for side in block.mentors])
    mark(block, allowed, problem.locked, value=True)
    allowed &= _joined_by_a_form(problem, block)
    for name in FORBIDDEN_COUPLES:
        mark(block, allowed, getattr(problem, name), value=False)
    _part_oneself(block)


def _joined_by_a_form(problem: Problem, block: Block) -> Flags:
    """Few kinds of people: one look for each two kinds."""
    rows, row_of = kinds(block.mentees, "category", "form")
    columns, column_of = kinds(block.mentors, "category", "form")
    joined = [[form_for(problem.forms, a, b) is not None for b in columns] for a in rows]
    table = np.array(joined)
    everybody = bool(table.all())
    return table[:1, :1] if everybody else Shares(table, row_of, column_of).spread(table)


def _part_oneself(block: Block) -> None:
    columns: dict[int, list[int]] = {}
    for column, mentor in enumerate(block.mentors):
        if mentor.person is not None:
            columns.setdefault(mentor.person, []).append(column)
    for row, mentee in enumerate(block.mentees):
        if mentee.person in columns:
            block.allowed[row, columns[mentee.person]] = False


def _add_points(problem: Problem, block: Block, scale: Scale, closeness: Closeness) -> None:
    """Add every part; a condition (`must`) also forbids where its part earns nothing."""
    shares: dict[str, Callable[[], Shares]] = {
        "wish": lambda: _wishes(block),
        "competence": lambda: _competences(block, closeness),
        "text": lambda: Shares(_texts(block, scale)),
        "time": lambda: _times(block),
        "interests": lambda: _interests(block),
        "age": lambda: _ages(block),
        "experience": lambda: _of_mentors(block, lambda m: plain.experience_share(m)[0]),
        "training": lambda: _of_mentors(block, lambda m: 100 * m.is_trained),
        "success": lambda: _of_mentors(block, lambda m: plain.success_share(m)[0]),
    }
    let_in = [c for c in problem.locked if _is_allowed(block, c)] if scale.musts else []
    for code, compute in shares.items():
        most = scale.points[code]
        if not most and code not in scale.musts:
            continue
        share = compute()
        block.points[...] += share.spread(_points_table(most).take(share.table))
        if code in scale.musts:
            block.allowed[...] &= share.spread(share.table > 0)
    mark(block, block.allowed, let_in, value=True)


@cache
def _points_table(most: int) -> Bytes:
    return np.array([plain.points_for(most, share) for share in range(101)], dtype=np.uint8)


def _wishes(block: Block) -> Shares:
    table = np.array([plain.wish_share(rank or None) for rank in range(5)], dtype=np.uint8)
    total = np.zeros(block.points.size, dtype=np.uint8)
    for ranks in block.ranks:
        if ranks is not None:
            told = np.flatnonzero(ranks)
            total[told] += table[np.minimum(ranks.ravel()[told], 4)]
    return Shares(total.reshape(block.points.shape))


def competence_shares(block: Block, closeness: Closeness) -> Bytes:
    """How well the best competence answers any of the requests, 0..100."""
    found = _competences(block, closeness)
    return found.spread(found.table)


def _competences(block: Block, closeness: Closeness) -> Shares:
    left, row_of = distinct(
        [tuple([(need.code, need.topic) for need in m.needs]) for m in block.mentees]
    )
    right, column_of = distinct([m.competences for m in block.mentors])
    needs, rows = distinct_lists(left)
    topics, columns = distinct_lists([sorted(competences) for competences in right])
    table = np.zeros((len(needs) + 1, len(topics) + 1), dtype=np.uint8)
    for row, (code, topic) in enumerate(needs, 1):
        for column, competence in enumerate(topics, 1):
            table[row, column] = plain.competence_share(closeness, code, topic, competence)
    return Shares(best_of(table, rows, columns), row_of, column_of)


def _texts(block: Block, scale: Scale) -> Bytes:
    needs, rows = distinct_lists([[n.words for n in m.needs] for m in block.mentees])
    offers, columns = distinct_lists([list(m.offers) for m in block.mentors])
    spoken = {word for words in needs for word in words} & {w for words in offers for w in words}
    if not spoken:
        return np.zeros((1, 1), dtype=np.uint8)
    place = {word: number for number, word in enumerate(sorted(spoken))}
    left, right = (_vectors(texts, scale, place) for texts in (needs, offers))
    table = np.empty((len(left), len(right)), dtype=np.uint8)
    for start in range(0, len(left), CHUNK):
        product = left[start : start + CHUNK] @ right.T
        # Exact: whole products below 2**24, and a quotient that is not whole lies 1/2601 off one.
        product *= np.float32(100)
        product /= np.float32(UNIT * UNIT)
        table[start : start + CHUNK] = np.minimum(product, 100, out=product)
    return best_of(table, rows, columns)


def _vectors(texts: Sequence[Words], scale: Scale, place: dict[str, int]) -> Floats32:
    """Rows of whole weights of the words both sides use, as `TextSpace.vector`; row 0 is empty."""
    matrix = np.zeros((len(texts) + 1, len(place)), dtype=np.float32)
    rarity = scale.space.rarity
    distinct_words = [set(words) for words in texts]
    listed = [word for words in distinct_words for word in words]
    rows = np.repeat(np.arange(1, len(texts) + 1), [len(words) for words in distinct_words])
    raw = np.array([rarity.get(word, UNKNOWN) for word in listed], dtype=np.float64)
    columns = np.array([place.get(word, -1) for word in listed], dtype=np.int64)
    norms = np.sqrt(np.bincount(rows, weights=raw * raw, minlength=len(matrix)))
    weights = np.rint(UNIT * raw / norms[rows])
    used = columns >= 0
    matrix[rows[used], columns[used]] = weights[used]
    return matrix


def _times(block: Block) -> Shares:
    by_hours = _of_mentors(block, plain.hours_share)
    if not any(m.slots for m in block.mentors):
        return by_hours
    rows, row_of = distinct([m.slots for m in block.mentees])
    told = [m.slots for m in block.mentors]
    columns, column_of = distinct(list(zip(told, by_hours.table[0].tolist(), strict=True)))
    common, both = _slots(rows, [slots for slots, _ in columns])
    alone = np.array([share for _, share in columns], dtype=np.uint8)
    met = np.where(common > 0, np.uint8(100), np.uint8(0))
    return Shares(np.where(both, met, alone), row_of, column_of)


def _slots(
    left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]
) -> tuple[Floats32, Flags]:
    """How many free hours are common, and where both told theirs."""
    told = [np.array([bool(slots) for slots in side]) for side in (left, right)]
    return common_counts(left, right), told[0][:, None] & told[1]


def _interests(block: Block) -> Shares:
    rows, row_of = distinct([m.interests for m in block.mentees])
    columns, column_of = distinct([m.interests for m in block.mentors])
    enough = plain.ENOUGH_INTERESTS
    common = np.minimum(common_counts(rows, columns), enough)
    return Shares((100 * common // enough).astype(np.uint8), row_of, column_of)


def _ages(block: Block) -> Shares:
    """Few ages and classes on one side, few wishes on the other: one look for each two."""
    rows, row_of = kinds(block.mentees, "age", "grade")
    columns, column_of = kinds(block.mentors, "age_from", "age_to", "category", "grade")
    table = [[plain.age_share(a, b)[0] for b in columns] for a in rows]
    return Shares(np.array(table, dtype=np.uint8), row_of, column_of)


def _grades(block: Block) -> tuple[Any, Any]:
    """Where a pupil mentors a pupil and both classes are known (> 0), and by how many he leads."""
    mentor = np.array([(m.grade or 0) * (m.category == "pupil") for m in block.mentors], np.int8)
    mentee = np.array([m.grade or 0 for m in block.mentees], dtype=np.int8)[:, None]
    return mentor * mentee, mentor - mentee


def _of_mentors(block: Block, share: Callable[[MentorSide], int]) -> Shares:
    return Shares(np.array([share(mentor) for mentor in block.mentors], dtype=np.uint8)[None, :])


def _numbers(sides: Sequence[Any], name: str, absent: int) -> NDArray[np.int16]:
    values = [getattr(side, name) for side in sides]
    return np.array([absent if value is None else value for value in values], dtype=np.int16)


def _ranks(block: Block, listed: Iterable[Ranked]) -> Ranks | None:
    if not listed:
        return None
    rows, columns = block.rows, block.columns
    ranks = np.zeros(block.points.shape, dtype=np.int16)
    for mentee, mentor, rank in listed:
        if mentee in rows and mentor in columns:
            ranks[rows[mentee], columns[mentor]] = rank
    return ranks


def mark(block: Block, flags: Flags, couples: Collection[Couple], *, value: bool) -> None:
    if not couples:
        return
    rows, columns = block.rows, block.columns
    for mentee, mentor in couples:
        if mentee in rows and mentor in columns:
            flags[rows[mentee], columns[mentor]] = value


def _is_allowed(block: Block, couple: Couple) -> bool:
    if couple[0] not in block.rows or couple[1] not in block.columns:
        return False
    return bool(block.allowed[block.rows[couple[0]], block.columns[couple[1]]])
