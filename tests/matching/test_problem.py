"""The registers as a question: lemmas without names, papers, experience, warnings."""

from datetime import date

import pytest

from nastavnik.matching.queries import build_problem
from nastavnik.matching.sides import years_between
from nastavnik.people.models import Category, MenteeRequest, Representative
from tests.people_making import DAY, give_consents, make_mentee, make_mentor, make_teacher

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def question(**fields):
    return build_problem(**({"on": DAY, "taken_mentees": (), "used_places": {}} | fields))


def test_problem_holds_lemmas_of_requests_without_names(school):
    mentee = make_mentee(school)
    MenteeRequest(
        organisation=school, mentee=mentee, text="Помочь Пете с дробями и уравнениями"
    ).save()
    (side,) = question().mentees
    assert side.needs[0].words == ("дробь", "уравнение")


def test_papers_of_both_sides_are_told(school):
    ready, waiting = make_mentee(school, "Первая"), make_mentee(school, "Вторая")
    mentor = make_mentor(school)
    give_consents(ready.person)
    found = question()
    assert {m.id: m.has_papers for m in found.mentees} == {ready.pk: True, waiting.pk: False}
    assert [m.has_papers for m in found.mentors] == [False]
    give_consents(mentor.person)
    assert [m.has_papers for m in question().mentors] == [True]


def test_what_pairs_know_reaches_the_sides(school):
    mentor = make_mentor(school, capacity=3)
    found = question(used_places={mentor.pk: 2}, finished={mentor.pk: 4}, refused=[(1, mentor.pk)])
    (side,) = found.mentors
    assert (side.places, side.capacity, side.finished) == (1, 3, 4)
    assert found.refused == {(1, mentor.pk)}


def test_one_surname_or_a_representative_warns_of_relatives(school):
    mentor = make_mentor(school, "Юдин")
    daughter, other = make_mentee(school, "Юдина"), make_mentee(school, "Серова")
    ward = make_mentee(school, "Котова")
    Representative(
        organisation=school, child=ward.person, surname="Юдин", given="Пётр", relation="отец"
    ).save()
    assert question().relatives == {(daughter.pk, mentor.pk), (ward.pk, mentor.pk)}
    assert other.pk


def test_head_who_mentors_a_colleague_is_a_superior(school):
    head = make_mentor(school, "Главный", category=Category.HEAD)
    colleague = make_mentee(school, person=make_teacher(school, "Молодая"))
    make_mentee(school, "Ученица")
    assert question().subordinates == {(colleague.pk, head.pk)}


@pytest.mark.parametrize(
    ("since", "years"),
    [(None, None), (date(2020, 11, 10), 6), (date(2020, 11, 11), 5), (date(2027, 1, 1), 0)],
)
def test_experience_counts_full_years(since, years):
    assert years_between(since, DAY) == years


def test_free_hours_reach_both_sides_and_none_given_is_silence(school):
    mentee, mentor = make_mentee(school), make_mentor(school)
    assert (question().mentees[0].slots, question().mentors[0].slots) == (frozenset(), frozenset())

    mentee.free_slots, mentor.free_slots = "2-15 2-16", "2-16 4-18"
    mentee.save()
    mentor.save()

    found = question()
    assert found.mentees[0].slots == {"2-15", "2-16"}
    assert found.mentors[0].slots == {"2-16", "4-18"}


@pytest.mark.parametrize(
    ("only_groups", "used", "least"), [(False, 0, 0), (True, 0, 2), (True, 1, 1), (True, 2, 0)]
)
def test_a_mentor_of_groups_takes_nobody_or_a_group(school, only_groups, used, least):
    mentor = make_mentor(school, capacity=4)
    mentor.only_groups = only_groups
    mentor.save()

    (side,) = question(used_places={mentor.pk: used}).mentors

    assert (side.least, side.places) == (least, 4 - used)
