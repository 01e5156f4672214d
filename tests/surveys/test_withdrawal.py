"""Whoever withdraws a consent drops out of the survey at once: from results, matching, lists."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.matching.wishes import holds_wishes
from nastavnik.pairs.queries.review import Review
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.people.models import ConsentKind, ConsentState
from nastavnik.people.services.consents import withdraw_consent
from nastavnik.surveys import queries
from nastavnik.surveys.models import Wish
from nastavnik.surveys.queries import Preferences, preferences
from nastavnik.surveys.queries.results import results
from nastavnik.surveys.services import close_campaign
from nastavnik.surveys.services.answers import circle_of
from nastavnik.surveys.services.grid import grid_invitations, typed_before
from nastavnik.surveys.services.papers import analysis_data
from tests.neighbours import actor_as
from tests.people_making import DAY, give_consent
from tests.surveys.making import CURATOR, ask, choose, place

TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def answered(school):
    """Two mutual choices; one mentee also asks not to work with the other mentor."""
    campaign = ask(school)
    choose(campaign, "Азимова", "Ершова", avoid=["Жукова"], why="спокойная")
    choose(campaign, "Бокова", "Жукова", "Ершова")
    choose(campaign, "Ершова", "Азимова", "Бокова")
    choose(campaign, "Жукова", "Бокова")
    return campaign


def withdraw(campaign, surname):
    consent = place(campaign, surname).person.consents.first()
    return withdraw_consent(actor=actor_as(Role.CURATOR), consent=consent, on=DAY)


def expire(campaign, surname):
    place(campaign, surname).person.consents.update(valid_to=DAY)


def keys(found: Preferences) -> int:
    return len(found.mentee_ranks) + len(found.mentor_ranks) + len(found.not_with)


def named(told) -> set[str]:
    """Everybody whom the results mention."""
    lines = {p.surname for row in (*told.mutual, *told.one_sided) for p in (row.mentee, row.mentor)}
    lists = (*told.chose_nobody, *told.not_chosen_yet, *told.reasons)
    pairs = {row.person.surname for pair in told.avoided for row in pair}
    return lines | pairs | {row.person.surname for row in lists}


@pytest.mark.parametrize(("surname", "left"), [("Азимова", 4), ("Ершова", 3)])
def test_withdrawn_consent_takes_wishes_out_of_matching_at_once(answered, surname, left):
    assert keys(preferences(on=DAY)) == 7
    withdraw(answered, surname)
    assert keys(preferences(on=DAY)) == left


def test_expired_consent_does_the_same_without_any_work_at_night(answered):
    expire(answered, "Ершова")
    assert (keys(preferences(on=DAY)), keys(preferences(on=TOMORROW))) == (7, 3)


def test_results_and_analysis_forget_the_person(answered):
    withdraw(answered, "Азимова")
    told = results(answered, DAY)
    assert "Азимова" not in named(told)
    assert (told.asked, told.answered) == (4, 3)
    closed = close_campaign(actor=CURATOR, campaign=answered)
    data = analysis_data(closed, told)
    assert "Азимова" not in str(data)
    assert (data["mentees_asked"], data["mentees_answered"]) == ("2", "1")


def test_archived_person_leaves_the_results(answered):
    person = place(answered, "Ершова").person
    person.archived_at = timezone.now()
    person.save()
    assert "Ершова" not in named(results(answered, DAY))
    assert keys(preferences(on=DAY)) == 3


def test_withdrawal_erases_the_own_answer_and_says_so(answered):
    outcome = withdraw(answered, "Азимова")
    row = place(answered, "Азимова")
    assert (row.answered_at, row.way, row.why, row.wishes.count()) == (None, "", "", 0)
    assert "Из опросов предпочтений удалено: 1\u00a0ответ." in outcome.sentences
    event = AuditEvent.objects.get(action="surveys.erase")
    assert (event.reason, event.details) == ("согласие отозвано", {})
    assert Wish.objects.filter(chooser__person__surname="Бокова").count() == 2


def test_expired_consent_keeps_the_answer_for_a_new_one(answered):
    person = place(answered, "Ершова").person
    expire(answered, "Ершова")
    assert keys(preferences(on=TOMORROW)) == 3
    person.consents.update(state=ConsentState.EXPIRED)
    give_consent(person, ConsentKind.PD_ADULT, valid_from=TOMORROW)
    assert keys(preferences(on=TOMORROW)) == 7


def test_curator_sees_who_dropped_out_and_asks_nobody_of_them(as_curator, school):
    campaign = ask(school)
    withdraw(campaign, "Бокова")
    where = {"org": school.slug, "pk": campaign.pk}
    page = as_curator.get(reverse("surveys:campaign", kwargs=where)).content.decode()
    held, silent = page.split('id="held"')[1].split('id="silent"')
    assert "Бокова" in held
    assert "нет согласия" in held
    assert "Пригласить, у кого" not in held
    assert "Бокова" not in silent
    assert "Ответили 0 из 4" in page
    slips = as_curator.get(reverse("surveys:links", kwargs=where)).content.decode()
    assert slips.count('class="qr"') == 4
    assert [row.person.surname for row in queries.taking_part(campaign, DAY)] == [
        "Ершова",
        "Жукова",
        "Азимова",
        "Вилкова",
    ]


def test_papers_that_name_the_person_can_still_be_typed_in(answered):
    answered.invitations.update(way="paper")
    withdraw(answered, "Ершова")
    circle = circle_of(answered, DAY)
    before = typed_before(grid_invitations(circle, DAY), circle)
    assert before[place(answered, "Бокова").pk]["first"] == "2"
    assert before[place(answered, "Бокова").pk]["second"] == ""


def test_proposals_made_before_the_withdrawal_tell_the_wish_no_more(answered, school):
    run = propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    anna = place(answered, "Азимова").person.mentee.pk
    before = wishes_told(run)
    assert anna in before
    withdraw(answered, "Азимова")
    after = wishes_told(run)
    assert after == before - {anna}
    assert after


def wishes_told(run) -> set[int]:
    """Mentees in whose proposals the review tells a wish."""
    entries = Review(run, tells_wishes=True).entries
    return {entry["mentee"] for entry in entries if holds_wishes(entry)}
