"""Days of events that the product knows by itself: deadlines relative to them need no typing.

«В течение двух недель со дня определения модели» counts from the order that approved the programme. A day
that a person entered is left alone; a day taken from a document goes when the document is cancelled.
"""

from collections.abc import Iterable, Mapping

from nastavnik.documents.models import Document, DocumentState
from nastavnik.roadmaps.evidence import BEFORE_START
from nastavnik.roadmaps.models import OPEN_STATES, Roadmap, RoadmapEventDate, RoadmapItem
from nastavnik.roadmaps.services.dates import schedule

DOCUMENTS = {
    "model_defined": "order_programme",
    "programme_approved": "order_programme",
    "pairs_approved": "order_pairs",
    "roadmap_approved": "order_roadmap",
}
"""Event of the deadline grammar → the document whose day is the day of the event."""


def learn(organisation_id: int) -> int:
    """Bring the days of events in line with the documents in force; returns how many changed.

    Runs inside the organisation's scope. Of several documents of a roadmap's year the first counts.
    """
    waiting = _waiting(organisation_id)
    if not waiting:
        return 0
    papers = _papers(waiting.values())
    return sum(_learn_one(roadmap, events, papers) for roadmap, events in waiting.items())


def _waiting(organisation_id: int) -> dict[Roadmap, dict[str, list[RoadmapItem]]]:
    """Open roadmaps whose lines count from an event that a document can date."""
    items = RoadmapItem.objects.filter(
        organisation_id=organisation_id,
        roadmap__state__in=OPEN_STATES,
        deadlines__icontains='"event(',
    )
    items = items.only("deadlines", "is_group", "organisation", "roadmap").select_related("roadmap")
    found: dict[Roadmap, dict[str, list[RoadmapItem]]] = {}
    for item in items:
        for event in {entry.get("event") for entry in item.deadlines} & DOCUMENTS.keys():
            found.setdefault(item.roadmap, {}).setdefault(event, []).append(item)
    return found


def _papers(waited: Iterable[Mapping[str, object]]) -> list[Document]:
    kinds = {DOCUMENTS[event] for events in waited for event in events}
    in_force = Document.objects.filter(
        kind__in=kinds,
        state__in=(DocumentState.IN_FORCE, DocumentState.AMENDED),
        registered_on__isnull=False,
    )
    return list(in_force.only("kind", "registered_on").order_by("registered_on", "id"))


def _learn_one(
    roadmap: Roadmap, events: Mapping[str, list[RoadmapItem]], papers: list[Document]
) -> int:
    known = {row.event: row for row in roadmap.event_dates.all()}
    touched: dict[int, RoadmapItem] = {}
    changed = 0
    for event, items in events.items():
        row = known.get(event)
        if row is not None and row.document_id is None:
            continue
        if _write(roadmap, event, row, _first(roadmap, event, papers)):
            changed += 1
            touched |= {item.pk: item for item in items}
    if touched:
        schedule(roadmap, list(touched.values()))
    return changed


def _first(roadmap: Roadmap, event: str, papers: list[Document]) -> Document | None:
    if event == "roadmap_approved":
        return next((paper for paper in papers if paper.pk == roadmap.order_id), None)
    for paper in papers:
        day = paper.registered_on
        is_of_year = day and roadmap.starts_on - BEFORE_START <= day <= roadmap.ends_on
        if paper.kind == DOCUMENTS[event] and is_of_year:
            return paper
    return None


def _write(
    roadmap: Roadmap, event: str, row: RoadmapEventDate | None, paper: Document | None
) -> bool:
    """Keep, move or forget the day; True when it changed."""
    if paper is None:
        if row is not None:
            row.delete()
        return row is not None
    if row is not None and (row.document_id, row.on) == (paper.pk, paper.registered_on):
        return False
    RoadmapEventDate.objects.update_or_create(
        roadmap=roadmap,
        event=event,
        organisation_id=roadmap.organisation_id,
        defaults={"on": paper.registered_on, "document": paper},
    )
    return True
