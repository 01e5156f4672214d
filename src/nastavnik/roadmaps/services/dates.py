"""When lines fall due: occurrences are made from deadlines, and from days of events once known."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.roadmaps.engine.deadlines import (
    Deadline,
    Kind,
    due_after,
    event_words,
    from_dict,
    occurrences,
)
from nastavnik.roadmaps.models import Occurrence, Roadmap, RoadmapEventDate, RoadmapItem
from nastavnik.roadmaps.services.common import demand_open, locked, period_of
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy

MOST_OCCURRENCES = 200


def schedule(roadmap: Roadmap, items: Sequence[RoadmapItem]) -> None:
    """Write the occurrences of the items again; what was already met stays met by its number."""
    events = dict(roadmap.event_dates.values_list("event", "on"))
    period = period_of(roadmap)
    former = {
        (row.item_id, row.ordinal): row
        for row in Occurrence.objects.filter(item__in=items, met_on__isnull=False)
    }
    Occurrence.objects.filter(item__in=items).delete()
    rows = []
    for item in items:
        if item.is_group:
            continue
        found = occurrences([resolved(from_dict(d), events) for d in item.deadlines], period)
        for ordinal, one in enumerate(found[:MOST_OCCURRENCES], 1):
            row = Occurrence(
                organisation_id=item.organisation_id,
                item=item,
                ordinal=ordinal,
                starts_on=one.start,
                due_on=one.due,
                label=one.label[:120],
            )
            if (met := former.get((item.pk, ordinal))) is not None:
                for name in ("met_on", "met_words", "met_by_hand", "met_document_id"):
                    setattr(row, name, getattr(met, name))
            rows.append(row)
    Occurrence.objects.bulk_create(rows)


def resolved(deadline: Deadline, events: dict[str, date]) -> Deadline:
    """A relative deadline becomes a day as soon as its event has one."""
    happened = events.get(deadline.event or "")
    due = due_after(deadline, happened) if happened else None
    if due is None:
        return deadline
    return Deadline(Kind.DUE, end=due, source_words=deadline.source_words)


def events_of(roadmap: Roadmap) -> list[tuple[str, str]]:
    """Events that deadlines of the roadmap count from: (key, words), in the order of the lines."""
    found: dict[str, str] = {}
    for item in roadmap.items.order_by("position", "id"):
        for entry in item.deadlines:
            if event := entry.get("event"):
                found.setdefault(event, event_words(event))
    return list(found.items())


@transaction.atomic
def set_event_date(*, actor: Actor, roadmap: Roadmap, event: str, on: date | None) -> None:
    """Note when an event happened (None forgets it); the lines relative to it get their days.

    Raises: DomainError for an event that no line waits for.
    """
    held = locked(roadmap)
    demand_open(actor, held)
    code = tidy(event)
    items = [
        item
        for item in held.items.all()
        if any(entry.get("event") == code for entry in item.deadlines)
    ]
    if not items:
        raise DomainError("no_such_event", "От этого события не считается ни один срок.")
    if on is None:
        held.event_dates.filter(event=code).delete()
    else:
        RoadmapEventDate.objects.update_or_create(
            roadmap=held,
            event=code,
            organisation_id=held.organisation_id,
            defaults={"on": on, "document": None},
        )
    schedule(held, items)
    record(
        actor=actor,
        action="roadmaps.event_date",
        subject=held,
        to_state=on.isoformat() if on else "",
        details={"event": code, "lines": len(items)},
    )
