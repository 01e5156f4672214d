"""Sittings: planned, held, cancelled; and the protocol of what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.councils import papers, policies, queries
from nastavnik.councils.models import (
    SITTING_TRANSITIONS,
    Council,
    CouncilMember,
    CouncilState,
    Decision,
    Presence,
    Sitting,
    SittingState,
)
from nastavnik.councils.services.councils import locked as locked_council
from nastavnik.documents.effects import Check, Effect
from nastavnik.documents.models import Document
from nastavnik.documents.services import prepare_document
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation


@dataclass(frozen=True)
class Ruling:
    """One entry of «решили»."""

    text: str
    responsible: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Draft:
    """A sitting as the plan holds it; with `by_month` only the month of the day counts."""

    topic: str
    planned_on: date
    by_month: bool = False
    agenda: str = ""
    place: str = ""


@transaction.atomic
def plan_sitting(*, actor: Actor, council: Council, draft: Draft) -> Sitting:
    """Put a sitting into the plan. Raises: DomainError without a topic."""
    held = locked_council(council)
    demand(policies.can_change(actor, held))
    sitting = Sitting(organisation_id=held.organisation_id, council=held)
    _write(sitting, draft)
    sitting.save()
    record(actor=actor, action="councils.plan", subject=sitting, to_state=sitting.state)
    return sitting


@transaction.atomic
def change_sitting(*, actor: Actor, sitting: Sitting, draft: Draft) -> Sitting:
    """Another day, topic or agenda of a sitting that has not been held."""
    held = locked(sitting)
    demand(policies.can_plan(actor, held))
    _write(held, draft)
    held.save()
    record(actor=actor, action="councils.plan_edit", subject=held, to_state=held.state)
    return held


@transaction.atomic
def cancel_sitting(*, actor: Actor, sitting: Sitting, reason: str) -> Sitting:
    """The sitting will not take place. Raises: DomainError without a reason."""
    held = locked(sitting)
    demand(policies.can_plan(actor, held))
    words = tidy(reason)[:300]
    if not words:
        raise DomainError("reason_needed", "Напишите, почему отменяется.", field="reason")
    held.cancel_reason = words
    held.save(update_fields=["cancel_reason"])
    return _move(actor, held, SittingState.CANCELLED, "councils.cancel_sitting", reason=words)


@transaction.atomic
def hold_sitting(
    *,
    actor: Actor,
    sitting: Sitting,
    held_on: date,
    chair: CouncilMember,
    secretary: CouncilMember | None,
    present: Sequence[CouncilMember],
    rulings: Sequence[Ruling],
    place: str = "",
    guests: str = "",
    heard: str = "",
) -> Sitting:
    """Write down how the sitting went; may be written anew until its protocol is composed.

    Raises: DomainError for a day ahead or of before the order, for a chair who was absent, without
    decisions, before the composition is approved.
    """
    held = locked(sitting)
    demand(policies.can_hold(actor, held))
    council = held.council
    members = {member.pk for member in queries.composition(council)}
    _demand_working(council, held_on)
    came = {member.pk for member in present}
    if not came <= members or chair.pk not in came:
        raise DomainError(
            "chair_absent", "Заседание ведёт тот, кто на нём присутствовал.", field="chair"
        )
    if secretary is not None and (secretary.pk == chair.pk or secretary.pk not in came):
        raise DomainError(
            "secretary_wrong",
            "Протокол ведёт другой участник, который присутствовал.",
            field="secretary",
        )
    if not rulings:
        raise DomainError("no_decisions", "Впишите хотя бы одно решение.", field="text-0")
    held.held_on, held.place = held_on, tidy(place)[:200]
    held.chair, held.secretary = chair, secretary
    held.guests, held.heard = guests.strip()[:2000], heard.strip()[:8000]
    held.save(update_fields=["held_on", "place", "chair", "secretary", "guests", "heard"])
    _write_presence(held, present)
    _write_decisions(held, rulings)
    return _move(actor, held, SittingState.HELD, "councils.hold")


@transaction.atomic
def unhold_sitting(*, actor: Actor, sitting: Sitting) -> Sitting:
    """Marked by mistake: the sitting is only planned again; refused once a protocol is composed."""
    held = locked(sitting)
    demand(policies.can_hold(actor, held))
    held.held_on, held.chair, held.secretary = None, None, None
    before = held.state
    demand_move(SITTING_TRANSITIONS, before, SittingState.PLANNED, label=f"«{held.topic}»")
    held.state = SittingState.PLANNED
    held.save(update_fields=["held_on", "chair", "secretary", "state"])
    Presence.objects.filter(sitting=held).delete()
    Decision.objects.filter(sitting=held).delete()
    record(
        actor=actor,
        action="councils.unhold",
        subject=held,
        from_state=before,
        to_state=held.state,
    )
    return held


@transaction.atomic
def prepare_protocol(*, actor: Actor, organisation: Organisation, sitting: Sitting) -> Document:
    """Draft the protocol of a held sitting; registered, it goes to «Советы и протоколы».

    Raises: DomainError before it is written down how the sitting went.
    """
    held = locked(sitting)
    demand(policies.can_write_protocol(actor, held))
    if held.state != SittingState.HELD:
        raise DomainError("not_held", "Сначала запишите, как прошло заседание.")
    full = queries.sitting(held.pk)
    assert full is not None
    members = queries.composition(full.council)
    document = prepare_document(
        actor=actor,
        organisation=organisation,
        kind=papers.PROTOCOL,
        title=f"Протокол: {full.council.name}, {full.day:%d.%m.%Y}"[:300],
        data=papers.protocol_data(organisation, full, members),
        choices={"sitting": held.pk},
        subject_id=held.pk,
    )
    held.protocol = document
    held.save(update_fields=["protocol"])
    record(actor=actor, action="councils.protocol", subject=held, reason=str(document))
    return document


def check_protocol(document: Document) -> list[Check]:
    """A protocol is of the sitting's day or later."""
    sitting = Sitting.objects.filter(protocol=document).first()
    day = document.registered_on
    if sitting is None or sitting.held_on is None or day is None or day >= sitting.held_on:
        return []
    return [Check("bad", f"Заседание прошло {sitting.held_on:%d.%m.%Y}, дата протокола раньше.")]


