"""A mentor's own link to a neighbour's request: what he reads and what his answer does."""

from datetime import timedelta

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.pairs.models import PairAnswer, PairState
from nastavnik.pairs.services import borrowing, lending
from nastavnik.pairs.services.lent_answers import MENTOR_CANNOT, give_link
from nastavnik.people.models import ConsentKind, LoanCall, LoanRequest, MentorState
from nastavnik.people.services.consents import withdraw_consent
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.scope import scope
from tests.neighbours import grant, make_user
from tests.pairs.making import CURATOR, propose
from tests.pairs.neighbouring import THERE, agree, agreed, ask, decline, open_mentor, url
from tests.people_making import DAY, give_consent, make_mentee

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NAMES = ("Ищущ", "Мария", "7А", "Школа own")


@pytest.fixture
def asked(school, sibling, mentee) -> str:
    """The address of the asked mentor's own page."""
    open_mentor(sibling, given="Анна")
    ask(school, mentee)
    return link_of(sibling)


def link_of(sibling) -> str:
    with scope({sibling.pk}):
        call = give_link(actor=THERE, call=LoanCall.objects.get())
    return reverse("pairs:yes", kwargs={"token": call.link_token})


def read(client, address: str) -> str:
    return client.get(address).content.decode()


def call_of(sibling) -> LoanCall:
    with scope({sibling.pk}):
        return LoanCall.objects.get()


def test_asked_mentor_reads_no_name_of_the_other_side(client, asked):
    page = read(client, asked)
    assert "обучающийся 10–13 лет; запрос: математика" in page
    assert [name for name in NAMES if name in page] == []


def test_looking_changes_nothing_and_nonsense_is_no_answer(client, sibling, asked):
    client.get(asked)
    assert client.post(asked, {"answer": "maybe"}).status_code == 422
    assert call_of(sibling).mentor_said_on is None


def test_own_yes_spares_the_curator_the_question_and_decides_nothing(client, sibling, asked):
    for _ in range(2):
        assert client.post(asked, {"answer": "yes"}).status_code == 302
    call = call_of(sibling)
    assert (call.state, call.mentor_said_way, call.mentor_said_on) == ("asked", "link", DAY)
    with scope({sibling.pk}):
        (event,) = AuditEvent.objects.filter(action="loans.said_yes")
        assert event.actor_label == "Соседова Анна Петровна"
        lending.agree_to_lend(actor=THERE, call=call, on=DAY)
    assert LoanRequest.objects.get().state == "agreed"


def test_own_no_declines_without_a_reason_on_both_sides(client, sibling, asked):
    client.post(asked, {"answer": "yes"})
    for _ in range(2):
        assert client.post(asked, {"answer": "no"}).status_code == 302
    row, call = LoanRequest.objects.get(), call_of(sibling)
    assert (call.state, call.mentor_said_on) == ("declined", None)
    assert (row.state, row.answer) == ("declined", MENTOR_CANNOT)
    assert client.post(asked, {"answer": "yes"}).status_code == 409
    assert "Ответ больше не нужен" in read(client, asked)


def test_yes_of_a_mentor_who_cannot_is_refused(client, sibling, asked):
    with scope({sibling.pk}):
        LoanCall.objects.get().mentor.__class__.objects.update(state=MentorState.SUSPENDED)
    assert client.post(asked, {"answer": "yes"}).status_code == 409
    assert call_of(sibling).mentor_said_on is None


def test_curator_cannot_agree_before_the_mentor_was_asked(sibling, asked):
    with scope({sibling.pk}), pytest.raises(DomainError) as refused:
        lending.agree_to_lend(actor=THERE, call=LoanCall.objects.get(), on=DAY)
    assert refused.value.code == "not_said"


def test_answered_request_gets_no_link(school, sibling, mentee):
    open_mentor(sibling)
    ask(school, mentee)
    decline(sibling, "занят")
    with pytest.raises(DomainError) as refused:
        link_of(sibling)
    assert refused.value.code == "answered"


def test_child_is_named_only_while_the_consent_is_in_force(client, school, sibling, mentee, asked):
    consent = give_consent(mentee.person, ConsentKind.TRANSFER_PARTNER)
    agree(sibling)
    told = [read(client, asked)]
    withdraw_consent(actor=CURATOR, consent=consent, on=DAY, reason="передумали")
    told.append(read(client, asked))
    give_consent(mentee.person, ConsentKind.TRANSFER_PARTNER, valid_to=DAY - timedelta(days=1))
    LoanRequest.objects.update(introduced_on=DAY)  # as a consent that ran out leaves it
    told.append(read(client, asked))
    assert [("<strong>Мария</strong>" in page, "Школа own" in page) for page in told] == [
        (True, True), (False, True), (False, True),
    ]  # fmt: skip
    assert all("Ищущ" not in page for page in told)


def test_same_link_leads_on_to_the_pair_and_both_pages_hide_the_name(
    client, school, sibling, mentee, asked
):
    agree(sibling)
    row = LoanRequest.objects.get()
    mentor = borrowing.enter_mentor(actor=CURATOR, request=row, on=DAY)
    assert "Ответить о паре" not in read(client, asked)
    pair = propose(school, mentor=mentor, mentees=[mentee])
    reply = PairAnswer.objects.get(person=mentor.person)
    where = reverse("pairs:yes", kwargs={"token": reply.token})
    assert f'href="{where}"' in read(client, asked)
    hidden = read(client, where)
    give_consent(mentee.person, ConsentKind.TRANSFER_PARTNER)
    borrowing.introduce_mentee(actor=CURATOR, request=row, on=DAY)
    assert ("Мария</strong>" in hidden, "обучающийся 10–13 лет" in hidden) == (False, True)
    assert "Мария</strong>, 7А" in read(client, where)
    client.post(where, {"answer": "yes"})
    reply.refresh_from_db()
    pair.refresh_from_db()
    assert (reply.is_yes, reply.way, pair.state) == (True, "link", PairState.PROPOSED)


def test_one_link_does_not_show_the_pair_of_another_mentee(client, school, sibling, mentee, asked):
    second = make_mentee(school, "Вторая")
    agree(sibling)
    row = LoanRequest.objects.get()
    mentor = borrowing.enter_mentor(actor=CURATOR, request=row, on=DAY)
    pair = propose(school, mentor=mentor, mentees=[mentee])
    pair.members.update(mentee=second)
    assert "Ответить о паре" not in read(client, asked)


def test_curator_gives_the_link_on_a_slip(client, school, sibling, mentee):
    open_mentor(sibling)
    ask(school, mentee)
    there = make_user("there", surname="Дальнева")
    grant(there, Role.CURATOR, sibling)
    client.force_login(there)
    where = {"pk": call_of(sibling).pk}
    slip = url("loan-slip", sibling, **where)
    assert client.get(slip).status_code == 404
    assert client.post(url("loan-link", sibling, **where))["Location"] == slip
    token = call_of(sibling).link_token
    assert token in read(client, slip)
    client.post(reverse("pairs:yes", kwargs={"token": token}), {"answer": "yes"})
    card = url("loan-call", sibling, **where)
    assert "Наставник согласен." in read(client, card)
    assert client.post(url("loan-agree", sibling, **where)).status_code == 302
    assert call_of(sibling).state == "agreed"


def test_link_of_one_side_is_unknown_to_the_other(school, sibling, mentee):
    row = agreed(school, sibling, mentee)
    call = call_of(sibling)
    assert (call.link_token, row.token == call.token) == (None, True)
