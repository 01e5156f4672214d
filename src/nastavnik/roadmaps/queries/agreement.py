"""Roadmaps that wait for agreement, as the coordinator of their territory reads them.

A named exception to «a territory reads numbers only»: who agrees must read the lines themselves.
Each function opens the scope of the institutions of one territory; the page has asked the policy.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.roadmaps.catalogue import MUNICIPAL, RoadmapTemplate, templates_at
from nastavnik.roadmaps.engine.deadlines import from_dict, occurrences
from nastavnik.roadmaps.engine.difference import Face
from nastavnik.roadmaps.engine.review import Demand, PlanLine, Review, review
from nastavnik.roadmaps.models import (
    OPEN_STATES,
    AgreementBody,
    Occurrence,
    Roadmap,
    RoadmapItem,
    RoadmapKind,
    RoadmapState,
)
from nastavnik.roadmaps.queries.places import institutions_of
from nastavnik.roadmaps.queries.upper import mandatory_lines_above
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope


@dataclass(frozen=True)
class Candidate:
    """A roadmap that waits for agreement, with what the checks say of it."""

    roadmap: Roadmap
    organisation: Organisation
    review: Review


@dataclass(frozen=True)
class Queue:
    """Everything that the page of agreement shows."""

    clean: tuple[Candidate, ...]
    deviating: tuple[Candidate, ...]
    returned: tuple[tuple[Roadmap, Organisation], ...]
    without: tuple[Organisation, ...]
    states: Mapping[str, int]


def queue(territory: Territory) -> Queue:
    """Roadmaps on agreement with the coordinator, oldest first, and who has not sent any."""
    places = {place.pk: place for place in institutions_of(territory)}
    with scope(places):
        open_ones = list(
            Roadmap.objects.filter(kind=RoadmapKind.INSTITUTION, state__in=OPEN_STATES).order_by(
                "sent_on", "id"
            )
        )
        waiting = [row for row in open_ones if waits_for_coordinator(row)]
        plans = lines_of(waiting)
    demands = _demands_at({places[row.organisation_id] for row in waiting})
    faces = template_faces(territory)
    judged = [
        Candidate(
            row,
            places[row.organisation_id],
            review(
                plans[row.pk],
                demands[places[row.organisation_id].territory_id],
                faces.get(row.template_code, ()),
            ),
        )
        for row in waiting
    ]
    held = {row.organisation_id for row in open_ones}
    return Queue(
        clean=tuple(one for one in judged if one.review.is_clean and one.roadmap.template_code),
        deviating=tuple(
            one for one in judged if not (one.review.is_clean and one.roadmap.template_code)
        ),
        returned=tuple(
            (row, places[row.organisation_id])
            for row in open_ones
            if row.state == RoadmapState.RETURNED
        ),
        without=tuple(place for pk, place in places.items() if pk not in held),
        states=Counter(row.state for row in open_ones),
    )


def waits_for_coordinator(roadmap: Roadmap) -> bool:
    return (
        roadmap.state == RoadmapState.ON_AGREEMENT
        and roadmap.agreement_by == AgreementBody.COORDINATOR
    )


def candidate(territory: Territory, roadmap_id: int) -> Candidate | None:
    """One roadmap of the territory in whatever open state, reviewed; None for a foreign one."""
    found = find_roadmap(territory, roadmap_id)
    if found is None:
        return None
    roadmap, organisation = found
    with scope({organisation.pk}):
        lines = lines_of([roadmap])[roadmap.pk]
    demands = _demands_at({organisation})[organisation.territory_id]
    faces = template_faces(territory).get(roadmap.template_code, ())
    return Candidate(roadmap, organisation, review(lines, demands, faces))


def find_roadmap(territory: Territory, roadmap_id: int) -> tuple[Roadmap, Organisation] | None:
    """A roadmap of an institution of the territory; drafts are the institution's own matter."""
    places = {place.pk: place for place in institutions_of(territory)}
    with scope(places):
        roadmap = (
            Roadmap.objects.filter(pk=roadmap_id, kind=RoadmapKind.INSTITUTION)
            .exclude(state=RoadmapState.DRAFT)
            .first()
        )
    return None if roadmap is None else (roadmap, places[roadmap.organisation_id])


def lines_of(roadmaps: Iterable[Roadmap]) -> dict[int, list[PlanLine]]:
    """The lines that are work, by roadmap; two queries and the occurrences. Inside their scope."""
    ids = [roadmap.pk for roadmap in roadmaps]
    last_due: dict[int, date] = {}
    for item_id, due_on in Occurrence.objects.filter(
        item__roadmap__in=ids, due_on__isnull=False
    ).values_list("item_id", "due_on"):
        last_due[item_id] = max(due_on, last_due.get(item_id, due_on))
    found: dict[int, list[PlanLine]] = {pk: [] for pk in ids}
    items = RoadmapItem.objects.filter(roadmap__in=ids, is_group=False).prefetch_related(
        "responsible"
    )
    for item in items:
        found[item.roadmap_id].append(
            PlanLine(
                item_id=item.pk,
                face=face_of(item),
                is_upper=item.upper_id is not None,
                has_deadline=has_deadline(item),
                last_due=last_due.get(item.pk),
                has_responsible=bool(item.responsible.all()),
            )
        )
    return found


def has_deadline(item: RoadmapItem) -> bool:
    """The deadline is written and understood; «постоянно» and other papers' dates count as one."""
    return bool(item.deadlines) and not any(entry.get("question") for entry in item.deadlines)


def face_of(item: RoadmapItem) -> Face:
    return Face(
        key=item.origin,
        number=item.number,
        section=item.section,
        text=item.text,
        deadline=item.deadline_text,
        responsible="; ".join(person.words for person in item.responsible.all()),
        result=item.result,
    )


def template_faces(territory: Territory) -> dict[str, tuple[Face, ...]]:
    """What the templates in use at the territory say, by code."""
    return {
        template.code: faces_of(template)
        for template in templates_at(territory)
        if template.kind != MUNICIPAL
    }


def faces_of(template: RoadmapTemplate) -> tuple[Face, ...]:
    return tuple(
        Face(
            key=f"{template.code}/{line.code}"[:80],
            number=line.number,
            section=line.section,
            text=line.text,
            deadline=line.deadline,
            responsible="; ".join(line.responsible),
            result=line.result,
        )
        for line in template.works
    )


def _demands_at(places: Iterable[Organisation]) -> dict[int, tuple[Demand, ...]]:
    """Mandatory lines by territory: institutions of one territory have the same above them."""
    found: dict[int, tuple[Demand, ...]] = {}
    for place in places:
        if place.territory_id not in found:
            found[place.territory_id] = tuple(
                Demand(line.key, line.values["text"], _last_due(line.values["deadlines"]))
                for line in mandatory_lines_above(place)
            )
    return defaultdict(tuple, found)


def _last_due(deadlines: Iterable[Mapping[str, Any]]) -> date | None:
    """The last day of dated deadlines; repeated ones of another period set no limit."""
    days = [one.due for one in occurrences(map(from_dict, deadlines), None) if one.due]
    return max(days, default=None)
