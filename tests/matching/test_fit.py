"""Hard rules, parts of the score, and the blocks that compute them for everybody at once."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nastavnik.library.engine.compare import closeness
from nastavnik.matching.engine.dense import block_of
from nastavnik.matching.engine.edges import instance_of, kept_of
from nastavnik.matching.engine.eligibility import DEFAULT_CONDITIONS, OPTIONAL, RULES, refusal
from nastavnik.matching.engine.fit import score, verdict
from nastavnik.matching.engine.problem import FormRule, MenteeSide, MentorSide, Need, Problem
from nastavnik.matching.engine.text import space_of
from nastavnik.matching.engine.weights import (
    DEFAULT_WEIGHTS,
    MUST,
    PARTS,
    points_of,
    weights_fault,
)
from tests.matching.engine_making import EMPLOYERS, MATH, PUPILS, mentee, mentor, problem

pytestmark = pytest.mark.unit

TOPICS = ("math", "physics", "english", "chess", "russian", "self-organisation")
WORDS = ("математика", "дробь", "шахматы", "робот", "чтение", "экзамен")
SLOTS = ("0-15", "2-15", "4-16")
FORMS = (
    PUPILS,
    EMPLOYERS,
    FormRule("parent-pupil", frozenset({"parent"}), frozenset({"pupil"})),
    FormRule("employer-student", frozenset({"employee"}), frozenset({"student"})),
)

ages = st.none() | st.integers(8, 20)
grades = st.none() | st.integers(1, 11)
words = st.lists(st.sampled_from(WORDS), max_size=4).map(lambda w: tuple(sorted(w)))
interests = st.frozensets(st.sampled_from(WORDS), max_size=4)
slots = st.frozensets(st.sampled_from(SLOTS), max_size=2)
needs = st.lists(
    st.builds(
        Need,
        st.sampled_from(("", "study", "talent", "meta-skills")),
        st.sampled_from(("", *TOPICS)),
        words,
    ),
    max_size=3,
).map(tuple)
form_codes = st.sampled_from(("", "employer-pupil"))
mentees = st.builds(
    MenteeSide,
    id=st.just(0),
    category=st.sampled_from(("pupil", "student")),
    age=ages,
    grade=grades,
    needs=needs,
    interests=interests,
    form=form_codes,
    person=st.none() | st.integers(1, 6),
    slots=slots,
    has_papers=st.booleans(),
)
mentors = st.builds(
    MentorSide,
    id=st.just(0),
    category=st.sampled_from(("pupil", "employee", "parent", "head")),
    places=st.integers(0, 4),
    grade=grades,
    competences=st.frozensets(st.sampled_from(TOPICS), max_size=3),
    interests=interests,
    age_from=ages,
    age_to=ages,
    hours=st.none() | st.sampled_from((0.5, 1.0, 1.5, 2.0)),
    is_trained=st.booleans(),
    form=form_codes,
    person=st.none() | st.integers(1, 6),
    slots=slots,
    has_papers=st.booleans(),
    offers=st.lists(words, max_size=2).map(tuple),
    experience=st.none() | st.integers(0, 9),
    finished=st.integers(0, 3),
)
couples = st.frozensets(st.tuples(st.integers(0, 4), st.integers(10, 14)), max_size=3)
ranked = st.lists(
    st.tuples(st.integers(0, 4), st.integers(10, 14), st.integers(1, 5)),
    max_size=3,
    unique_by=lambda row: row[:2],
).map(tuple)
weights = st.fixed_dictionaries({code: st.integers(0, MUST) for code in PARTS})


@st.composite
def problems(draw) -> Problem:
    asking = draw(st.lists(mentees, min_size=1, max_size=5))
    able = draw(st.lists(mentors, min_size=1, max_size=5))
    return Problem(
        tuple(replace(side, id=number) for number, side in enumerate(asking)),
        tuple(replace(side, id=10 + number) for number, side in enumerate(able)),
        FORMS,
        draw(weights.filter(lambda w: any(w.values()))),
        locked=draw(couples),
        forbidden=draw(couples),
        refused=draw(couples),
        not_with=draw(couples),
        mentee_ranks=draw(ranked),
        mentor_ranks=draw(ranked),
        conditions=draw(st.frozensets(st.sampled_from(sorted(OPTIONAL)))),
    )


@given(problems())
@settings(max_examples=300, deadline=None)
def test_block_equals_the_plain_score_of_every_couple(case: Problem) -> None:
    block = block_of(case, closeness)
    for row, asked in enumerate(block.mentees):
        for column, able in enumerate(block.mentors):
            fit = score(case, asked, able, closeness)
            assert bool(block.allowed[row, column]) is (fit is not None)
            if fit is not None:
                assert int(block.points[row, column]) == fit.total_0_100


@given(problems(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_order_of_people_changes_nothing(case: Problem, chance: random.Random) -> None:
    asking, able = list(case.mentees), list(case.mentors)
    chance.shuffle(asking)
    chance.shuffle(able)
    turned = replace(case, mentees=tuple(asking), mentors=tuple(able))
    first, second = (instance_of(p, closeness, keep=2) for p in (case, turned))
    assert (first.mentees, first.mentors, first.locked) == (
        second.mentees,
        second.mentors,
        second.locked,
    )
    for name in ("mentee", "mentor", "fit", "mentee_rank", "mentor_rank"):
        one, other = getattr(first.edges, name), getattr(second.edges, name)
        assert one.tolist() == other.tolist()


@pytest.mark.parametrize(
    ("fields", "case_fields", "expected"),
    [
        ({}, {}, ""),
        ({}, {"forbidden": frozenset({(1, 2)})}, "forbidden"),
        ({}, {"refused": frozenset({(1, 2)})}, "refused"),
        ({}, {"not_with": frozenset({(1, 2)})}, "not_with"),
        ({"category": "parent"}, {}, "form"),
        ({"person": 7}, {}, "self"),
        ({"age_from": 14}, {}, "age"),
        ({"age_to": 11}, {}, "age"),
        ({"age_from": 14}, {"conditions": frozenset()}, ""),
        ({"age_from": 14}, {"locked": frozenset({(1, 2)})}, ""),
        ({"person": 7}, {"locked": frozenset({(1, 2)})}, "self"),
        ({"grade": 5}, {}, "younger"),
        ({"slots": frozenset({"4-16"})}, {}, "slots"),
        ({"slots": frozenset({"4-16", "2-15"})}, {}, ""),
        ({"has_papers": False}, {}, ""),
        ({"has_papers": False}, {"conditions": frozenset({"mentor_papers"})}, "mentor_papers"),
    ],
)
def test_refusal_names_the_rule(fields, case_fields, expected) -> None:
    asked = mentee(1, person=7, slots=frozenset({"2-15"}))
    able = mentor(2, **fields)
    assert refusal(problem([asked], [able], **case_fields), asked, able) == expected


def test_mentee_without_papers_waits_only_when_papers_are_a_condition() -> None:
    asked, able = mentee(1, has_papers=False), mentor(2)
    strict = frozenset({"mentee_papers"})
    assert refusal(problem([asked], [able]), asked, able) == ""
    assert refusal(problem([asked], [able], conditions=strict), asked, able) == "mentee_papers"


def test_equal_numbers_of_two_people_do_not_make_them_one() -> None:
    asked, able = mentee(1, person=7), mentor(1, person=8)
    assert refusal(problem([asked], [able]), asked, able) == ""


@pytest.mark.parametrize("part", ["competence", "interests", "training", "experience", "success"])
def test_part_made_a_condition_refuses_who_earns_nothing(part: str) -> None:
    asked, able = mentee(1, needs=MATH), mentor(2, experience=0)
    case = problem([asked], [able], weights=DEFAULT_WEIGHTS | {part: MUST})
    assert verdict(case, asked, able, closeness) == f"must_{part}"
    assert score(case, asked, able, closeness) is None


def test_score_adds_named_parts_up_to_100() -> None:
    shared = {
        "interests": frozenset({"шахматы", "кино"}),
        "slots": frozenset({"2-15"}),
    }
    asked = mentee(1, needs=(Need("study", "math", ("алгебра",)),), **shared)
    able = mentor(
        2,
        competences=frozenset({"math"}),
        offers=(("алгебра",),),
        is_trained=True,
        grade=8,
        experience=6,
        finished=2,
        **shared,
    )
    case = problem([asked], [able], mentee_ranks=((1, 2, 1),), mentor_ranks=((1, 2, 1),))
    fit = score(case, asked, able, closeness)
    assert fit is not None
    assert {p.code: p.points for p in fit.parts} == points_of(DEFAULT_WEIGHTS, PARTS)
    assert fit.total_0_100 == 100


def test_parts_nobody_spoke_of_leave_their_points_to_the_others() -> None:
    asked, able = mentee(1, needs=MATH), mentor(2, competences=frozenset({"math"}), grade=8)
    fit = score(problem([asked], [able]), asked, able, closeness)
    assert fit is not None
    assert {p.code: p.points for p in fit.parts} == {"competence": 77, "age": 23}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, ""),
        ({"age": 12}, "Вес части — целое число от 0 до 10 или «обязательно»."),
        ({"age": -1}, "Вес части — целое число от 0 до 10 или «обязательно»."),
        ({"luck": 1}, "Укажите вес каждой части."),
        (dict.fromkeys(PARTS, 0), "Хотя бы одна часть должна что-то весить."),
    ],
)
def test_weights_fault_says_what_is_wrong(changes, fault) -> None:
    assert weights_fault(DEFAULT_WEIGHTS | changes) == fault


@given(weights, st.frozensets(st.sampled_from(PARTS)))
def test_points_make_exactly_100(chosen, told) -> None:
    points = points_of(chosen, told)
    assert sum(points.values()) in {0, 100}
    heavy = [c for c in PARTS if chosen[c] and (c in told or chosen[c] == MUST)]
    assert bool(sum(points.values())) is bool(heavy)


def test_pruning_spreads_equal_mentors_and_cuts_nobody_off() -> None:
    case = problem([mentee(n) for n in range(40)], [mentor(100 + n) for n in range(20)])
    kept = kept_of(case, block_of(case, closeness), 3)
    assert kept.sum(axis=1).min() >= 3
    assert kept.sum(axis=0).min() >= 3


def test_pruning_keeps_locked_and_ranked_couples() -> None:
    good = [mentor(100 + n, grade=8) for n in range(9)]
    plain = mentor(200, grade=6)
    case = problem(
        [mentee(n) for n in range(9)],
        [*good, plain],
        locked=frozenset({(0, 200)}),
        mentee_ranks=((1, 200, 2),),
    )
    edges = instance_of(case, closeness, keep=1).columns()
    found = set(zip(edges.mentee.tolist(), edges.mentor.tolist(), strict=True))
    assert {(0, 9), (1, 9)} <= found


def test_locked_couple_against_a_firm_rule_is_not_asked_of_the_solver() -> None:
    case = problem([mentee(1)], [mentor(2, category="parent")], locked=frozenset({(1, 2)}))
    assert instance_of(case, closeness).locked == frozenset()


def test_instance_carries_places_and_group_sizes() -> None:
    case = problem([mentee(1)], [mentor(5, places=3, least=2), mentor(4, places=0)])
    found = instance_of(case, closeness)
    assert [(m.id, m.capacity, m.least) for m in found.mentors] == [(4, 0, 0), (5, 3, 2)]


def test_every_default_condition_is_a_known_optional_rule() -> None:
    assert {"age", "younger", "slots"} == DEFAULT_CONDITIONS
    assert set(OPTIONAL) == {code for code, rule in RULES.items() if rule.is_optional}


def test_texts_are_alike_by_rare_words() -> None:
    texts = [("помощь", "алгебра"), ("помощь", "шахматы"), ("помощь", "чтение"), ("алгебра",)]
    space = space_of(texts)
    assert space.share(("помощь", "алгебра"), ("алгебра",)) > space.share(
        ("помощь", "алгебра"), ("помощь", "шахматы")
    )
    assert space.share(("алгебра",), ("алгебра",)) == 100
    assert space.share((), ("алгебра",)) == 0
