"""Mentors of other institutions: searched for and asked without names, told once both agreed."""

from datetime import timedelta

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.matching.models import MatchRule, RuleKind
from nastavnik.pairs.models import Pair
from nastavnik.pairs.queries import neighbours as queries
from nastavnik.pairs.queries import used_places
from nastavnik.pairs.services import borrowing, lending
from nastavnik.pairs.services.composing import PairRefused, decline_pair
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.people.models import (
    ConsentKind,
    LoanCall,
    LoanRequest,
    LoanState,
    MenteeRequest,
    MentorState,
)
from nastavnik.people.services.consents import withdraw_consent
from nastavnik.people.services.states import refresh_states
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.shared.states import WrongState
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope
from tests.neighbours import actor_as, make_organisation
from tests.pairs.making import CURATOR, HEAD, propose
from tests.pairs.neighbouring import (
    THERE,
    agree,
    agreed,
    ask,
    decline,
    look,
    open_mentor,
)
from tests.people_making import (
    DAY,
    give_certificates,
    give_consent,
    give_consents,
    make_mentee,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_offer_names_neither_a_person_nor_an_institution(school, sibling, mentee):
    mentor = open_mentor(sibling, capacity=3)
    (offer,) = look(school, mentee)
    assert (offer.topics, offer.form, offer.institution, offer.places) == (
        ("Математика",), "", "", "несколько мест",
    )  # fmt: skip
    assert offer.key != str(mentor.pk)
    assert len(offer.key) == 32


def test_only_open_ready_free_adults_who_answer_the_request_are_offered(school, sibling, mentee):
    closed = open_mentor(sibling, "Закрытая")
    waiting = open_mentor(sibling, "Ожидающая")
    other = open_mentor(sibling, "Другая")
    open_mentor(sibling, "Юная", category="pupil", birth_date=DAY - timedelta(days=5000))
    with scope({sibling.pk}):
        closed.open_to_others = False
        closed.save()
        waiting.state = MentorState.PAPERS
        waiting.save()
        other.competences.update(topic="drawing")
        propose(sibling, mentor=open_mentor(sibling, "Занятая"))
    assert look(school, mentee) == []


def test_mentors_outside_the_municipality_and_of_examples_are_not_offered(
    school, sibling, mentee, neighbours
):
    open_mentor(neighbours.far)
    Organisation.objects.filter(pk=sibling.pk).update(is_practice=True)
    sibling.refresh_from_db()
    open_mentor(sibling)
    assert look(school, mentee) == []
    assert queries.neighbours_of(sibling) == []


def test_institution_of_a_region_meets_those_of_its_own_node_only(school, neighbours):
    college = make_organisation("college", neighbours.region)
    assert queries.neighbours_of(college) == []
    second = make_organisation("second-college", neighbours.region)
    assert queries.neighbours_of(college) == [second]


def test_form_and_kind_are_told_once_many_share_them(school, sibling, mentee):
    for number in range(queries.SMALL_GROUP):
        open_mentor(sibling, f"Соседова{number}")
    assert {(offer.form, offer.institution) for offer in look(school, mentee)} == {("", "")}
    third = make_organisation("third", sibling.territory)
    open_mentor(third, "Третья")
    told = {(offer.form, offer.institution) for offer in look(school, mentee)}
    assert told == {("Педагог – обучающийся", "школа")}


def test_request_crosses_without_names_and_is_noted_on_both_sides(school, sibling, mentee):
    open_mentor(sibling)
    row = ask(school, mentee)
    assert (row.state, row.asked_for.startswith("Математика; подходит")) == ("asked", True)
    with scope({sibling.pk}):
        call = LoanCall.objects.get()
        assert call.described == "обучающийся 10–13 лет; запрос: математика"
        event = AuditEvent.objects.get(action="loans.came")
        assert (event.actor_label, event.reason, event.details) == ("Другое учреждение", "", {})
    assert AuditEvent.objects.filter(action="loans.asked").count() == 1


def test_one_mentor_is_asked_once_and_few_at_a_time(school, sibling, mentee):
    for number in range(borrowing.MOST_ASKED + 1):
        open_mentor(sibling, f"Соседова{number}")
    keys = [offer.key for offer in look(school, mentee)]

    def send(key):
        return borrowing.ask_neighbour(
            actor=CURATOR, organisation=school, mentee=mentee, key=key, on=DAY
        )

    send(keys[0])
    with pytest.raises(DomainError) as again:
        send(keys[0])
    for key in keys[1:-1]:
        send(key)
    with pytest.raises(DomainError) as many:
        send(keys[-1])
    LoanRequest.objects.filter(offer=keys[1]).update(state=LoanState.WITHDRAWN)
    with pytest.raises(DomainError) as strange:
        send("0" * 32)
    assert [e.value.code for e in (again, many, strange)] == ["asked", "many_asked", "no_offer"]


def test_withdrawn_request_can_no_longer_be_answered(school, sibling, mentee):
    open_mentor(sibling)
    row = borrowing.withdraw_request(actor=CURATOR, request=ask(school, mentee), on=DAY)
    assert row.state == LoanState.WITHDRAWN
    with scope({sibling.pk}), pytest.raises(WrongState):
        lending.decline_call(actor=THERE, call=LoanCall.objects.get(), reason="поздно", on=DAY)


@pytest.mark.parametrize(
    "reason",
    [
        "Соседова занята",
        "спросите соседову позже",
        "звоните 8 900 123-45-67",
        "пишите на a@example.org",
        "у нас в школе № 12 некому",
        "Школа sibling не может",
        " ",
    ],
)
def test_word_of_refusal_names_nobody(school, sibling, mentee, reason):
    open_mentor(sibling)
    ask(school, mentee)
    with pytest.raises(DomainError) as refused:
        decline(sibling, reason)
    assert refused.value.field == "reason"


def test_refusal_comes_back_with_its_word(school, sibling, mentee):
    open_mentor(sibling)
    row = ask(school, mentee)
    decline(sibling, "наставник сейчас занят")
    row.refresh_from_db()
    assert (row.state, row.answer, row.revealed) == ("declined", "наставник сейчас занят", {})


def test_both_sides_learn_one_name_once_both_agreed(school, sibling, mentee):
    give_consent(mentee.person, ConsentKind.TRANSFER_PARTNER)
    row = agreed(school, sibling, mentee)
    told = row.revealed
    assert (told["surname"], told["lender"], row.introduced_on) == (
        "Соседова", "Школа sibling", DAY,
    )  # fmt: skip
    assert not {"phone", "email", "birth_date"} & told.keys()
    with scope({sibling.pk}):
        call = LoanCall.objects.get()
        assert call.revealed == {
            "borrower": "Школа own",
            "mentee": {"name": "Ищущая Мария Петровна", "about": "7А"},
        }
        assert (call.mentor_said_way, call.mentor_said_on) == ("spoken", DAY)


def test_name_of_the_mentee_waits_for_the_consent(school, sibling, mentee):
    row = agreed(school, sibling, mentee)
    with scope({sibling.pk}):
        assert LoanCall.objects.get().revealed == {"borrower": "Школа own"}
    with pytest.raises(DomainError) as refused:
        borrowing.introduce_mentee(actor=CURATOR, request=row, on=DAY)
    give_consent(mentee.person, ConsentKind.TRANSFER_PARTNER)
    borrowing.introduce_mentee(actor=CURATOR, request=row, on=DAY)
    with scope({sibling.pk}):
        told = LoanCall.objects.get().revealed["mentee"]["name"]
    assert (refused.value.code, told) == ("consent_missing", "Ищущая Мария Петровна")


def test_name_is_taken_back_with_the_consent_and_with_the_end(school, sibling, mentee):
    consent = give_consent(mentee.person, ConsentKind.TRANSFER_PARTNER)
    row = agreed(school, sibling, mentee)

    def told():
        with scope({sibling.pk}):
            return "mentee" in LoanCall.objects.get().revealed

    seen = [told()]
    withdraw_consent(actor=CURATOR, consent=consent, on=DAY, reason="передумали")
    seen.append(told())
    give_consent(mentee.person, ConsentKind.TRANSFER_PARTNER)
    borrowing.introduce_mentee(actor=CURATOR, request=row, on=DAY)
    seen.append(told())
    borrowing.end_loan(actor=CURATOR, request=row, on=DAY)
    assert [*seen, told()] == [True, False, True, False]


def test_lent_place_is_taken_until_the_loan_ends(school, sibling, mentee):
    row = agreed(school, sibling, mentee)
    assert look(school, mentee) == []
    with scope({sibling.pk}):
        mentor = LoanCall.objects.get().mentor
        assert used_places([mentor.pk]) == {mentor.pk: 1}
        with pytest.raises(PairRefused):
            propose(sibling, mentor=mentor)
    borrowing.end_loan(actor=CURATOR, request=row, on=DAY)
    with scope({sibling.pk}):
        assert (used_places([mentor.pk]), LoanCall.objects.get().state) == ({}, "ended")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": MentorState.SUSPENDED}, "not_able"),
        ({"capacity": 1}, "no_place"),
    ],
)
def test_nobody_agrees_for_a_mentor_who_cannot(school, sibling, mentee, change, code):
    mentor = open_mentor(sibling, capacity=2)
    ask(school, mentee)
    with scope({sibling.pk}):
        propose(sibling, mentor=mentor)
        type(mentor).objects.filter(pk=mentor.pk).update(**change)
    with pytest.raises(DomainError) as refused:
        agree(sibling)
    assert refused.value.code == code


