"""How a pair ends: by the plan, early by somebody's initiative, or with another mentor."""

from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.models import Document, DocumentState
from nastavnik.pairs import policies, rules
from nastavnik.pairs.facts import PairFacts, facts_of
from nastavnik.pairs.models import HOLDING_STATES, OPEN_STATES, Pair, PairState
from nastavnik.pairs.services.composing import move_pair
from nastavnik.pairs.services.profiles import follow_leaver, follow_profiles, holds_another
from nastavnik.pairs.services.standing import review_pairs
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand


@transaction.atomic
def close_pair(
    *,
    actor: Actor,
    pair: Pair,
    on: date,
    reason: str,
    order: Document | None = None,
    results: str = "",
    is_early: bool = False,
    stated_on: date | None = None,
) -> Pair:
    """End a holding pair on `on`.

    Invariant 1: needs an order, or for a completed pair the record of its results. Invariant 5: a
    staff mentor's relief comes no sooner than three working days after the statement of
    `stated_on`, unless both sides agreed on the earlier day and `stated_on` is not given.
    An order in force was allowed when it was signed, by a head who may not edit pairs otherwise.
    """
    if order is None:
        demand(policies.can_edit_pairs(actor))
    else:
        demand_in_force(order, pair)
    facts = facts_of(pair)
    # An early ending rests on an order only.
    _demand_ending(facts, on, reason, order=order, results="" if is_early else results)
    if is_early and stated_on is not None:
        _demand_notice(facts, on, stated_on)
    target = PairState.ENDED_EARLY if is_early else PairState.FINISHED
    move_pair(
        actor=actor,
        pair=pair,
        target=target,
        reason=reason,
        end_reason=reason,
        end_order=order,
        ended_on=on,
    )
    _part(facts, on, results)
    follow_profiles(actor=actor, facts=facts)
    return pair


def _demand_ending(
    facts: PairFacts, on: date, reason: str, *, order: Document | None, results: str
) -> None:
    """What every ending needs: a pair at work, a reason, a basis and a possible day."""
    pair = facts.pair
    if pair.state not in HOLDING_STATES:
        raise DomainError("not_holding", "Завершить можно только действующую пару.")
    if not reason.strip():
        raise DomainError("reason", "Укажите причину завершения.", field="reason")
    if order is None and not results.strip():
        text = "Нужен приказ о прекращении или запись о результатах программы."
        raise DomainError("no_basis", text, field="results")
    if pair.starts_on and on < pair.starts_on:
        raise DomainError(
            "too_early", "Пара не может закончиться раньше, чем началась.", field="on"
        )


def _demand_notice(facts: PairFacts, on: date, stated_on: date) -> None:
    """Invariant 5: the days between a staff mentor's statement and the relief."""
    earliest = rules.earliest_relief(stated_on)
    if rules.is_staff_pair(facts) and on < earliest:
        text = (
            f"Наставник-работник освобождается не раньше чем через три рабочих дня: "
            f"{earliest:%d.%m.%Y} (ТК РФ, ст. 351.8)."
        )
        raise DomainError("relief_notice", text, field="on")


def _part(facts: PairFacts, on: date, results: str) -> None:
    """The members leave the pair, and the registers where no other pair holds them."""
    for member in facts.members:
        member.left_on = on
        member.save(update_fields={"left_on"})
        if results:
            member.mentee.results = results
        if not holds_another(member.mentee):
            member.mentee.left_on = on
        member.mentee.save(update_fields={"results", "left_on"})


def demand_in_force(order: Document, pair: Pair) -> None:
    """Raises DomainError for an order that is not signed, is cancelled, or is of another place."""
    in_force = order.state in {DocumentState.IN_FORCE, DocumentState.AMENDED}
    if not in_force or order.organisation_id != pair.organisation_id:
        raise DomainError("no_order", "Нужен действующий приказ этого учреждения.", field="order")


@transaction.atomic
def leave_group(*, actor: Actor, pair: Pair, mentee_id: int, on: date, reason: str) -> str:
    """A mentee leaves a group; with one left the card becomes a decision (invariant 8).

    Returns the sentence that tells the curator what to decide, or an empty one.
    """
    demand(policies.can_edit_pairs(actor))
    member = pair.members.filter(mentee_id=mentee_id, left_on__isnull=True).first()
    if not pair.is_group or member is None:
        raise DomainError("not_member", "Такого наставляемого в этой группе нет.")
    if not reason.strip():
        raise DomainError("reason", "Укажите, почему участник выходит из группы.", field="reason")
    if pair.state == PairState.IN_ORDER:
        raise DomainError("in_order", "Группа стоит в проекте приказа. Сначала удалите проект.")
    if pair.state not in OPEN_STATES:
        raise DomainError("over", "Эта группа уже не действует.")
    if member.joined_on is not None and on < member.joined_on:
        raise DomainError("too_early", "Участник не может выйти раньше, чем вошёл.", field="on")
    member.left_on = on
    member.save(update_fields={"left_on"})
    follow_leaver(actor=actor, mentee=member.mentee)
    record(
        actor=actor,
        action="pairs.leave",
        subject=pair,
        reason=reason,
        details={"mentee": mentee_id},
    )
    if not pause_if_alone(actor, pair):
        return ""
    return "В группе остался один наставляемый. Добавьте участника или преобразуйте группу в пару."


def pause_if_alone(actor: Actor, pair: Pair) -> bool:
    """A group with one mentee waits for a decision (invariant 8). Returns whether it came to that."""
    if not pair.is_group or pair.members.filter(left_on__isnull=True).count() >= 2:
        return False
    if pair.state == PairState.ACTIVE:
        text = "в группе остался один наставляемый"
        move_pair(actor=actor, pair=pair, target=PairState.PAUSED, reason=text, pause_reason=text)
        follow_profiles(actor=actor, facts=facts_of(pair))
    return True


@transaction.atomic
def convert_to_pair(*, actor: Actor, pair: Pair, order: Document, on: date) -> Pair:
    """Turn a group of one into a pair by an order in force; it works on if nothing is missing.

    The order was allowed when it was signed, by a head who may not edit pairs otherwise.
    """
    if pair.members.filter(left_on__isnull=True).count() != 1:
        raise DomainError("size", "В паре должен остаться ровно один наставляемый.")
    if not pair.is_group:
        raise DomainError("no_order", "Это уже пара.")
    demand_in_force(order, pair)
    pair.is_group = False
    pair.kinds = [kind for kind in pair.kinds if kind != "group"] or ["traditional"]
    pair.save(update_fields={"is_group", "kinds"})
    record(actor=actor, action="pairs.convert", subject=pair, reason=str(order))
    if pair.state == PairState.PAUSED:
        review_pairs(actor=actor, pairs=[pair], on=on)
    return pair
