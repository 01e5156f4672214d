"""The desk's pages by role, and the nine steps in their states."""

import pytest
from django.test import Client
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.desk.steps import launch_steps
from nastavnik.tenancy.models import Contingent, Organisation
from tests.neighbours import Neighbours, grant, make_user
from tests.people_making import DAY, make_mentee, make_mentor

ORG_PAGES = ("today", "launch", "organisation", "team", "audit")
EDIT_PAGES = (
    "organisation_edit",
    "cases",
    "contingent",
    "rules",
    "working_group",
    "appointments",
    "invite",
)


@pytest.fixture
def as_curator(client: Client, curator) -> Client:
    client.force_login(curator)
    return client


@pytest.mark.parametrize("name", [*ORG_PAGES, *EDIT_PAGES])
def test_curator_opens_every_page(as_curator, name) -> None:
    assert as_curator.get(reverse(f"desk:{name}", args=["own"])).status_code == 200


@pytest.mark.parametrize("name", [*ORG_PAGES, *EDIT_PAGES])
@pytest.mark.parametrize("slug", ["sibling", "far", "absent"])
def test_other_institutions_are_not_found(as_curator, name, slug) -> None:
    assert as_curator.get(reverse(f"desk:{name}", args=[slug])).status_code == 404


def test_coordinator_sees_institutions_and_no_rooms_of_theirs(
    client, neighbours: Neighbours
) -> None:
    user = make_user("coordinator")
    grant(user, Role.COORDINATOR, neighbours.own.territory)
    client.force_login(user)
    page = client.get("/t/first/institutions/")
    assert page.status_code == 200
    assert "Школа own" in page.text
    assert "Школа far" not in page.text
    assert client.get("/o/own/today/").status_code == 404
    assert client.get("/t/second/institutions/").status_code == 404


def test_region_reaches_down_to_its_municipalities(client, neighbours: Neighbours) -> None:
    user = make_user("region")
    grant(user, Role.REGION, neighbours.region)
    client.force_login(user)
    assert client.get("/t/second/institutions/").status_code == 200


def test_entry_leads_to_the_first_place(as_curator) -> None:
    assert as_curator.get("/").headers["Location"] == "/o/own/today/"


def test_institution_is_edited_and_cases_confirmed(as_curator, school: Organisation) -> None:
    values = {
        "short_name": "Школа № 5",
        "full_name": "муниципальное учреждение «Школа № 5»",
        "head_post": "директор",
        "head_surname": "Седых",
        "head_given": "Анна",
        "head_patronymic": "Ильинична",
        "head_gender": "female",
    }
    answer = as_curator.post("/o/own/institution/edit/", values)
    assert answer.headers["Location"] == "/o/own/institution/cases/"
    form = as_curator.get("/o/own/institution/cases/").context["form"]
    data = {name: field.initial for name, field in form.fields.items()}
    data["post-instrumental"] = "директоршей"
    as_curator.post("/o/own/institution/cases/", data)
    school.refresh_from_db()
    assert school.cases_confirmed
    assert school.head_cases == {"post": {"instrumental": "директоршей"}}
    assert school.name_cases == {}


def test_steps_follow_the_data(school: Organisation) -> None:
    assert [s.state for s in launch_steps(school, on=DAY)] == [
        "go", "go", "go", "idle", "go", "idle", "idle", "idle", "idle",
    ]  # fmt: skip
    make_mentee(school)
    make_mentor(school)
    states = [s.state for s in launch_steps(school, on=DAY)]
    assert states[2:7] == ["done", "go", "go", "go", "go"]


def test_contingent_of_a_class_replaces_itself(as_curator, school: Organisation) -> None:
    numbers = {"students": 25, "students_10_19": 20, "teachers": 1, "young_specialists": 0}
    for students in (25, 26):
        data = numbers | {"on_date": "01.09.2026", "class_name": "5Б", "students": students}
        as_curator.post("/o/own/institution/contingent/", data)
    row = Contingent.objects.get()
    assert (row.class_name, row.students) == ("5Б", 26)


def test_contingent_with_more_children_than_all_is_refused(as_curator, school) -> None:
    data = {"on_date": "01.09.2026", "students": 5, "students_10_19": 6, "teachers": 1}
    answer = as_curator.post("/o/own/institution/contingent/", data | {"young_specialists": 0})
    assert answer.status_code == 422
    assert not Contingent.objects.exists()
