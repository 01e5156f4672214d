"""The score of every couple of a problem at once: numpy blocks, the best of each mentee kept.

Gives exactly the numbers of `fit.score` (a property test compares them). All arithmetic is on whole
numbers, so the order of rows, threads and additions changes nothing.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nastavnik.matching.engine import fit as plain
from nastavnik.matching.engine.eligibility import form_for
from nastavnik.matching.engine.fit import Closeness, Scale, scale_of
from nastavnik.matching.engine.problem import Couple, MenteeSide, MentorSide, Problem
from nastavnik.matching.engine.tables import (
    Bytes,
    Floats32,
    best_of,
    common_counts,
    distinct,
    distinct_lists,
)
from nastavnik.matching.engine.text import UNIT, UNKNOWN, Words

Flags = NDArray[np.bool_]
CHUNK = 256
"""Rows of a large product computed together, so that they stay in the cache."""
FORBIDDEN_COUPLES = ("forbidden", "refused", "not_with")


@dataclass(frozen=True)
class Block:
    """Points 0..100 and permission of every couple, rows mentees, columns mentors, both by id."""

    mentees: tuple[MenteeSide, ...]
    mentors: tuple[MentorSide, ...]
    points: Bytes
    allowed: Flags


def block_of(problem: Problem, closeness: Closeness, *, scale: Scale | None = None) -> Block:
    """Points and permissions of all couples."""
    mentees = tuple(sorted(problem.mentees, key=lambda side: side.id))
    mentors = tuple(sorted(problem.mentors, key=lambda side: side.id))
    block = Block(
        mentees,
        mentors,
        np.zeros((len(mentees), len(mentors)), dtype=np.uint8),
        np.ones((len(mentees), len(mentors)), dtype=bool),
    )
    if mentees and mentors:
        _permit(problem, block)
        _add_points(problem, block, scale or scale_of(problem), closeness)
    return block


def _permit(problem: Problem, block: Block) -> None:
    """Optional rules first, then the locked couples are let in again, then the firm rules."""
    allowed = block.allowed
    low, high = _numbers(block.mentors, "age_from", 0), _numbers(block.mentors, "age_to", 200)
    if "age" in problem.conditions:
        age = _numbers(block.mentees, "age", -1)[:, None]
        allowed &= (age < 0) | ((low <= age) & (age <= high))
    if "younger" in problem.conditions:
        grade, gap = _grades(block)
        allowed &= ~((grade > 0) & (gap < 0))
    if "slots" in problem.conditions:
        common, both = _slots(block)
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
    asking = {(side.category, side.form): side for side in block.mentees}
    able = {(side.category, side.form): side for side in block.mentors}
    rows, row_of = distinct([(side.category, side.form) for side in block.mentees])
    columns, column_of = distinct([(side.category, side.form) for side in block.mentors])
    table = np.array(
        [[form_for(problem.forms, asking[a], able[b]) is not None for b in columns] for a in rows]
    )
    return np.asarray(table[:, column_of][row_of], dtype=bool)


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
    shares: dict[str, Callable[[], Any]] = {
        "wish": lambda: _wishes(problem, block),
        "competence": lambda: competence_shares(block, closeness),
        "text": lambda: _texts(block, scale),
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
        block.points[...] += _points_table(most)[share]
        if code in scale.musts:
            block.allowed[...] &= np.asarray(share) > 0
    mark(block, block.allowed, let_in, value=True)


def _points_table(most: int) -> Bytes:
    return np.array([plain.points_for(most, share) for share in range(101)], dtype=np.uint8)


def _wishes(problem: Problem, block: Block) -> Bytes:
    table = np.array([plain.wish_share(rank or None) for rank in range(5)], dtype=np.uint8)
    total = np.zeros(block.points.shape, dtype=np.uint8)
    for listed in (problem.mentee_ranks, problem.mentor_ranks):
        if listed:
            total += table[np.minimum(ranks_of(block, listed), 4)]
    return total


def competence_shares(block: Block, closeness: Closeness) -> Bytes:
    """How well the best competence answers any of the requests, 0..100."""
    needs, rows = distinct_lists([[(n.code, n.topic) for n in m.needs] for m in block.mentees])
    topics, columns = distinct_lists([sorted(m.competences) for m in block.mentors])
    table = np.zeros((len(needs) + 1, len(topics) + 1), dtype=np.uint8)
    for row, (code, topic) in enumerate(needs, 1):
        for column, competence in enumerate(topics, 1):
            table[row, column] = plain.competence_share(closeness, code, topic, competence)
    return best_of(table, rows, columns)


def _texts(block: Block, scale: Scale) -> Bytes:
    needs, rows = distinct_lists([[n.words for n in m.needs] for m in block.mentees])
    offers, columns = distinct_lists([list(m.offers) for m in block.mentors])
    spoken = {word for words in needs for word in words} & {w for words in offers for w in words}
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


def _times(block: Block) -> Bytes:
    by_hours = _of_mentors(block, lambda m: plain.hours_share(m)[0])
    common, both = _slots(block)
    if not both.any():
        return by_hours
    return np.where(both, np.where(common > 0, np.uint8(100), np.uint8(0)), by_hours)


def _slots(block: Block) -> tuple[Floats32, Flags]:
    """How many free hours are common, and where both told theirs."""
    told = [np.array([bool(m.slots) for m in side]) for side in (block.mentees, block.mentors)]
    common = common_counts([m.slots for m in block.mentees], [m.slots for m in block.mentors])
    return common, told[0][:, None] & told[1]


def _interests(block: Block) -> Bytes:
    common = common_counts(
        [m.interests for m in block.mentees], [m.interests for m in block.mentors]
    )
    enough = plain.ENOUGH_INTERESTS
    return (100 * np.minimum(common, enough) // enough).astype(np.uint8)


def _ages(block: Block) -> Bytes:
    grade, gap = _grades(block)
    low, high = _numbers(block.mentors, "age_from", 0), _numbers(block.mentors, "age_to", 200)
    stated = np.array([m.age_from is not None or m.age_to is not None for m in block.mentors])
    age = _numbers(block.mentees, "age", -1)[:, None]
    met = np.where((low <= age) & (age <= high), np.uint8(100), np.uint8(0))
    by_wish = np.where(stated & (age >= 0), met, np.uint8(plain.NOT_TOLD))
    gaps = np.array(
        [plain.GRADE_GAP_SHARES.get(n, plain.WIDE_GAP_SHARE) for n in range(-11, 12)],
        dtype=np.uint8,
    )
    return np.where(grade > 0, gaps[gap + 11], by_wish)


def _grades(block: Block) -> tuple[Any, Any]:
    """Where a pupil mentors a pupil and both classes are known (> 0), and by how many he leads."""
    mentor = np.array([(m.grade or 0) * (m.category == "pupil") for m in block.mentors], np.int8)
    mentee = np.array([m.grade or 0 for m in block.mentees], dtype=np.int8)[:, None]
    return mentor * mentee, mentor - mentee


def _of_mentors(block: Block, share: Callable[[MentorSide], int]) -> Bytes:
    return np.array([share(mentor) for mentor in block.mentors], dtype=np.uint8)[None, :]


def _numbers(sides: Sequence[Any], name: str, absent: int) -> NDArray[np.int16]:
    values = (getattr(side, name) for side in sides)
    return np.array([absent if value is None else value for value in values], dtype=np.int16)


def ranks_of(block: Block, listed: Iterable[tuple[int, int, int]]) -> NDArray[np.int16]:
    rows, columns = places_of(block)
    ranks = np.zeros(block.points.shape, dtype=np.int16)
    for mentee, mentor, rank in listed:
        if mentee in rows and mentor in columns:
            ranks[rows[mentee], columns[mentor]] = rank
    return ranks


def places_of(block: Block) -> tuple[dict[int, int], dict[int, int]]:
    return (
        {side.id: number for number, side in enumerate(block.mentees)},
        {side.id: number for number, side in enumerate(block.mentors)},
    )


def mark(block: Block, flags: Flags, couples: Iterable[Couple], *, value: bool) -> None:
    wanted = list(couples)
    if not wanted:
        return
    rows, columns = places_of(block)
    for mentee, mentor in wanted:
        if mentee in rows and mentor in columns:
            flags[rows[mentee], columns[mentor]] = value


def _is_allowed(block: Block, couple: Couple) -> bool:
    rows, columns = places_of(block)
    if couple[0] not in rows or couple[1] not in columns:
        return False
    return bool(block.allowed[rows[couple[0]], columns[couple[1]]])
