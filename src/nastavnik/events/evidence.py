"""What group meetings can prove to a roadmap line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nastavnik.documents.models import DocumentState
from nastavnik.events.models import Event, EventKind, EventState
from nastavnik.roadmaps.evidence import Evidence, EvidenceKind, register


def event_with_protocol(parameters: Mapping[str, Any], on: date) -> Evidence | None:
    """A meeting of `parameters["kind"]` held by the day whose protocol is in force; the latest."""
    event = (
        Event.objects.filter(
            kind=parameters.get("kind", EventKind.GROUP_MEETING),
            state=EventState.ENDED,
            on__lte=on,
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
    words = f"встреча {event.on:%d.%m.%Y}, протокол{number} от {paper.registered_on:%d.%m.%Y}"
    return Evidence(words, paper.registered_on, paper.pk)


def register_all() -> None:
    register(EvidenceKind.EVENT_WITH_PROTOCOL, event_with_protocol)
