"""A group meeting: the curator at a desk with a big screen, participants with phones."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.events.models import Event, Participant
from nastavnik.people.models import MenteeRequest
from nastavnik.tenancy.scope import scope
from tests.e2e.visitor import Visitor
from tests.events.making import token
from tests.neighbours import grant, make_neighbours, make_user
from tests.people_making import give_consents, make_mentee, make_mentor

MENTEES = ("Иванова", "Петрова", "Сидорова", "Фомина")
MENTORS = ("Белова", "Котова")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("javascript", [True, False])
def test_meeting(live_server, open_page, axe, javascript):
    school = make_neighbours().own
    _people(school)
    curator = Visitor(open_page(javascript=javascript), live_server, _curator(school), school)
    _plan_for_today(curator)
    home = curator.page.url
    with scope({school.pk}):
        event = Event.objects.get()
        rows = {r.person.surname: r for r in event.participants.select_related("person")}
    assert sorted(rows) == sorted(MENTEES + MENTORS)

    curator.press("Объявить встречу")
    curator.press("Начать встречу")
    curator.follow("Экран с кодом")
    assert "Пришли 0 из 6" in curator.text()
    phone = open_page(width=360, javascript=javascript)
    _by_personal_code(phone, live_server, rows["Иванова"])
    faults = axe(phone) if javascript else []
    _by_badge(phone, live_server, event, rows["Белова"])
    if not javascript:
        curator.follow("Обновить счёт")
    curator.page.get_by_text("Пришли 2 из 6").wait_for()
    faults += axe(curator.page) if javascript else []

    curator.page.goto(home)
    curator.follow("Отметка пришедших")
    for surname in ("Петрова", "Сидорова", "Котова"):
        curator.tick(f"Здесь: {surname}")
    curator.press("Сохранить отметки")
    assert "Пришли 5 из 6" in curator.text()
    _talk(curator, home, javascript=javascript)
    faults += axe(curator.page) if javascript else []

    curator.page.goto(home)
    curator.follow("Завершение и протокол")
    curator.fill("Что решили", "Собраться ещё раз")
    curator.press("Завершить и составить протокол")
    curator.follow("Опрос предпочтений")
    curator.press("Открыть опрос")
    assert "/surveys/" in curator.page.url
    assert _of_survey(school) == {"Белова", "Иванова", "Котова", "Петрова", "Сидорова"}
    assert faults == []


def _plan_for_today(curator: Visitor) -> None:
    curator.open("events/")
    curator.follow("Новая групповая встреча")
    curator.fill("Дата", f"{timezone.localdate():%d.%m.%Y}")
    curator.fill("Начало", "15:00")
    curator.fill("Место", "Актовый зал")
    curator.press("Записать встречу")


def _by_personal_code(phone, live_server, row: Participant) -> None:
    """Scan, one tap; again it says that all is well."""
    phone.goto(f"{live_server.url}/checkin/{token(row)}/")
    phone.get_by_role("heading", name="Привет, Мария!").wait_for()
    phone.get_by_role("button", name="Я здесь").click()
    phone.get_by_text("Отметка сделана.").wait_for()
    assert "Иванова" not in phone.content()


def _by_badge(phone, live_server, event: Event, row: Participant) -> None:
    """The code of the screen, then six digits."""
    phone.goto(f"{live_server.url}/checkin/{token(event)}/")
    phone.get_by_label("Код с бейджа").fill("0")
    phone.get_by_role("button", name="Я здесь").click()
    phone.get_by_text("В коде шесть цифр").first.wait_for()
    phone.get_by_label("Код с бейджа").fill(f"{row.code[:3]} {row.code[3:]}")
    phone.get_by_role("button", name="Я здесь").click()
    phone.get_by_role("heading", name="Мария Петровна, отметка сделана").wait_for()


def _talk(curator: Visitor, home: str, *, javascript: bool) -> None:
    """The schedule, then the screen of its rounds."""
    curator.page.goto(home)
    curator.follow("Короткие разговоры")
    curator.press("Составить расписание")
    assert "3 раунда, всего 9 минут" in curator.text()
    curator.follow("Показать на экране")
    clock = curator.page.locator("[data-face]")
    assert clock.inner_text() == "3:00"
    if javascript:
        curator.press("Пустить время")
        curator.page.get_by_text("2:59").wait_for()
    curator.follow("Следующий раунд")
    curator.page.get_by_role("heading", name="Раунд 2 из 3").wait_for()


def _of_survey(school) -> set[str]:
    with scope({school.pk}):
        survey = Event.objects.get().survey
        return set(survey.invitations.values_list("person__surname", flat=True))


def _people(school) -> None:
    """Pupils who ask about mathematics, teachers who help with it, with papers that hold today."""
    since = timezone.localdate() - timedelta(days=30)
    with scope({school.pk}):
        for surname in MENTEES:
            profile = make_mentee(school, surname)
            give_consents(profile.person, since)
            MenteeRequest(organisation=school, mentee=profile, code="progress", topic="math").save()
        for surname in MENTORS:
            give_consents(make_mentor(school, surname).person, since)


def _curator(school):
    user = make_user("curator", gender="female")
    grant(user, Role.CURATOR, school)
    return user
