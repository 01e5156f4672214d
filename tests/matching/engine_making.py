"""Small problems for the tests of matching."""

from nastavnik.matching.engine.problem import (
    DEFAULT_WEIGHTS,
    FormRule,
    MenteeSide,
    MentorSide,
    Need,
    Problem,
)

PUPILS = FormRule("pupil-pupil", frozenset({"pupil"}), frozenset({"pupil"}))
EMPLOYERS = FormRule("employer-pupil", frozenset({"employee"}), frozenset({"pupil"}))
MATH = (Need("study", "math"),)


def mentee(pk: int, **fields) -> MenteeSide:
    return MenteeSide(**({"id": pk, "category": "pupil", "age": 12, "grade": 6} | fields))


def mentor(pk: int, **fields) -> MentorSide:
    return MentorSide(**({"id": pk, "category": "pupil", "places": 1, "grade": 9} | fields))


def problem(mentees, mentors, **fields) -> Problem:
    values = {"forms": (PUPILS, EMPLOYERS), "weights": DEFAULT_WEIGHTS} | fields
    return Problem(mentees=tuple(mentees), mentors=tuple(mentors), **values)
