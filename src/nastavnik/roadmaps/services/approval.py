"""Approval by an order: what its signature and its cancelling do to the roadmap."""

from typing import Any

from django.db import transaction
from django.urls import reverse

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.effects import Check, Effect, Link
from nastavnik.documents.models import OPEN_STATES as OPEN_DOCUMENTS
from nastavnik.documents.models import Document
from nastavnik.documents.services.drafts import prepare_document
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.models import (
    ROADMAP_TRANSITIONS,
    Roadmap,
    RoadmapKind,
    RoadmapState,
)
from nastavnik.roadmaps.services.common import locked
from nastavnik.roadmaps.services.upper import push_down
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.typography import counted, date_words
from nastavnik.shared.verdict import demand

ORDER_ROADMAP = "order_roadmap"


@transaction.atomic
def prepare_order(
    *, actor: Actor, roadmap: Roadmap, data: dict[str, Any], order_item: str = "1"
) -> Document:
    """Draft the approving order of an agreed roadmap; `order_item` is the point that approves it.

    Raises: DomainError when it is not agreed yet or such an order is already on its way.
    """
    held = locked(roadmap)
    demand(policies.can_prepare_order(actor, held))
    if held.state != RoadmapState.AGREED:
        raise DomainError(
            "not_agreed",
            "Приказ составляют, когда карта согласована. Отправьте её на согласование.",
        )
    if held.order is not None and held.order.state in OPEN_DOCUMENTS:
        raise DomainError("order_waits", "Приказ об утверждении уже составлен.")
    document = prepare_document(
        actor=actor,
        organisation=held.organisation,
        kind=ORDER_ROADMAP,
        data=data,
        choices={"roadmap": held.pk},
        subject_id=held.pk,
    )
    held.order, held.order_item = document, order_item.strip()[:20]
    held.save(update_fields=["order", "order_item"])
    return document


def check_order(document: Document) -> list[Check]:
    """Beside the order before its signature: is the roadmap still the agreed one."""
    roadmap = _roadmap(document)
    if roadmap is None:
        return [Check("bad", "Дорожной карты, которую утверждает приказ, больше нет.")]
    if roadmap.state != RoadmapState.AGREED:
        return [Check("bad", f"Дорожная карта сейчас {roadmap.get_state_display()}.")]
    lines = roadmap.items.filter(is_group=False)
    checks = [Check("ok", f"Согласована {date_words(roadmap.agreed_on)}: {roadmap.agreed_by}")]
    nobody = lines.filter(responsible__isnull=True).count()
    if nobody:
        left = counted(nobody, "пункта", "пунктов", "пунктов")
        checks.append(Check("wait", f"Без ответственного: у {left}"))
    return checks


def approve(actor: Actor, document: Document) -> Effect:
    """The signature: the roadmap is in force, the version before it is closed.

    Raises: DomainError when the signer approves what he sent himself without the coordinator.
    """
    roadmap = _demand_roadmap(document)
    _demand_other_person(actor, document, roadmap)
    demand_move(
        ROADMAP_TRANSITIONS, roadmap.state, RoadmapState.IN_FORCE, label=f"«{roadmap.title}»"
    )
    before = roadmap.state
    roadmap.state = RoadmapState.IN_FORCE
    roadmap.order, roadmap.in_force_on = document, document.registered_on
    roadmap.save(update_fields=["state", "order", "in_force_on"])
    record(
        actor=actor,
        action="roadmaps.approve",
        subject=roadmap,
        from_state=before,
        to_state=roadmap.state,
        reason=str(document),
    )
    sentences = [f"Дорожная карта утверждена и действует с {roadmap.in_force_on:%d.%m.%Y}."]
    previous = roadmap.previous
    if previous is not None and previous.state == RoadmapState.IN_FORCE:
        _close_previous(actor, previous, document)
        sentences.append(f"Прежняя версия {previous.version} закрыта.")
    if roadmap.kind == RoadmapKind.MUNICIPAL:
        reached = push_down(actor=actor, roadmap=roadmap)
        if reached:
            places = counted(reached, "карте", "картах", "картах")
            sentences.append(f"Обязательные пункты появились в {places} учреждений.")
    return Effect(tuple(sentences))


def disapprove(actor: Actor, document: Document) -> Effect:
    """The order is cancelled: the roadmap is agreed again and waits for another order."""
    roadmap = _roadmap(document)
    if roadmap is None or roadmap.state != RoadmapState.IN_FORCE:
        return Effect()
    roadmap.state = RoadmapState.AGREED
    roadmap.order, roadmap.order_item, roadmap.in_force_on = None, "", None
    roadmap.save(update_fields=["state", "order", "order_item", "in_force_on"])
    record(
        actor=actor,
        action="roadmaps.disapprove",
        subject=roadmap,
        from_state=RoadmapState.IN_FORCE,
        to_state=roadmap.state,
        reason=str(document),
    )
    return Effect(("Дорожная карта больше не утверждена: она согласована и ждёт приказа.",))


def links(actor: Actor, document: Document) -> list[Link]:
    """From the card of the order to the roadmap that it approves."""
    if not document.subject_id or not policies.can_read(actor):
        return []
    kwargs = {"org": document.organisation.slug, "pk": document.subject_id}
    return [Link("Открыть дорожную карту", reverse("roadmaps:board", kwargs=kwargs))]


def let_go(_actor: Actor, document: Document) -> Effect:
    """A dropped draft of the order frees the roadmap for another one."""
    Roadmap.objects.filter(pk=document.subject_id, order=document).update(order=None, order_item="")
    return Effect()


def _roadmap(document: Document) -> Roadmap | None:
    found: Roadmap | None = (
        Roadmap.objects.select_for_update(of=("self",))
        .filter(pk=document.subject_id)
        .select_related("previous")
        .first()
        if document.subject_id
        else None
    )
    return found


def _demand_roadmap(document: Document) -> Roadmap:
    roadmap = _roadmap(document)
    if roadmap is None:
        raise DomainError("no_roadmap", "Дорожной карты, которую утверждает приказ, больше нет.")
    return roadmap


def _demand_other_person(actor: Actor, document: Document, roadmap: Roadmap) -> None:
    """A paper signed by the head's hand may be entered by the curator who sent the roadmap."""
    if not document.signed_on_paper:
        demand(policies.can_approve(actor, roadmap))


def _close_previous(actor: Actor, previous: Roadmap, document: Document) -> None:
    previous.state = RoadmapState.CLOSED
    previous.closed_on = document.registered_on
    previous.close_words = f"Заменена новой версией: {document}"[:500]
    previous.save(update_fields=["state", "closed_on", "close_words"])
    record(
        actor=actor,
        action="roadmaps.close",
        subject=previous,
        from_state=RoadmapState.IN_FORCE,
        to_state=previous.state,
        reason=previous.close_words,
    )