def forget_protocol(_actor: Actor, document: Document) -> Effect:
    """Dropped or cancelled: the sitting may be written down again and gets another protocol."""
    freed = Sitting.objects.filter(protocol=document).update(protocol=None)
    return Effect(("Заседание осталось без протокола.",)) if freed else Effect()


def locked(sitting: Sitting) -> Sitting:
    """The sitting as it is now, held until the end of the transaction."""
    fresh: Sitting = (
        Sitting.objects.select_for_update(of=("self",))
        .select_related("council", "protocol")
        .get(pk=sitting.pk)
    )
    return fresh


def _write(sitting: Sitting, draft: Draft) -> None:
    sitting.topic = tidy(draft.topic)[:300]
    if not sitting.topic:
        raise DomainError("topic_needed", "Напишите тему заседания.", field="topic")
    day = draft.planned_on
    sitting.by_month = draft.by_month
    sitting.planned_on = last_of_month(day) if draft.by_month else day
    sitting.agenda = draft.agenda.strip()[:4000]
    sitting.place = tidy(draft.place)[:200]


def last_of_month(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def _demand_working(council: Council, held_on: date) -> None:
    if council.state != CouncilState.ACTIVE or council.order is None:
        raise DomainError("no_composition", "Сначала утвердите состав приказом.")
    first = council.order.registered_on
    if held_on > timezone.localdate():
        raise DomainError("date_ahead", "Этот день ещё не наступил.", field="held_on")
    if first is not None and held_on < _earliest(council, first):
        raise DomainError(
            "before_order",
            "Заседание раньше приказа о составе: проверьте дату.",
            field="held_on",
        )


def _earliest(council: Council, first: date) -> date:
    """The day of the first order that approved a composition of this council."""
    rows = CouncilMember.objects.filter(council=council).order_by("since")
    found: date | None = rows.values_list("since", flat=True).first()
    return min(found or first, first)


def _write_presence(sitting: Sitting, present: Sequence[CouncilMember]) -> None:
    Presence.objects.filter(sitting=sitting).delete()
    Presence.objects.bulk_create(
        [
            Presence(organisation_id=sitting.organisation_id, sitting=sitting, member=member)
            for member in present
        ]
    )


def _write_decisions(sitting: Sitting, rulings: Sequence[Ruling]) -> None:
    Decision.objects.filter(sitting=sitting).delete()
    Decision.objects.bulk_create(
        [
            Decision(
                organisation_id=sitting.organisation_id,
                sitting=sitting,
                position=position,
                text=tidy(ruling.text)[:1000],
                responsible=tidy(ruling.responsible)[:200],
                due_on=ruling.due_on,
            )
            for position, ruling in enumerate(rulings, 1)
        ]
    )


def _move(
    actor: Actor, sitting: Sitting, target: SittingState, action: str, *, reason: str = ""
) -> Sitting:
    before = sitting.state
    demand_move(SITTING_TRANSITIONS, before, target, label=f"«{sitting.topic}»")
    sitting.state = target
    sitting.save(update_fields=["state"])
    record(
        actor=actor,
        action=action,
        subject=sitting,
        from_state=before,
        to_state=target,
        reason=reason,
    )
    return sitting
