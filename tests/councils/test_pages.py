"""Pages of councils through a browser's eyes: the way of a school, a member's own page."""

import pytest
from django.test import Client

from nastavnik.accounts.permissions import Role
from nastavnik.councils.models import Council, Sitting
from nastavnik.councils.queries import composition
from nastavnik.documents.models import Document
from tests.councils.making import held, working
from tests.counting import exactly
from tests.neighbours import grant, make_user
from tests.pairs.making import sign
from tests.people_making import DAY, make_teacher


@pytest.fixture
def page(client: Client, curator) -> Client:
    client.force_login(curator, "nastavnik.accounts.backend.PasswordBackend")
    return client


def test_school_goes_from_a_new_group_to_a_protocol(school, page) -> None:
    people = [make_teacher(school, name) for name in ("Котова", "Рябова")]
    made = page.post("/o/own/councils/new/", {"kind": "working_group", "task": "собрать базу"})
    group = Council.objects.get()
    assert made.url == f"/o/own/councils/{group.pk}/members/"
    composed = page.post(
        made.url,
        {
            "chair": f"p{people[0].pk}",
            "members": [f"p{people[1].pk}"],
            "out0-name": "Кравец Роман Сергеевич",
            "out0-post": "инженер",
            "out0-workplace": "АО «Маш»",
            "out0-office": "secretary",
        },
    )
    order = Document.objects.get()
    assert (composed.url, order.kind) == (f"/o/own/docs/{order.pk}/", "order_working_group")
    sign(order)
    page.post(
        f"/o/own/councils/{group.pk}/sittings/new/", {"topic": "Планы", "planned_on": "10.11.2026"}
    )
    sitting = Sitting.objects.get()
    group.refresh_from_db()
    keys = [str(member.pk) for member in composition(group)]
    page.post(
        f"/o/own/councils/sittings/{sitting.pk}/hold/",
        {
            "held_on": "10.11.2026",
            "present": keys,
            "chair": keys[0],
            "secretary": keys[1],
            "text-0": "Начать опрос",
            "who-0": "куратор",
            "due-0": "20.11.2026",
        },
    )
    page.post(f"/o/own/councils/sittings/{sitting.pk}/protocol/")
    sitting.refresh_from_db()
    assert sitting.protocol.data["decisions"] == [
        {"text": "Начать опрос", "responsible": "куратор", "due": "20.11.2026"}
    ]
    card = page.get(f"/o/own/councils/{group.pk}/").content.decode()
    assert "Кравец Роман Сергеевич" in card
    assert "проект" in card


def test_form_says_what_is_missing(school, page) -> None:
    group = working(school)
    answer = page.post(f"/o/own/councils/{group.pk}/sittings/new/", {"topic": "Планы"})
    assert answer.status_code == 422
    assert "Впишите дату или выберите месяц" in answer.content.decode()
    gone = page.post(f"/o/own/councils/{group.pk}/members/", {"chair": "out"})
    assert gone.status_code == 422


def test_plan_is_a_sheet_and_a_word_file(school, page) -> None:
    group = working(school)
    held(group)
    sheet = page.get(f"/o/own/councils/{group.pk}/plan/").content.decode()
    assert "10 ноября 2026" in sheet.replace("\u00a0", " ")
    word = page.get(f"/o/own/councils/{group.pk}/plan/docx/")
    assert b"".join(word)[:2] == b"PK"


def test_member_sees_the_own_group_and_nobody_elses(school, client) -> None:
    held(working(school))
    working(school, "expert")
    teacher = make_user("teacher")
    grant(teacher, Role.THIRD_PARTY, school)
    client.force_login(teacher, "nastavnik.accounts.backend.PasswordBackend")
    empty = client.get("/o/own/councils/mine/").content.decode()
    assert "не состоите" in empty
    member = composition(Council.objects.get(kind="creative_group"))[0]
    member.person.user = teacher
    member.person.save()
    mine = client.get("/o/own/councils/mine/").content.decode()
    assert ("Утвердить планы" in mine, "Экспертный совет" in mine) == (True, False)
    assert client.get("/o/own/councils/").status_code == 403


def test_today_reminds_the_curator(school, page) -> None:
    group = working(school)
    held(group)
    Sitting.objects.update(held_on=DAY.replace(day=3), planned_on=DAY.replace(day=3))
    told = page.get("/o/own/today/").content.decode()
    assert "Составьте протокол заседания 3" in told


@pytest.mark.parametrize("n", [1, 3])
def test_list_costs_the_same_for_one_and_for_three(school, page, n):
    for kind in ("creative_group", "expert", "governing")[:n]:
        working(school, kind)
    page.get("/o/own/councils/")
    with exactly(8):
        page.get("/o/own/councils/")
