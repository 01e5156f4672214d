"""How pairs end, come back, change their mentor; groups that grow and shrink."""

from datetime import date, timedelta

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.documents.builders import prepare_cancellation
from nastavnik.documents.models import DocumentState
from nastavnik.documents.services import drop_draft
from nastavnik.pairs.models import Pair, PairState
from nastavnik.pairs.services.composing import (
    PairRefused,
    add_to_group,
    move_pair,
    set_addendum,
    set_lock,
)
from nastavnik.pairs.services.ending import close_pair, convert_to_pair, leave_group
from nastavnik.pairs.services.ending_orders import (
    check_end_order,
    check_replace_order,
    prepare_end_order,
    prepare_replace_order,
)
from nastavnik.people.models import ConsentKind, ConsentState, MenteeProfile
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.shared.states import WrongState
from tests.neighbours import actor_as
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
    give_consent,
    give_consents,
    make_mentee,
    make_mentor,
    make_teacher,
)

READER = actor_as(Role.RESPONSIBLE)
LAST = STARTS + timedelta(days=30)


def active_pair(office, **fields) -> Pair:
    pair = ready_pair(office, **fields)
    sign(order_on(office, pair))
    pair.refresh_from_db()
    return pair


def active_group(office, size: int = 2) -> Pair:
    mentees = [make_mentee(office, f"Иванова{'абв'[n]}") for n in range(size)]
    return active_pair(office, mentees=mentees, is_group=True, kinds=["group"])


def end_order(office, *pairs: Pair, **fields):
    values = {"ends_on": LAST, "reason": "переезд", "is_early": True} | fields
    return prepare_end_order(actor=CURATOR, organisation=office, pairs=pairs, **values)


def successor_of(office, old: Pair, **fields) -> Pair:
    new = propose(
        office,
        mentor=make_mentor(office, "Громова", **fields),
        mentees=[old.members.get().mentee],
        replaces=old,
    )
    give_consents(new.mentor.person)
    agree(new)
    return new


def replacing(office, successor: Pair, **fields):
    values = {"starts_on": LAST, "reason": "болезнь"} | fields
    return prepare_replace_order(actor=CURATOR, organisation=office, successor=successor, **values)


def left_on(pair: Pair) -> date | None:
    return MenteeProfile.objects.get(pk=pair.members.get().mentee_id).left_on


def code_of(call, **arguments) -> str:
    with pytest.raises(DomainError) as refused:
        call(**arguments)
    return refused.value.code


def test_order_of_ending_ends_its_pairs_with_the_signature(office) -> None:
    pair = active_pair(office)
    order = end_order(office, pair)
    assert [check.text for check in check_end_order(order)] == ["Прекращается 1\u00a0пара"]
    sign(order)
    pair.refresh_from_db()
    assert (pair.state, pair.ended_on, pair.end_order) == (PairState.ENDED_EARLY, LAST, order)
    assert pair.members.get().left_on == LAST
    assert left_on(pair) == LAST
    assert pair.mentor.state == "ready"


def test_end_order_of_a_pair_that_ended_meanwhile_is_not_signed(office) -> None:
    pair = active_pair(office)
    order = end_order(office, pair)
    close_pair(actor=CURATOR, pair=pair, on=LAST, reason="план выполнен", results="сдано")
    assert [check.level for check in check_end_order(order)] == ["bad"]
    with pytest.raises(DomainError, match="уже не действует"):
        sign(order)


@pytest.mark.parametrize(("reason", "code"), [(" ", "reason"), ("переезд", "not_holding")])
def test_end_order_wants_a_reason_and_a_pair_that_holds(office, reason, code) -> None:
    assert code_of(lambda: end_order(office, ready_pair(office), reason=reason)) == code


def test_reader_prepares_no_orders(office) -> None:
    pair = active_pair(office)
    with pytest.raises(PermissionRefused):
        prepare_end_order(
            actor=READER, organisation=office, pairs=[pair], ends_on=LAST, reason="а", is_early=True
        )
    with pytest.raises(PermissionRefused):
        prepare_replace_order(
            actor=READER, organisation=office, successor=pair, starts_on=LAST, reason="а"
        )


def test_cancelled_end_order_brings_its_pairs_back(office) -> None:
    pair = active_pair(office)
    order = end_order(office, pair)
    sign(order)
    order.refresh_from_db()
    sign(prepare_cancellation(actor=CURATOR, document=order, reason="ошибка"))
    pair.refresh_from_db()
    assert (pair.state, pair.ended_on, pair.end_order) == (PairState.ACTIVE, None, None)
    assert pair.members.get().left_on is None
    assert left_on(pair) is None
    assert pair.members.get().mentee.state == "paired"


def test_pair_whose_consent_was_withdrawn_meanwhile_comes_back_paused(office) -> None:
    pair = active_pair(office)
    order = end_order(office, pair)
    sign(order)
    order.refresh_from_db()
    pair.mentor.person.consents.update(state=ConsentState.WITHDRAWN)
    sign(prepare_cancellation(actor=CURATOR, document=order, reason="ошибка"))
    pair.refresh_from_db()
    assert pair.state == PairState.PAUSED


