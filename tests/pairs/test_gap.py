"""The page of what lacks, its what-if, the letter to partners."""

import io

import docx
import pytest
from django.urls import reverse

from nastavnik.people.models import MenteeRequest
from tests.counting import exactly
from tests.people_making import make_mentee, make_mentor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


QUERIES = 18


def ask(school, surname: str, topic: str) -> None:
    MenteeRequest(
        organisation=school, mentee=make_mentee(school, surname), code="study", topic=topic
    ).save()


def url(name: str, school) -> str:
    return reverse(f"pairs:{name}", kwargs={"org": school.slug})


def words(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


@pytest.fixture
def seven_asking(school):
    for number in range(7):
        ask(school, f"Фамилия{number}", "physics")
    ask(school, "Счётная", "math")
    make_mentor(school, capacity=3)


def test_page_names_the_shortage_and_its_cure(as_curator, school, seven_asking):
    page = as_curator.get(url("gap", school))
    assert (page.context["gap"].now.served, page.context["gap"].now.asked) == (1, 8)
    assert "7 запросов, мест нет" in words(page)
    assert "Нужны ещё 7 мест у наставников с компетенцией «Физика»." in words(page)


def test_worst_topic_is_one_whose_people_are_left(as_curator, school):
    """«Biology» comes first by name, but its mentee is served in mathematics."""
    ask(school, "Запасная", "biology")
    spare = MenteeRequest.objects.get().mentee
    MenteeRequest(organisation=school, mentee=spare, code="study", topic="math").save()
    make_mentor(school, capacity=1)
    assert "без ответа никто не останется" in words(as_curator.get(url("gap", school)))
    ask(school, "Лишняя", "physics")
    assert "Сильнее всего не хватает темы «Физика»" in words(as_curator.get(url("gap", school)))


def test_what_if_counts_who_would_be_served(as_curator, school, seven_asking):
    question = {"new": 2, "category": "student", "topic": "physics", "places": 3}
    page = as_curator.get(url("gap", school), question)
    assert page.context["gap"].gained == 6
    assert "На" in words(page)
    assert "наставник есть для 7 из 8" in words(page)


def test_partner_and_more_places_add_up(as_curator, school, seven_asking):
    question = {"partner": 1, "partner_topic": "physics", "more": 3}
    page = as_curator.get(url("gap", school), question)
    assert page.context["gap"].then.served == 3
    assert page.context["gap"].then.places == 8


def test_wrong_number_is_said_beside_its_field(as_curator, school, seven_asking):
    page = as_curator.get(url("gap", school), {"new": 99})
    assert page.context["form"].errors["new"]
    assert page.context["gap"].then is None


def test_empty_school_has_nothing_to_compare(as_curator, school):
    assert "Наставника сейчас никто не ждёт." in words(as_curator.get(url("gap", school)))
    answer = as_curator.get(url("gap-letter", school))
    assert answer.status_code == 302


def test_letter_lists_what_lacks_and_no_names(as_curator, school, seven_asking):
    answer = as_curator.get(url("gap-letter", school))
    letter = docx.Document(io.BytesIO(b"".join(answer.streaming_content)))
    rows = [[cell.text for cell in row.cells] for table in letter.tables for row in table.rows]
    assert ["Физика", "7", "0", "7"] in rows
    text = "\n".join(paragraph.text for paragraph in letter.paragraphs).replace("\xa0", " ")
    assert "наставника ещё ждут 7 человек" in text
    assert "Фамилия" not in text


@pytest.mark.parametrize("n", [1, 10])
def test_queries_do_not_grow_with_people(as_curator, school, n):
    for number in range(n):
        ask(school, f"Фамилия{number}", "math")
        make_mentor(school, f"Наставник{number}")
    as_curator.get(url("gap", school))
    with exactly(QUERIES):
        as_curator.get(url("gap", school))
