"""What councils can prove to a roadmap line."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from nastavnik.councils.models import Council, CouncilKind, CouncilState, Sitting, SittingState
from nastavnik.councils.papers import PROTOCOL
from nastavnik.councils.queries import IN_FORCE, ORDER_COUNCIL, ORDER_CREATIVE_GROUP
from nastavnik.documents.models import OPEN_STATES, DocumentState
from nastavnik.roadmaps.evidence import (
    Evidence,
    EvidenceKind,
    Parameter,
    Rules,
    Work,
    register,
    register_document_work,
    within,
)
from nastavnik.roadmaps.protocols import OfferedProtocol, register_protocols
from nastavnik.shared.typography import counted

SITTINGS = ("заседания", "заседаний", "заседаний")
OFFERED = 12
_WORK = Work("Открыть советы и группы", "councils:list")


def councils_formed(rules: Rules, on: date) -> Sequence[Evidence | None]:
    """For each rule the council of its kind whose composition an order in force approved."""
    rows = list(
        Council.objects.exclude(state=CouncilState.CLOSED)
        .order_by("id")
        .values_list(
            "kind",
            "order_id",
            "order__state",
            "order__number_text",
            "order__registered_on",
            "draft_order_id",
            "draft_order__state",
        )
    )
    return [_formed(rule, rows, on) for rule in rules]


def _formed(rule: Mapping[str, Any], rows: Sequence[tuple[Any, ...]], on: date) -> Evidence | None:
    waiting = None
    for kind, order_id, state, number, day, draft_id, draft_state in rows:
        if kind != rule.get("kind"):
            continue
        if state in IN_FORCE and day <= on and within(day, rule):
            head = f"закрыто приказом № {number}" if number else "закрыто приказом"
            return Evidence(f"{head} от {day:%d.%m.%Y}", day, order_id)
        if draft_state in OPEN_STATES:
            words = "приказ о составе на подписи"
            if draft_state != DocumentState.TO_SIGN:
                words = "есть проект приказа о составе"
            waiting = Evidence(words, document_id=draft_id, is_met=False)
    return waiting


def sittings_with_protocols(rules: Rules, on: date) -> Sequence[Evidence | None]:
    """For each rule the sittings of its kind of council held in its days, protocols in force."""
    rows = list(
        Sitting.objects.filter(
            state=SittingState.HELD,
            held_on__lte=on,
            protocol__state__in=IN_FORCE,
            protocol__registered_on__lte=on,
        )
        .order_by("-held_on", "-id")
        .values_list(
            "council__kind",
            "held_on",
            "protocol_id",
            "protocol__number_text",
            "protocol__registered_on",
        )
    )
    return [_held(rule, rows) for rule in rules]


def _held(rule: Mapping[str, Any], rows: Sequence[tuple[Any, ...]]) -> Evidence | None:
    mine = [
        row for row in rows if row[0] == rule.get("kind") and within(row[1], rule, of_period=True)
    ]
    if not mine:
        return None
    wanted = int(rule.get("number") or 1)
    if len(mine) < wanted:
        words = f"проведено с протоколом {len(mine)} из {counted(wanted, *SITTINGS)}"
        return Evidence(words, is_met=False)
    _kind, held_on, protocol_id, number, registered_on = mine[0]
    number_words = f" № {number}" if number else ""
    words = f"закрыто протоколом{number_words} от {registered_on:%d.%m.%Y}"
    words += f", заседание {held_on:%d.%m.%Y}"
    return Evidence(words, registered_on, protocol_id)


def protocols_of_sittings() -> list[OfferedProtocol]:
    """The latest registered protocols, for a roadmap that a council agrees."""
    rows = (
        Sitting.objects.filter(state=SittingState.HELD, protocol__state__in=IN_FORCE)
        .order_by("-held_on", "-id")
        .values_list(
            "protocol_id",
            "council__name",
            "held_on",
            "protocol__number_text",
            "protocol__registered_on",
        )[:OFFERED]
    )
    return [
        OfferedProtocol(
            key=str(pk),
            label=f"{name}, заседание {held_on:%d.%m.%Y}, протокол № {number}",
            number=number,
            on=registered_on,
        )
        for pk, name, held_on, number, registered_on in rows
        if number
    ]


def register_all() -> None:
    register_protocols(protocols_of_sittings)
    kind = Parameter(
        "kind",
        "Какой совет или группа",
        "choice",
        default=CouncilKind.WORKING_GROUP.value,
        choices=lambda: CouncilKind.choices,
    )
    register(
        EvidenceKind.COUNCIL_FORMED,
        find_many=councils_formed,
        title="Состав утверждён приказом",
        parameters=(kind,),
        work=_WORK,
    )
    register(
        EvidenceKind.COUNCIL_SITTING_WITH_PROTOCOL,
        find_many=sittings_with_protocols,
        title="Заседания проведены, протоколы подписаны",
        parameters=(kind, Parameter("number", "Сколько заседаний", "number", default=1)),
        work=_WORK,
    )
    for code in (ORDER_CREATIVE_GROUP, ORDER_COUNCIL):
        register_document_work(code, _WORK)
    register_document_work(PROTOCOL, _WORK, is_yearly=True)