def test_relief_of_a_staff_mentor_waits_three_working_days(office) -> None:
    mentor, mentee = make_mentor(office), make_mentee(office, person=make_teacher(office, "Юрьева"))
    give_consent(mentor.person, ConsentKind.EMPLOYEE_MENTOR)
    pair = active_pair(
        office, mentor=mentor, mentees=[mentee], form="teacher-teacher", addendum="№ 4"
    )
    stated = date(2026, 12, 7)
    early = end_order(office, pair, ends_on=date(2026, 12, 10), stated_on=stated)
    with pytest.raises(DomainError, match=r"не раньше чем через три рабочих дня: 11\.12\.2026"):
        sign(early)
    sign(end_order(office, pair, ends_on=date(2026, 12, 11), stated_on=stated))
    pair.refresh_from_db()
    assert pair.state == PairState.ENDED_EARLY


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"reason": " "}, "reason"),
        ({"on": STARTS - timedelta(days=1)}, "too_early"),
        ({"results": " "}, "no_basis"),
        ({"is_early": True}, "no_basis"),
    ],
)
def test_closing_by_results_is_refused_with_its_reason(office, change, code) -> None:
    values = {"on": LAST, "reason": "план выполнен", "results": "тема сдана"} | change
    pair = active_pair(office)
    assert code_of(close_pair, actor=CURATOR, pair=pair, **values) == code


def test_only_a_holding_pair_is_closed_and_only_by_the_curator(office) -> None:
    values = {"on": LAST, "reason": "план", "results": "сдано"}
    assert code_of(close_pair, actor=CURATOR, pair=ready_pair(office), **values) == "not_holding"
    with pytest.raises(PermissionRefused):
        close_pair(actor=READER, pair=active_pair(office, mentor=make_mentor(office)), **values)


def test_mentee_with_another_active_pair_stays_in_the_programme(office) -> None:
    mentee = make_mentee(office)
    first = active_pair(office, mentees=[mentee])
    pupil = make_mentor(
        office, "Лосева", category="pupil", birth_date=date(2010, 3, 1), class_name="10А", post=""
    )
    second = propose(office, mentor=pupil, mentees=[mentee], form="pupil-pupil")
    give_consents(pupil.person)
    agree(second)
    sign(order_on(office, second))
    close_pair(actor=CURATOR, pair=first, on=LAST, reason="план", results="сдано")
    mentee.refresh_from_db()
    assert (mentee.left_on, mentee.state, mentee.results) == (None, "paired", "сдано")


def test_new_mentor_takes_over_with_the_signature(office) -> None:
    old = active_pair(office)
    new = successor_of(office, old)
    order = replacing(office, new)
    new.refresh_from_db()
    assert new.state == PairState.IN_ORDER
    assert [check.level for check in check_replace_order(order)] == ["ok"]
    sign(order)
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == (PairState.ENDED_EARLY, PairState.ACTIVE)
    assert (old.ended_on, new.starts_on) == (LAST, LAST)
    assert left_on(new) is None
    assert new.members.get().mentee.state == "paired"


def test_cancelled_replacement_gives_the_mentee_back(office) -> None:
    old = active_pair(office)
    new = successor_of(office, old)
    order = replacing(office, new)
    sign(order)
    order.refresh_from_db()
    sign(prepare_cancellation(actor=CURATOR, document=order, reason="ошибка"))
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state, new.order) == (PairState.ACTIVE, PairState.AGREED, None)
    assert old.mentor.state == "paired"
    assert new.mentor.state == "ready"
    assert old.members.get().mentee.state == "paired"


def test_dropped_replacement_order_frees_the_new_pair(office) -> None:
    new = successor_of(office, active_pair(office))
    order = replacing(office, new)
    drop_draft(actor=CURATOR, document=order)
    new.refresh_from_db()
    assert (new.state, new.order) == (PairState.AGREED, None)


def test_replacement_wants_an_agreed_successor_and_a_reason(office) -> None:
    old = active_pair(office)
    assert code_of(lambda: replacing(office, old)) == "not_agreed"
    new = successor_of(office, old)
    assert code_of(lambda: replacing(office, new, reason=" ")) == "reason"
    move_pair(actor=CURATOR, pair=new, target=PairState.PROPOSED)
    assert code_of(lambda: replacing(office, new)) == "not_agreed"


def test_replacement_is_checked_again_when_it_is_signed(office) -> None:
    old = active_pair(office)
    new = successor_of(office, old)
    order = replacing(office, new, starts_on=STARTS)
    new.mentor.person.consents.update(state=ConsentState.WITHDRAWN)
    close_pair(actor=CURATOR, pair=old, on=LAST, reason="план", results="сдано")
    order.registered_on = STARTS + timedelta(days=1)
    said = [check.text for check in check_replace_order(order)]
    assert said[1:] == [
        "Прежняя пара уже не действует.",
        "Первый день прошёл (16.11.2026): новый наставник начнёт в день приказа, 17.11.2026.",
    ]
    assert "нет согласия" in said[0]


