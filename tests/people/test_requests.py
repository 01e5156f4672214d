"""Requests and competences: codes suggested by words, confirmed by a person."""

import pytest

from nastavnik.people.queries.requests_report import requests_by_kind
from nastavnik.people.services import requests
from nastavnik.shared.errors import DomainError
from tests.neighbours import SYSTEM
from tests.people.conftest import make_mentee, make_mentor


def test_request_gets_a_suggested_code_to_confirm(school):
    row = requests.add_request(
        actor=SYSTEM, mentee=make_mentee(school), text="подтянуть математику"
    )

    assert (row.code, row.topic, row.is_confirmed) == ("study", "math", False)


def test_request_with_a_code_is_confirmed(school):
    row = requests.add_request(actor=SYSTEM, mentee=make_mentee(school), text="", code="choice")

    assert (row.code, row.is_confirmed) == ("choice", True)


def test_request_confirmed_with_another_code(school):
    row = requests.add_request(
        actor=SYSTEM, mentee=make_mentee(school), text="подтянуть математику"
    )

    row = requests.confirm_request(actor=SYSTEM, request=row, code="talent", topic="math")

    assert (row.code, row.topic, row.is_confirmed) == ("talent", "math", True)


@pytest.mark.parametrize(
    ("values", "code"),
    [({"text": " "}, "request_empty"), ({"text": "а", "code": "нет"}, "code_unknown")],
)
def test_bad_request_is_refused(school, values, code):
    with pytest.raises(DomainError) as refusal:
        requests.add_request(actor=SYSTEM, mentee=make_mentee(school), **values)

    assert refusal.value.code == code


def test_words_of_two_topics_give_two_competences(school):
    rows = requests.add_competence(
        actor=SYSTEM, mentor=make_mentor(school), text="математика; русский язык"
    )

    assert sorted(row.topic for row in rows) == ["math", "russian"]


def test_report_counts_every_kind_with_zeros(school):
    requests.add_request(actor=SYSTEM, mentee=make_mentee(school), text="подтянуть математику")

    groups = requests_by_kind()

    assert [len([g for g in groups if g.audience == a]) for a in ("pupil", "teacher")] == [11, 3]
    assert {g.code: len(g.lines) for g in groups if g.lines} == {"study": 1}


def test_suggested_codes_are_confirmed_together(school):
    mentee, mentor = make_mentee(school), make_mentor(school)
    requests.add_request(actor=SYSTEM, mentee=mentee, text="подтянуть математику")
    requests.add_competence(actor=SYSTEM, mentor=mentor, text="математика; русский язык")

    done = requests.confirm_suggested(actor=SYSTEM, mentee_ids=[mentee.pk], mentor_ids=[mentor.pk])

    assert (done, mentee.requests.filter(is_confirmed=False).count()) == (3, 0)
