"""The territory's own roadmap: its state, its mandatory lines, who below took each over.

Of the institutions below only the number of those that have a line, and have done it, is read.
"""

from collections import defaultdict
from dataclasses import dataclass

from nastavnik.roadmaps.models import (
    OPEN_STATES,
    ItemState,
    Roadmap,
    RoadmapItem,
    RoadmapState,
)
from nastavnik.roadmaps.queries.places import institutions_of, offices_of
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope

_DONE = frozenset({ItemState.DONE, ItemState.DONE_BY_HAND})


@dataclass(frozen=True)
class TakenLine:
    """A mandatory line and how many institutions have it in their roadmaps and have done it."""

    item: RoadmapItem
    taken: int
    done: int


@dataclass(frozen=True)
class Municipal:
    """`in_force` is what binds those below; `draft` is the latest one on its way, if any."""

    office: Organisation | None
    in_force: Roadmap | None
    draft: Roadmap | None
    lines: tuple[TakenLine, ...]
    institutions: int


def office_at(territory: Territory) -> Organisation | None:
    """The authority of the territory itself."""
    own = [office for office in offices_of(territory) if office.territory_id == territory.pk]
    return own[0] if own else None


def municipal(territory: Territory) -> Municipal:
    office = office_at(territory)
    if office is None:
        return Municipal(None, None, None, (), 0)
    with scope({office.pk}):
        rows = list(
            Roadmap.objects.filter(state__in=OPEN_STATES).select_related("order").order_by("-id")
        )
        in_force = next((row for row in rows if row.state == RoadmapState.IN_FORCE), None)
        draft = next((row for row in rows if row.state != RoadmapState.IN_FORCE), None)
        items = list(_mandatory(in_force)) if in_force is not None else []
    places = [place.pk for place in institutions_of(territory)]
    return Municipal(office, in_force, draft, _taken(items, places), len(places))


def _mandatory(roadmap: Roadmap) -> list[RoadmapItem]:
    rows = roadmap.items.filter(mandatory=True, is_group=False).order_by("position", "id")
    return list(rows.prefetch_related("responsible"))


def _taken(items: list[RoadmapItem], places: list[int]) -> tuple[TakenLine, ...]:
    """Each line with those who have it: an institution with two roadmaps counts once."""
    having: dict[int, set[int]] = defaultdict(set)
    done: dict[int, set[int]] = defaultdict(set)
    with scope(places):
        rows = RoadmapItem.objects.filter(
            upper_id__in=[item.pk for item in items], roadmap__state__in=OPEN_STATES
        )
        for upper_id, organisation_id, state in rows.values_list(
            "upper_id", "organisation_id", "state"
        ):
            having[upper_id].add(organisation_id)
            if state in _DONE:
                done[upper_id].add(organisation_id)
    return tuple(TakenLine(item, len(having[item.pk]), len(done[item.pk])) for item in items)
