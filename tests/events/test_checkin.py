"""Check-in: by the personal QR code, by the code of the badge, at the door, by the list."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nastavnik.audit.models import AuditEvent
from nastavnik.events.models import Arrival, EventState, Participant, WrongCode
from nastavnik.events.services import attendance, meetings
from nastavnik.people.models import Consent
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.scope import scope
from tests.counting import exactly
from tests.events.making import going, people, plan, row_of, token
from tests.neighbours import grant, make_user
from tests.pairs.making import CURATOR
from tests.people_making import DAY


def page(row) -> str:
    return reverse("events:checkin", kwargs={"token": token(row)})


def test_owner_checks_in_by_one_tap_and_again_without_harm(client, school) -> None:
    event = going(school)
    row = row_of(event, "Иванова")
    assert "Привет, Мария!" in client.get(page(row)).content.decode()
    for _ in range(2):
        assert client.post(page(row)).url == page(row)
    row.refresh_from_db()
    assert (row.arrived_by, row.arrived_at) == (Arrival.QR, timezone.now())
    assert AuditEvent.objects.filter(action="events.arrived").count() == 1


def test_page_of_the_owner_tells_no_surname_class_or_code(client, school) -> None:
    event = going(school)
    row = row_of(event, "Иванова")
    shown = client.get(page(row)).content.decode()
    others = [name for name in ("Иванов", "Петров", "Белов", "7А", row.code) if name in shown]
    assert others == []


def test_get_marks_nobody(client, school) -> None:
    row = row_of(going(school), "Иванова")
    client.get(page(row))
    row.refresh_from_db()
    assert row.arrived_at is None


def test_scan_at_the_door_says_who_it_is(client, school, curator) -> None:
    event = going(school)
    row = row_of(event, "Иванова")
    client.force_login(curator)
    shown = client.get(page(row)).content.decode()
    assert "Иванова Мария Петровна" in shown
    client.post(page(row))
    row.refresh_from_db()
    assert row.arrived_by == Arrival.DESK
    assert "Пришли 1 из 5" in client.get(page(row)).content.decode()


def test_staff_of_a_neighbour_sees_what_the_owner_sees(client, school, neighbours) -> None:
    row = row_of(going(school), "Иванова")
    stranger = make_user("stranger")
    grant(stranger, "curator", neighbours.sibling)
    client.force_login(stranger)
    assert "Иванова" not in client.get(page(row)).content.decode()


def test_code_of_the_badge_checks_in(client, school) -> None:
    event = going(school)
    row = row_of(event, "Белова")
    typed = f"{row.code[:3]} {row.code[3:]}"
    shown = client.post(page(event), {"code": typed}).content.decode()
    row.refresh_from_db()
    assert row.arrived_by == Arrival.CODE
    assert "Мария Петровна, отметка сделана" in shown
    assert "Белова" not in shown


def test_page_of_the_screen_lists_nobody(client, school) -> None:
    event = going(school)
    shown = client.get(page(event)).content.decode()
    assert [name for name in ("Мария", "Иванова", "Белова") if name in shown] == []


def test_guessing_is_stopped_and_remembered_without_an_address(client, school) -> None:
    event = going(school)
    wrong = next(
        f"{n:06d}" for n in range(10) if not event.participants.filter(code=f"{n:06d}").exists()
    )
    answers = [
        client.post(page(event), {"code": wrong}).status_code
        for _ in range(attendance.TRIES_OF_ONE + 1)
    ]
    assert answers == [422] * attendance.TRIES_OF_ONE + [429]
    right = row_of(event, "Иванова").code
    assert client.post(page(event), {"code": right}).status_code == 429
    assert "127.0.0.1" not in str(list(WrongCode.objects.values_list("origin", flat=True)))


def test_guesses_are_forgotten_after_a_while(school) -> None:
    event = going(school)
    row = row_of(event, "Иванова")
    for _ in range(attendance.TRIES_OF_ONE):
        WrongCode(
            organisation=school,
            event=event,
            origin="x",
            at=timezone.now() - timedelta(minutes=attendance.TRIES_MINUTES),
        ).save()
    found = attendance.by_code(event=event, code=row.code, origin="x", now=timezone.now())
    assert found == row


def test_before_the_day_the_page_only_tells_when(client, school) -> None:
    people(school)
    event = plan(school, DAY + timedelta(days=3))
    meetings.announce(actor=CURATOR, event=event)
    row = row_of(event, "Иванова")
    assert "в день встречи" in client.get(page(row)).content.decode()
    assert client.post(page(row)).status_code == 409
    row.refresh_from_db()
    assert row.arrived_at is None


def test_on_the_day_people_check_in_before_the_start(client, school) -> None:
    people(school)
    event = meetings.announce(actor=CURATOR, event=plan(school))
    row = row_of(event, "Иванова")
    assert client.post(page(row)).status_code == 302


@pytest.mark.parametrize("state", [EventState.ENDED, EventState.CANCELLED, EventState.DRAFT])
def test_closed_meeting_takes_nobody(client, school, state) -> None:
    event = going(school)
    event.state = state
    event.save()
    assert client.post(page(row_of(event, "Иванова"))).status_code == 409


def test_who_lost_the_consent_is_sent_to_the_curator(client, school) -> None:
    event = going(school)
    row = row_of(event, "Иванова")
    Consent.objects.filter(person=row.person).delete()
    answer = client.post(page(row))
    assert (answer.status_code, "Подойдите к куратору" in answer.content.decode()) == (409, True)


def test_token_is_not_in_the_database(school) -> None:
    event = going(school)
    secrets = {token(row) for row in [event, *event.participants.all()]}
    stored = {
        str(value)
        for rows in (Participant.objects.values_list(), type(event).objects.values_list())
        for row in rows
        for value in row
    }
    assert len(secrets) == 6
    assert secrets & stored == set()


def test_old_badges_open_after_the_key_was_changed(client, school, settings) -> None:
    row = row_of(going(school), "Иванова")
    printed = page(row)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another-key-of-this-installation-" * 2
    assert page(row) == printed
    assert client.get(printed).status_code == 200


def test_unknown_token_is_missing(client, school) -> None:
    assert client.get(reverse("events:checkin", kwargs={"token": "x" * 32})).status_code == 404


def test_ticks_mark_and_unmark(school) -> None:
    event = going(school)
    first, second = row_of(event, "Иванова"), row_of(event, "Петрова")
    now = timezone.now()
    assert attendance.mark_by_list(
        actor=CURATOR, event=event, present_ids=[first.pk, second.pk], now=now
    ) == (2, 0)
    assert attendance.mark_by_list(
        actor=CURATOR, event=event, present_ids=[second.pk], now=now
    ) == (0, 1)
    first.refresh_from_db()
    assert (first.arrived_at, first.arrived_by) == (None, "")


def test_ticks_wait_for_the_start_and_for_consents(school) -> None:
    people(school)
    event = plan(school)
    row = row_of(event, "Иванова")
    with pytest.raises(PermissionRefused):
        attendance.mark_by_list(
            actor=CURATOR, event=event, present_ids=[row.pk], now=timezone.now()
        )
    event.state = EventState.GOING
    event.save()
    Consent.objects.filter(person=row.person).delete()
    with pytest.raises(DomainError, match="Нет согласия на участие: № "):
        attendance.mark_by_list(
            actor=CURATOR, event=event, present_ids=[row.pk], now=timezone.now()
        )


def test_public_page_costs_the_same_for_every_meeting(client, school) -> None:
    row = row_of(going(school), "Иванова")
    address = page(row)
    with scope(set()), exactly(3):
        client.get(address)
