"""Reading the journal."""

from typing import Any

from django.db import models
from django.db.models import QuerySet

from nastavnik.audit.models import AuditEvent, SystemEvent
from nastavnik.audit.words import action_words
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import TenantModel


def history_of(subject: models.Model, *, limit: int = 50) -> "list[AuditEvent] | list[SystemEvent]":
    """The latest events about one object, newest first."""
    of_organisation = isinstance(subject, TenantModel | Organisation)
    key = {"object_type": subject._meta.label_lower, "object_id": subject.pk}
    if of_organisation:
        return list(AuditEvent.objects.filter(**key)[:limit])
    return list(SystemEvent.objects.filter(**key)[:limit])


def history_lines(
    subject: models.Model, *, limit: int = 50, without: str = "", with_reasons: bool = False
) -> list[dict[str, Any]]:
    """The same in words for a page: when, what, who; `without` leaves one action out."""
    return [
        {
            "at": event.at,
            "text": action_words(event.action)
            + (f": {event.reason}" if with_reasons and event.reason else ""),
            "who": event.actor_label,
        }
        for event in history_of(subject, limit=limit)
        if event.action != without
    ]


def journal() -> "QuerySet[AuditEvent]":
    """All events of the organisations in scope, newest first."""
    events: QuerySet[AuditEvent] = AuditEvent.objects.all()
    return events


def latest_event_id() -> int:
    """The id of the last event of the organisations in scope, 0 when there is none."""
    found: int | None = (
        AuditEvent.objects.order_by("organisation_id", "-id").values_list("id", flat=True).first()
    )
    return found or 0
