"""A group at work changes by an additional order: signed, cancelled, dropped, refused."""

from datetime import date, timedelta

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.documents.builders import prepare_cancellation
from nastavnik.documents.context import document_context
from nastavnik.documents.rendering import document_docx
from nastavnik.documents.services import checks_of, drop_draft
from nastavnik.pairs.models import AnswerWay, Newcomer, Pair, PairState
from nastavnik.pairs.services import changing
from nastavnik.pairs.services.answers import answer
from nastavnik.pairs.services.composing import PairRefused
from nastavnik.pairs.services.ending import leave_group
from nastavnik.people.models import ConsentState, MenteeProfile
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.documents.engine.docx_samples import texts
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR, order_on, propose, ready_pair, sign
from tests.people_making import DAY, give_consents, make_mentee, make_mentor

READER = actor_as(Role.RESPONSIBLE)


def group_at_work(office, size: int = 2, **fields) -> Pair:
    mentees = [make_mentee(office, name) for name in ("Юдина", "Сидорова", "Гусева")[:size]]
    group = ready_pair(
        office, mentees=mentees, is_group=True, kinds=["group"], starts_on=DAY, **fields
    )
    sign(order_on(office, group))
    group.refresh_from_db()
    return group


def invited(group: Pair, office, *, says: bool = True) -> MenteeProfile:
    mentee = make_mentee(office, "Панова")
    give_consents(mentee.person)
    changing.propose_newcomer(actor=CURATOR, pair=group, mentee=mentee)
    if says:
        reply = group.answers.get(person=mentee.person)
        answer(actor=CURATOR, reply=reply, is_yes=True, way=AnswerWay.SPOKEN, on=DAY)
    return mentee


def prepare(group: Pair, office, starts_on: date = DAY, actor=CURATOR):
    return changing.prepare_change_order(
        actor=actor, organisation=office, pair=group, starts_on=starts_on
    )


def words_of(document) -> str:
    return "\n".join(texts(document_docx(document)))


def code_of(call, *args, **kwargs) -> str:
    with pytest.raises(DomainError) as refused:
        call(*args, **kwargs)
    return refused.value.code


def test_active_group_works_on_until_the_order_lets_the_newcomer_in(office) -> None:
    group = group_at_work(office)
    mentee = invited(group, office)
    document = prepare(group, office)
    assert (group.members.count(), mentee.state) == (2, "in_base")

    told = sign(document)

    group.refresh_from_db()
    mentee.refresh_from_db()
    assert told[0] == "В группу вошли: 1\u00a0участник."
    assert (group.state, mentee.state) == (PairState.ACTIVE, "paired")
    assert group.members.get(mentee=mentee).joined_on == DAY
    assert not Newcomer.objects.exists()


def test_order_says_who_joins_which_group(office) -> None:
    group = group_at_work(office)
    invited(group, office)

    text = words_of(prepare(group, office))

    assert (
        "закрепить за наставником группы Беловой Марией Петровной (учитель математики) – "
        "Панову Марию Петровну (7А класс)."
    ) in text


def test_order_says_which_group_becomes_a_pair(office) -> None:
    group = group_at_work(office)
    leave_group(
        actor=CURATOR,
        pair=group,
        mentee_id=group.members.first().mentee_id,
        on=DAY,
        reason="переезд",
    )

    text = words_of(prepare(group, office))

    assert (
        "преобразовать в пару группу наставника Беловой Марии Петровны (учитель математики), "
        "в которой остался один наставляемый – Сидорова Мария Петровна (7А класс)."
    ) in text


def test_nobody_joins_without_an_own_yes_and_every_paper(office) -> None:
    group = group_at_work(office)
    mentee = invited(group, office, says=False)
    mentee.person.consents.update(state=ConsentState.WITHDRAWN)

    with pytest.raises(DomainError, match="нет согласий") as refused:
        prepare(group, office)

    assert "ещё нет ответа «да»" in refused.value.message


def test_order_takes_the_ready_newcomers_and_leaves_the_others_waiting(office) -> None:
    group = group_at_work(office, mentor=make_mentor(office, capacity=9))
    ready = invited(group, office)
    late = make_mentee(office, "Чащина")
    changing.propose_newcomer(actor=CURATOR, pair=group, mentee=late)

    sign(prepare(group, office))

    assert group.members.filter(mentee=ready).exists()
    assert [newcomer.mentee for newcomer in Newcomer.objects.all()] == [late]


