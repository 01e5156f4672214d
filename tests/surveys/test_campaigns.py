"""Opening, consents, closing and reopening."""

from datetime import timedelta

import pytest

from nastavnik.audit.models import AuditEvent
from nastavnik.people.models import ConsentKind
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.surveys import queries
from nastavnik.surveys.links import link_of, path_of
from nastavnik.surveys.models import AnswerWay, CampaignState, Side
from nastavnik.surveys.services import (
    close_campaign,
    invite_more,
    open_preferences,
    reopen_campaign,
)
from nastavnik.surveys.services.answers import others_of
from tests.neighbours import actor_as
from tests.people_making import DAY, give_consent, make_mentee
from tests.surveys.making import CURATOR, ask, choose, number, people, place, side_of

TOMORROW = DAY + timedelta(days=1)


def test_mentors_are_numbered_first_and_everybody_gets_an_own_link(school):
    campaign = ask(school)
    assert side_of(campaign, Side.MENTOR) == ["Ершова", "Жукова"]
    assert side_of(campaign, Side.MENTEE) == ["Азимова", "Бокова", "Вилкова"]
    rows = queries.invited(campaign)
    assert [row.number for row in rows] == [1, 2, 3, 4, 5]
    assert len({row.token_hash for row in rows}) == 5
    assert len({path_of(row) for row in rows}) == 5
    assert link_of(rows[0]).endswith(path_of(rows[0]))


def test_a_child_without_consent_is_held_back_and_named(school):
    mentees, mentors = people(school)
    late = make_mentee(school, "Гусева")
    campaign = open_preferences(
        actor=CURATOR, organisation=school, mentees=[*mentees, late], mentors=mentors
    )
    assert side_of(campaign, Side.MENTEE) == ["Азимова", "Бокова", "Вилкова"]
    held = queries.held_back(campaign, DAY)
    assert [(row.person.surname, row.side) for row in held] == [("Гусева", "наставляемый")]
    assert "нет согласия законного представителя" in held[0].words

    for kind in (ConsentKind.PARTICIPATION_CHILD, ConsentKind.PD_CHILD):
        give_consent(late.person, kind)
    assert invite_more(actor=CURATOR, campaign=campaign) == 1
    assert number(campaign, "Гусева") == 6
    assert queries.held_back(campaign, DAY) == []
    assert invite_more(actor=CURATOR, campaign=campaign) == 0


def test_survey_without_one_side_is_refused(school):
    mentees, mentors = people(school)
    with pytest.raises(DomainError) as refusal:
        open_preferences(actor=CURATOR, organisation=school, mentees=[], mentors=mentors)
    assert refusal.value.code == "no_mentees"
    with pytest.raises(DomainError) as refusal:
        open_preferences(actor=CURATOR, organisation=school, mentees=mentees, mentors=[])
    assert refusal.value.code == "no_mentors"


@pytest.mark.parametrize(("days", "code"), [(-1, "past"), (91, "too_long")])
def test_last_day_must_lie_ahead_and_near(school, days, code):
    with pytest.raises(DomainError) as refusal:
        ask(school, closes_on=DAY + timedelta(days=days))
    assert refusal.value.code == code


def test_only_the_curator_opens(school):
    mentees, mentors = people(school)
    with pytest.raises(PermissionRefused):
        open_preferences(
            actor=actor_as("head"), organisation=school, mentees=mentees, mentors=mentors
        )


def test_cards_stand_in_the_order_of_talking_and_nobody_sees_oneself(school):
    mentees, mentors = people(school)
    talks = [(mentees[0].pk, mentors[1].pk), (mentees[2].pk, mentors[0].pk)]
    campaign = open_preferences(
        actor=CURATOR,
        organisation=school,
        mentees=mentees,
        mentors=mentors,
        order_of_talking=talks,
    )
    assert list(others_of(place(campaign, "Азимова"), DAY)) == [2, 1]
    assert list(others_of(place(campaign, "Ершова"), DAY)) == [5, 3, 4]


def test_answers_end_with_the_last_day_and_begin_again_for_one_who_was_late(school):
    campaign = ask(school, closes_on=DAY)
    with pytest.raises(DomainError) as refusal:
        choose(campaign, "Азимова", "Ершова", on=TOMORROW)
    assert refusal.value.message == "Опрос закрыт 10.11. Попроси куратора открыть ещё раз."
    with pytest.raises(DomainError) as refusal:
        choose(campaign, "Ершова", "Азимова", on=TOMORROW)
    assert refusal.value.message == "Опрос закрыт 10.11. Попросите куратора открыть ещё раз."

    close_campaign(actor=CURATOR, campaign=campaign, on=DAY)
    reopen_campaign(
        actor=CURATOR,
        campaign=campaign,
        invitation=place(campaign, "Азимова"),
        until=TOMORROW,
        reason="болела",
        on=DAY,
    )
    choose(campaign, "Азимова", "Ершова", on=TOMORROW, way=AnswerWay.PAPER)
    with pytest.raises(DomainError):
        choose(campaign, "Бокова", "Ершова", on=DAY)


def test_closing_twice_is_harmless_and_reopening_needs_a_reason(school):
    campaign = ask(school)
    assert close_campaign(actor=CURATOR, campaign=campaign).state == CampaignState.CLOSED
    assert close_campaign(actor=CURATOR, campaign=campaign).closed_on == DAY
    with pytest.raises(DomainError) as refusal:
        reopen_campaign(actor=CURATOR, campaign=campaign, until=TOMORROW, reason=" ")
    assert refusal.value.field == "reason"
    again = reopen_campaign(actor=CURATOR, campaign=campaign, until=TOMORROW, reason="снег")
    assert (again.state, again.closes_on, again.closed_on) == ("open", TOMORROW, None)
    actions = AuditEvent.objects.filter(action__startswith="surveys.").order_by("id")
    assert list(actions.values_list("action", "reason")) == [
        ("surveys.open", ""),
        ("surveys.close", ""),
        ("surveys.reopen", "снег"),
    ]
