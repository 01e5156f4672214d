"""Coverage, shortages and what-if, against hand-made cases and brute force."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.library.engine.compare import closeness
from nastavnik.matching.engine.eligibility import refusal
from nastavnik.matching.engine.gap import Change, Extra, TopicRow, coverage, with_change
from nastavnik.matching.engine.problem import Need
from tests.matching.engine_making import mentee, mentor, problem

pytestmark = pytest.mark.unit

TOPICS = ("math", "physics", "history", "english")


def asking(*topics: str):
    return [mentee(n, needs=(Need("study", topic),)) for n, topic in enumerate(topics, 1)]


def able(pk: int, places: int, *topics: str):
    return mentor(pk, places=places, competences=frozenset(topics))


def test_seven_requests_for_three_places_are_named_with_their_people() -> None:
    case = problem(
        asking(*["physics"] * 7, "history"), [able(11, 3, "physics"), able(12, 2, "history")]
    )
    found = coverage(case, closeness)
    assert (found.asked, found.served, found.places) == (8, 4, 5)
    (lack,) = found.shortages
    assert (lack.mentees, lack.mentors, lack.places) == (tuple(range(1, 8)), (11,), 3)
    assert lack.topics == (("physics", 7),)
    assert found.rows == (TopicRow("physics", 7, 3, 4), TopicRow("history", 1, 2, 0))


def test_two_new_mentors_of_the_lacking_topic_serve_four_more() -> None:
    case = problem(asking(*["physics"] * 7), [able(11, 3, "physics")])
    more = Change(extras=(Extra(2, "pupil", "physics"),))
    assert coverage(case, closeness, more).served == 7
    assert coverage(case, closeness, Change(more_places=1)).served == 4


def test_newcomers_of_a_category_that_no_form_joins_serve_nobody() -> None:
    case = problem(asking("math"), [])
    assert coverage(case, closeness, Change((Extra(1, "parent", "math"),))).served == 0
    assert coverage(case, closeness, Change((Extra(1, "employee", "math"),))).served == 1


def test_several_changes_number_newcomers_apart() -> None:
    change = Change((Extra(2, "pupil", "math"), Extra(1, "employee", "physics")))
    found = with_change(problem([], [able(11, 1, "math")]), change)
    assert [m.id for m in found.mentors] == [11, -1, -2, -3]


def test_mentee_without_a_request_is_served_by_anybody() -> None:
    case = problem([mentee(1)], [able(11, 1)])
    assert coverage(case, closeness).served == 1


def test_nobody_to_ask_or_to_answer_is_no_error() -> None:
    assert coverage(problem([], []), closeness).asked == 0
    lonely = coverage(problem(asking("math"), []), closeness)
    assert (lonely.served, lonely.left) == (0, (1,))
    assert lonely.shortages[0].mentors == ()


@given(
    st.lists(st.sampled_from(TOPICS), max_size=5),
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(TOPICS)), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_coverage_is_the_greatest_and_each_shortage_proves_it(wanted, offers) -> None:
    mentors = [able(100 + n, places, topic) for n, (places, topic) in enumerate(offers)]
    case = problem(asking(*wanted), mentors)
    found = coverage(case, closeness)
    assert found.served == _brute(case)
    lacking = sum(len(lack.mentees) - lack.places for lack in found.shortages)
    assert lacking == found.asked - found.served
    for lack in found.shortages:
        inside = set(lack.mentees)
        for asked in case.mentees:
            for helper in case.mentors:
                if asked.id in inside and _answers(case, asked, helper):
                    assert helper.id in lack.mentors


def _answers(case, asked, helper) -> bool:
    return not refusal(case, asked, helper) and any(
        closeness(need.code, need.topic, topic)
        for need in asked.needs
        for topic in helper.competences
    )


def _brute(case) -> int:
    best = 0
    choices = [None, *case.mentors]
    for picks in product(choices, repeat=len(case.mentees)):
        taken = [p for p in picks if p is not None]
        fits = all(taken.count(m) <= m.places for m in case.mentors)
        good = all(
            p is None or _answers(case, m, p) for m, p in zip(case.mentees, picks, strict=True)
        )
        if fits and good:
            best = max(best, len(taken))
    return best
