"""Asking a neighbour by pages: what each side reads, and what the territory is told."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.pairs.queries import neighbours as queries
from nastavnik.people.models import (
    ConsentKind,
    LoanCall,
    LoanRequest,
    LoanState,
)
from nastavnik.tenancy.scope import scope
from tests.neighbours import grant, make_user
from tests.pairs.neighbouring import (
    NAMES,
    agree,
    ask,
    open_mentor,
    url,
)
from tests.people_making import DAY, give_consent, make_mentee

HIDDEN = ("скрыто", "скрыто")
pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_no_page_file_or_journal_tells_the_other_side_before_both_agree(
    as_curator, client, school, sibling, mentee
):
    open_mentor(sibling)
    row = ask(school, mentee)
    pages = [
        url("neighbours", school),
        url("neighbours-search", school, mentee_id=mentee.pk),
        url("loan-request", school, pk=row.pk),
        url("unpaired", school),
        url("unpaired", school) + "?format=print",
        reverse("desk:audit", kwargs={"org": school.slug}),
        reverse("desk:audit", kwargs={"org": school.slug}) + "?format=print",
        reverse("desk:today", kwargs={"org": school.slug}),
    ]
    read = {page: as_curator.get(page) for page in pages}
    assert {page: answer.status_code for page, answer in read.items()} == dict.fromkeys(pages, 200)
    leaks = [
        (page, name)
        for page, answer in read.items()
        for name in NAMES
        if name in answer.content.decode()
    ]
    assert leaks == []
    there = make_user("there", surname="Дальнева")
    grant(there, Role.CURATOR, sibling)
    client.force_login(there)
    with scope({sibling.pk}):
        call = LoanCall.objects.get()
    board = client.get(url("neighbours", sibling)).content.decode()
    card = client.get(url("loan-call", sibling, pk=call.pk)).content.decode()
    found = [
        name for name in ("Ищущ", "Лещёв", "Школа own") for text in (board, card) if name in text
    ]
    assert ("10–13 лет" in card, found) == (True, [])
    assert client.get(url("loan-request", sibling, pk=row.pk)).status_code == 404


def test_curators_of_both_sides_go_the_whole_way_by_pages(
    as_curator, client, school, sibling, mentee
):
    open_mentor(sibling)
    give_consent(mentee.person, ConsentKind.TRANSFER_PARTNER)
    search = url("neighbours-search", school, mentee_id=mentee.pk)
    key = as_curator.get(search).context["offers"][0][0].key
    assert as_curator.post(search, {"key": "strange"}).status_code == 422
    card = as_curator.post(search, {"key": key})["Location"]
    there = make_user("there", surname="Дальнева")
    grant(there, Role.CURATOR, sibling)
    client.force_login(there)
    today = client.get(reverse("desk:today", kwargs={"org": sibling.slug})).content.decode()
    assert "Ответьте соседям" in today
    with scope({sibling.pk}):
        call = LoanCall.objects.get()
    where = {"pk": call.pk}
    assert (
        client.post(url("loan-decline", sibling, **where), {"reason": "Соседова"}).status_code
        == 422
    )
    said = {"said_way": "spoken", "said_on": "10.11.2026"}
    assert client.post(url("loan-agree", sibling, **where), said).status_code == 302
    assert (
        "Ищущая Мария Петровна" in client.get(url("loan-call", sibling, **where)).content.decode()
    )
    client.force_login(make_curator_again(school))
    assert "Соседова Мария Петровна" in client.get(card).content.decode()
    row = LoanRequest.objects.get()
    client.post(url("loan-enter", school, pk=row.pk))
    row.refresh_from_db()
    assert row.mentor is not None
    client.post(url("loan-end", school, pk=row.pk))
    row.refresh_from_db()
    assert row.state == LoanState.ENDED


def make_curator_again(school):
    found = make_user("again", surname="Иная")
    grant(found, Role.CURATOR, school)
    return found


def territory_page(client, territory, role: Role) -> str:
    officer = make_user(f"officer-{role.value}")
    grant(officer, role, territory)
    client.force_login(officer)
    where = reverse("pairs:open-mentors", kwargs={"territory": territory.slug})
    return client.get(where).content.decode()


def rows_of(page: str) -> list[list[str]]:
    """Cells of the tables, their heads left out."""
    rows = [re.findall(r"<t[hd][^>]*>([^<]+)<", row) for row in page.split("<tr ")[1:]]
    return [row for row in rows if "Наставников" not in row]


def test_coordinator_reads_numbers_and_small_ones_are_hidden(client, school, sibling):
    for number in range(queries.SMALL_GROUP):
        open_mentor(sibling, f"Соседова{number}", capacity=2)
    few = open_mentor(school, "Единственная", category="student")
    few.competences.update(topic="physics")
    page = territory_page(client, school.territory, Role.COORDINATOR)
    rows = rows_of(page)
    assert rows[:2] == [["Математика", *HIDDEN], ["Физика", *HIDDEN]]  # five, but of one place
    assert ["Педагог – обучающийся", *HIDDEN] in rows
    assert {tuple(row[1:]) for row in rows} == {HIDDEN}
    open_mentor(school, "Шестая")
    page = territory_page(client, school.territory, Role.CENTRE)
    assert rows_of(page)[0] == ["Математика", "6", "11"]
    assert ["Педагог – обучающийся", "6", "11"] in rows_of(page)
    assert [name for name in ("Соседова", "Единственная") if name in page] == []


def test_number_of_institutions_is_hidden_too(client, school, sibling):
    open_mentor(sibling)
    page = territory_page(client, school.territory, Role.REGION)
    assert "Наставников: меньше 5, учреждений: меньше 5." in page


def board(client, territory, role: Role = Role.COORDINATOR, query: str = "") -> str:
    officer = make_user(f"board-{role.value}-{len(query)}")
    grant(officer, role, territory)
    client.force_login(officer)
    where = reverse("pairs:loan-board", kwargs={"territory": territory.slug})
    return client.get(where + query).content.decode()


def test_coordinator_sees_who_asked_whom_and_no_name_before_both_agreed(
    client, school, sibling, mentee
):
    give_consent(mentee.person, ConsentKind.TRANSFER_PARTNER)
    open_mentor(sibling)
    ask(school, mentee)
    page = board(client, school.territory)
    assert re.findall(r">(Школа \w+|куратор наставника не ответил|меньше дня)<", page) == [
        "Школа own", "Школа sibling", "куратор наставника не ответил", "меньше дня",
    ]  # fmt: skip
    hidden = ("Соседова", "Ищущ", "Мария", "7А", "10–13", "атематик")
    assert [word for word in hidden if word in page] == []
    agree(sibling)
    page = board(client, school.territory, Role.REGION)
    assert "Соседова Мария Петровна" in page
    assert [word for word in ("Ищущ", "7А", "10–13", "атематик") if word in page] == []
    row = LoanRequest.objects.get()
    row.state = LoanState.ENDED
    row.save()
    assert "Соседова" not in board(client, school.territory, Role.CENTRE)


def test_silent_institutions_come_first_and_stand_on_today(client, school, sibling, mentee):
    open_mentor(sibling)
    row = ask(school, mentee)
    LoanRequest.objects.filter(pk=row.pk).update(asked_on=DAY - timedelta(days=9))
    other = make_mentee(school, "Вторая")
    other.requests.create(organisation=school, code="progress", topic="math")
    ask(school, other)
    page = board(client, school.territory)
    assert page.index("9\xa0дней") < page.index("меньше дня")
    assert "Ждут ответа дольше недели: 1." in page
    today = reverse("desk:territory_today", kwargs={"territory": school.territory.slug})
    assert "Запросы наставников ждут дольше недели: 1" in client.get(today).content.decode()
    assert "9\xa0дней" not in board(client, school.territory, query="?state=agreed")


def test_board_of_another_municipality_knows_nothing(client, school, sibling, mentee, neighbours):
    open_mentor(sibling)
    ask(school, mentee)
    assert "Запросов пока нет" in board(client, neighbours.far.territory)
