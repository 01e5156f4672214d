"""From a group meeting to an order: wishes on phones, explained pairs, one change with a reason."""

from datetime import timedelta

import docx
import pytest
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.matching.models import MatchRun
from nastavnik.pairs.models import Pair
from nastavnik.people.models import (
    MenteeProfile,
    MenteeRequest,
    MentorCompetence,
    MentorProfile,
)
from nastavnik.surveys.links import path_of
from nastavnik.surveys.models import Campaign
from nastavnik.tenancy.scope import scope
from tests.e2e.visitor import Visitor
from tests.neighbours import grant, make_neighbours, make_user
from tests.people_making import give_consents, make_mentee, make_mentor

TOPICS = ("math", "physics", "russian", "sport", "music")
MENTEES = tuple(
    f"{stem}ова"
    for stem in [
        "Азим",
        "Бок",
        "Вилк",
        "Грач",
        "Дын",
        "Ерш",
        "Жук",
        "Зим",
        "Ивл",
        "Кот",
        "Лун",
        "Мух",
        "Нос",
        "Орл",
        "Пет",
    ]
) + tuple(
    f"{stem}ина" for stem in ["Руб", "Сад", "Тар", "Уш", "Фом", "Хом", "Цап", "Чиж", "Шиш", "Щук"]
)
MENTORS = tuple(
    f"{stem}ева"
    for stem in [
        "Гус",
        "Мед",
        "Соловь",
        "Журавл",
        "Кор",
        "Бел",
        "Рыс",
        "Лис",
        "Вол",
        "Зай",
        "Еж",
        "Лос",
    ]
)
# Who answers by phone, whom they put first.
CHILDREN = {"Азимова": "Лосева", "Бокова": "Ежева"}
WISHES = CHILDREN | {mentor: mentee for mentee, mentor in CHILDREN.items()}


@pytest.mark.django_db(transaction=True)
def test_from_meeting_to_order(live_server, open_page, tmp_path):
    school = make_neighbours().own
    _people(school)
    curator = Visitor(open_page(), live_server, _curator(school), school)

    _hold_meeting(curator)
    phone = open_page(width=360, height=740)
    for surname, wished in WISHES.items():
        _answer(phone, live_server, school, surname, wished)
    curator.open("match/")
    curator.press("Предложить пары")
    assert "Предложено: 25 пар на 25 запросов" in curator.text()
    assert {name: _proposed(school)[name] for name in CHILDREN} == CHILDREN

    mentee, mentor = _choose_another(curator)
    curator.fill("Принять все от", "0")
    curator.press("Принять все от порога")
    with scope({school.pk}):
        pair = Pair.objects.get(members__mentee__person__surname=mentee)
        assert pair.mentor.person.surname == mentor

    curator.open("yes/")
    curator.tick("Подтверждаю: участники этих пар")
    curator.press("Отметить «да» у всех")
    curator.open("pairs/order/")
    curator.press("Составить приказ")
    curator.download("Скачать DOCX", tmp_path / "order.docx")
    order = docx.Document(str(tmp_path / "order.docx"))
    cells = "\n".join(cell.text for table in order.tables for cell in table._cells)
    assert [name for name in MENTEES if name[:-1] not in cells] == []

    curator.open("match/")
    curator.follow("Итоги, повтор и другой вариант")
    curator.press("Повторить с теми же данными")
    curator.page.get_by_text("Совпал до последнего знака").wait_for()


def _hold_meeting(curator: Visitor) -> None:
    """Everybody waiting is invited and comes; the survey opens for those present."""
    curator.open("events/new/")
    curator.fill("Дата", f"{timezone.localdate():%d.%m.%Y}")
    curator.fill("Начало", "15:00")
    curator.fill("Место", "Актовый зал")
    curator.press("Записать встречу")
    home = curator.page.url
    curator.press("Объявить встречу")
    curator.press("Начать встречу")
    curator.follow("Отметка пришедших")
    boxes = curator.page.locator("input[name=present]")
    boxes.evaluate_all("all => all.forEach(box => box.click())")
    curator.press("Сохранить отметки")
    assert "Пришли 37 из 37" in curator.text()
    curator.page.goto(home)
    curator.follow("Завершение и протокол")
    curator.press("Завершить и составить протокол")
    curator.follow("Опрос предпочтений")
    curator.press("Открыть опрос")


def _answer(phone, live_server, school, surname: str, wished: str) -> None:
    with scope({school.pk}):
        people = Campaign.objects.get().invitations.select_related("person")
        own, other = people.get(person__surname=surname), people.get(person__surname=wished)
    phone.goto(live_server.url + path_of(own))
    wish = phone.locator(f"input[name=first][value='{other.number}']")
    phone.locator(".pickme__place", has=wish).click()
    phone.locator("button[type=submit]").click()
    phone.get_by_text("Ответ записан").wait_for()


def _choose_another(curator: Visitor) -> tuple[str, str]:
    """The last proposal gets another mentor with a free place, with a reason; surnames of both."""
    curator.open("match/?page=2")
    card = curator.page.locator("article.match").last
    mentee = card.locator(".person b").first.inner_text().split()[0]
    card.get_by_role("link", name="Другой наставник").click()
    other = curator.page.locator("article.match").first
    mentor = other.locator(".person b").first.inner_text().split()[0]
    other.get_by_role("link", name="Сравнить и выбрать").click()
    curator.fill("Своими словами", "уже занимались вместе летом")
    curator.press("Записать решение")
    assert "уже занимались вместе летом" in curator.text()
    return mentee, mentor


def _proposed(school) -> dict[str, str]:
    """Surnames of mentees and of the mentors proposed to them by the last run."""
    with scope({school.pk}):
        chosen = MatchRun.objects.first().result["chosen"]
        names = {
            model: dict(model.objects.values_list("pk", "person__surname"))
            for model in (MenteeProfile, MentorProfile)
        }
    return {
        names[MenteeProfile][pair["mentee"]]: names[MentorProfile][pair["mentor"]]
        for pair in chosen
    }


def _people(school) -> None:
    """25 pupils and 12 teachers with papers that hold today."""
    since = timezone.localdate() - timedelta(days=30)
    with scope({school.pk}):
        for number, surname in enumerate(MENTEES):
            profile = make_mentee(school, surname)
            give_consents(profile.person, since)
            topic = TOPICS[number % len(TOPICS)]
            MenteeRequest(organisation=school, mentee=profile, code="progress", topic=topic).save()
        for number, surname in enumerate(MENTORS):
            profile = make_mentor(school, surname, capacity=3)
            give_consents(profile.person, since)
            topic = TOPICS[number % len(TOPICS)]
            MentorCompetence(organisation=school, mentor=profile, text="помощь", topic=topic).save()


def _curator(school):
    user = make_user("curator", gender="female")
    grant(user, Role.CURATOR, school)
    return user
