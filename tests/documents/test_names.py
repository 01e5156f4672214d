"""Cases of people and organisations; a correction stored by a person wins."""

import pytest

from nastavnik.documents import names
from nastavnik.shared.errors import DomainError


def test_override_of_one_case_keeps_the_others():
    forms = names.person_forms(
        surname="Гречка",
        given="Анна",
        patronymic="Ильинична",
        gender="female",
        override={"dative": "Гречка Анне Ильиничне"},
    )

    assert forms["dative"] == "Гречка Анне Ильиничне"
    assert forms["nominative"] == "Гречка Анна Ильинична"


def test_unknown_gender_is_asked_with_the_way_to_the_card():
    with pytest.raises(DomainError) as refusal:
        names.person_forms(surname="Коваленко", given="Саша", link="/o/own/people/1/")

    assert (refusal.value.code, refusal.value.link) == ("gender_needed", "/o/own/people/1/")


def test_organisation_keeps_its_own_forms(school):
    school.name_cases = {"short": {"prepositional": "школе «Своя»"}}

    assert names.organisation_forms(school)["short"]["prepositional"] == "школе «Своя»"


def test_head_is_declined_with_the_post(school):
    head = names.head_forms(school)

    assert (head["name"]["dative"], head["post"]["dative"], head["signature"]) == (
        "Зотову Игорю Павловичу",
        "директору",
        "И.П. Зотов",
    )


def test_case_table_has_six_rows_and_marks_corrections():
    forms = names.phrase_forms("директор")

    rows = names.case_table(forms, {"dative": "директору"})

    assert [row.text for row in rows][:3] == ["директор", "директора", "директору"]
    assert [row.is_own for row in rows] == [False, False, True, False, False, False]
