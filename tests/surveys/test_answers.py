"""What an answer may be, and what it becomes for the matching."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from nastavnik.audit.models import AuditEvent
from nastavnik.people.models import ConsentState
from nastavnik.shared.errors import DomainError
from nastavnik.surveys.models import AnswerWay, Wish
from nastavnik.surveys.queries import Preferences, preferences
from nastavnik.surveys.queries.results import results
from nastavnik.surveys.services import Choices, answer, open_preferences
from tests.people_making import DAY
from tests.surveys.making import CURATOR, ask, choose, number, people, place


def test_answer_is_kept_in_ranks_and_a_new_one_takes_its_place(school):
    campaign = ask(school)
    choose(campaign, "Азимова", "Жукова", "Ершова", why="спокойная")
    choose(campaign, "Азимова", "Ершова", avoid=["Жукова"])
    rows = Wish.objects.values_list("about__person__surname", "rank", "is_not_with")
    assert sorted(rows) == [("Ершова", 1, False), ("Жукова", None, True)]
    assert place(campaign, "Азимова").why == ""


def test_the_same_answer_twice_leaves_one_trace(school):
    campaign = ask(school)
    for _ in range(2):
        choose(campaign, "Азимова", "Жукова", avoid=["Ершова"], why="так")
    assert Wish.objects.count() == 2
    assert AuditEvent.objects.filter(object_type="surveys.invitation").count() == 1


def test_an_empty_second_place_moves_the_third_up(school):
    campaign = ask(school)
    numbers = (number(campaign, "Азимова"), None, number(campaign, "Бокова"))
    answer(actor=CURATOR, invitation=place(campaign, "Ершова"), choices=Choices(ranked=numbers))
    assert sorted(Wish.objects.values_list("about__person__surname", "rank")) == [
        ("Азимова", 1),
        ("Бокова", 2),
    ]


@pytest.mark.parametrize(
    ("who", "typed", "words", "field"),
    [
        ("Азимова", ([1, 1], []), "Этот наставник у тебя уже на первом месте.", "second"),
        ("Ершова", ([3, 4, 3], []), "Вы уже выбрали этого наставляемого первым.", "third"),
        ("Азимова", ([3], []), "Этого человека нет в списке.", "first"),
        ("Азимова", ([99], []), "Этого человека нет в списке.", "first"),
        ("Азимова", ([1], [4]), "Этого человека нет в списке.", "not_with"),
        (
            "Азимова",
            ([1], [1]),
            "Один и тот же человек отмечен и среди выбранных, и среди «не стоит».",
            "not_with",
        ),
        ("Ершова", ([3, 4, 5, 3], []), "Можно выбрать не больше трёх человек.", None),
    ],
)
def test_what_cannot_be_kept_is_refused_politely(school, who, typed, words, field):
    campaign, (ranked, avoid) = ask(school), typed
    choices = Choices(ranked=tuple(ranked), not_with=frozenset(avoid))
    with pytest.raises(DomainError) as refusal:
        answer(actor=CURATOR, invitation=place(campaign, who), choices=choices)
    assert (refusal.value.message, refusal.value.field) == (words, field)
    assert not Wish.objects.exists()


def test_database_itself_refuses_a_fourth_place_and_a_double(school):
    campaign = ask(school)
    choose(campaign, "Азимова", "Ершова")
    chooser, other = place(campaign, "Азимова"), place(campaign, "Жукова")
    for fields in (
        {"about": other, "rank": 4},
        {"about": other, "rank": 1},
        {"about": place(campaign, "Ершова"), "rank": 2},
        {"about": other, "rank": 2, "is_not_with": True},
        {"about": other, "rank": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Wish(organisation=school, chooser=chooser, **fields).save()


def test_withdrawn_consent_hides_the_person_and_stops_the_own_answer(school):
    campaign = ask(school)
    consent = place(campaign, "Ершова").person.consents.get()
    consent.state = ConsentState.WITHDRAWN
    consent.save()
    with pytest.raises(DomainError) as refusal:
        choose(campaign, "Азимова", "Ершова")
    assert refusal.value.code == "stranger"
    with pytest.raises(DomainError) as refusal:
        choose(campaign, "Ершова", "Азимова")
    assert refusal.value.code == "no_consent"


def test_archived_person_is_no_longer_offered(school):
    campaign = ask(school)
    person = place(campaign, "Ершова").person
    person.archived_at = timezone.now()
    person.save()
    with pytest.raises(DomainError) as refusal:
        choose(campaign, "Азимова", "Ершова")
    assert refusal.value.code == "stranger"


def test_preferences_are_keyed_by_profiles_of_both_sides(school):
    mentees, mentors = people(school)
    campaign = open_preferences(
        actor=CURATOR, organisation=school, mentees=mentees, mentors=mentors
    )
    choose(campaign, "Азимова", "Жукова", "Ершова")
    choose(campaign, "Жукова", "Азимова", avoid=["Бокова"])
    choose(campaign, "Вилкова", avoid=["Ершова"])
    anna, vera, maya = (row.pk for row in mentees)
    nina, olga = (row.pk for row in mentors)
    assert preferences(on=DAY) == Preferences(
        mentee_ranks={(anna, olga): 1, (anna, nina): 2},
        mentor_ranks={(anna, olga): 1},
        not_with=frozenset({(vera, olga), (maya, nina)}),
    )


def test_the_latest_answer_of_the_year_counts_even_when_it_names_nobody(school):
    mentees, mentors = people(school)
    asked = {"organisation": school, "mentees": mentees, "mentors": mentors}
    first = open_preferences(actor=CURATOR, **asked)
    choose(first, "Азимова", "Жукова")
    choose(first, "Бокова", "Ершова")
    second = open_preferences(actor=CURATOR, **asked)
    choose(second, "Азимова")
    assert preferences(on=DAY).mentee_ranks == {(mentees[1].pk, mentors[0].pk): 1}
    assert preferences(on=DAY + timedelta(days=365)) == Preferences()


def test_results_put_mutual_choices_first(school):
    campaign = ask(school)
    choose(campaign, "Азимова", "Ершова", "Жукова")
    choose(campaign, "Бокова", "Жукова", way=AnswerWay.PAPER)
    choose(campaign, "Жукова", "Бокова", "Азимова", avoid=["Вилкова"], why="слышим друг друга")
    choose(campaign, "Вилкова")
    found = results(campaign, DAY)
    named = [(line.mentee.surname, line.mentor.surname) for line in found.mutual]
    assert named == [("Бокова", "Жукова"), ("Азимова", "Жукова")]
    assert [(r.mentee.surname, r.mentor.surname) for r in found.one_sided] == [
        ("Азимова", "Ершова")
    ]
    assert [row.person.surname for row in found.chose_nobody] == ["Вилкова"]
    assert [row.person.surname for row in found.not_chosen_yet] == ["Вилкова"]
    assert [(a.person.surname, b.person.surname) for a, b in found.avoided] == [
        ("Жукова", "Вилкова")
    ]
    assert (found.asked, found.answered, found.without_mutual) == (5, 4, 2)
