"""A personal calendar: its secret address, what it shows and when it stops."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.models import RoleGrant
from nastavnik.audit.models import AuditEvent
from nastavnik.roadmaps.engine.parties import Party
from nastavnik.roadmaps.links import address_of
from nastavnik.roadmaps.models import CalendarLink, Roadmap, RoadmapState
from nastavnik.tenancy.scope import scope
from tests.people_making import DAY
from tests.roadmaps.making import items_of, line, make_roadmap


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


def path(name: str) -> str:
    return reverse(f"roadmaps:{name}", kwargs={"org": "own"})


@pytest.fixture
def reader(client, curator):
    client.force_login(curator, "nastavnik.accounts.backend.PasswordBackend")
    return client


def in_force(school, *lines) -> Roadmap:
    roadmap = make_roadmap(school, *lines)
    Roadmap.objects.filter(pk=roadmap.pk).update(
        state=RoadmapState.IN_FORCE, agreed_on=roadmap.starts_on
    )
    return roadmap


def address(reader) -> str:
    reader.post(path("calendar-renew"))
    return "/calendar/" + address_of(CalendarLink.objects.get()).rsplit("/", 1)[1]


def told(client, where: str) -> list[tuple[str, str]]:
    """(first day, title) of every entry, read as a calendar reads: unfolded, unescaped."""
    content = client.get(where).content.decode().replace("\r\n ", "")
    rows = [row.partition(":") for row in content.split("\r\n")]
    days = [value for name, _, value in rows if name == "DTSTART;VALUE=DATE"]
    titles = [value.replace("\\,", ",") for name, _, value in rows if name == "SUMMARY"]
    return list(zip(days, titles, strict=True))


def test_calendar_holds_own_lines_that_are_not_done(school, reader, client) -> None:
    roadmap = in_force(
        school,
        line("Собрать базу, проверить", "до 30.11.2026", number="1"),
        line("Отчитаться", "ежеквартально", number="2."),
        line("Подписать", "до 01.12.2026", number="3", responsible=(Party("Директор", "head"),)),
        line("Сделано", "до 02.12.2026", number="4"),
        line("Вести учёт", "постоянно", number="5"),
    )
    roadmap.items.filter(number="4").update(state="done_by_hand", hand_words="справка")
    first = items_of(roadmap)[1].occurrences.get(ordinal=1)
    first.met_on, first.met_words = DAY, "отчёт"
    first.save()
    where = address(reader)
    client.logout()

    answer = client.get(where)

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert told(client, where) == [
        ("20261130", "1. Собрать базу, проверить"),
        ("20261231", "2. Отчитаться"),
        ("20270331", "2. Отчитаться"),
        ("20270630", "2. Отчитаться"),
        ("20270831", "2. Отчитаться"),
    ]


def test_a_draft_is_not_in_the_calendar(school, reader, client) -> None:
    make_roadmap(school, line("Собрать базу", "до 30.11.2026", number="1"))

    assert told(client, address(reader)) == []


def test_a_new_address_stops_the_former_one(school, reader, client) -> None:
    former = address(reader)
    present = address(reader)

    codes = [client.get(former).status_code, client.get(present).status_code]

    assert (codes, CalendarLink.objects.count()) == ([404, 200], 1)
    assert [
        event.action for event in AuditEvent.objects.filter(object_type="roadmaps.calendarlink")
    ] == ["roadmaps.calendar_link"] * 2


def test_a_revoked_address_is_gone(school, reader, client) -> None:
    where = address(reader)

    reader.post(path("calendar-revoke"))
    again = reader.post(path("calendar-revoke"))

    assert (again.status_code, client.get(where).status_code) == (302, 404)
    assert AuditEvent.objects.filter(action="roadmaps.calendar_revoked").count() == 1


def test_an_address_ends_with_the_work_in_the_institution(school, reader, client, curator) -> None:
    where = address(reader)
    RoleGrant.objects.filter(user=curator).update(ends_on=timezone.localdate() - timedelta(days=1))

    assert client.get(where).status_code == 404


def test_an_address_ends_with_the_account(school, reader, client, curator) -> None:
    where = address(reader)
    curator.is_active = False
    curator.save()

    assert client.get(where).status_code == 404


def test_page_shows_the_address_only_once_made(school, reader) -> None:
    before = reader.get(path("calendar")).content.decode()
    where = address(reader)
    after = reader.get(path("calendar")).content.decode()

    assert (where in before, where in after) == (False, True)
    with scope([school.pk]):
        assert CalendarLink.objects.get().token_hash not in after
