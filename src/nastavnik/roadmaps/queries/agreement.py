"""Roadmaps that wait for agreement, as the coordinator of their territory reads them.

A named exception to «a territory reads numbers only»: who agrees must read the lines themselves.
Each function opens the scope of the institutions of one territory; the page has asked the policy.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.roadmaps.audiences import is_of
from nastavnik.roadmaps.catalogue import RoadmapTemplate, templates_at
from nastavnik.roadmaps.engine.deadlines import from_dict, occurrences
from nastavnik.roadmaps.engine.difference import Face
from nastavnik.roadmaps.engine.lines import key_of
from nastavnik.roadmaps.engine.review import Demand, PlanLine, Review, review
from nastavnik.roadmaps.models import (
    OPEN_STATES,
    AgreementBody,
    Roadmap,
    RoadmapItem,
    RoadmapState,
)
from nastavnik.roadmaps.queries import face_of
from nastavnik.roadmaps.queries.levels import judged_at, waiting_at
from nastavnik.roadmaps.queries.places import institutions_of, offices_of
from nastavnik.roadmaps.queries.upper import mandatory_lines_above
from nastavnik.tenancy.models import Organisation, OrganisationKind, Territory
from nastavnik.tenancy.scope import scope


@dataclass(frozen=True)
class Candidate:
    """A roadmap that waits for agreement, with what the checks say of it."""

    roadmap: Roadmap
    organisation: Organisation
    items: tuple[RoadmapItem, ...]
    review: Review

    @property
    def is_clean(self) -> bool:
        """May be agreed unread: nothing was found, and there was a template to compare with."""
        return self.review.is_clean and bool(self.roadmap.template_code)


@dataclass(frozen=True)
class Queue:
    """Everything that the page of agreement shows."""

    clean: tuple[Candidate, ...]
    deviating: tuple[Candidate, ...]
    returned: tuple[tuple[Roadmap, Organisation], ...]
    without: tuple[Organisation, ...]


def queue(territory: Territory, *, on: date, audiences: frozenset[str] = frozenset()) -> Queue:
    """Roadmaps that wait at this very level, oldest first, and who has not sent any.

    `audiences`: the directions of the one who reads; empty means everything.
    """
    places = waiting_at(territory, on=on)
    open_ones = _open_ones(places, audiences)
    waiting = [row for row in open_ones if waits_for_coordinator(row)]
    with scope(places):
        items = lines_of(waiting)
    demands = _demands_at([places[row.organisation_id] for row in waiting])
    faces = template_faces(territory)
    judged = [
        _reviewed(row, places[row.organisation_id], items[row.pk], demands, faces)
        for row in waiting
    ]
    held = {row.organisation_id for row in open_ones}
    return Queue(
        clean=tuple(one for one in judged if one.is_clean),
        deviating=tuple(one for one in judged if not one.is_clean),
        returned=tuple(
            (row, places[row.organisation_id])
            for row in open_ones
            if row.state == RoadmapState.RETURNED
        ),
        without=tuple(
            place
            for pk, place in places.items()
            if pk not in held and is_of(audiences, place.kind, "")
        ),
    )


def _open_ones(places: Mapping[int, Organisation], audiences: frozenset[str]) -> list[Roadmap]:
    """Open roadmaps of the places and of the directions, oldest first."""
    with scope(places):
        rows = list(Roadmap.objects.filter(state__in=OPEN_STATES).order_by("sent_on", "id"))
    return [
        row for row in rows if is_of(audiences, places[row.organisation_id].kind, row.template_code)
    ]


def waiting_count(
    territory: Territory, *, on: date, audiences: frozenset[str] = frozenset()
) -> int:
    """How many roadmaps wait for an answer, for the card of the day."""
    rows = _open_ones(waiting_at(territory, on=on), audiences)
    return sum(1 for row in rows if waits_for_coordinator(row))


def waits_for_coordinator(roadmap: Roadmap) -> bool:
    return (
        roadmap.state == RoadmapState.ON_AGREEMENT
        and roadmap.agreement_by == AgreementBody.COORDINATOR
    )


def candidate(territory: Territory, roadmap_id: int, *, today: date) -> Candidate | None:
    """One roadmap of the territory in whatever open state, reviewed; None for a foreign one."""
    found = find_roadmap(judged_at(territory), roadmap_id)
    if found is None:
        return None
    roadmap, organisation = found
    with scope({organisation.pk}):
        items = lines_of([roadmap])[roadmap.pk]
    demands = _demands_at([organisation])
    faces = template_faces(territory)
    return _reviewed(roadmap, organisation, items, demands, faces, today=today)


def next_waiting(
    territory: Territory, after: Roadmap, *, on: date, audiences: frozenset[str] = frozenset()
) -> Candidate | None:
    """The next roadmap of the queue that has to be looked at, from the first again after the last."""
    places = waiting_at(territory, on=on)
    rows = [
        row
        for row in _open_ones(places, audiences)
        if waits_for_coordinator(row) and row.pk != after.pk
    ]
    here = (after.sent_on or date.min, after.pk)
    rows.sort(key=lambda row: (row.sent_on or date.min, row.pk) < here)
    faces = template_faces(territory)
    for row in rows:
        place = places[row.organisation_id]
        with scope({place.pk}):
            items = lines_of([row])[row.pk]
        found = _reviewed(row, place, items, _demands_at([place]), faces)
        if not found.is_clean:
            return found
    return None


def _reviewed(
    roadmap: Roadmap,
    organisation: Organisation,
    items: Sequence[RoadmapItem],
    demands: Mapping[int, Sequence[Demand]],
    faces: Mapping[str, Sequence[Face]],
    *,
    today: date | None = None,
) -> Candidate:
    found = review(
        [_plan_line(item, today) for item in items],
        demands[organisation.pk],
        faces.get(roadmap.template_code, ()),
    )
    return Candidate(roadmap, organisation, tuple(items), found)


def find_roadmap(
    places: Mapping[int, Organisation], roadmap_id: int
) -> tuple[Roadmap, Organisation] | None:
    """A roadmap of one of the places; drafts are the owner's own matter."""
    with scope(places):
        roadmap = (
            Roadmap.objects.filter(pk=roadmap_id)
            .exclude(state=RoadmapState.DRAFT)
            .select_related("order")
            .first()
        )
    return None if roadmap is None else (roadmap, places[roadmap.organisation_id])


