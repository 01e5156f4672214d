"""What group meetings can prove to a roadmap line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nastavnik.documents.models import DocumentState
from nastavnik.events.models import Event, EventKind, EventState
from nastavnik.roadmaps.evidence import (
    UNTIL,
    Evidence,
    EvidenceKind,
    Parameter,
    Work,
    earliest,
    register,
    register_document_work,
)


def event_with_protocol(parameters: Mapping[str, Any], on: date) -> Evidence | None:
    """A meeting of `parameters["kind"]` held by the day whose protocol is in force; the latest."""
    since, until = earliest(parameters), parameters.get(UNTIL)
    days = {"on__gte": since} if since else {}
    event = (
        Event.objects.filter(
            **days,
            kind=parameters.get("kind", EventKind.GROUP_MEETING),
            state=EventState.ENDED,
            on__lte=min(on, until) if until else on,
            protocol__state__in=(DocumentState.IN_FORCE, DocumentState.AMENDED),
            protocol__registered_on__lte=on,
        )
        .select_related("protocol")
        .order_by("-on", "-id")
        .first()
    )
    if event is None or event.protocol is None:
        return None
    paper = event.protocol
    number = f" № {paper.number_text}" if paper.number_text else ""
    words = (
        f"закрыто протоколом{number} от {paper.registered_on:%d.%m.%Y}, встреча {event.on:%d.%m.%Y}"
    )
    return Evidence(words, paper.registered_on, paper.pk)


def register_all() -> None:
    register(
        EvidenceKind.EVENT_WITH_PROTOCOL,
        event_with_protocol,
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
    )
    for kind in ("meeting_protocol", "meeting_attendance", "meeting_invitation"):
        register_document_work(kind, _MEETINGS, is_yearly=True)


_MEETINGS = Work("Открыть групповые встречи", "events:list")
