"""Invariants 1–10 of the specification, each tried through the services."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from nastavnik.documents.builders import prepare_cancellation
from nastavnik.documents.services import checks_of
from nastavnik.pairs.models import AnswerWay, Pair, PairAnswer, PairState
from nastavnik.pairs.services.answers import answer
from nastavnik.pairs.services.composing import PairRefused
from nastavnik.pairs.services.ending import close_pair
from nastavnik.pairs.services.orders import NothingReady, readiness
from nastavnik.people.models import Category, ConsentKind
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import WrongState
from nastavnik.tenancy.models import OrganisationKind
from tests.pairs.making import (
    CURATOR,
    STARTS,
    agree,
    order_on,
    propose,
    ready_pair,
    sign,
    with_papers,
)
from tests.people_making import (
    DAY,
    give_certificates,
    give_consent,
    give_consents,
    make_mentee,
    make_mentor,
    make_teacher,
)


def sentences(pair: Pair) -> list[str]:
    held = readiness(on=DAY, pairs=[pair]).held_back
    return [blocker.sentence for _, found in held for blocker in found]


def test_signing_the_order_activates_its_pairs(office) -> None:
    pair = ready_pair(office)
    told = sign(order_on(office, pair))
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE
    assert pair.mentor.state == "paired"
    assert pair.members.get().mentee.state == "paired"
    assert told[0] == "Активирована 1\u00a0пара."


def test_1_active_pair_without_an_order_is_refused_by_the_database(office) -> None:
    pair = ready_pair(office)
    pair.state = PairState.ACTIVE
    with pytest.raises(IntegrityError), transaction.atomic():
        pair.save()


def test_1_pair_begins_no_sooner_than_its_order(office) -> None:
    pair = ready_pair(office, starts_on=date(2026, 11, 2), ends_on=date(2027, 5, 31))
    document = order_on(office, pair)

    sign(document)

    pair.refresh_from_db()
    assert (pair.state, pair.starts_on) == (PairState.ACTIVE, DAY)


def test_1_order_signed_late_says_so_before_and_in_its_text(office) -> None:
    pair = ready_pair(office, starts_on=date(2026, 11, 2), ends_on=date(2027, 5, 31))
    document = order_on(office, pair)
    document.data["starts_on"], document.data["pairs"][0]["starts_on"] = "2 ноября", "02.11.2026"
    document.save()

    checks = [check.text for check in checks_of(document) if check.level == "wait"]
    sign(document)

    assert checks[0] == (
        "Первый день прошёл (02.11.2026): 1\u00a0пара начнёт работу в день приказа, 10.11.2026."
    )
    assert (document.data["starts_on"], document.data["pairs"][0]["starts_on"]) == (
        "10 ноября 2026 г.",
        "10.11.2026",
    )
    assert document.data["programme_due"] == "24 ноября 2026 г."


def test_1_late_start_that_leaves_no_lawful_term_still_blocks(office) -> None:
    pair = ready_pair(office, starts_on=date(2026, 10, 20), ends_on=date(2027, 1, 31))
    with pytest.raises(DomainError, match="Срок меньше трёх месяцев"):
        sign(order_on(office, pair))
    pair.refresh_from_db()
    assert pair.state == PairState.IN_ORDER


def test_1_closing_needs_an_order_or_a_record_of_results(office) -> None:
    pair = ready_pair(office)
    sign(order_on(office, pair))
    pair.refresh_from_db()
    with pytest.raises(DomainError) as refused:
        close_pair(actor=CURATOR, pair=pair, on=STARTS, reason="план выполнен")
    assert refused.value.code == "no_basis"
    close_pair(actor=CURATOR, pair=pair, on=STARTS, reason="план выполнен", results="тема сдана")
    assert pair.state == PairState.FINISHED


@pytest.mark.parametrize("kind", [ConsentKind.PARTICIPATION_CHILD, ConsentKind.PD_CHILD])
def test_2_minor_needs_each_consent_of_the_representative(office, kind) -> None:
    pair = propose(office)
    give_consents(pair.mentor.person)
    give_consent(pair.members.get().mentee.person, kind)
    agree(pair)
    other = next(k for k in (ConsentKind.PARTICIPATION_CHILD, ConsentKind.PD_CHILD) if k != kind)
    assert sentences(pair) == [
        f"Иванова\u00a0М.\u00a0П.: нет согласия законного представителя: {other.label}"
    ]


def test_2_from_fourteen_the_child_signs_too(office) -> None:
    mentee = make_mentee(office, birth_date=date(2012, 1, 1))
    pair = propose(office, mentees=[mentee])
    give_consents(pair.mentor.person)
    for kind in (ConsentKind.PARTICIPATION_CHILD, ConsentKind.PD_CHILD):
        give_consent(mentee.person, kind, child_signed=False)
    agree(pair)
    assert len(sentences(pair)) == 2


def test_2_minor_mentor_needs_the_representative_as_well(office) -> None:
    mentor = make_mentor(
        office, category=Category.PUPIL, birth_date=date(2010, 3, 1), class_name="10А", post=""
    )
    pair = propose(office, mentor=mentor, form="pupil-pupil")
    give_consents(pair.members.get().mentee.person)
    agree(pair)
    assert len(sentences(pair)) == 2
    give_consents(mentor.person)
    assert sentences(pair) == []


@pytest.mark.parametrize("category", [Category.EMPLOYEE, Category.STUDENT, Category.ALUMNUS])
def test_4_outside_adult_with_minors_needs_both_certificates(office, category) -> None:
    mentor = make_mentor(office, category=category, is_own=False, post="инженер")
    pair = with_papers(propose(office, mentor=mentor, form="employer-pupil"))
    agree(pair)
    assert len(sentences(pair)) == 2
    give_certificates(mentor.person)
    assert sentences(pair) == []


def test_4_certificate_must_hold_on_the_first_day(office) -> None:
    mentor = make_mentor(office, category=Category.EMPLOYEE, is_own=False)
    pair = with_papers(propose(office, mentor=mentor, form="employer-pupil"))
    give_certificates(mentor.person, valid_until=date(2026, 11, 15))
    agree(pair)
    assert len(sentences(pair)) == 2


def test_5_colleague_needs_written_consent_and_addendum(office) -> None:
    mentee = make_mentee(office, person=make_teacher(office, "Рябова", post="учитель химии"))
    pair = with_papers(propose(office, mentees=[mentee], form="teacher-teacher"))
    agree(pair)
    assert len(sentences(pair)) == 2
    give_consent(pair.mentor.person, ConsentKind.EMPLOYEE_MENTOR)
    pair.addendum = "№ 3 от 02.11.2026"
    pair.save()
    assert sentences(pair) == []


def test_5_relief_waits_three_working_days(office) -> None:
    mentee = make_mentee(office, person=make_teacher(office, "Рябова", post="учитель химии"))
    pair = with_papers(propose(office, mentees=[mentee], form="teacher-teacher", addendum="№ 3"))
    give_consent(pair.mentor.person, ConsentKind.EMPLOYEE_MENTOR)
    agree(pair)
    order = order_on(office, pair)
    sign(order)
    pair.refresh_from_db()
    values = {
        "reason": "заявление",
        "is_early": True,
        "order": order,
        "stated_on": date(2026, 11, 16),
    }
    with pytest.raises(DomainError, match=r"20\.11\.2026"):
        close_pair(actor=CURATOR, pair=pair, on=date(2026, 11, 19), **values)
    close_pair(actor=CURATOR, pair=pair, on=date(2026, 11, 20), **values)
    assert pair.state == PairState.ENDED_EARLY


@pytest.mark.parametrize(
    ("birth", "blocked"), [(date(2016, 11, 16), False), (date(2016, 11, 17), True)]
)
def test_6_pupil_is_ten_on_the_first_day(office, birth, blocked) -> None:
    pair = with_papers(propose(office, mentees=[make_mentee(office, birth_date=birth)]))
    agree(pair)
    assert bool(sentences(pair)) is blocked


def test_6_kindergarten_has_staff_mentees_only(office) -> None:
    office.kind = OrganisationKind.KINDERGARTEN
    office.save()
    with pytest.raises(PairRefused, match="только сотрудники"):
        propose(office)


def test_7_term_beyond_a_year_is_refused(office) -> None:
    with pytest.raises(PairRefused, match="больше года"):
        propose(office, ends_on=date(2027, 11, 17))


def test_8_group_has_two_mentees(office) -> None:
    with pytest.raises(PairRefused, match="не меньше двух"):
        propose(office, is_group=True, kinds=["group"])


def test_8_two_mentees_do_not_make_a_pair(office) -> None:
    mentees = [make_mentee(office), make_mentee(office, "Сидорова")]
    with pytest.raises(PairRefused, match="ровно один"):
        propose(office, mentees=mentees)


def test_9_places_of_the_mentor_are_not_exceeded(office) -> None:
    mentor = make_mentor(office, capacity=1)
    propose(office, mentor=mentor)
    with pytest.raises(PairRefused, match="свободных мест 0"):
        propose(office, mentor=mentor, mentees=[make_mentee(office, "Сидорова")])


def test_9_one_open_pair_per_form(office) -> None:
    mentee = make_mentee(office)
    propose(office, mentees=[mentee])
    with pytest.raises(PairRefused, match="уже состоит"):
        propose(office, mentor=make_mentor(office, "Котова"), mentees=[mentee])


def test_9_nobody_mentors_himself(office) -> None:
    mentor = make_mentor(office)
    with pytest.raises(PairRefused, match="самому себе"):
        propose(office, mentor=mentor, mentees=[make_mentee(office, person=mentor.person)])


def test_10_pair_without_both_answers_stays_out_of_the_order(office) -> None:
    pair = with_papers(propose(office))
    reply = PairAnswer.objects.get(pair=pair, person=pair.mentor.person)
    answer(actor=CURATOR, reply=reply, is_yes=True, way=AnswerWay.LINK, on=DAY)
    with pytest.raises(NothingReady):
        order_on(office, pair)


def test_10_refusal_declines_the_pair_without_a_reason(office) -> None:
    pair = with_papers(propose(office))
    reply = PairAnswer.objects.filter(pair=pair).first()
    answer(actor=CURATOR, reply=reply, is_yes=False, way=AnswerWay.LINK, on=DAY)
    pair.refresh_from_db()
    assert pair.state == PairState.DECLINED


def test_24_same_answer_twice_is_one_answer(office) -> None:
    pair = propose(office)
    reply = PairAnswer.objects.filter(pair=pair).first()
    for _ in range(2):
        answer(actor=CURATOR, reply=reply, is_yes=True, way=AnswerWay.LINK, on=DAY)
    assert PairAnswer.objects.filter(pair=pair, is_yes=True).count() == 1


def test_answer_is_closed_once_the_pair_is_active(office) -> None:
    pair = ready_pair(office)
    sign(order_on(office, pair))
    reply = PairAnswer.objects.filter(pair=pair).first()
    with pytest.raises(DomainError, match="Ответ уже учтён"):
        answer(actor=CURATOR, reply=reply, is_yes=False, way=AnswerWay.LINK, on=DAY)


def test_cancelled_order_takes_its_pairs_back(office) -> None:
    pair = ready_pair(office)
    order = order_on(office, pair)
    sign(order)
    order.refresh_from_db()
    sign(prepare_cancellation(actor=CURATOR, document=order, reason="в перечне ошибка"))
    pair.refresh_from_db()
    assert (pair.state, pair.order) == (PairState.AGREED, None)
    assert pair.members.get().mentee.state == "in_base"


def test_withdrawn_yes_between_order_and_signature_blocks_it(office) -> None:
    pair = ready_pair(office)
    document = order_on(office, pair)
    PairAnswer.objects.filter(pair=pair).update(is_yes=False)
    with pytest.raises(DomainError, match="Подписать пока нельзя"):
        sign(document)


def test_active_pair_cannot_be_declined(office) -> None:
    from nastavnik.pairs.services.composing import decline_pair

    pair = ready_pair(office)
    sign(order_on(office, pair))
    pair.refresh_from_db()
    with pytest.raises(WrongState):
        decline_pair(actor=CURATOR, pair=pair, reason="ошибка")