def readable_at(territory: Territory) -> dict[int, Organisation]:
    """Whose roadmaps a territory reads: of its institutions and offices, its own office too."""
    return {place.pk: place for place in [*institutions_of(territory), *offices_of(territory)]}


def lines_of(roadmaps: Iterable[Roadmap]) -> dict[int, list[RoadmapItem]]:
    """The lines that are work, by roadmap, with who answers and when. Three queries, in their scope."""
    found: dict[int, list[RoadmapItem]] = {roadmap.pk: [] for roadmap in roadmaps}
    items = RoadmapItem.objects.filter(roadmap__in=list(found), is_group=False)
    for item in items.prefetch_related("responsible", "occurrences").order_by("position", "id"):
        found[item.roadmap_id].append(item)
    return found


def _plan_line(item: RoadmapItem, today: date | None) -> PlanLine:
    terms = list(item.occurrences.all())
    days = [one.due_on for one in terms if one.due_on is not None]
    past = today is not None and any(one.is_late_on(today) for one in terms)
    return PlanLine(
        item_id=item.pk,
        face=face_of(item),
        is_upper=item.upper_id is not None,
        has_deadline=item.has_term,
        last_due=max(days, default=None),
        has_responsible=bool(item.who),
        is_past=past and not item.is_settled,
    )


def template_faces(territory: Territory) -> dict[str, tuple[Face, ...]]:
    """What the templates in use at the territory say, by code."""
    return {template.code: faces_of(template) for template in templates_at(territory)}


def faces_of(template: RoadmapTemplate) -> tuple[Face, ...]:
    return tuple(
        Face(
            key=key_of(template.code, line.code),
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
    """What is mandatory for each place; institutions of one territory have the same above them."""
    known: dict[tuple[int, int], tuple[Demand, ...]] = {}
    found: dict[int, tuple[Demand, ...]] = {}
    for place in places:
        office = place.pk if place.kind == OrganisationKind.AUTHORITY else 0
        key = (place.territory_id, office)
        if key not in known:
            known[key] = tuple(
                Demand(line.key, line.values["text"], _last_due(line.values["deadlines"]))
                for line in mandatory_lines_above(place)
            )
        found[place.pk] = known[key]
    return found


def _last_due(deadlines: Iterable[Mapping[str, Any]]) -> date | None:
    """The last day of dated deadlines; repeated ones of another period set no limit."""
    days = [one.due for one in occurrences(map(from_dict, deadlines), None) if one.due]
    return max(days, default=None)