def test_paper_withdrawn_meanwhile_blocks_the_signature(office) -> None:
    group = group_at_work(office)
    mentee = invited(group, office)
    document = prepare(group, office)
    mentee.person.consents.update(state=ConsentState.WITHDRAWN)

    assert {check.level for check in checks_of(document)} == {"bad"}


def test_cancelled_order_takes_the_newcomer_out_again(office) -> None:
    group = group_at_work(office)
    mentee = invited(group, office)
    document = prepare(group, office)
    sign(document)

    sign(prepare_cancellation(actor=CURATOR, document=document, reason="ошибка"))

    group.refresh_from_db()
    mentee.refresh_from_db()
    assert (group.state, mentee.state) == (PairState.ACTIVE, "in_base")
    assert group.members.get(mentee=mentee).left_on == DAY


def test_cancelled_conversion_makes_a_group_that_waits(office) -> None:
    group = group_at_work(office)
    first = group.members.first().mentee_id
    leave_group(actor=CURATOR, pair=group, mentee_id=first, on=DAY, reason="переезд")
    document = prepare(group, office)
    sign(document)

    sign(prepare_cancellation(actor=CURATOR, document=document, reason="ошибка"))

    group.refresh_from_db()
    assert (group.is_group, group.kinds, group.state) == (True, ["group"], PairState.PAUSED)


def test_dropped_draft_lets_the_newcomer_wait_for_another(office) -> None:
    group = group_at_work(office)
    invited(group, office)
    document = prepare(group, office)
    newcomer = Newcomer.objects.get()
    assert code_of(changing.withdraw_newcomer, actor=CURATOR, newcomer=newcomer) == "in_order"

    drop_draft(actor=CURATOR, document=document)

    assert Newcomer.objects.get().order is None
    assert prepare(group, office).pk != document.pk


def test_first_day_of_a_late_order_moves_to_its_signature(office) -> None:
    group = group_at_work(office)
    invited(group, office)
    document = prepare(group, office)

    late = document_context(document, on=DAY + timedelta(days=5))

    assert late["starts_on"] == "15 ноября 2026 г."


def test_group_grows_only_within_its_mentors_places_and_the_form(office) -> None:
    group = group_at_work(office, mentor=make_mentor(office, capacity=2))
    newcomer = make_mentee(office, "Панова")
    propose(office, mentees=[newcomer], mentor=make_mentor(office, "Котова"))

    with pytest.raises(PairRefused) as refused:
        changing.propose_newcomer(actor=CURATOR, pair=group, mentee=newcomer)

    assert len(refused.value.faults) == 2


def test_who_was_in_the_group_or_is_invited_is_not_invited_again(office) -> None:
    group = group_at_work(office, 3, mentor=make_mentor(office, capacity=9))
    gone = group.members.first().mentee
    leave_group(actor=CURATOR, pair=group, mentee_id=gone.pk, on=DAY, reason="переезд")
    invitee = invited(group, office)

    for mentee in (gone, invitee):
        with pytest.raises(PairRefused, match="уже"):
            changing.propose_newcomer(actor=CURATOR, pair=group, mentee=mentee)


def test_pair_or_draft_takes_no_newcomers_and_nobody_reads_to_change(office) -> None:
    pair = propose(office)
    mentee = make_mentee(office, "Панова")
    assert code_of(changing.propose_newcomer, actor=CURATOR, pair=pair, mentee=mentee) == "not_open"
    assert code_of(prepare, pair, office) == "not_open"
    group = group_at_work(office, mentor=make_mentor(office, "Котова"))
    assert code_of(prepare, group, office) == "size"
    invited(group, office)
    assert code_of(prepare, group, office, DAY - timedelta(days=1)) == "start_past"
    with pytest.raises(PermissionRefused):
        prepare(group, office, actor=READER)
    with pytest.raises(PermissionRefused):
        changing.propose_newcomer(actor=READER, pair=group, mentee=mentee)
    with pytest.raises(PermissionRefused):
        changing.withdraw_newcomer(actor=READER, newcomer=Newcomer.objects.get())
