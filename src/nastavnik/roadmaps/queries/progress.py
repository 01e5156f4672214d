"""How roadmaps are carried out across a territory: a grid of letters and the list of what is late.

Read by who coordinates or controls the territory: lines of plans and their states, no people but
those named in a line as responsible. Each function opens the scope of the territory's institutions.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from nastavnik.roadmaps.audiences import is_of
from nastavnik.roadmaps.catalogue import templates_at
from nastavnik.roadmaps.models import (
    OPEN_STATES,
    ItemState,
    Occurrence,
    Roadmap,
    RoadmapItem,
    RoadmapKind,
    RoadmapState,
)
from nastavnik.roadmaps.queries.places import institutions_of
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope


@dataclass(frozen=True)
class Cell:
    """The state of one line at one institution: letter, colour and words; "" where it is not."""

    letter: str
    tone: str
    words: str


DONE = Cell("В", "ok", "выполнен")
GOING = Cell("Р", "wait", "в работе")
LATE = Cell("П", "bad", "просрочен")
AWAY = Cell("Н", "none", "не применим")
AHEAD = Cell("·", "none", "впереди")
ABSENT = Cell("", "none", "нет в карте")


@dataclass(frozen=True)
class GridRow:
    """An institution whose roadmap is in force; `late` counts all its lines, shown or not."""

    organisation: Organisation
    roadmap: Roadmap
    cells: tuple[Cell, ...]
    late: int


@dataclass(frozen=True)
class Grid:
    """Institutions × lines of one set; `columns` are (number, text) of the lines.

    `without`: how far the others are, and their names.
    """

    sets: tuple[tuple[str, str], ...]
    chosen: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[GridRow, ...]
    without: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def institutions(self) -> int:
        return len(self.rows) + sum(len(names) for _state, names in self.without)


@dataclass(frozen=True)
class Below:
    """A territory of the level below in numbers."""

    territory: Territory
    institutions: int
    in_force: int
    waiting: int
    late_lines: int
    late_places: int


MANDATORY = "mandatory"


def grid(
    territory: Territory, *, on: date, chosen: str = "", audiences: frozenset[str] = frozenset()
) -> Grid:
    """Institutions × lines of a template or of what the roadmap above demands, late ones first.

    Institutions of the territory itself; those of a level below stand in its own grid.
    """
    places = [
        place
        for place in institutions_of(territory)
        if place.territory_id == territory.pk and is_of(audiences, place.kind, "")
    ]
    with scope([place.pk for place in places]):
        roadmaps = _roadmaps(places, audiences)
        in_force = [row for row in roadmaps.values() if row.state == RoadmapState.IN_FORCE]
        items = list(
            RoadmapItem.objects.filter(roadmap__in=in_force, is_group=False).order_by(
                "roadmap_id", "position", "id"
            )
        )
        late = late_items(items, on)
    sets = _sets(territory, items)
    keys = [code for code, _title in sets]
    picked = chosen if chosen in keys else (keys[0] if keys else "")
    columns = _columns(items, picked)
    by_place: dict[int, dict[str, RoadmapItem]] = defaultdict(dict)
    for item in items:
        by_place[item.organisation_id][item.key] = item
    rows, without = [], defaultdict(list)
    for place in places:
        roadmap = roadmaps.get(place.pk)
        if roadmap is not None and roadmap.state == RoadmapState.IN_FORCE:
            rows.append(_row(place, roadmap, by_place[place.pk], columns, late))
        else:
            state = roadmap.get_state_display() if roadmap else "карты нет"
            without[state].append(place.short_name)
    rows.sort(key=lambda row: -row.late)
    heads = tuple((item.number, item.text) for item in columns.values())
    others = tuple((state, tuple(names)) for state, names in without.items())
    return Grid(sets, picked, heads, tuple(rows), others)


def below(territory: Territory, *, on: date) -> list[Below]:
    """The territories right under this one, each with everything beneath it, the latest first."""
    under = list(Territory.objects.filter(parent=territory).order_by("name", "id"))
    places = [place for place in institutions_of(territory) if place.territory_id != territory.pk]
    if not under or not places:
        return []
    with scope([place.pk for place in places]):
        states: dict[int, set[str]] = defaultdict(set)
        open_ones = Roadmap.objects.filter(kind=RoadmapKind.INSTITUTION, state__in=OPEN_STATES)
        for organisation_id, state in open_ones.values_list("organisation_id", "state"):
            states[organisation_id].add(state)
        late: Counter[int] = Counter(
            organisation_id
            for _item_id, organisation_id in set(
                _late(on).values_list("item_id", "organisation_id")
            )
        )
    rows = []
    for child in under:
        own = [place.pk for place in places if place.territory.path.startswith(child.path)]
        rows.append(
            Below(
                territory=child,
                institutions=len(own),
                in_force=sum(RoadmapState.IN_FORCE in states[pk] for pk in own),
                waiting=sum(RoadmapState.ON_AGREEMENT in states[pk] for pk in own),
                late_lines=sum(late[pk] for pk in own),
                late_places=sum(late[pk] > 0 for pk in own),
            )
        )
    return sorted(rows, key=lambda row: -row.late_lines)


def _roadmaps(places: Sequence[Organisation], audiences: frozenset[str]) -> dict[int, Roadmap]:
    """Of each organisation the roadmap in force, or the latest open one where none is."""
    found: dict[int, Roadmap] = {}
    kinds = {place.pk: place.kind for place in places}
    rows = Roadmap.objects.filter(kind=RoadmapKind.INSTITUTION, state__in=OPEN_STATES)
    for row in rows.order_by("id"):
        if not is_of(audiences, kinds[row.organisation_id], row.template_code):
            continue
        known = found.get(row.organisation_id)
        if known is None or known.state != RoadmapState.IN_FORCE:
            found[row.organisation_id] = row
    return found


def _sets(territory: Territory, items: Sequence[RoadmapItem]) -> tuple[tuple[str, str], ...]:
    """What the columns can be: mandatory lines and every template that some roadmap came from."""
    titles = {template.code: template.title for template in templates_at(territory)}
    used = Counter(item.origin.partition("/")[0] for item in items if not item.upper_id)
    sets = [(MANDATORY, "Обязательные пункты")] if any(item.upper_id for item in items) else []
    sets += [(code, titles[code]) for code, _count in used.most_common() if code in titles]
    return tuple(sets)


def _columns(items: Sequence[RoadmapItem], chosen: str) -> dict[str, RoadmapItem]:
    columns: dict[str, RoadmapItem] = {}
    for item in items:
        if (item.upper_id is not None) if chosen == MANDATORY else _is_of(item, chosen):
            columns.setdefault(item.key, item)
    return columns


def _is_of(item: RoadmapItem, template: str) -> bool:
    return item.upper_id is None and item.origin.startswith(f"{template}/")


def _row(
    place: Organisation,
    roadmap: Roadmap,
    items: Mapping[str, RoadmapItem],
    columns: Mapping[str, RoadmapItem],
    late: frozenset[int],
) -> GridRow:
    return GridRow(
        organisation=place,
        roadmap=roadmap,
        cells=tuple(cell_of(items.get(key), late) for key in columns),
        late=sum(1 for item in items.values() if item.pk in late),
    )


def cell_of(item: RoadmapItem | None, late: frozenset[int]) -> Cell:
    if item is None:
        return ABSENT
    if item.state == ItemState.NOT_APPLICABLE:
        return AWAY
    if item.is_settled:
        return DONE
    if item.pk in late:
        return LATE
    return GOING if item.state == ItemState.IN_PROGRESS else AHEAD


def late_items(items: Sequence[RoadmapItem], on: date) -> frozenset[int]:
    """Ids of open lines with a day that has passed. Inside the scope of their institutions."""
    open_ids = [item.pk for item in items if not item.is_settled]
    return frozenset(
        Occurrence.objects.filter(
            item__in=open_ids, met_on__isnull=True, due_on__lt=on
        ).values_list("item_id", flat=True)
    )


@dataclass(frozen=True)
class LateLine:
    """An overdue line for the controller: where, what, since when, who answers."""

    organisation: Organisation
    item: RoadmapItem
    due_on: date
    days: int


def overdue_count(territory: Territory, *, on: date) -> tuple[int, int]:
    """(lines, institutions) that are overdue, for the card of the day. Two queries."""
    with scope([place.pk for place in institutions_of(territory)]):
        rows = set(_late(on).values_list("item_id", "organisation_id"))
    return len(rows), len({organisation_id for _item_id, organisation_id in rows})


def _late(on: date) -> "QuerySet[Occurrence]":
    """Days gone by of open lines of roadmaps in force. Inside the scope of their institutions."""
    rows: QuerySet[Occurrence] = Occurrence.objects.filter(
        item__roadmap__state=RoadmapState.IN_FORCE,
        item__roadmap__kind=RoadmapKind.INSTITUTION,
        item__state__in=(ItemState.NOT_STARTED, ItemState.IN_PROGRESS),
        met_on__isnull=True,
        due_on__lt=on,
    )
    return rows


def overdue(territory: Territory, *, on: date) -> list[LateLine]:
    """Every overdue line of the roadmaps in force on the territory, the longest first."""
    places = {place.pk: place for place in institutions_of(territory)}
    with scope(places):
        rows = list(
            _late(on)
            .select_related("item")
            .prefetch_related("item__responsible")
            .order_by("due_on", "item_id")
        )
    first: dict[int, Occurrence] = {}
    for row in rows:
        first.setdefault(row.item_id, row)
    return [
        LateLine(
            organisation=places[row.organisation_id],
            item=row.item,
            due_on=row.due_on,
            days=(on - row.due_on).days,
        )
        for row in first.values()
        if row.due_on is not None
    ]
