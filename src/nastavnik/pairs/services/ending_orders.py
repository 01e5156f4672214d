"""Orders that end pairs or hand their mentees to another mentor."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.documents.effects import Check, Effect
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.models import Document
from nastavnik.documents.services import prepare_document
from nastavnik.pairs import order_data, policies, rules
from nastavnik.pairs.facts import PairFacts, facts_of, load_facts
from nastavnik.pairs.models import HOLDING_STATES, Pair, PairMentee, PairState
from nastavnik.pairs.services.composing import move_pair
from nastavnik.pairs.services.ending import close_pair
from nastavnik.pairs.services.profiles import follow_profiles
from nastavnik.pairs.services.standing import review_pairs
from nastavnik.people.models import MenteeProfile
from nastavnik.shared.errors import DomainError
from nastavnik.shared.typography import counted
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

ORDER_END = "order_pairs_end"
ORDER_REPLACE = "order_pairs_replace"
PAIR_WORDS = ("пара", "пары", "пар")
HANDOVER_DAYS = 5


@transaction.atomic
def prepare_end_order(
    *,
    actor: Actor,
    organisation: Organisation,
    pairs: Sequence[Pair],
    ends_on: date,
    reason: str,
    is_early: bool,
    stated_on: date | None = None,
) -> Document:
    """Draft the order that ends holding pairs on `ends_on` for one reason."""
    demand(policies.can_prepare_orders(actor))
    if not reason.strip():
        raise DomainError("reason", "Укажите причину прекращения.", field="reason")
    chosen = [pair for pair in pairs if pair.state in HOLDING_STATES]
    if not chosen:
        raise DomainError("not_holding", "Выберите хотя бы одну действующую пару.")
    loaded = load_facts(chosen)
    rows = order_data.pair_rows(organisation, loaded)
    for row in rows:
        row["reason"] = reason
    return prepare_document(
        actor=actor,
        organisation=organisation,
        kind=ORDER_END,
        data=order_data.following(organisation, loaded[0].pair)
        | {
            "pairs": rows,
            "ends_on": date_words(ends_on),
            "acquaintance": [row["mentor"] for row in rows],
        },
        choices={
            "pairs": [pair.pk for pair in chosen],
            "ends_on": ends_on.isoformat(),
            "reason": reason,
            "is_early": is_early,
            "stated_on": stated_on.isoformat() if stated_on else "",
        },
    )


def check_end_order(document: Document) -> list[Check]:
    pairs = _pairs(document)
    wrong = [pair for pair in pairs if pair.state not in HOLDING_STATES]
    if wrong:
        return [Check("bad", f"{counted(len(wrong), *PAIR_WORDS)} из приказа уже не действует.")]
    return [Check("ok", f"Прекращается {counted(len(pairs), *PAIR_WORDS)}")]


def end_pairs(actor: Actor, document: Document) -> Effect:
    choices, stated = document.choices, document.choices["stated_on"]
    for pair in _pairs(document):
        close_pair(
            actor=actor,
            pair=pair,
            on=date.fromisoformat(choices["ends_on"]),
            reason=choices["reason"],
            order=document,
            is_early=choices["is_early"],
            stated_on=date.fromisoformat(stated) if stated else None,
        )
    return Effect((f"Завершено: {counted(len(_pairs(document)), *PAIR_WORDS)}.",))


def reopen_pairs(actor: Actor, document: Document) -> Effect:
    """The order of ending is cancelled: its pairs hold again, with the same people.

    A pair whose papers ceased to hold meanwhile comes back paused (invariants 2–6).
    """
    pairs = list(Pair.objects.filter(end_order=document))
    for pair in pairs:
        _reopen(actor, pair, reason=f"отменён {document}")
    paused = review_pairs(actor=actor, pairs=pairs, on=order_data.today())
    return Effect((f"Снова действует: {counted(len(pairs), *PAIR_WORDS)}.", *paused))


@transaction.atomic
def prepare_replace_order(
    *, actor: Actor, organisation: Organisation, successor: Pair, starts_on: date, reason: str
) -> Document:
    """Draft the order by which `successor`, agreed by its people, takes over from the pair it replaces."""
    demand(policies.can_prepare_orders(actor))
    if successor.replaces is None or successor.state != PairState.AGREED:
        text = "Сначала предложите нового наставника и получите согласие обеих сторон."
        raise DomainError("not_agreed", text)
    if not reason.strip():
        raise DomainError("reason", "Укажите причину замены.", field="reason")
    old, new = load_facts([successor.replaces, successor])
    change = {
        "old_mentor": order_data.person_data(organisation, old.mentor),
        "new_mentor": order_data.person_data(organisation, new.mentor),
        "mentees": [order_data.person_data(organisation, m) for m in new.mentees],
        "reason": reason,
    }
    document = prepare_document(
        actor=actor,
        organisation=organisation,
        kind=ORDER_REPLACE,
        data=order_data.following(organisation, old.pair)
        | {
            "changes": [change],
            **_replacement_dates(starts_on),
            "acquaintance": [change["old_mentor"], change["new_mentor"]],
        },
        choices={
            "pairs": [successor.pk],
            "old": old.pair.pk,
            "starts_on": starts_on.isoformat(),
            "reason": reason,
        },
    )
    move_pair(actor=actor, pair=successor, target=PairState.IN_ORDER, order=document)
    return document


def _replacement_dates(starts_on: date) -> dict[str, str]:
    return {
        "starts_on": date_words(starts_on),
        "handover_due": date_words(starts_on + timedelta(days=HANDOVER_DAYS)),
        "programme_due": date_words(starts_on + timedelta(days=order_data.PROGRAMME_DAYS)),
    }


def replacement_on_day(document: Document, day: date) -> dict[str, Any]:
    """The new mentor does not begin before the order: a first day that has passed moves to it."""
    planned = date.fromisoformat(document.choices["starts_on"])
    return _replacement_dates(day) if planned < day else {}


def _first_day(document: Document) -> date:
    planned = date.fromisoformat(document.choices["starts_on"])
    return max(planned, document.registered_on or order_data.today())


def check_replace_order(document: Document) -> list[Check]:
    successor, old = _pairs(document)[0], Pair.objects.get(pk=document.choices["old"])
    planned, starts_on = date.fromisoformat(document.choices["starts_on"]), _first_day(document)
    found = rules.blockers(facts_of(successor), starts_on)
    checks = [Check("bad", blocker.sentence) for blocker in rules.told(found)]
    if old.state not in HOLDING_STATES:
        checks.append(Check("bad", "Прежняя пара уже не действует."))
    if not checks:
        checks.append(Check("ok", "Новый наставник готов принять наставляемых"))
    if planned < starts_on:
        text = f"Первый день прошёл ({planned:%d.%m.%Y}): новый наставник начнёт в день приказа, {starts_on:%d.%m.%Y}."
        checks.append(Check("wait", text))
    return checks


def replace_mentor(actor: Actor, document: Document) -> Effect:
    successor, old = _pairs(document)[0], Pair.objects.get(pk=document.choices["old"])
    starts_on, reason = _first_day(document), document.choices["reason"]
    close_pair(actor=actor, pair=old, on=starts_on, reason=reason, order=document, is_early=True)
    move_pair(
        actor=actor,
        pair=successor,
        target=PairState.ACTIVE,
        reason=str(document),
        starts_on=starts_on,
    )
    facts = facts_of(successor)
    _take_up_again(facts, ended_on=starts_on)
    follow_profiles(actor=actor, facts=facts)
    return Effect((f"Новый наставник: {order_data.pair_in_words(facts)}.",))


def restore_mentor(actor: Actor, document: Document) -> Effect:
    """The order of replacement is cancelled: the former mentor takes the mentees back."""
    for successor in _pairs(document):
        move_pair(
            actor=actor,
            pair=successor,
            target=PairState.AGREED,
            reason=f"отменён {document}",
            order=None,
        )
        follow_profiles(actor=actor, facts=facts_of(successor))
    return reopen_pairs(actor, document)


def _take_up_again(facts: PairFacts, *, ended_on: date | None) -> None:
    """The mentees go on: the day on which the former pair ended is not the end of their programme."""
    ids = [member.mentee_id for member in facts.members]
    MenteeProfile.objects.filter(pk__in=ids, left_on=ended_on).update(left_on=None)


def _reopen(actor: Actor, pair: Pair, *, reason: str) -> None:
    ended_on = pair.ended_on
    for member in PairMentee.objects.filter(pair=pair, left_on=ended_on):
        member.left_on = None
        member.save(update_fields={"left_on"})
    move_pair(
        actor=actor,
        pair=pair,
        target=PairState.ACTIVE,
        reason=reason,
        end_order=None,
        end_reason="",
        ended_on=None,
    )
    facts = facts_of(pair)
    _take_up_again(facts, ended_on=ended_on)
    follow_profiles(actor=actor, facts=facts)


def _pairs(document: Document) -> list[Pair]:
    return list(Pair.objects.filter(pk__in=document.choices.get("pairs", [])).order_by("id"))
