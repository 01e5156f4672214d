"""Both sides' «да» (invariant 10): by link, by card, or in a signed sheet."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.pairs import policies
from nastavnik.pairs.models import AnswerWay, Pair, PairAnswer, PairState
from nastavnik.pairs.services.composing import move_pair
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand

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
    if pair.state not in ANSWERABLE:
        raise DomainError(
            "answer_closed", "Ответ уже учтён в приказе. Скажите куратору, если передумали."
        )
    reply.is_yes, reply.way, reply.answered_on, reply.noted_by = is_yes, way, on, actor.label
    reply.save(update_fields={"is_yes", "way", "answered_on", "noted_by"})
    record(
        actor=actor,
        action="pairs.answer",
        subject=pair,
        to_state="да" if is_yes else "нет",
        details={"person": reply.person_id, "way": way},
    )
    _settle(actor, pair)
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


def _settle(actor: Actor, pair: Pair) -> None:
    """Bring the state of a proposed or agreed pair in line with its people's answers."""
    pair.refresh_from_db()
    current = {pair.mentor.person_id}
    current |= set(
        pair.members.filter(left_on__isnull=True).values_list("mentee__person_id", flat=True)
    )
    replies = {
        a.person_id: a.is_yes for a in PairAnswer.objects.filter(pair=pair, person_id__in=current)
    }
    if pair.state == PairState.PAUSED:
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
