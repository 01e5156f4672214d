"""Who waits for a mentor: days, terms of the institution, support, the search that goes on."""

from datetime import UTC, datetime, time, timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from nastavnik.accounts.actor import system_actor
from nastavnik.audit.models import AuditEvent
from nastavnik.pairs.queries.waiting import (
    PROPOSED,
    Numbers,
    Rules,
    found_waiting,
    level,
    numbers,
    waiting_rules,
    words_of_searches,
)
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.pairs.services.waiting import save_waiting_rules, support_long_waiting
from nastavnik.people.models import MenteeRequest, MenteeState, Person
from nastavnik.shared.errors import DomainError
from tests.counting import exactly
from tests.pairs.making import CURATOR, propose
from tests.people_making import DAY, give_consents, make_mentee, make_mentor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NIGHT = system_actor("Ночная проверка")
QUERIES = 12


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


def rows(school, **filters):
    found = found_waiting(on=DAY, rules=waiting_rules(school), **filters)
    return [(m.person.surname, (DAY - m.since).days) for m in found.order_by("since")]


def test_the_longest_wait_comes_first_with_its_level(school):
    for surname, days in (("Первая", 3), ("Вторая", 14), ("Третья", 30)):
        waits(school, surname, days)
    found = rows(school)
    assert found == [("Третья", 30), ("Вторая", 14), ("Первая", 3)]
    assert [level(days, Rules()) for _, days in found] == ["bad", "wait", "info"]
    assert numbers(DAY, Rules()) == Numbers(total=3, long=2, longest=1)


def test_who_stands_in_a_pair_does_not_wait(school):
    mentee = waits(school, "Парная", 20)
    propose(school, mentees=[mentee])
    assert rows(school) == []


def test_filters_narrow_the_list(school):
    waits(school, "Давняя", 40)
    waits(school, "Физикова", 20, topic="physics")
    waits(school, "Свежая", 1)
    assert rows(school, wait="longest") == [("Давняя", 40)]
    assert rows(school, wait="long") == [("Давняя", 40), ("Физикова", 20)]
    assert rows(school, topic="physics") == [("Физикова", 20)]
    assert rows(school, name="свеж") == [("Свежая", 1)]


def test_last_run_says_why_there_is_no_pair(school):
    make_mentor(school, capacity=1)
    waits(school, "Удачная", 3)
    alone = waits(school, "Лишняя", 2)
    run = propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    later = waits(school, "Новая", 0)
    told = words_of_searches(run, None, tells_wishes=True)
    words = {pk: said.text for pk, said in told.items()}
    assert sorted(words.values()) == [
        "Математика: 2\xa0запроса, 1\xa0место у наставников.",
        PROPOSED,
    ]
    assert (alone.pk in words, later.pk in words) == (True, False)


def test_wait_begins_anew_after_a_pair_that_ended(school):
    mentee = waits(school, "Прежняя", 100)
    pair = propose(school, mentees=[mentee])
    pair.members.update(left_on=DAY - timedelta(days=5))
    assert rows(school) == [("Прежняя", 5)]


def test_night_marks_long_waits_once_and_the_search_goes_on(school):
    longest, fresh = waits(school, "Ждущая", 31), waits(school, "Новая", 5)
    marked = [support_long_waiting(actor=NIGHT, organisation=school, on=DAY) for _ in range(2)]
    assert marked == [1, 0]
    longest.refresh_from_db()
    fresh.refresh_from_db()
    assert (longest.state, fresh.state) == (MenteeState.UNPAIRED, MenteeState.IN_BASE)
    assert rows(school, supported=True) == [("Ждущая", 31)]


def test_terms_are_kept_with_an_event_and_used(school):
    save_waiting_rules(actor=CURATOR, organisation=school, rules=Rules(2, 4))
    school.refresh_from_db()
    assert waiting_rules(school) == Rules(2, 4)
    assert AuditEvent.objects.filter(action="organisation.settings").count() == 1


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
    Person.objects.filter(pk=mentee.person_id).update(
        created_at=datetime.combine(DAY - timedelta(days=2), time(12), tzinfo=UTC)
    )
    assert [days for _, days in rows(school)] == [2]


def test_today_counts_those_who_wait_for_long(as_curator, school):
    where = reverse("desk:today", kwargs={"org": school.slug})
    assert "Без пары дольше" not in words(as_curator.get(where))
    waits(school, "Давняя", 15)
    assert "Без пары дольше 14 дней: 1" in words(as_curator.get(where))


def test_export_and_print_hold_the_list_and_leave_a_trace(as_curator, school):
    waits(school, "Печатная", 15)
    sheet = as_curator.get(url("unpaired", school) + "?format=xlsx")
    book = load_workbook(BytesIO(b"".join(sheet.streaming_content)))
    table = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert table[0][:4] == ["Наставляемый", "Класс или должность", "Запрос", "Ждёт"]
    assert table[1][:4] == ["Печатная Мария Петровна", "7А", "Математика", 15]
    assert "Печатная" in words(as_curator.get(url("unpaired", school) + "?format=print"))
    assert AuditEvent.objects.filter(action="people.exported_unpaired").count() == 2
