"""Lines that the level above demands and an institution asks to leave out, as the coordinator reads them.

A named exception to «a territory reads numbers only», as in `agreement`: who decides reads the line.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from nastavnik.roadmaps.models import (
    OPEN_STATES,
    SETTLED_STATES,
    RoadmapItem,
    RoadmapKind,
    RoadmapState,
)
from nastavnik.roadmaps.queries.agreement import readable_at
from nastavnik.roadmaps.queries.levels import waiting_at
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope


@dataclass(frozen=True)
class Asked:
    """One request to leave a line out."""

    item: RoadmapItem
    organisation: Organisation


def asked(territory: Territory, *, on: date) -> list[Asked]:
    """Every request that waits at this level, by institution and the place in the roadmap."""
    places = waiting_at(territory, on=on)
    with scope(places):
        rows = list(
            _waiting().select_related("roadmap").order_by("organisation_id", "position", "id")
        )
    return [Asked(row, places[row.organisation_id]) for row in rows]


def asked_count(territory: Territory, *, on: date) -> int:
    """How many requests wait, for the card of the day."""
    with scope(waiting_at(territory, on=on)):
        return int(_waiting().count())


def find_line(territory: Territory, item_id: int) -> Asked | None:
    """A line that the territory may read: of a roadmap that was sent, or one it is asked about."""
    places = readable_at(territory)
    with scope(places):
        sent = ~Q(roadmap__state=RoadmapState.DRAFT)
        item = (
            RoadmapItem.objects.filter(sent | Q(pk__in=_waiting().values("pk")))
            .select_related("roadmap")
            .filter(pk=item_id)
            .first()
        )
    return None if item is None else Asked(item, places[item.organisation_id])


def _waiting() -> "QuerySet[RoadmapItem]":
    """Requests about lines demanded from above. Inside the scope of their institutions."""
    rows: QuerySet[RoadmapItem] = (
        RoadmapItem.objects.filter(
            Q(upper_id__isnull=False) | Q(roadmap__kind=RoadmapKind.MUNICIPAL),
            roadmap__state__in=OPEN_STATES,
        )
        .exclude(not_applicable_reason="")
        .exclude(state__in=SETTLED_STATES)
    )
    return rows
