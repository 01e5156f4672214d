"""What the controller reads and prints: totals, who is late since when, one sentence on it all."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from nastavnik.roadmaps.models import ItemState, RoadmapItem, RoadmapKind, RoadmapState
from nastavnik.roadmaps.queries.places import institutions_of
from nastavnik.roadmaps.queries.progress import LateLine, overdue
from nastavnik.tenancy.models import Organisation, OrganisationKind, Territory
from nastavnik.tenancy.scope import scope


@dataclass(frozen=True)
class LatePlace:
    """An institution with its overdue lines, the longest first."""

    organisation: Organisation
    lines: tuple[LateLine, ...]

    @property
    def since(self) -> date:
        return self.lines[0].due_on

    @property
    def days(self) -> int:
        return self.lines[0].days


@dataclass(frozen=True)
class Control:
    """The state of every roadmap in force on a territory."""

    territory: Territory
    on: date
    institutions: int
    in_force: int
    counts: Mapping[str, int]
    lines: tuple[LateLine, ...]

    @property
    def total(self) -> int:
        """Lines that are work and apply."""
        return sum(self.counts.values()) - self.counts.get(ItemState.NOT_APPLICABLE, 0)

    @property
    def done(self) -> int:
        return self.counts.get(ItemState.DONE, 0) + self.counts.get(ItemState.DONE_BY_HAND, 0)

    @property
    def in_progress(self) -> int:
        return self.counts.get(ItemState.IN_PROGRESS, 0)

    @property
    def not_started(self) -> int:
        return self.counts.get(ItemState.NOT_STARTED, 0)

    @property
    def places(self) -> tuple[LatePlace, ...]:
        """Late institutions, the one with the most overdue lines first."""
        found: dict[int, list[LateLine]] = {}
        for line in self.lines:
            found.setdefault(line.organisation.pk, []).append(line)
        rows = [LatePlace(lines[0].organisation, tuple(lines)) for lines in found.values()]
        return tuple(sorted(rows, key=lambda row: -len(row.lines)))

    @property
    def longest(self) -> LateLine | None:
        return self.lines[0] if self.lines else None


def control(territory: Territory, *, on: date) -> Control:
    """Roadmaps in force as they stand on a day."""
    places = institutions_of(territory)
    with scope([place.pk for place in places]):
        rows = list(
            RoadmapItem.objects.filter(
                roadmap__kind=RoadmapKind.INSTITUTION,
                roadmap__state=RoadmapState.IN_FORCE,
                is_group=False,
            ).values_list("state", "organisation_id")
        )
    return Control(
        territory=territory,
        on=on,
        institutions=len(places),
        in_force=len({organisation_id for _state, organisation_id in rows}),
        counts=Counter(state for state, _organisation_id in rows),
        lines=tuple(overdue(territory, on=on)),
    )


def office_of(territory: Territory) -> Organisation | None:
    """The nearest authority: of the territory itself or of one above it."""
    line = territory.ancestor_ids
    offices = Organisation.objects.filter(
        kind=OrganisationKind.AUTHORITY, territory_id__in=line
    ).select_related("territory")
    return max(offices, key=lambda one: (line.index(one.territory_id), -one.pk), default=None)
