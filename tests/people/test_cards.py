"""The card of a person: its pages do what the services allow."""

from datetime import date

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.people.models import ConsentKind, Person
from nastavnik.people.services import requests
from tests.neighbours import SYSTEM, grant, make_user
from tests.people.conftest import (
    give_consent,
    make_mentee,
    make_mentor,
    make_mother,
    make_pupil,
)


@pytest.fixture
def page(client, curator, school):
    client.force_login(curator)

    def url(name, person=None, **more):
        key = {"person_id": person.pk} if person else {}
        return reverse(f"people:{name}", kwargs={"org": school.slug, **key, **more})

    client.url = url
    return client


PERSON = {
    "surname": "Новикова", "given": "Ася", "patronymic": "", "gender": "female",
    "birth_date": "15.09.2012", "category": "pupil", "class_name": "7А", "is_own": "on",
}  # fmt: skip


def test_curator_adds_a_pupil_and_enters_her_as_mentee(page):
    answer = page.post(page.url("add") + "?as=mentee", PERSON)
    person = Person.objects.get()
    assert answer["Location"] == page.url("mentee", person)

    answer = page.post(answer["Location"], {"preferred_form": "pupil-pupil", "entered_on": ""})

    assert answer["Location"] == page.url("card", person)
    assert person.mentee.preferred_form == "pupil-pupil"


def test_page_refuses_a_child_of_nine(page, school):
    child = make_pupil(school, birth_date=date(2020, 1, 1))

    answer = page.post(page.url("mentee", child), {"entered_on": ""})

    assert answer.status_code == 422
    assert "Участвовать можно с 10 лет" in answer.content.decode()
    assert not hasattr(Person.objects.get(pk=child.pk), "mentee")


def test_duplicate_is_shown_beside_the_box(page, school):
    make_pupil(school, "Новикова", given="Ася", patronymic="", birth_date=date(2012, 9, 15))

    assert page.post(page.url("add"), PERSON).status_code == 422
    assert page.post(page.url("add"), PERSON | {"is_namesake": "on"}).status_code == 302


def test_card_shows_parts_history_and_representatives(page, school):
    mentee = make_mentee(school)
    make_mother(mentee.person)
    requests.add_request(actor=SYSTEM, mentee=mentee, text="подтянуть математику")

    text = page.get(page.url("card", mentee.person)).content.decode()

    for words in (
        "Ёлкин Илья Петрович",
        "подтянуть математику",
        "Учёба",
        "+79000000001",
        "Включён в базу наставляемых",
    ):
        assert words in text, words


def test_responsible_reads_the_list_of_mentors_alone(client, school):
    """The officer reports numbers; names of children are not needed for that."""
    mentee, mentor = make_mentee(school), make_mentor(school)
    give_consent(mentor.person, *ConsentKind)
    user = make_user("responsible")
    grant(user, Role.RESPONSIBLE, school)
    client.force_login(user)

    card = reverse("people:card", kwargs={"org": school.slug, "person_id": mentee.person_id})
    closed = [client.get(card), client.get(reverse("people:mentees", args=[school.slug]))]
    mentors = client.get(reverse("people:mentors", args=[school.slug]) + "?without_consent=on")

    assert [answer.status_code for answer in closed] == [403, 403]
    assert mentor.person.surname in mentors.content.decode()
    assert "row-link" not in mentors.content.decode()
    assert 'name="without_consent"' not in mentors.content.decode()


@pytest.mark.parametrize(
    "name",
    [
        "edit",
        "names",
        "merge",
        "archive",
        "mentee",
        "mentee-state",
        "mentor",
        "mentor-state",
        "add-request",
        "add-competence",
        "add-representative",
    ],
)
def test_every_form_of_the_card_opens(page, school, name):
    mentee = make_mentee(school)
    mentor = make_mentor(school)
    person = mentor.person if "mentor" in name or "competence" in name else mentee.person
    address = {"mentee-state": "move-mentee", "mentor-state": "move-mentor"}.get(name, name)

    assert page.get(page.url(address, person)).status_code == 200


def test_name_cases_are_proposed_and_kept(page, school):
    person = make_pupil(school)
    text = page.get(page.url("names", person)).content.decode()
    assert "Ёлкиным Ильёй Петровичем" in text

    page.post(page.url("names", person), {"genitive": "Ёлкина Ильи Петровича"})

    person.refresh_from_db()
    assert person.name_cases == {"genitive": "Ёлкина Ильи Петровича"}


def test_requests_are_confirmed_and_removed_by_buttons(page, school):
    mentee = make_mentee(school)
    row = requests.add_request(actor=SYSTEM, mentee=mentee, text="подтянуть математику")

    page.post(page.url("confirm-request", mentee.person, request_id=row.pk), {"code": "talent"})
    row.refresh_from_db()
    assert (row.code, row.is_confirmed) == ("talent", True)

    page.post(page.url("remove-request", mentee.person, request_id=row.pk))
    assert mentee.requests.count() == 0


def test_merge_page_joins_namesakes(page, school):
    keep, drop = make_pupil(school), make_pupil(school)

    page.post(page.url("merge", keep), {"other": drop.pk})

    drop.refresh_from_db()
    assert drop.merged_into_id == keep.pk


def test_foreign_person_is_not_found(page, neighbours, school):
    assert (
        page.get(reverse("people:card", kwargs={"org": school.slug, "person_id": 999})).status_code
        == 404
    )
