"""Pages of meetings: what each role sees and does, and what they cost."""

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.events.models import Event, EventState
from tests.counting import exactly
from tests.events.making import going, people, plan, row_of
from tests.neighbours import grant, make_user
from tests.people_making import DAY, give_consents, make_mentee, make_mentor


@pytest.fixture
def as_curator(client, office, curator):
    client.force_login(curator)
    return client


def url(name, school, **more) -> str:
    return reverse(f"events:{name}", kwargs={"org": school.slug, **more})


NEW = {
    "kind": "group_meeting",
    "on": "12.11.2026",
    "starts_at": "15.30",
    "place": "Актовый зал",
    "link": "",
    "round_minutes": "3",
    "title": "",
}


def test_meeting_is_planned_announced_and_begun_by_pages(as_curator, school):
    people(school)
    answer = as_curator.post(url("new", school), NEW | {"on": f"{DAY:%d.%m.%Y}"})
    event = Event.objects.get()
    assert answer.url == url("card", school, pk=event.pk)
    for step in ("announce", "start"):
        assert as_curator.post(url(step, school, pk=event.pk)).status_code == 302
    event.refresh_from_db()
    assert (event.state, f"{event.starts_at:%H:%M}") == (EventState.GOING, "15:30")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("place", "", "Укажите место"),
        ("on", "12.11.2036", "Проверьте год"),
        ("starts_at", "в три", "Впишите время так: 15:00"),
        ("link", "javascript:alert(1)", "https://"),
    ],
)
def test_wrong_values_are_named(as_curator, school, field, value, words):
    answer = as_curator.post(url("new", school), NEW | {field: value})
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert Event.objects.count() == 0


def test_list_is_edited_by_ticks(as_curator, school):
    people(school)
    event = plan(school)
    kept = row_of(event, "Белова").person_id
    answer = as_curator.post(url("people-save", school, pk=event.pk), {"p": [kept]})
    assert answer.status_code == 302
    assert list(event.participants.values_list("person_id", flat=True)) == [kept]


def test_person_without_consent_cannot_be_ticked(as_curator, school):
    people(school)
    bare = make_mentee(school, "Бескова")
    event = plan(school)
    shown = as_curator.get(url("people", school, pk=event.pk)).content.decode()
    assert "нет согласия" in shown
    answer = as_curator.post(url("people-save", school, pk=event.pk), {"p": [bare.person_id]})
    assert answer.status_code == 422
    assert event.participants.count() == 5


def test_presence_is_ticked(as_curator, school):
    event = going(school)
    row = row_of(event, "Петрова")
    answer = as_curator.post(url("attendance-save", school, pk=event.pk), {"present": [row.pk]})
    shown = as_curator.get(answer.url).content.decode()
    assert "Пришли 1 из 5" in shown


def test_cancel_wants_a_reason(as_curator, school):
    event = plan(school)
    assert as_curator.post(url("cancel", school, pk=event.pk), {"reason": ""}).status_code == 422
    as_curator.post(url("cancel", school, pk=event.pk), {"reason": "карантин"})
    event.refresh_from_db()
    assert event.state == EventState.CANCELLED


@pytest.mark.parametrize("role", [Role.HEAD, Role.RESPONSIBLE])
def test_others_read_but_do_not_change(client, office, school, role):
    people(school)
    event = plan(school)
    user = make_user("other")
    grant(user, role, school)
    client.force_login(user)
    for name in ("card", "people", "attendance"):
        assert client.get(url(name, school, pk=event.pk)).status_code == 200
    assert client.post(url("announce", school, pk=event.pk)).status_code == 403


def test_meeting_of_a_neighbour_is_missing(as_curator, school):
    assert as_curator.get(url("card", school, pk=999_999)).status_code == 404


PAGES = {"list": 8, "card": 7, "people": 10, "attendance": 6}


@pytest.mark.parametrize("many", [1, 12])
@pytest.mark.parametrize("name", PAGES)
def test_pages_cost_the_same_for_one_and_for_many(as_curator, school, name, many):
    for number in range(many):
        give_consents(make_mentee(school, f"Имя{number}").person)
        give_consents(make_mentor(school, f"Учитель{number}").person)
    event = plan(school)
    address = url(name, school) if name == "list" else url(name, school, pk=event.pk)
    as_curator.get(address)
    with exactly(PAGES[name]):
        as_curator.get(address)