def test_mentor_does_not_agree_in_the_future(school, sibling, mentee):
    open_mentor(sibling)
    ask(school, mentee)
    with pytest.raises(DomainError) as refused:
        agree(sibling, on=DAY - timedelta(days=1))
    assert refused.value.field == "said_on"


def test_entered_mentor_waits_for_papers_as_anybody_from_outside(school, sibling, mentee):
    row = agreed(school, sibling, mentee)
    mentor = borrowing.enter_mentor(actor=CURATOR, request=row, on=DAY)
    person = mentor.person
    assert (person.full_name, person.is_own, person.workplace) == (
        "Соседова Мария Петровна", False, "Школа sibling",
    )  # fmt: skip
    assert (mentor.state, mentor.capacity) == (MentorState.PAPERS, 1)
    give_consents(person)
    refresh_states(CURATOR, school, [person.pk], DAY)
    mentor.refresh_from_db()
    assert mentor.state == MentorState.PAPERS
    give_certificates(person)
    refresh_states(CURATOR, school, [person.pk], DAY)
    mentor.refresh_from_db()
    assert mentor.state == MentorState.READY


def test_entered_mentor_is_proposed_to_this_mentee_and_refused_to_others(school, sibling, mentee):
    other = make_mentee(school, "Другая")
    MenteeRequest(organisation=school, mentee=other, code="progress", topic="math").save()
    row = agreed(school, sibling, mentee)
    mentor = borrowing.enter_mentor(actor=CURATOR, request=row, on=DAY)
    assert MatchRule.objects.get().kind == RuleKind.LOCK
    run = propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    chosen = [(entry["mentee"], entry["mentor"]) for entry in run.result["chosen"]]
    assert chosen == [(mentee.pk, mentor.pk)]
    with pytest.raises(PairRefused) as refused:
        propose(school, mentor=mentor, mentees=[other])
    assert "не на Другая" in refused.value.message.replace("\xa0", " ")
    propose(school, mentor=mentor, mentees=[mentee])


