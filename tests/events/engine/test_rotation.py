"""The rotation of short talks: everybody meets each relevant other once, in the fewest rounds."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nastavnik.events.engine.rotation import choose_talks, make_schedule


@st.composite
def questions(draw):
    mentees = [f"a{n}" for n in range(draw(st.integers(0, 9)))]
    mentors = [f"b{n}" for n in range(draw(st.integers(0, 6)))]
    every = [(a, b) for a in mentees for b in mentors]
    relevant = draw(st.sets(st.sampled_from(every))) if every else set()
    apart = draw(st.sets(st.sampled_from(every))) - relevant if every else set()
    return mentees, mentors, relevant, apart


def max_degree(relevant) -> int:
    return max(Counter(end for talk in relevant for end in talk).values(), default=0)


@given(questions(), st.booleans())
def test_relevant_talks_happen_once_in_the_fewest_rounds(question, fill):
    mentees, mentors, relevant, apart = question
    schedule = make_schedule(mentees, mentors, relevant, apart=apart, fill=fill)
    told = Counter(talk for talks in schedule.rounds for talk in talks)
    assert len(schedule.rounds) == max_degree(relevant)
    assert set(told.values()) <= {1}
    assert set(told) == relevant | schedule.extra
    assert schedule.extra & (relevant | apart) == set()
    for talks in schedule.rounds:
        ends = [end for talk in talks for end in talk]
        assert len(ends) == len(set(ends))


@given(questions())
def test_two_who_wait_together_meet_in_another_round_or_stay_apart(question):
    mentees, mentors, relevant, apart = question
    schedule = make_schedule(mentees, mentors, relevant, apart=apart)
    allowed = relevant | schedule.extra | apart
    for free_mentees, free_mentors in schedule.idle(mentees, mentors):
        assert {(a, b) for a in free_mentees for b in free_mentors} <= allowed


@given(questions(), st.randoms())
def test_order_of_the_question_does_not_matter(question, chance: random.Random):
    mentees, mentors, relevant, apart = question
    first = make_schedule(mentees, mentors, relevant, apart=apart)
    shuffled = [chance.sample(list(part), len(part)) for part in (mentees, mentors, relevant)]
    assert make_schedule(*shuffled, apart=apart) == first


def test_two_by_two_by_hand():
    schedule = make_schedule([1, 2], [11, 12], [(1, 11), (1, 12), (2, 11)])
    assert schedule.rounds == (((2, 11), (1, 12)), ((1, 11), (2, 12)))
    assert schedule.extra == {(2, 12)}


def test_nobody_waits_when_sides_are_equal_and_everybody_meets_everybody():
    people = range(8)
    mentors = range(100, 108)
    schedule = make_schedule(people, mentors, [(a, b) for a in people for b in mentors])
    assert [len(talks) for talks in schedule.rounds] == [8] * 8


def test_talk_with_a_stranger_is_refused():
    with pytest.raises(KeyError):
        make_schedule([1], [11], [(1, 12)])


@given(questions(), st.integers(1, 5), st.randoms())
def test_chosen_talks_fit_into_the_rounds_and_no_better_one_is_missed(question, most, chance):
    _, _, relevant, _ = question
    weights = {talk: chance.choice([0.4, 0.6, 1.0]) for talk in sorted(relevant)}
    chosen = choose_talks(weights, most)
    degree = Counter(end for talk in chosen for end in talk)
    assert max(degree.values(), default=0) <= most
    for a, b in relevant - set(chosen):
        better = [t for t in chosen if a in t or b in t]
        full = [end for end in (a, b) if degree[end] == most]
        assert full
        assert any(all(weights[t] >= weights[a, b] for t in better if end in t) for end in full)


def test_nothing_is_dropped_when_all_fits():
    weights = {(1, 11): 0.4, (2, 11): 1.0}
    assert choose_talks(weights, 2) == [(2, 11), (1, 11)]


def test_who_waited_longest_gets_the_free_mentor():
    schedule = make_schedule([1, 2, 3, 4, 5], [11, 12], [(1, 11), (2, 11), (3, 11)])
    assert schedule.rounds == (
        ((1, 11), (2, 12)),
        ((2, 11), (3, 12)),
        ((3, 11), (4, 12)),
    )
