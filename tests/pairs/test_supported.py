"""The specialist's own page of those who wait for a mentor."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.matching.models import MatchRun
from nastavnik.pairs.queries.supported import FOUND, NOBODY, NOT_YET, SHORT, supported_by
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.people.models import MenteeProfile, SupportTalk
from nastavnik.people.queries.support import open_supports, own_supports, specialists
from nastavnik.people.services.support import assign_support, end_support, note_talk, take_talk_back
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.counting import exactly
from tests.neighbours import grant, make_user
from tests.pairs.making import CURATOR, propose
from tests.people_making import DAY, make_mentee, make_mentor, make_teacher

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
EARLIER = DAY - timedelta(days=20)


def url(school, name: str = "supported", **more) -> str:
    return reverse(f"pairs:{name}", kwargs={"org": school.slug, **more})


def account(school, surname: str = "Тихонова", role: Role = Role.THIRD_PARTY, **fields):
    user = make_user(f"{surname}-{role.value}", surname=surname, **fields)
    grant(user, role, school)
    return user


def as_actor(user, role: Role = Role.THIRD_PARTY):
    return Actor(user_id=user.pk, label=user.full_name, roles=frozenset({role}))


def give(school, surname: str, *mentees, on=EARLIER) -> None:
    chosen = next(one for one in specialists(school, on=DAY) if surname in one.title)
    assign_support(actor=CURATOR, mentees=mentees, specialist=chosen, on=on)


@pytest.fixture
def psychologist(school):
    return account(school)


@pytest.fixture
def waiting(school, psychologist):
    """Two mentees with the psychologist, one with somebody else, one with nobody."""
    mine = [make_mentee(school, name) for name in ("Первая", "Вторая")]
    MenteeProfile.objects.filter(pk=mine[1].pk).update(entered_on=DAY - timedelta(days=40))
    account(school, "Миронова")
    give(school, "Тихонова", *mine)
    give(school, "Миронова", make_mentee(school, "Чужая"))
    make_mentee(school, "Ничья")
    return mine


def test_specialist_reads_the_own_mentees_only(client, school, psychologist, waiting):
    client.force_login(psychologist)
    page = client.get(url(school)).content.decode()
    assert [name for name in ("Первая", "Вторая", "Чужая", "Ничья") if name in page] == [
        "Первая", "Вторая",
    ]  # fmt: skip
    assert page.index("Вторая") < page.index("Первая")
    assert "40\xa0дней" in page


def test_those_who_found_a_mentor_or_were_handed_over_leave_the_page(school, psychologist, waiting):
    actor = as_actor(psychologist)
    propose(school, mentees=[waiting[0]])
    assert [row.mentee for row in supported_by(actor, school, DAY)] == [waiting[1]]
    end_support(actor=CURATOR, mentee=waiting[1], on=DAY, reason="передано")
    assert supported_by(actor, school, DAY) == []


def test_reasons_are_gentle(school, psychologist, waiting):
    def told() -> list[str]:
        return [row.reason for row in supported_by(as_actor(psychologist), school, DAY)]

    second, first = waiting[1].pk, waiting[0].pk
    assert told() == [NOT_YET, NOT_YET]
    make_mentor(school)
    propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    run = MatchRun.objects.get()
    left = {"reason": "not_with", "rules": [["not_with", 1]]}
    run.result["chosen"] = []
    run.result["unmatched"] = [
        left | {"mentee": second, "certificate": None},
        left | {"mentee": first, "certificate": 0},
    ]
    run.save()
    assert told() == [NOBODY, SHORT]
    run.result["chosen"] = [{"mentee": first, "mentor": 1, "fit": 50, "parts": []}]
    run.save()
    assert told() == [NOBODY, FOUND]


@pytest.mark.parametrize(
    ("people", "accounts", "seen"), [(1, 1, True), (2, 1, False), (1, 2, False)]
)
def test_staff_record_counts_while_one_person_and_one_account_bear_the_name(
    school, people, accounts, seen
):
    records = [make_teacher(school, "Орлова") for _ in range(people)]
    mentee = make_mentee(school)
    chosen = next(one for one in specialists(school, on=DAY) if one.person == records[0])
    assign_support(actor=CURATOR, mentees=[mentee], specialist=chosen, on=EARLIER)
    names = {"given": "Мария", "patronymic": "Петровна"}
    user = account(school, "Орлова", Role.COUNCIL, **names)
    if accounts > 1:
        account(school, "Орлова", Role.RESPONSIBLE, **names)
    found = own_supports(as_actor(user, Role.COUNCIL), school, on=DAY)
    assert found.exists() is seen


def test_linked_record_counts_whatever_the_name_and_for_its_account_only(school):
    record = make_teacher(school, "Орлова")
    give(school, "Орлова", make_mentee(school))
    names = {"given": "Мария", "patronymic": "Петровна"}
    own, namesake = account(school, "Соколова"), account(school, "Орлова", **names)
    record.user = own
    record.save()
    seen = [own_supports(as_actor(user), school, on=DAY).count() for user in (own, namesake)]
    assert seen == [1, 0]


def test_talk_is_noted_once_a_day_and_the_curator_sees_it(client, school, psychologist, waiting):
    client.force_login(psychologist)
    where = url(school, "supported-talk", mentee_id=waiting[0].pk)
    for _ in range(2):
        assert client.post(where, {"held_on": "09.11.2026"}).status_code == 302
    assert [str(row.held_on) for row in SupportTalk.objects.all()] == ["2026-11-09"]
    (event,) = AuditEvent.objects.filter(action="people.support_talk")
    assert event.actor_label == psychologist.full_name
    support = open_supports([waiting[0].pk])[waiting[0].pk]
    assert (support.talk_count, str(support.last_talk)) == (1, "2026-11-09")
    states = [row.needs_talk for row in supported_by(as_actor(psychologist), school, DAY)]
    assert states == [True, False]


def test_the_keyboard_goes_on_from_the_next_line(client, school, psychologist, waiting):
    client.force_login(psychologist)
    first, second = waiting[1].pk, waiting[0].pk

    def after(mentee_id: int) -> str:
        where = url(school, "supported-talk", mentee_id=mentee_id)
        return client.post(where, {"held_on": "10.11.2026"}).url.partition("#")[2]

    assert [after(first), after(second)] == [f"m{second}", f"m{first}"]


def test_a_talk_noted_by_mistake_is_taken_back(client, school, psychologist, waiting):
    client.force_login(psychologist)
    note, back = (
        url(school, name, mentee_id=waiting[0].pk)
        for name in ("supported-talk", "supported-take-back")
    )
    for day in ("08.11.2026", "09.11.2026"):
        client.post(note, {"held_on": day})

    answers = [client.post(back, {"held_on": day}) for day in ("09.11.2026", "09.11.2026", "чушь")]

    assert [answer.url.partition("#")[2] for answer in answers] == [f"m{waiting[0].pk}"] * 3
    assert [str(row.held_on) for row in SupportTalk.objects.all()] == ["2026-11-08"]
    (event,) = AuditEvent.objects.filter(action="people.support_talk_taken_back")
    assert event.actor_label == psychologist.full_name


def test_who_needs_a_talk_stands_first(school, psychologist, waiting):
    actor = as_actor(psychologist)
    support = own_supports(actor, school, on=DAY).get(mentee=waiting[1])
    note_talk(actor=actor, organisation=school, support=support, held_on=DAY, on=DAY)

    rows = supported_by(actor, school, DAY)

    assert [(row.mentee, row.talked_today) for row in rows] == [
        (waiting[0], False), (waiting[1], True),
    ]  # fmt: skip


@pytest.mark.parametrize("day", ["11.11.2026", "01.10.2026", "", "вчера"])
def test_wrong_day_of_a_talk_is_refused(client, school, psychologist, waiting, day):
    client.force_login(psychologist)
    where = url(school, "supported-talk", mentee_id=waiting[0].pk)
    assert client.post(where, {"held_on": day}).status_code == 422
    assert SupportTalk.objects.count() == 0


def test_nobody_notes_a_talk_for_another(client, school, psychologist, waiting):
    other = MenteeProfile.objects.get(person__surname="Чужая")
    client.force_login(psychologist)
    for name in ("supported-talk", "supported-take-back"):
        where = url(school, name, mentee_id=other.pk)
        assert client.post(where, {"held_on": "09.11.2026"}).status_code == 404
    support = open_supports([other.pk])[other.pk]
    values = {"organisation": school, "support": support, "held_on": DAY, "on": DAY}
    with pytest.raises(DomainError) as refused:
        note_talk(actor=as_actor(psychologist), **values)
    with pytest.raises(DomainError) as kept:
        take_talk_back(actor=as_actor(psychologist), **values)
    for work in (note_talk, take_talk_back):
        with pytest.raises(PermissionRefused):
            work(actor=CURATOR, **values)
    assert kept.value.code == "stranger"
    assert refused.value.code == "stranger"


def test_today_and_the_menu_lead_to_the_page_those_who_have_somebody(client, school, waiting):
    def today(user) -> tuple[bool, bool]:
        client.force_login(user)
        page = client.get(reverse("desk:today", kwargs={"org": school.slug})).content.decode()
        return "Поддержите 1\xa0человека" in page, url(school) in page

    user = account(school, "Советова", Role.COUNCIL, given="Мария", patronymic="Петровна")
    assert today(user) == (False, False)
    make_teacher(school, "Советова")
    give(school, "Советова", make_mentee(school, "Новая"))
    assert today(user) == (True, True)


def test_empty_page_of_a_psychologist(client, school, psychologist):
    client.force_login(psychologist)
    assert "Сейчас вы никого не сопровождаете" in client.get(url(school)).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_page_asks_the_same_for_one_and_for_three(client, school, psychologist, n):
    give(school, "Тихонова", *(make_mentee(school, f"Ждущая{i}") for i in range(n)))
    client.force_login(psychologist)
    client.get(url(school))
    with exactly(9):
        client.get(url(school))
