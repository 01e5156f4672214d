"""The page behind a personal link and the curator's pages."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.surveys.models import Campaign, Invitation, Wish
from nastavnik.surveys.services import close_campaign, invite_more, open_preferences
from nastavnik.tenancy.scope import scope
from tests.counting import exactly
from tests.neighbours import grant, make_neighbours, make_user
from tests.people_making import DAY, give_consents, make_mentee
from tests.surveys.making import CURATOR, ask, choose, link, people, place


@pytest.fixture
def asked(db):
    """A campaign of a school; no scope is open, as in a request of a stranger."""
    school = make_neighbours().own
    with scope({school.pk}):
        campaign = ask(school)
        return school, campaign, link(place(campaign, "Азимова")), link(place(campaign, "Ершова"))


def url(name, school, **more):
    return reverse(f"surveys:{name}", kwargs={"org": school.slug, **more})


def test_child_sees_first_names_and_pictures_only(client, asked):
    page = client.get(asked[2]).content.decode()
    assert "Привет, Анна!" in page
    assert re.findall(r"<b>([^<]+)</b>", page) == ["Нина Петровна", "Ольга Петровна", "Никого"]
    assert "<small>на это место</small>" in page
    assert page.count("<small>") == 1
    assert page.count("pickme__face") == 2
    assert not re.search("Ершова|Жукова|Азимова|Бокова|математик|<img", page)


def test_adult_is_spoken_to_politely_and_sees_the_class(client, asked):
    page = client.get(asked[3]).content.decode()
    assert "Здравствуйте, Нина Петровна!" in page
    assert re.findall(r"<b>([^<]+)</b><small>([^<]+)</small>", page)[:2] == [
        ("Анна", "7А"),
        ("Вера", "7А"),
    ]
    assert not re.search("Азимова|Бокова|Вилкова", page)


def test_namesakes_are_told_apart_by_number(client, school):
    campaign = ask(school)
    twin = make_mentee(school, "Яшина", given="Анна")
    give_consents(twin.person)
    campaign.held_back = [["mentee", twin.person_id]]
    campaign.save()
    invite_more(actor=CURATOR, campaign=campaign)
    page = client.get(link(place(campaign, "Ершова"))).content.decode()
    assert re.findall(r"<b>(Анна[^<]*)</b>", page) == ["Анна, № 3", "Анна, № 6"]


def test_looking_changes_nothing_and_answering_twice_keeps_one_answer(client, asked):
    school, _, child, _ = asked
    client.get(child)
    with scope({school.pk}):
        assert not Wish.objects.exists()
    for _ in range(2):
        answer = client.post(child, {"first": "2", "second": "1", "why": "добрая"})
        assert (answer.status_code, answer.url) == (302, child)
    page = client.get(child).content.decode()
    assert "Ответ записан" in page
    assert re.findall(r"\d\. <strong>([^<]+)</strong>", page) == ["Ольга Петровна", "Нина Петровна"]
    with scope({school.pk}):
        assert Wish.objects.count() == 2
        assert AuditEvent.objects.filter(action="surveys.answer").count() == 1


def test_answer_may_be_changed_until_closing(client, asked):
    school, campaign, child, _ = asked
    client.post(child, {"first": "2", "not_with": ["1"]})
    page = client.get(f"{child}?edit=1").content.decode()
    assert 'name="first" value="2" checked' in page
    assert 'name="not_with" value="1" checked' in page
    client.post(child, {"first": ""})
    with scope({school.pk}):
        assert not Wish.objects.exists()
        assert Invitation.objects.filter(answered_at__isnull=False).count() == 1
        close_campaign(actor=CURATOR, campaign=campaign)
    page = client.get(child).content.decode()
    assert "Опрос закрыт 10.11. Попроси куратора открыть ещё раз." in page
    assert client.post(child, {"first": "1"}).status_code == 409


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({}, "Выбери хотя бы одного человека. Если пока никого, нажми «Никого»."),
        ({"first": "1", "second": "1"}, "Этот наставник у тебя уже на первом месте."),
        ({"first": "3"}, "Этого человека нет в списке."),
        ({"first": "1", "not_with": ["4"]}, "Этого человека нет в списке."),
        ({"first": "1", "why": "а" * 201}, "Слишком длинно: хватит одной строки, до 200 букв."),
    ],
)
def test_mistake_is_told_beside_its_place_and_what_was_typed_stays(client, asked, typed, words):
    answer = client.post(asked[2], typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    if "first" in typed and typed["first"] != "3":
        assert 'name="first" value="1" checked' in page


@pytest.mark.parametrize("token", ["no-such", "0" * 32])
def test_unknown_link_is_not_found(client, asked, token):
    assert client.get(f"/s/{token}/").status_code == 404


def test_curator_sees_who_is_silent_and_opens_for_one(as_curator, school):
    campaign = ask(school, closes_on=DAY)
    choose(campaign, "Ершова", "Азимова")
    page = as_curator.get(url("campaign", school, pk=campaign.pk)).content.decode()
    assert "Ответили 1 из 5" in page
    assert "Бокова" in page
    assert "Ершова" not in page
    as_curator.post(url("close", school, pk=campaign.pk))
    row = place(campaign, "Бокова")
    data = {"who": row.pk, "until": "12.11.2026", "reason": "болела"}
    as_curator.post(url("reopen", school, pk=campaign.pk), data)
    row.refresh_from_db()
    assert row.late_until == DAY + timedelta(days=2)


def test_curator_asks_without_a_meeting(as_curator, school):
    mentees, mentors = people(school)
    page = as_curator.get(url("new", school)).content.decode()
    assert page.count('type="checkbox"') == 5
    data = {
        "closes_on": "12.11.2026",
        "mentors": [row.pk for row in mentors],
        "mentees": [mentees[0].pk, mentees[1].pk],
    }
    answer = as_curator.post(url("new", school), data)
    campaign = Campaign.objects.get()
    assert answer.url == url("campaign", school, pk=campaign.pk)
    assert campaign.invitations.count() == 4


def test_latest_survey_stands_first(as_curator, school):
    mentees, mentors = people(school)
    for day in (2, 9, 5):
        open_preferences(
            actor=CURATOR,
            organisation=school,
            mentees=mentees,
            mentors=mentors,
            on=DAY.replace(day=day),
            closes_on=DAY,
        )
    page = as_curator.get(url("list", school)).content.decode()
    assert re.findall(r"<b>Опрос предпочтений, (\d+)", page) == ["9", "5", "2"]


def test_links_are_printed_for_the_silent(as_curator, school):
    campaign = ask(school)
    choose(campaign, "Ершова", "Азимова")
    page = as_curator.get(url("links", school, pk=campaign.pk)).content.decode()
    assert page.count('class="qr"') == 4
    assert link(place(campaign, "Бокова")) in page
    assert link(place(campaign, "Ершова")) not in page


@pytest.mark.parametrize("more", [0, 4])
def test_card_of_a_survey_asks_as_many_questions_for_few_as_for_many(as_curator, school, more):
    mentees, mentors = people(school)
    for number_of in range(more):
        mentees.append(make_mentee(school, f"Новая{number_of}"))
        give_consents(mentees[-1].person)
    campaign = open_preferences(
        actor=CURATOR, organisation=school, mentees=mentees, mentors=mentors
    )
    with exactly(7):
        as_curator.get(url("campaign", school, pk=campaign.pk))


OTHERS = [Role.HEAD, Role.RESPONSIBLE, Role.COUNCIL, Role.SYSADMIN, Role.MENTOR, Role.MENTEE]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_but_the_curator_opens_the_results(client, school, role):
    campaign = ask(school)
    user = make_user("other")
    grant(user, role, school)
    client.force_login(user)
    assert client.get(url("results", school, pk=campaign.pk)).status_code == 403
