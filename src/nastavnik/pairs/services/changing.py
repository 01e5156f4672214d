"""Groups at work change by an additional order: a newcomer joins, a group of one becomes a pair."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.effects import Check, Effect
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.models import Document
from nastavnik.documents.services import prepare_document
from nastavnik.pairs import order_data, policies, rules
from nastavnik.pairs.facts import PairFacts, facts_of
from nastavnik.pairs.kinds import kind_rules
from nastavnik.pairs.models import Newcomer, Pair, PairAnswer, PairMentee
from nastavnik.pairs.rules import Blocker
from nastavnik.pairs.services.composing import PairRefused, open_answers, place_faults
from nastavnik.pairs.services.ending import convert_to_pair, pause_if_alone
from nastavnik.pairs.services.profiles import follow_leaver, follow_profiles
from nastavnik.pairs.services.standing import WATCHED, review_pairs
from nastavnik.people.models import MenteeProfile
from nastavnik.people.queries.papers import papers_of
from nastavnik.shared.errors import DomainError
from nastavnik.shared.typography import counted
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

ORDER_CHANGE = "order_pairs_change"
PEOPLE_WORDS = ("участник", "участника", "участников")


@transaction.atomic
def propose_newcomer(*, actor: Actor, pair: Pair, mentee: MenteeProfile) -> Newcomer:
    """Ask one more mentee into a group at work; the place comes with the signed order.

    Raises DomainError for a pair or a group that is not at work, PairRefused when it cannot be.
    """
    demand(policies.can_edit_pairs(actor))
    if not pair.is_group or pair.state not in WATCHED:
        raise DomainError("not_open", "По приказу участника добавляют в действующую группу.")
    faults = _faults(pair, [mentee])
    if pair.members.filter(mentee=mentee).exists():
        faults.append(f"{mentee.person.short_name} уже был в этой группе.")
    if Newcomer.objects.filter(pair=pair, mentee=mentee).exists():
        faults.append(f"{mentee.person.short_name} уже ждёт приказа в этой группе.")
    if faults:
        raise PairRefused(faults)
    newcomer = Newcomer(organisation_id=pair.organisation_id, pair=pair, mentee=mentee)
    newcomer.save()
    open_answers(pair, [mentee.person_id])
    record(actor=actor, action="pairs.newcomer", subject=pair, details={"mentee": mentee.pk})
    return newcomer


@transaction.atomic
def withdraw_newcomer(*, actor: Actor, newcomer: Newcomer) -> None:
    """The newcomer will not join after all. Raises DomainError while an order names the person."""
    demand(policies.can_edit_pairs(actor))
    if newcomer.order_id is not None:
        text = "Участник стоит в проекте приказа. Сначала удалите проект."
        raise DomainError("in_order", text)
    person_id = newcomer.mentee.person_id
    PairAnswer.objects.filter(pair_id=newcomer.pair_id, person_id=person_id).delete()
    record(
        actor=actor,
        action="pairs.newcomer_withdrawn",
        subject=newcomer.pair,
        details={"mentee": newcomer.mentee_id},
    )
    newcomer.delete()


def newcomers_of(pair: Pair) -> list[Newcomer]:
    return list(Newcomer.objects.filter(pair=pair).select_related("mentee__person", "order"))


def newcomer_blockers(
    facts: PairFacts, newcomers: Sequence[Newcomer], on: date
) -> dict[int, list[Blocker]]:
    """What keeps each newcomer (by person) out of the order: the same that any pair needs."""
    people = [newcomer.mentee.person for newcomer in newcomers]
    if not people:
        return {}
    whole = replace(
        facts,
        mentees=(*facts.mentees, *people),
        answers={a.person_id: a for a in PairAnswer.objects.filter(pair=facts.pair)},
        papers={**facts.papers, **papers_of([person.pk for person in people])},
    )
    found: dict[int, list[Blocker]] = {person.pk: [] for person in people}
    already = set(rules.blockers(facts, on))
    for blocker in rules.blockers(whole, on):
        if blocker.person_id in found:
            found[blocker.person_id].append(blocker)
        elif blocker not in already:  # the mentor lacks what only the newcomers ask for
            for lacking in found.values():
                lacking.append(blocker)
    return found


@transaction.atomic
def prepare_change_order(
    *, actor: Actor, organisation: Organisation, pair: Pair, starts_on: date
) -> Document:
    """Draft the order on the group's newcomers, or on its becoming a pair when one is left.

    Newcomers who lack something wait for another order. Raises DomainError when there is nothing to
    decide or every newcomer lacks something.
    """
    demand(policies.can_prepare_orders(actor))
    if not pair.is_group or pair.state not in WATCHED:
        raise DomainError("not_open", "Состав меняют приказом только у действующей группы.")
    if starts_on < order_data.today():
        text = "Новый состав не может действовать раньше приказа."
        raise DomainError("start_past", text, field="starts_on")
    newcomers = [n for n in newcomers_of(pair) if n.order_id is None]
    facts = facts_of(pair)
    if not newcomers and len(facts.mentees) != 1:
        raise DomainError("size", "В паре должен остаться ровно один наставляемый.")
    newcomers = _ready(facts, newcomers, starts_on)
    document = prepare_document(
        actor=actor,
        organisation=organisation,
        kind=ORDER_CHANGE,
        data=_data(organisation, facts, newcomers, starts_on),
        choices={
            "pairs": [pair.pk],
            "mentees": [newcomer.mentee_id for newcomer in newcomers],
            "kinds": pair.kinds,
            "starts_on": starts_on.isoformat(),
        },
        subject_id=pair.pk,
    )
    for newcomer in newcomers:
        newcomer.order = document
        newcomer.save(update_fields={"order"})
    return document


def _ready(facts: PairFacts, newcomers: Sequence[Newcomer], on: date) -> list[Newcomer]:
    found = newcomer_blockers(facts, newcomers, on)
    ready = [newcomer for newcomer in newcomers if not found[newcomer.mentee.person_id]]
    if ready or not newcomers:
        return ready
    lacking = [blocker.sentence for blockers in found.values() for blocker in rules.told(blockers)]
    raise DomainError("not_ready", f"Приказ пока не составить. {'; '.join(lacking)}.")


def _data(
    organisation: Organisation, facts: PairFacts, newcomers: Sequence[Newcomer], starts_on: date
) -> dict[str, Any]:
    mentor = order_data.person_data(organisation, facts.mentor)
    joining = [order_data.person_data(organisation, n.mentee.person) for n in newcomers]
    alone = order_data.person_data(organisation, facts.mentees[0]) if not newcomers else None
    return {
        **order_data.following(organisation, facts.pair),
        **_dates(starts_on),
        "added": [{"mentor": mentor, "mentees": joining}] if newcomers else [],
        "converted": [{"mentor": mentor, "mentee": alone}] if alone else [],
        "acquaintance": [mentor],
    }


def _dates(starts_on: date) -> dict[str, str]:
    due = starts_on + timedelta(days=order_data.PROGRAMME_DAYS)
    return {"starts_on": date_words(starts_on), "programme_due": date_words(due)}


def change_on_day(document: Document, day: date) -> dict[str, Any]:
    """A first day that has passed moves to the day of the order."""
    planned = date.fromisoformat(document.choices["starts_on"])
    return _dates(day) if planned < day else {}


def check_change_order(document: Document) -> list[Check]:
    pair = _pair(document)
    on = _first_day(document)
    if not pair.is_group or pair.state not in WATCHED:
        return [Check("bad", "Эта группа уже не действует или стала парой.")]
    facts, newcomers = facts_of(pair), list(_joining(document))
    if not document.choices["mentees"]:
        if len(facts.mentees) != 1:
            return [Check("bad", "В паре должен остаться ровно один наставляемый.")]
        return [Check("ok", "Группа, в которой остался один наставляемый, становится парой")]
    found = newcomer_blockers(facts, newcomers, on)
    faults = _faults(pair, [newcomer.mentee for newcomer in newcomers])
    bad = [
        blocker.sentence for blockers in found.values() for blocker in rules.told(blockers)
    ] + faults
    if not newcomers:
        bad.append("В приказе не осталось ни одного нового участника.")
    if bad:
        return [Check("bad", text) for text in bad]
    return [Check("ok", f"Входит в группу: {counted(len(newcomers), *PEOPLE_WORDS)}")]


def change_group(actor: Actor, document: Document) -> Effect:
    """Signing: newcomers get their places, or the group becomes a pair."""
    pair, on = _pair(document), _first_day(document)
    if not document.choices["mentees"]:
        convert_to_pair(actor=actor, pair=pair, order=document, on=on)
        return Effect(("Группа преобразована в пару.",))
    newcomers = list(_joining(document))
    for newcomer in newcomers:
        PairMentee(
            organisation_id=pair.organisation_id,
            pair=pair,
            mentee=newcomer.mentee,
            joined_on=on,
        ).save()
        newcomer.delete()
        record(
            actor=actor,
            action="pairs.add",
            subject=pair,
            reason=str(document),
            details={"mentee": newcomer.mentee_id},
        )
    told = review_pairs(actor=actor, pairs=[pair], on=on)
    follow_profiles(actor=actor, facts=facts_of(pair))
    return Effect((f"В группу вошли: {counted(len(newcomers), *PEOPLE_WORDS)}.", *told))


def undo_change(actor: Actor, document: Document) -> Effect:
    """Cancelling: those who joined by the order leave; a pair that was a group is one again."""
    pair, today = _pair(document), order_data.today()
    if pair.state not in WATCHED:
        return Effect()
    if document.choices["mentees"]:
        joined = pair.members.filter(
            mentee__in=document.choices["mentees"], left_on__isnull=True
        ).select_related("mentee")
        for member in joined:
            member.left_on = today
            member.save(update_fields={"left_on"})
            follow_leaver(actor=actor, mentee=member.mentee)
    else:
        pair.is_group, pair.kinds = True, document.choices["kinds"]
        pair.save(update_fields={"is_group", "kinds"})
    record(actor=actor, action="pairs.change_undone", subject=pair, reason=f"отменён {document}")
    pause_if_alone(actor, pair)
    return Effect((f"Прежний состав: {order_data.pair_in_words(facts_of(pair))}.",))


def release_newcomers(_actor: Actor, document: Document) -> Effect:
    """A dropped draft lets its newcomers wait for another one."""
    Newcomer.objects.filter(order=document).update(order=None)
    return Effect()


def _faults(pair: Pair, mentees: Sequence[MenteeProfile]) -> list[str]:
    """Invariants 8 and 9 and the bounds of the kinds, for a group that grows."""
    count = pair.members.filter(left_on__isnull=True).count()
    mentor = pair.mentor
    faults = [
        *place_faults(mentor, mentees, pair.form),
        *rules.kind_faults(kind_rules(pair.kinds), max(count + len(mentees), 2)),
    ]
    if mentor.person_id in {mentee.person_id for mentee in mentees}:
        faults.append("Человек не может быть наставником самому себе.")
    return faults


def _joining(document: Document) -> Any:
    return (
        Newcomer.objects.filter(order=document, mentee__in=document.choices["mentees"])
        .select_related("mentee__person")
        .order_by("id")
    )


def _first_day(document: Document) -> date:
    planned = date.fromisoformat(document.choices["starts_on"])
    return max(planned, document.registered_on or order_data.today())


def _pair(document: Document) -> Pair:
    found: Pair = Pair.objects.select_related("mentor__person").get(pk=document.choices["pairs"][0])
    return found
