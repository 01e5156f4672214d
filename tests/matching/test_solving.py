"""From the question to a stored result: places, reasons, locks, wishes, shortages, repeatability."""

import random
from dataclasses import replace

import pytest

from nastavnik.library.engine.compare import closeness
from nastavnik.matching import solving
from nastavnik.matching.engine.fit import score
from nastavnik.matching.engine.problem import FormRule, Need
from nastavnik.matching.explain import parts_in_words
from nastavnik.matching.solving import Cancelled, RunRefused, entry_for, solve_problem
from nastavnik.matching.stored import canonical, plain, read_problem
from tests.matching.engine_making import EMPLOYERS, MATH, mentee, mentor, problem

pytestmark = pytest.mark.unit


def result(case, prefer="stable"):
    return solve_problem(case, prefer=prefer).result


def pairs(case, prefer="stable"):
    return [(e["mentee"], e["mentor"]) for e in result(case, prefer)["chosen"]]


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


def test_places_are_never_exceeded_and_the_rest_know_the_named_set() -> None:
    mentees = [mentee(n, needs=MATH) for n in (1, 2, 3)]
    found = result(problem(mentees, [mentor(9, places=2)]))
    assert (found["totals"]["matched"], found["totals"]["max_size"]) == (2, 2)
    assert [(u["reason"], u["certificate"]) for u in found["unmatched"]] == [("places", 0)]
    named = {"mentees": [1, 2, 3], "mentors": [9], "places": 2, "topics": {"math": 3}}
    assert found["certificates"] == [named]


def test_unmatched_names_the_commonest_rule() -> None:
    mentors = [mentor(8, age_from=15), mentor(9, age_from=16), mentor(10, grade=5)]
    left = result(problem([mentee(1)], mentors))["unmatched"][0]
    assert (left["reason"], left["rules"]) == ("age", [["age", 2], ["younger", 1]])


def test_everybody_is_served_where_the_best_fit_first_would_leave_one_out() -> None:
    both = mentor(8, competences=frozenset({"math"}))
    strict = mentor(9, age_from=12, age_to=12)
    case = problem([mentee(1, needs=MATH), mentee(2, needs=MATH, age=14)], [both, strict])
    assert pairs(case) == [(1, 9), (2, 8)]


def test_locked_pair_comes_before_a_better_fit() -> None:
    mentees = [mentee(1, needs=MATH), mentee(2)]
    able = mentor(9, competences=frozenset({"math"}))
    assert pairs(problem(mentees, [able])) == [(1, 9)]
    assert pairs(problem(mentees, [able], locked=frozenset({(2, 9)}))) == [(2, 9)]


def test_more_locks_than_places_are_refused_in_words() -> None:
    locked = frozenset({(1, 9), (2, 9)})
    case = problem([mentee(1), mentee(2)], [mentor(9)], locked=locked)
    with pytest.raises(RunRefused, match="Открепите лишние"):
        solve_problem(case, prefer="stable")


def test_mutual_wishes_come_before_fit_unless_the_total_is_preferred() -> None:
    mentors = [mentor(8, competences=frozenset({"math"})), mentor(9)]
    case = problem([mentee(1, needs=MATH), mentee(2)], mentors)
    wishes = {"mentee_ranks": ((1, 9, 1),), "mentor_ranks": ((1, 9, 1),)}
    wished = replace(case, weights=case.weights | {"wish": 0}, **wishes)
    assert pairs(wished) == [(1, 9), (2, 8)]
    assert result(wished)["totals"]["blocking"] == 0
    assert pairs(wished, "total") == [(1, 8), (2, 9)]
    assert result(wished)["chosen"][0]["mentee_rank"] == 1


def test_a_result_that_the_checker_refuses_is_never_returned(monkeypatch) -> None:
    def spoilt(instance, **how):
        return replace(solve(instance, **how), matched=7)

    solve = solving.solve
    monkeypatch.setattr(solving, "solve", spoilt)
    with pytest.raises(RunRefused, match="не прошёл проверку"):
        solve_problem(problem([mentee(1)], [mentor(9)]), prefer="stable")


def test_a_run_stops_when_it_is_told_to() -> None:
    case = problem([mentee(1)], [mentor(9)])
    with pytest.raises(Cancelled):
        solve_problem(case, prefer="stable", cancelled=lambda: True)


def test_any_combination_is_compared_or_refused_by_name() -> None:
    case = problem([mentee(1, needs=MATH)], [mentor(8), mentor(9, age_from=15)])
    entry, rule = entry_for(case, 1, 8)
    assert (entry["mentor"], rule) == (8, "")
    assert entry_for(case, 1, 9) == ({}, "age")
    with pytest.raises(LookupError):
        entry_for(case, 1, 7)


def test_asked_form_is_chosen_among_fitting_ones() -> None:
    both = FormRule("teacher-pupil", frozenset({"employee"}), frozenset({"pupil"}))
    case = problem([mentee(1)], [mentor(2, category="employee", grade=None, form="teacher-pupil")])
    found = result(replace(case, forms=(EMPLOYERS, both)))
    assert found["chosen"][0]["form"] == "teacher-pupil"


@pytest.mark.parametrize("seed", range(5))
def test_order_of_rows_and_storing_do_not_matter_to_the_byte(seed: int) -> None:
    chance = random.Random(7)
    topics = ["math", "physics", "english", "chess"]
    mentees = [mentee(n, needs=(Need("study", chance.choice(topics)),)) for n in range(20)]
    mentors = [
        mentor(100 + n, places=2, competences=frozenset({chance.choice(topics)})) for n in range(8)
    ]
    wishes = {"mentee_ranks": ((3, 104, 1), (5, 104, 1)), "mentor_ranks": ((5, 104, 1),)}
    straight = canonical(result(problem(mentees, mentors, **wishes)))
    random.Random(seed).shuffle(mentees)
    random.Random(seed).shuffle(mentors)
    shuffled = problem(mentees, mentors, **wishes)
    assert read_problem(plain(shuffled)) == shuffled
    assert canonical(result(shuffled)) == straight
    assert canonical(result(read_problem(plain(shuffled)))) == straight


def test_common_hours_are_told_and_their_lack_is_a_rule() -> None:
    asked = mentee(1, slots=frozenset({"0-09", "2-15"}))
    free = mentor(8, slots=frozenset({"0-09", "2-15", "4-18"}))
    found = result(problem([asked], [free, mentor(9, slots=frozenset({"4-18"}))]))
    told = parts_in_words(found["chosen"][0]["parts"])
    assert [part["text"] for part in told if part["code"] == "time"] == [
        "оба свободны в понедельник в 9:00"
    ]
    alone = result(problem([asked], [mentor(9, slots=frozenset({"4-18"}))]))["unmatched"][0]
    assert (alone["reason"], alone["rules"]) == ("slots", [["slots", 1]])


def test_a_group_gathers_or_nobody_is_proposed() -> None:
    group = mentor(8, places=3, least=2)
    assert pairs(problem([mentee(1)], [group])) == []
    assert pairs(problem([mentee(1), mentee(2)], [group])) == [(1, 8), (2, 8)]