def test_group_shrinks_to_one_and_waits_for_a_decision(office) -> None:
    group = active_group(office, 3)
    first, second, last = group.members.all()
    leave = {"actor": CURATOR, "pair": group, "on": LAST}
    assert leave_group(**leave, mentee_id=first.mentee_id, reason="переезд") == ""
    assert group.state == PairState.ACTIVE
    told = leave_group(**leave, mentee_id=second.mentee_id, reason="переезд")
    assert told.startswith("В группе остался один наставляемый")
    assert group.state == PairState.PAUSED
    assert AuditEvent.objects.filter(action="pairs.leave").count() == 2
    assert code_of(leave_group, **leave, mentee_id=second.mentee_id, reason="а") == "not_member"
    assert code_of(leave_group, **leave, mentee_id=last.mentee_id, reason=" ") == "reason"
    with pytest.raises(PermissionRefused):
        leave_group(actor=READER, pair=group, mentee_id=last.mentee_id, on=LAST, reason="а")


def test_nobody_leaves_a_pair_as_if_it_were_a_group(office) -> None:
    pair = active_pair(office)
    mentee_id = pair.members.get().mentee_id
    call = {"actor": CURATOR, "pair": pair, "mentee_id": mentee_id, "on": LAST, "reason": "а"}
    assert code_of(leave_group, **call) == "not_member"


def test_group_of_one_becomes_a_pair_by_an_order_in_force(office) -> None:
    group = active_group(office)
    order = group.order
    call = {"actor": CURATOR, "pair": group, "on": LAST}
    assert code_of(convert_to_pair, **call, order=order) == "size"
    leave_group(**call, mentee_id=group.members.first().mentee_id, reason="переезд")
    order.state = DocumentState.TO_SIGN
    assert code_of(convert_to_pair, **call, order=order) == "no_order"
    order.state = DocumentState.IN_FORCE
    convert_to_pair(**call, order=order)
    assert (group.is_group, group.kinds, group.state) == (False, ["traditional"], PairState.ACTIVE)
    assert code_of(convert_to_pair, **call, order=order) == "no_order"


def test_newcomer_of_an_agreed_group_answers_too(office) -> None:
    mentees = [make_mentee(office, "Иванова"), make_mentee(office, "Котова")]
    group = propose(office, mentees=mentees, is_group=True, kinds=["group"])
    agree(group)
    add_to_group(actor=CURATOR, pair=group, mentee=make_mentee(office, "Панова"))
    assert group.state == PairState.PROPOSED
    assert group.answers.filter(is_yes=None).count() == 1
    assert group.members.count() == 3


def test_group_takes_nobody_without_a_place_nor_its_own_mentor(office) -> None:
    mentees = [make_mentee(office, "Иванова"), make_mentee(office, "Котова")]
    mentor = make_mentor(office, capacity=2)
    group = propose(office, mentor=mentor, mentees=mentees, is_group=True, kinds=["group"])
    with pytest.raises(PairRefused) as refused:
        add_to_group(actor=CURATOR, pair=group, mentee=make_mentee(office, person=mentor.person))
    assert len(refused.value.faults) == 2
    assert refused.value.faults[1] == "Человек не может быть наставником самому себе."
    with pytest.raises(PermissionRefused):
        add_to_group(actor=READER, pair=group, mentee=mentees[0])


def test_pair_and_group_in_an_order_take_nobody(office) -> None:
    newcomer = make_mentee(office, "Панова")
    pair = propose(office)
    assert code_of(add_to_group, actor=CURATOR, pair=pair, mentee=newcomer) == "not_open"
    group = active_group(office)
    assert code_of(add_to_group, actor=CURATOR, pair=group, mentee=newcomer) == "not_open"


def test_lock_and_addendum_are_noted_by_the_curator_only(office) -> None:
    pair = propose(office)
    set_lock(actor=CURATOR, pair=pair, is_locked=True)
    set_lock(actor=CURATOR, pair=pair, is_locked=False)
    set_addendum(actor=CURATOR, pair=pair, addendum=" № 4 ")
    pair.refresh_from_db()
    assert (pair.is_locked, pair.addendum) == (False, "№ 4")
    actions = AuditEvent.objects.filter(action__in=["pairs.lock", "pairs.unlock", "pairs.addendum"])
    assert actions.count() == 3
    with pytest.raises(PermissionRefused):
        set_lock(actor=READER, pair=pair, is_locked=True)
    with pytest.raises(PermissionRefused):
        set_addendum(actor=READER, pair=pair, addendum="")


def test_wrong_order_of_steps_is_refused(office) -> None:
    pair = with_papers(propose(office))
    with pytest.raises(WrongState):
        move_pair(actor=CURATOR, pair=pair, target=PairState.FINISHED)
