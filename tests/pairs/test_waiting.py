"""Who waits for a mentor: days, terms of the institution, support, the search that goes on."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nastavnik.accounts.actor import system_actor
from nastavnik.audit.models import AuditEvent
from nastavnik.pairs.queries.waiting import Rules, waiting, waiting_rules
from nastavnik.pairs.services.waiting import save_waiting_rules, support_long_waiting
from nastavnik.people.models import MenteeRequest, MenteeState
from nastavnik.shared.errors import DomainError
from tests.counting import exactly
from tests.pairs.making import CURATOR, propose
from tests.people_making import DAY, give_consents, make_mentee, make_mentor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NIGHT = system_actor("Ночная проверка")
QUERIES = 21


def waits(school, surname: str, days: int, *, topic: str = "math"):
    mentee = make_mentee(school, surname)
    mentee.entered_on = DAY - timedelta(days=days)
    mentee.save(update_fields={"entered_on"})
    MenteeRequest(organisation=school, mentee=mentee, code="study", topic=topic).save()
    give_consents(mentee.person)
    return mentee


def url(name: str, school) -> str:
    return reverse(f"pairs:{name}", kwargs={"org": school.slug})


def words(answer) -> str:
    return answer.content.decode().replace("\xa0", " ")


def test_days_levels_and_outlook_of_those_who_wait(school):
    make_mentor(school, capacity=1)
    waits(school, "Первая", 3)
    waits(school, "Вторая", 14, topic="physics")
    waits(school, "Третья", 30)
    rows = waiting(school, DAY)
    assert [(r.mentee.person.surname, r.days, r.level) for r in rows] == [
        ("Третья", 30, "bad"),
        ("Вторая", 14, "wait"),
        ("Первая", 3, "info"),
    ]
    assert rows[1].outlook == "Физика: 1\xa0запрос, мест у наставников нет."


def test_who_stands_in_a_pair_does_not_wait(school):
    mentee = waits(school, "Парная", 20)
    propose(school, mentees=[mentee])
    assert waiting(school, DAY) == []


def test_a_mentor_to_be_found_is_told(school):
    make_mentor(school)
    waits(school, "Счётная", 1)
    (row,) = waiting(school, DAY)
    assert row.outlook == "Наставник найдётся."


def test_wait_begins_anew_after_a_pair_that_ended(school):
    mentee = waits(school, "Прежняя", 100)
    pair = propose(school, mentees=[mentee])
    pair.members.update(left_on=DAY - timedelta(days=5))
    (row,) = waiting(school, DAY)
    assert row.days == 5


def test_night_marks_long_waits_once_and_the_search_goes_on(school):
    longest, fresh = waits(school, "Ждущая", 31), waits(school, "Новая", 5)
    marked = [support_long_waiting(actor=NIGHT, organisation=school, on=DAY) for _ in range(2)]
    assert marked == [1, 0]
    longest.refresh_from_db()
    fresh.refresh_from_db()
    assert (longest.state, fresh.state) == (MenteeState.UNPAIRED, MenteeState.IN_BASE)
    assert [row.is_supported for row in waiting(school, DAY)] == [True, False]


def test_terms_are_kept_with_an_event_and_used(school):
    save_waiting_rules(actor=CURATOR, organisation=school, rules=Rules(2, 4))
    school.refresh_from_db()
    assert waiting_rules(school) == Rules(2, 4)
    assert AuditEvent.objects.filter(action="organisation.settings").count() == 1
    waits(school, "Скорая", 4)
    assert waiting(school, DAY)[0].level == "bad"


@pytest.mark.parametrize("rules", [Rules(0, 5), Rules(9, 5), Rules(5, 400)])
def test_terms_in_the_wrong_order_are_refused(school, rules):
    with pytest.raises(DomainError) as refused:
        save_waiting_rules(actor=CURATOR, organisation=school, rules=rules)
    assert refused.value.field == "support_days"


def test_page_lists_and_changes_terms(as_curator, school):
    waits(school, "Видимая", 40)
    page = as_curator.get(url("unpaired", school))
    assert "Видимая" in words(page)
    assert "От 14 дней: 1, от 30 дней: 1." in words(page)
    answer = as_curator.post(
        url("unpaired-rules", school), {"waiting_days": 50, "support_days": 40}
    )
    assert answer.status_code == 422
    answer = as_curator.post(
        url("unpaired-rules", school), {"waiting_days": 50, "support_days": 60}
    )
    assert answer.status_code == 302
    assert "от 60 дней: 0." in words(as_curator.get(url("unpaired", school)))


def test_empty_school_waits_for_nobody(as_curator, school):
    assert "Наставника никто не ждёт." in words(as_curator.get(url("unpaired", school)))


@pytest.mark.parametrize("n", [1, 10])
def test_queries_do_not_grow_with_people(as_curator, school, n):
    for number in range(n):
        waits(school, f"Фамилия{number}", number)
    as_curator.get(url("unpaired", school))
    with exactly(QUERIES):
        as_curator.get(url("unpaired", school))


def test_day_of_entry_falls_back_to_the_day_of_the_card(school):
    mentee = make_mentee(school)
    on = mentee.person.created_at.date() + timedelta(days=2)
    assert [row.days for row in waiting(school, on)] == [2]
