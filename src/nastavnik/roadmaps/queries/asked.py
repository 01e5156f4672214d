"""Lines that the level above demands and an institution asks to leave out, as the coordinator reads them.

A named exception to «a territory reads numbers only», as in `agreement`: who decides reads the line.
"""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from nastavnik.roadmaps.models import (
    OPEN_STATES,
    SETTLED_STATES,
    RoadmapItem,
    RoadmapState,
)
from nastavnik.roadmaps.queries.places import institutions_of
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope


@dataclass(frozen=True)
class Asked:
    """One request to leave a line out."""

    item: RoadmapItem
    organisation: Organisation


def asked(territory: Territory) -> list[Asked]:
    """Every request that waits for the level above, by institution and the place in the roadmap."""
    places = {place.pk: place for place in institutions_of(territory)}
    with scope(places):
        rows = list(
            _waiting().select_related("roadmap").order_by("organisation_id", "position", "id")
        )
    return [Asked(row, places[row.organisation_id]) for row in rows]


def asked_count(territory: Territory) -> int:
    """How many requests wait, for the card of the day. Two queries."""
    with scope([place.pk for place in institutions_of(territory)]):
        return int(_waiting().count())


def find_line(territory: Territory, item_id: int) -> Asked | None:
    """A line that the territory may read: of a roadmap that was sent, or one it is asked about."""
    places = {place.pk: place for place in institutions_of(territory)}
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
        RoadmapItem.objects.filter(upper_id__isnull=False, roadmap__state__in=OPEN_STATES)
        .exclude(not_applicable_reason="")
        .exclude(state__in=SETTLED_STATES)
    )
    return rows
