"""Reading the journal."""

from django.db import models
from django.db.models import QuerySet

from nastavnik.audit.models import AuditEvent, SystemEvent
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import TenantModel


def history_of(subject: models.Model, *, limit: int = 50) -> "list[AuditEvent] | list[SystemEvent]":
    """The latest events about one object, newest first."""
    of_organisation = isinstance(subject, TenantModel | Organisation)
    key = {"object_type": subject._meta.label_lower, "object_id": subject.pk}
    if of_organisation:
        return list(AuditEvent.objects.filter(**key)[:limit])
    return list(SystemEvent.objects.filter(**key)[:limit])


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
