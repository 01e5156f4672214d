"""The one look across institutions: what the territory's own roadmap demands of those below.

Only lines of the plan are read, no people and no states, and only of a roadmap that is in force.
"""

from dataclasses import dataclass
from typing import Any

from nastavnik.roadmaps.models import RoadmapItem, RoadmapKind, RoadmapState
from nastavnik.tenancy.models import Organisation, OrganisationKind
from nastavnik.tenancy.scope import scope


@dataclass(frozen=True)
class UpperLine:
    """A mandatory line of the roadmap above, as plain values; `key` outlives its versions."""

    upper_id: int
    key: str
    values: dict[str, Any]
    responsible: tuple[tuple[str, str], ...]


COPIED = (
    "number",
    "text",
    "deadline_text",
    "deadlines",
    "result",
    "evidence_kind",
    "evidence_parameters",
)


def authorities_above(organisation: Organisation) -> list[int]:
    """Offices of the organisation's territory and of those above it, the nearest first."""
    line = organisation.territory.ancestor_ids
    rows = Organisation.objects.filter(
        kind=OrganisationKind.AUTHORITY, territory_id__in=line
    ).exclude(pk=organisation.pk)
    depth = {pk: place for place, pk in enumerate(line)}
    return [row.pk for row in sorted(rows, key=lambda row: -depth[row.territory_id])]


def mandatory_lines_above(organisation: Organisation) -> list[UpperLine]:
    """Mandatory lines of every municipal roadmap in force above, in their own order."""
    above = authorities_above(organisation)
    if not above:
        return []
    with scope(above):
        rows = list(
            RoadmapItem.objects.filter(
                roadmap__kind=RoadmapKind.MUNICIPAL,
                roadmap__state=RoadmapState.IN_FORCE,
                mandatory=True,
                is_group=False,
            )
            .order_by("roadmap_id", "position", "id")
            .prefetch_related("responsible")
        )
        place = {pk: n for n, pk in enumerate(above)}
        rows.sort(key=lambda row: place[row.organisation_id])
        return [
            UpperLine(
                upper_id=row.pk,
                key=f"upper/{row.key}"[:80],
                values={name: getattr(row, name) for name in COPIED},
                responsible=tuple((r.words, r.role) for r in row.responsible.all()),
            )
            for row in rows
        ]
