"""Both sides' «да» (invariant 10): by link, by card, or in a signed sheet."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.models import Document
from nastavnik.documents.services import prepare_document
from nastavnik.pairs import order_data, policies
from nastavnik.pairs.facts import load_facts
from nastavnik.pairs.models import AnswerWay, Newcomer, Pair, PairAnswer, PairState
from nastavnik.pairs.services.composing import move_pair
from nastavnik.pairs.services.standing import review_pairs
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

VOLUNTARY_LIST = "voluntary_list"

ANSWERABLE = frozenset({PairState.PROPOSED, PairState.AGREED, PairState.PAUSED})


@transaction.atomic
def answer(*, actor: Actor, reply: PairAnswer, is_yes: bool, way: AnswerWay, on: date) -> Pair:
    """Note one person's own answer, given by link or card. Repeating the same answer does nothing.

    When everybody said «да» the pair becomes agreed; one «нет» declines it, with no explanation.
    Raises DomainError once the pair stands in an order or is over.
    """
    pair: Pair = Pair.objects.select_for_update().get(pk=reply.pair_id)
    if reply.is_yes == is_yes:
        return pair
    joins = Newcomer.objects.filter(
        pair=pair, mentee__person=reply.person_id, order__isnull=True
    ).exists()
    if pair.state not in ANSWERABLE and not joins:
        raise DomainError("answer_closed", "Ответ уже учтён. Если вы передумали, скажите куратору.")
    reply.is_yes, reply.way, reply.answered_on, reply.noted_by = is_yes, way, on, actor.label
    reply.save(update_fields={"is_yes", "way", "answered_on", "noted_by"})
    record(
        actor=actor,
        action="pairs.answer",
        subject=pair,
        to_state="да" if is_yes else "нет",
        details={"person": reply.person_id, "way": way},
    )
    if not joins:  # a newcomer's answer is weighed by the order that lets the newcomer in
        settle_answers(actor, pair, on)
    return pair


@transaction.atomic
def answers_in_sheet(
    *, actor: Actor, pairs: Iterable[Pair], on: date, way: AnswerWay = AnswerWay.SHEET
) -> int:
    """The curator attests that everybody in these pairs agreed in the printed sheet, or aloud.

    Only open answers are filled in; a «нет» stays. Returns how many answers were noted.
    """
    demand(policies.can_edit_pairs(actor))
    noted = 0
    for pair in pairs:
        if pair.state not in ANSWERABLE:
            continue
        for reply in PairAnswer.objects.filter(pair=pair, is_yes__isnull=True):
            answer(actor=actor, reply=reply, is_yes=True, way=way, on=on)
            noted += 1
    return noted


@transaction.atomic
def prepare_voluntary_list(
    *, actor: Actor, organisation: Organisation, pairs: Sequence[Pair]
) -> Document:
    """Draft the sheet in which both sides sign their «да»; it is filed among the protocols."""
    demand(policies.can_prepare_orders(actor))
    if not pairs:
        raise DomainError("nobody", "Сейчас никого спрашивать не нужно.")
    return prepare_document(
        actor=actor,
        organisation=organisation,
        kind=VOLUNTARY_LIST,
        data=voluntary_data(organisation, pairs),
        choices={"pairs": [pair.pk for pair in pairs]},
    )


def voluntary_data(organisation: Organisation, pairs: Sequence[Pair]) -> dict[str, Any]:
    """Merge data of the sheet."""
    return {
        "pairs": order_data.pair_rows(organisation, load_facts(pairs)),
        "curator": order_data.curator_data(organisation, order_data.today()),
    }


def settle_answers(actor: Actor, pair: Pair, on: date | None = None) -> None:
    """Bring the state of a proposed or agreed pair in line with its people's answers.

    Not a use case of its own: callers hold the transaction and have asked the policy.
    """
    pair.refresh_from_db()
    current = {pair.mentor.person_id}
    current |= set(
        pair.members.filter(left_on__isnull=True).values_list("mentee__person_id", flat=True)
    )
    replies = {
        a.person_id: a.is_yes for a in PairAnswer.objects.filter(pair=pair, person_id__in=current)
    }
    if pair.state == PairState.PAUSED:
        review_pairs(actor=actor, pairs=[pair], on=on or order_data.today())
        pair.refresh_from_db()
        return
    if any(value is False for value in replies.values()):
        move_pair(
            actor=actor, pair=pair, target=PairState.DECLINED, reason="участник ответил «нет»"
        )
    elif all(replies.get(person_id) for person_id in current):
        if pair.state == PairState.PROPOSED:
            move_pair(actor=actor, pair=pair, target=PairState.AGREED)
    elif pair.state == PairState.AGREED:
        move_pair(actor=actor, pair=pair, target=PairState.PROPOSED, reason="ответ отозван")
