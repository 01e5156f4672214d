"""The weekly search for those who wait: it finds, tells once, explains, and makes no pair."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nastavnik.accounts.actor import system_actor
from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.matching.models import Find, MatchRule, RuleKind, Search
from nastavnik.pairs.models import Pair
from nastavnik.pairs.queries.finds import for_how_many, found_count, open_finds
from nastavnik.pairs.queries.waiting import FOUND, words_of_searches
from nastavnik.pairs.services.night import every_organisation
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.pairs.services.searching import close_find, search_weekly
from nastavnik.people.models import MentorState
from nastavnik.shared.errors import PermissionRefused
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR, propose
from tests.pairs.test_waiting import url, waits, words
from tests.people_making import DAY, make_mentor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
NIGHT = system_actor("Ночная проверка")
WEEK = timedelta(days=7)


def search(school, on=DAY) -> int:
    return search_weekly(actor=NIGHT, organisation=school, on=on)


def told() -> list[tuple[str, str]]:
    return sorted((find.mentee.person.surname, find.mentor.person.surname) for find in open_finds())


def test_newly_free_mentor_is_found_for_whom_the_run_left(school):
    mentor = make_mentor(school, "Прежняя", capacity=1)
    waits(school, "Первая", 20)
    waits(school, "Вторая", 10)
    propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    assert (search(school), told()) == (0, [])
    make_mentor(school, "Новая", capacity=1)
    assert search(school, DAY + WEEK) == 1
    ((_, found),) = told()
    assert (found in {"Прежняя", "Новая"}, Pair.objects.exists()) == (True, False)
    assert mentor.pairs.count() == 0


def test_nobody_is_told_of_the_same_find_twice(school):
    make_mentor(school)
    waits(school, "Ждущая", 20)
    assert [search(school, DAY + WEEK * n) for n in range(3)] == [1, 0, 0]
    close_find(actor=CURATOR, find=Find.objects.get(), on=DAY)
    assert (search(school, DAY + WEEK * 4), told()) == (0, [])


def test_search_is_made_once_a_week(school):
    make_mentor(school)
    waits(school, "Ждущая", 20)
    search(school)
    waits(school, "Поздняя", 20)
    assert [search(school, DAY + timedelta(days=n)) for n in (1, 6, 7)] == [0, 0, 1]
    assert Search.objects.count() == 2


def test_before_the_first_proposal_only_long_waits_are_searched_for(school):
    make_mentor(school)
    waits(school, "Свежая", 13)
    assert search(school) == 0
    assert search(school, DAY + WEEK) == 1


def test_rules_hold_for_the_search(school):
    mentor, mentee = make_mentor(school), waits(school, "Запретная", 20)
    MatchRule(
        organisation=school, mentee=mentee, mentor=mentor, kind=RuleKind.FORBID, reason="родня"
    ).save()
    assert search(school) == 0
    said = words_of_searches(None, Search.objects.get(), tells_wishes=True)
    assert said[mentee.pk].text == ("Никто не подходит: вы просили не предлагать (1\xa0наставник).")


def test_who_waits_with_nobody_about_learns_why(school):
    mentee = waits(school, "Одинокая", 20)
    search(school)
    said = words_of_searches(None, Search.objects.get(), tells_wishes=True)
    assert said[mentee.pk].text == "В базе пока нет наставников."
    assert said[mentee.pk].source == "поиск 10.11.2026"


@pytest.mark.parametrize("change", ["pair", "suspended", "full"])
def test_find_that_no_longer_holds_is_closed(school, change):
    mentor, mentee = make_mentor(school, capacity=1), waits(school, "Ждущая", 20)
    search(school)
    assert found_count() == 1
    if change == "pair":
        propose(school, mentees=[mentee])
    elif change == "full":
        propose(school, mentor=mentor)
    else:
        mentor.state = MentorState.SUSPENDED
        mentor.save()
    assert told() == []
    search(school, DAY + timedelta(days=1))
    assert Find.objects.get().closed_on == DAY + timedelta(days=1)


def test_night_searches_and_notes_it(school):
    make_mentor(school)
    waits(school, "Ночная", 20)
    assert every_organisation(on=DAY)["found"] == 1
    event = AuditEvent.objects.get(action="matching.search")
    assert (event.actor_label, event.details) == ("Ночная проверка", {"asked": 1, "found": 1})


def test_today_tells_and_the_list_leads_to_a_pair(as_curator, school):
    mentor, mentee = make_mentor(school, "Нужная"), waits(school, "Ждущая", 20)
    waits(school, "Другая", 20)
    search(school)
    today = words(as_curator.get(reverse("desk:today", kwargs={"org": school.slug})))
    assert "Нашёлся наставник для двоих" in today
    page = as_curator.get(url("unpaired", school))
    assert FOUND in words(page)
    link = f"{url('new', school)}?mentor={mentor.pk}&mentees={mentee.pk}&form=teacher-pupil"
    assert link.replace("&", "&amp;") in page.content.decode()
    form = as_curator.get(link).context["form"]
    assert (form["mentor"].value(), form["form"].value()) == (mentor.pk, "teacher-pupil")
    find = Find.objects.get(mentee=mentee)
    close = reverse("pairs:find-close", kwargs={"org": school.slug, "pk": find.pk})
    assert as_curator.post(close).status_code == 302
    assert [name for name, _ in told()] == ["Другая"]


def test_reader_closes_nothing(school):
    make_mentor(school)
    waits(school, "Ждущая", 20)
    search(school)
    with pytest.raises(PermissionRefused):
        close_find(actor=actor_as(Role.HEAD), find=Find.objects.get(), on=DAY)


@pytest.mark.parametrize(
    ("number", "text"),
    [(1, "одного"), (2, "двоих"), (10, "десятерых"), (12, "12 человек"), (21, "21 человека")],
)
def test_number_of_people_in_words(number, text):
    assert for_how_many(number).replace("\xa0", " ") == f"для {text}"
