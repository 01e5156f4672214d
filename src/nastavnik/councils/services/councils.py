"""A council from its first line to the end of its work."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.councils import policies
from nastavnik.councils.models import (
    COUNCIL_TRANSITIONS,
    Council,
    CouncilKind,
    CouncilMember,
    CouncilState,
    belongs_to_territory,
)
from nastavnik.documents.models import Document, DocumentState
from nastavnik.documents.services import drop_draft
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

NAMES = {
    CouncilKind.WORKING_GROUP: "Рабочая группа по внедрению целевой модели наставничества",
    CouncilKind.CREATIVE_GROUP: "Творческая группа по наставничеству",
    CouncilKind.METHODICAL: "Методическое объединение наставников",
    CouncilKind.EXPERT: "Экспертный совет по наставничеству",
    CouncilKind.GOVERNING: "Управляющий совет",
    CouncilKind.PEDAGOGICAL: "Педагогический совет",
    CouncilKind.CURATORS: "Совет кураторов",
    CouncilKind.COMMUNITY: "Сообщество наставников",
}


def kinds_for(organisation: Organisation) -> list[tuple[str, str]]:
    """Kinds that make sense there: a council of curators gathers institutions."""
    return [
        (value, label)
        for value, label in CouncilKind.choices
        if value != CouncilKind.CURATORS or belongs_to_territory(organisation)
    ]


@transaction.atomic
def add_council(
    *, actor: Actor, organisation: Organisation, kind: str, name: str = "", **values: Any
) -> Council:
    """A council without members yet: they come by an order.

    Raises: DomainError for a second working group, for a council of curators in a school.
    """
    demand(policies.can_edit(actor))
    if kind not in dict(kinds_for(organisation)):
        raise DomainError("council_kind", "Такой совет здесь не создают.", field="kind")
    if kind == CouncilKind.WORKING_GROUP and open_working_group(organisation) is not None:
        raise DomainError("one_group", "Рабочая группа уже есть: измените её состав.", field="kind")
    council = Council(
        organisation=organisation,
        kind=kind,
        name=tidy(name)[:200] or NAMES[CouncilKind(kind)],
        created_by=actor.label[:200],
    )
    _set(council, values)
    council.save()
    record(actor=actor, action="councils.add", subject=council, to_state=council.state)
    return council


@transaction.atomic
def change_council(*, actor: Actor, council: Council, name: str, **values: Any) -> Council:
    """Another name, task, term or Regulation; the composition is changed by an order."""
    held = locked(council)
    demand(policies.can_change(actor, held))
    held.name = tidy(name)[:200] or held.name
    _set(held, values)
    held.save()
    record(actor=actor, action="councils.edit", subject=held, to_state=held.state)
    return held


@transaction.atomic
def close_council(*, actor: Actor, council: Council, words: str, on: date | None = None) -> Council:
    """The work is over; composition, sittings and papers stay as they were.

    A draft order on the composition is dropped. Raises: DomainError without a word on how it ended.
    """
    held = locked(council)
    demand(policies.can_change(actor, held))
    said = tidy(words)[:300]
    if not said:
        raise DomainError("words_needed", "Напишите, чем завершилась работа.", field="words")
    if held.draft_order is not None and held.draft_order.is_open:
        drop_draft(actor=actor, document=held.draft_order)
        held.refresh_from_db()
    last = on or timezone.localdate()
    CouncilMember.objects.filter(council=held, until__isnull=True, since__lte=last).update(
        until=last
    )
    if held.starts_on is None or held.starts_on <= last:
        held.ends_on = last
    held.close_words = said
    held.save(update_fields=["ends_on", "close_words"])
    return move(actor, held, CouncilState.CLOSED, "councils.close", reason=said)


def open_working_group(organisation: Organisation) -> Council | None:
    found: Council | None = (
        Council.objects.filter(organisation=organisation, kind=CouncilKind.WORKING_GROUP)
        .exclude(state=CouncilState.CLOSED)
        .first()
    )
    return found


def locked(council: Council) -> Council:
    """The council as it is now, held until the end of the transaction."""
    fresh: Council = (
        Council.objects.select_for_update(of=("self",))
        .select_related("order", "draft_order")
        .get(pk=council.pk)
    )
    return fresh


def move(
    actor: Actor, council: Council, target: CouncilState, action: str, *, reason: str = ""
) -> Council:
    before = council.state
    if before != target:
        demand_move(COUNCIL_TRANSITIONS, before, target, label=f"«{council.name}»")
        council.state = target
        council.save(update_fields=["state"])
    record(
        actor=actor,
        action=action,
        subject=council,
        from_state=before,
        to_state=target,
        reason=reason,
    )
    return council


def _set(council: Council, values: Mapping[str, Any]) -> None:
    """Task, rhythm, term and Regulation, checked."""
    council.task = str(values.get("task", "")).strip()[:4000]
    council.rhythm = tidy(str(values.get("rhythm", "")))[:60]
    council.starts_on = values.get("starts_on")
    council.ends_on = values.get("ends_on")
    if council.starts_on and council.ends_on and council.ends_on < council.starts_on:
        raise DomainError("period", "Последний день раньше первого.", field="ends_on")
    _set_regulation(council, values)
    try:
        council.full_clean(exclude=("organisation",))
    except ValidationError as error:
        raise DomainError("wrong_values", " ".join(error.messages)) from error


def _set_regulation(council: Council, values: Mapping[str, Any]) -> None:
    """The Regulation: a signed document of «Дело», or its title, number and date on paper."""
    paper: Document | None = values.get("regulation")
    if paper is not None and paper.state not in {DocumentState.IN_FORCE, DocumentState.AMENDED}:
        raise DomainError(
            "regulation_state", "Выберите положение, которое действует.", field="regulation"
        )
    council.regulation = paper
    council.regulation_title = tidy(str(values.get("regulation_title", "")))[:200]
    council.regulation_number = tidy(str(values.get("regulation_number", "")))[:40]
    council.regulation_on = values.get("regulation_on")
    if not council.regulation_title and (council.regulation_number or council.regulation_on):
        raise DomainError(
            "regulation_title", "Напишите, как называется положение.", field="regulation_title"
        )
