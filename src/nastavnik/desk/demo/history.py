"""The journal of actions about rows that were written at once."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.db import models

from nastavnik.accounts.actor import Actor
from nastavnik.audit.models import AuditEvent
from nastavnik.desk.demo import clock
from nastavnik.tenancy.scope import TenantModel


@dataclass(frozen=True)
class Note:
    """One line of the journal."""

    on: dt.date
    action: str
    subject: TenantModel
    from_state: str = ""
    to_state: str = ""
    reason: str = ""


def write(actor: Actor, notes: Iterable[Note]) -> None:
    """Write the notes by day, oldest first."""
    for day, group in groupby(sorted(notes, key=lambda n: n.on), key=lambda n: n.on):
        with clock.at(day):
            AuditEvent.objects.bulk_create(_event(actor, note) for note in group)


def _event(actor: Actor, note: Note) -> AuditEvent:
    subject: models.Model = note.subject
    return AuditEvent(
        organisation_id=note.subject.organisation_id,
        actor_id=actor.user_id,
        actor_label=actor.label,
        action=note.action,
        object_type=subject._meta.label_lower,
        object_id=subject.pk,
        object_label=str(subject)[:300],
        from_state=note.from_state,
        to_state=note.to_state,
        reason=note.reason,
    )
