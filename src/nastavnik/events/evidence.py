"""What group meetings can prove to a roadmap line."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from nastavnik.documents.models import DocumentState
from nastavnik.events.models import Event, EventKind, EventState
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


def events_with_protocols(rules: Rules, on: date) -> Sequence[Evidence | None]:
    """For each rule the latest meeting of its kind held in its days, its protocol in force."""
    rows = (
        Event.objects.filter(
            state=EventState.ENDED,
            on__lte=on,
            protocol__state__in=(DocumentState.IN_FORCE, DocumentState.AMENDED),
            protocol__registered_on__lte=on,
        )
        .order_by("-on", "-id")
        .values_list(
            "kind", "on", "protocol_id", "protocol__number_text", "protocol__registered_on"
        )
    )
    held = list(rows)
    return [_latest(rule, held) for rule in rules]


def _latest(rule: Mapping[str, Any], held: Sequence[tuple[Any, ...]]) -> Evidence | None:
    wanted = rule.get("kind", EventKind.GROUP_MEETING)
    for kind, day, protocol_id, number_text, registered_on in held:
        if kind != wanted or not within(day, rule, of_period=True):
            continue
        number = f" № {number_text}" if number_text else ""
        words = f"закрыто протоколом{number} от {registered_on:%d.%m.%Y}, встреча {day:%d.%m.%Y}"
        return Evidence(words, registered_on, protocol_id)
    return None


def register_all() -> None:
    register(
        EvidenceKind.EVENT_WITH_PROTOCOL,
        find_many=events_with_protocols,
        title="Встреча проведена, протокол подписан",
        parameters=(
            Parameter(
                "kind",
                "Какая встреча",
                "choice",
                default=EventKind.GROUP_MEETING.value,
                choices=lambda: EventKind.choices,
            ),
        ),
        work=_MEETINGS,
        hint="Встреча завершена и её протокол подписан.",
    )
    for kind in ("meeting_protocol", "meeting_attendance", "meeting_invitation"):
        register_document_work(kind, _MEETINGS, is_yearly=True)


_MEETINGS = Work("Открыть групповые встречи", "events:list")
