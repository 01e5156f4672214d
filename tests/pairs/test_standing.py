"""Pairs follow their papers: by news, by night, by answers."""

from datetime import date, timedelta

import pytest

from nastavnik.accounts.actor import system_actor
from nastavnik.pairs.models import Pair, PairAnswer, PairState
from nastavnik.pairs.services.answers import answers_in_sheet
from nastavnik.pairs.services.night import every_organisation
from nastavnik.pairs.services.standing import review_organisation
from nastavnik.people.models import Category, Consent, ConsentState, MenteeState
from nastavnik.people.news import papers_changed
from tests.pairs.making import CURATOR, order_on, propose, ready_pair, sign
from tests.people_making import DAY, give_certificates, make_mentor

pytestmark = pytest.mark.django_db
SYSTEM = system_actor()


def active(office, **fields) -> Pair:
    pair = ready_pair(office, **fields)
    sign(order_on(office, pair))
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE
    return pair


def set_consents(pair: Pair, state: ConsentState) -> int:
    person_id = pair.members.get().mentee.person_id
    Consent.objects.filter(person_id=person_id).update(state=state)
    return person_id


def test_withdrawn_consent_pauses_and_a_new_one_resumes(office) -> None:
    pair = active(office)
    for state, expected, mentee_state in (
        (ConsentState.WITHDRAWN, PairState.PAUSED, MenteeState.SUSPENDED),
        (ConsentState.IN_FORCE, PairState.ACTIVE, MenteeState.PAIRED),
    ):
        person_id = set_consents(pair, state)
        papers_changed(actor=CURATOR, organisation=office, person_ids=[person_id], on=DAY)
        pair.refresh_from_db()
        assert (pair.state, bool(pair.pause_reason)) == (expected, expected == PairState.PAUSED)
        assert pair.members.get().mentee.state == mentee_state


def test_expired_certificate_pauses_the_same_day(office) -> None:
    mentor = make_mentor(
        office, "Кравец", category=Category.EMPLOYEE, is_own=False, workplace="Завод"
    )
    give_certificates(mentor.person, valid_until=DAY)
    pair = active(office, mentor=mentor, form="employer-pupil", starts_on=DAY)
    assert review_organisation(actor=SYSTEM, on=DAY) == []
    review_organisation(actor=SYSTEM, on=DAY + timedelta(days=1))
    pair.refresh_from_db()
    assert pair.state == PairState.PAUSED
    assert "нет действующих справок" in pair.pause_reason


def test_night_work_ends_papers_pauses_pairs_and_repeats_quietly(office) -> None:
    pair = active(office)
    Consent.objects.filter(person_id=pair.mentor.person_id).update(valid_to=DAY)
    tomorrow = DAY + timedelta(days=1)
    first, second = every_organisation(on=tomorrow), every_organisation(on=tomorrow)
    assert (first["consents"], first["failed"], second["consents"], second["pairs"]) == (1, 0, 0, 0)
    pair.refresh_from_db()
    assert pair.state == PairState.PAUSED


def test_answer_missing_from_a_paused_pair_resumes_it(office) -> None:
    pair = active(office)
    PairAnswer.objects.filter(pair=pair).update(is_yes=None)
    review_organisation(actor=SYSTEM, on=DAY)
    pair.refresh_from_db()
    assert pair.state == PairState.PAUSED
    answers_in_sheet(actor=CURATOR, pairs=[pair], on=DAY)
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE


def test_pairs_before_the_order_do_not_move(office) -> None:
    pair = propose(office)
    assert review_organisation(actor=SYSTEM, on=date(2030, 1, 1)) == []
    pair.refresh_from_db()
    assert pair.state == PairState.PROPOSED