def test_place_borrowed_for_one_who_found_another_is_not_given_away(school, sibling, mentee):
    row = agreed(school, sibling, mentee)
    mentor = borrowing.enter_mentor(actor=CURATOR, request=row, on=DAY)
    propose(school, mentees=[mentee])
    assert used_places([mentor.pk]) == {mentor.pk: 1}


def test_same_mentor_lent_for_two_is_one_person_with_two_places(school, sibling, mentee):
    second = make_mentee(school, "Вторая")
    MenteeRequest(organisation=school, mentee=second, code="progress", topic="math").save()
    first = agreed(school, sibling, mentee, capacity=3)
    mentor = borrowing.enter_mentor(actor=CURATOR, request=first, on=DAY)
    other = ask(school, second)
    agree(sibling)
    other.refresh_from_db()
    again = borrowing.enter_mentor(actor=CURATOR, request=other, on=DAY)
    assert (again.pk, again.capacity) == (mentor.pk, 2)
    with pytest.raises(DomainError):
        borrowing.enter_mentor(actor=CURATOR, request=other, on=DAY)


def test_loan_does_not_end_under_a_pair(school, sibling, mentee):
    row = agreed(school, sibling, mentee)
    mentor = borrowing.enter_mentor(actor=CURATOR, request=row, on=DAY)
    pair = propose(school, mentor=mentor, mentees=[mentee])
    with pytest.raises(DomainError) as refused:
        borrowing.end_loan(actor=CURATOR, request=row, on=DAY)
    decline_pair(actor=CURATOR, pair=pair, reason="иначе")
    borrowing.end_loan(actor=CURATOR, request=row, on=DAY)
    assert (refused.value.code, MatchRule.objects.exists()) == ("in_pair", False)
    assert Pair.objects.get().state == "declined"


def test_nothing_goes_on_before_both_agreed(school, sibling, mentee):
    open_mentor(sibling)
    row = ask(school, mentee)
    for step in (borrowing.introduce_mentee, borrowing.enter_mentor, borrowing.end_loan):
        with pytest.raises(DomainError) as refused:
            step(actor=CURATOR, request=row, on=DAY)
        assert refused.value.code == "not_agreed"


@pytest.mark.parametrize("actor", [HEAD, actor_as(Role.COORDINATOR)])
def test_only_the_curator_asks_and_answers(school, sibling, mentee, actor):
    open_mentor(sibling)
    key = look(school, mentee)[0].key
    with pytest.raises(PermissionRefused):
        borrowing.ask_neighbour(actor=actor, organisation=school, mentee=mentee, key=key, on=DAY)
    ask(school, mentee)
    with scope({sibling.pk}), pytest.raises(PermissionRefused):
        lending.decline_call(actor=actor, call=LoanCall.objects.get(), reason="нет", on=DAY)


def test_outsider_of_the_search_reads_nothing(school, mentee):
    with pytest.raises(PermissionRefused):
        queries.offers(actor_as(Role.COUNCIL), school, mentee, DAY)
