"""The simple proposal: hard rules, score parts, places, locks, reasons, repeatability."""

import random
from dataclasses import replace

import pytest

from nastavnik.library.engine.compare import closeness
from nastavnik.matching.engine.fit import score
from nastavnik.matching.engine.problem import FormRule, Need
from nastavnik.matching.engine.propose import Unmatched, propose
from tests.matching.engine_making import EMPLOYERS, MATH, mentee, mentor, problem

pytestmark = pytest.mark.unit


def test_competence_for_another_subject_earns_less() -> None:
    asked = mentee(1, needs=MATH)
    good, other = (
        mentor(2, competences=frozenset({"math"})),
        mentor(3, competences=frozenset({"theatre"})),
    )
    case = problem([asked], [good, other])
    first, second = (score(case, asked, m, closeness) for m in (good, other))
    assert first is not None
    assert second is not None
    assert first.total_0_100 > second.total_0_100


def test_places_are_never_exceeded_and_the_rest_know_why() -> None:
    mentees = [mentee(n, needs=MATH) for n in (1, 2, 3)]
    result = propose(problem(mentees, [mentor(9, places=2)]), closeness)
    assert [(f.mentee, f.mentor) for f in result.chosen] == [(1, 9), (2, 9)]
    assert result.unmatched == (Unmatched(3, "places"),)


def test_unmatched_names_the_commonest_rule() -> None:
    mentors = [mentor(8, age_from=15), mentor(9, age_from=16), mentor(10, grade=5)]
    result = propose(problem([mentee(1)], mentors), closeness)
    assert result.unmatched == (Unmatched(1, "age", (("age", 2), ("younger", 1))),)


def test_locked_pair_comes_before_a_better_fit() -> None:
    mentees = [mentee(1, needs=MATH), mentee(2)]
    able = mentor(9, competences=frozenset({"math"}))
    free = propose(problem(mentees, [able]), closeness)
    kept = propose(problem(mentees, [able], locked=frozenset({(2, 9)})), closeness)
    assert [f.mentee for f in free.chosen] == [1]
    assert [f.mentee for f in kept.chosen] == [2]


def test_asked_form_is_chosen_among_fitting_ones() -> None:
    both = FormRule("teacher-pupil", frozenset({"employee"}), frozenset({"pupil"}))
    case = problem([mentee(1)], [mentor(2, category="employee", grade=None, form="teacher-pupil")])
    result = propose(replace(case, forms=(EMPLOYERS, both)), closeness)
    assert result.chosen[0].form == "teacher-pupil"


@pytest.mark.parametrize("seed", range(5))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    chance = random.Random(7)
    topics = ["math", "physics", "english", "chess"]
    mentees = [mentee(n, needs=(Need("study", chance.choice(topics)),)) for n in range(20)]
    mentors = [
        mentor(100 + n, places=2, competences=frozenset({chance.choice(topics)})) for n in range(8)
    ]
    straight = propose(problem(mentees, mentors), closeness)
    random.Random(seed).shuffle(mentees)
    random.Random(seed).shuffle(mentors)
    assert propose(problem(mentees, mentors), closeness) == straight
