"""How an active pair follows its papers: paused when one ceases to hold, resumed when all are back."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.pairs import queries, rules
from nastavnik.pairs.facts import PairFacts, load_facts
from nastavnik.pairs.models import HOLDING_STATES, Pair, PairState
from nastavnik.pairs.services.composing import move_pair
from nastavnik.pairs.services.profiles import follow_profiles
from nastavnik.tenancy.models import Organisation

WATCHED = frozenset({PairState.ACTIVE, PairState.PAUSED})


@transaction.atomic
def review_pairs(*, actor: Actor, pairs: Iterable[Pair], on: date) -> list[str]:
    """Pause active pairs whose papers fail on `on`, resume paused ones whose papers hold again.

    Returns sentences for the person whose action led here. Pairs before their order do not change:
    their blockers are computed when the order is made and again when it is signed.
    """
    told = []
    for facts in load_facts(p for p in pairs if p.state in WATCHED):
        told += _review(actor, facts, on)
    return told


def _review(actor: Actor, facts: PairFacts, on: date) -> list[str]:
    pair, found = facts.pair, rules.blockers(facts, on)
    reason = "; ".join(b.sentence for b in rules.told(found))[:300]
    names = pair_in_words(facts)
    if pair.state == PairState.ACTIVE and found:
        move_pair(
            actor=actor, pair=pair, target=PairState.PAUSED, reason=reason, pause_reason=reason
        )
        follow_profiles(actor=actor, facts=facts)
        return [f"Приостановлена пара: {names}. Причина: {reason}."]
    if pair.state == PairState.PAUSED and not found:
        move_pair(
            actor=actor, pair=pair, target=PairState.ACTIVE, reason="всё на месте", pause_reason=""
        )
        follow_profiles(actor=actor, facts=facts)
        return [f"Пара снова активна: {names}."]
    if pair.state == PairState.PAUSED and reason != pair.pause_reason:
        pair.pause_reason = reason
        pair.save(update_fields={"pause_reason"})
    return []


def pair_in_words(facts: PairFacts) -> str:
    mentees = ", ".join(m.short_name for m in facts.mentees)
    return f"{facts.mentor.short_name} — {mentees}"


def on_papers_changed(
    actor: Actor, _organisation: Organisation, person_ids: Collection[int], on: date
) -> list[str]:
    """Listener of `people.news`."""
    return review_pairs(actor=actor, pairs=queries.pairs_of_people(person_ids), on=on)


def review_organisation(*, actor: Actor, on: date) -> list[str]:
    """Night work: every holding pair of the organisation in scope."""
    return review_pairs(
        actor=actor, pairs=Pair.objects.filter(state__in=list(HOLDING_STATES)), on=on
    )
