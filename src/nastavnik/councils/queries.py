"""Reading councils: compositions, plans, what lacks a protocol; the two looks of a territory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import RoleGrant, User
from nastavnik.accounts.permissions import Role
from nastavnik.councils import policies
from nastavnik.councils.models import (
    TERRITORY_OWNERS,
    Council,
    CouncilMember,
    CouncilState,
    Sitting,
    SittingState,
)
from nastavnik.documents.models import Document, DocumentState
from nastavnik.people.models import Person
from nastavnik.people.models.person import STAFF_CATEGORIES
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, OrganisationKind, Territory
from nastavnik.tenancy.scope import scope

PROTOCOL_DAYS = 5
ORDER_WORKING_GROUP = "order_working_group"
ORDER_CREATIVE_GROUP = "order_creative_group"
ORDER_COUNCIL = "order_council"
IN_FORCE = (DocumentState.IN_FORCE, DocumentState.AMENDED)
HEAVY = ("file", "scan", "data", "choices")
_PAPERS = ("order", "draft_order", "regulation")
_LIGHT = tuple(f"{paper}__{name}" for paper in _PAPERS for name in HEAVY)


def councils() -> "QuerySet[Council]":
    """Councils of the organisation in scope with their papers, working ones first."""
    rows: QuerySet[Council] = Council.objects.select_related(*_PAPERS).defer(*_LIGHT)
    return rows


def composition(council: Council) -> list[CouncilMember]:
    """Who belongs to the council by the order in force; one query."""
    if council.order_id is None:
        return []
    rows = CouncilMember.objects.filter(council=council, order_id=council.order_id)
    return list(rows.select_related("person", "user"))


def former_members(council: Council) -> list[CouncilMember]:
    """Who belonged to it by earlier orders and does not any more."""
    rows = list(CouncilMember.objects.filter(council=council).select_related("person", "user"))
    now = {key_of(row) for row in rows if row.order_id == council.order_id}
    gone = {key_of(row): row for row in rows if key_of(row) not in now}
    return list(gone.values())


def key_of(member: CouncilMember) -> tuple[int | None, int | None, str]:
    """The same human being in two compositions."""
    return member.person_id, member.user_id, member.name


def sittings_of(council: Council) -> list[Sitting]:
    rows = Sitting.objects.filter(council=council).select_related("protocol")
    rows = rows.defer(*(f"protocol__{name}" for name in HEAVY)).prefetch_related("decisions")
    return sorted(rows, key=lambda row: (row.day, row.pk))


def sitting(pk: int) -> Sitting | None:
    found: Sitting | None = (
        Sitting.objects.filter(pk=pk)
        .select_related(
            "council",
            "council__order",
            "protocol",
            "chair__person",
            "chair__user",
            "secretary__person",
            "secretary__user",
        )
        .prefetch_related("decisions", "presences__member__person", "presences__member__user")
        .first()
    )
    return found


def staff() -> "QuerySet[Person]":
    """Employees of the organisation in scope, by name."""
    found: QuerySet[Person] = Person.objects.filter(
        is_own=True, category__in=STAFF_CATEGORIES, archived_at__isnull=True
    ).order_by("search_key", "id")
    return found


def sittings_without_protocol(on: date) -> "QuerySet[Sitting]":
    """Held, or planned and due, more than five days ago, and still no registered protocol."""
    last = on - timedelta(days=PROTOCOL_DAYS)
    overdue = Q(state=SittingState.HELD, held_on__lt=last) | Q(
        state=SittingState.PLANNED, planned_on__lt=last
    )
    rows: QuerySet[Sitting] = (
        Sitting.objects.filter(overdue, council__state=CouncilState.ACTIVE)
        .exclude(protocol__state__in=IN_FORCE)
        .select_related("council", "protocol")
        .defer(*(f"protocol__{name}" for name in HEAVY))
        .order_by("planned_on", "id")
    )
    return rows


def councils_of_member(user_id: int | None) -> list[Council]:
    """Councils whose composition in force holds this account; with members and sittings."""
    if user_id is None:
        return []
    rows = CouncilMember.objects.filter(Q(user_id=user_id) | Q(person__user_id=user_id))
    mine = {row.council_id: row.order_id for row in rows}
    held = Prefetch("sittings", Sitting.objects.select_related("protocol").order_by("planned_on"))
    found = councils().filter(pk__in=mine, state=CouncilState.ACTIVE).prefetch_related(held)
    return [council for council in found if mine[council.pk] == council.order_id]


@dataclass(frozen=True)
class CuratorInForce:
    """An adult who holds the curator's role in an institution of the territory."""

    user: User
    institution: str


def authorities(territory: Territory) -> list[Organisation]:
    """Offices of the territory and of those below it; its own first."""
    return list(
        Organisation.objects.filter(
            kind__in=TERRITORY_OWNERS, territory__path__startswith=territory.path
        )
        .select_related("territory")
        .order_by("territory__path", "kind", "id")
    )


def curators_in_force(territory: Territory, *, on: date) -> list[CuratorInForce]:
    """Curators of the institutions on the territory and below; names of adult staff only."""
    grants = (
        RoleGrant.objects.filter(
            role=Role.CURATOR,
            organisation__territory__path__startswith=territory.path,
            starts_on__lte=on,
            user__is_active=True,
        )
        .exclude(ends_on__lt=on)
        .exclude(
            organisation__kind__in=[
                OrganisationKind.AUTHORITY,
                OrganisationKind.CENTRE,
                OrganisationKind.ENTERPRISE,
            ]
        )
        .select_related("user", "organisation")
        .order_by("user__surname", "user__given", "id")
    )
    found: dict[int, list[RoleGrant]] = {}
    for grant in grants:
        found.setdefault(grant.user_id, []).append(grant)
    return [
        CuratorInForce(
            rows[0].user, ", ".join(str(row.organisation) for row in rows if row.organisation)
        )
        for rows in found.values()
    ]


@dataclass(frozen=True)
class Turnover:
    """How the curators in force differ from the composition that the order approved."""

    came: tuple[CuratorInForce, ...]
    left: tuple[CouncilMember, ...]

    def __bool__(self) -> bool:
        return bool(self.came or self.left)


def turnover(territory: Territory, members: Sequence[CouncilMember], *, on: date) -> Turnover:
    curators = curators_in_force(territory, on=on)
    known = {member.user_id for member in members if member.user_id}
    now = {curator.user.pk for curator in curators}
    return Turnover(
        came=tuple(curator for curator in curators if curator.user.pk not in known),
        left=tuple(m for m in members if m.user_id is not None and m.user_id not in now),
    )


@dataclass(frozen=True)
class GroupOrder:
    """An institution and its order on the working group: number and date, or nothing."""

    organisation: Organisation
    number: str = ""
    on: date | None = None


def working_group_orders(actor: Actor, territory: Territory) -> list[GroupOrder]:
    """«У кого есть приказ о рабочей группе»: the one look across institutions of this app.

    Only numbers and dates of orders in force are read, no names and no text; two queries.
    """
    demand(policies.can_see_group_orders(actor))
    places = list(
        Organisation.objects.filter(territory__path__startswith=territory.path)
        .exclude(kind__in=WITHOUT_GROUPS)
        .select_related("territory")
        .order_by("territory__path", "search_key", "id")
    )
    with scope([place.pk for place in places]):
        rows = Document.objects.filter(
            kind=ORDER_WORKING_GROUP, state=DocumentState.IN_FORCE
        ).order_by("registered_on", "id")
        orders = {
            owner: (number, day)
            for owner, number, day in rows.values_list(
                "organisation_id", "number_text", "registered_on"
            )
        }
    return [GroupOrder(place, *orders.get(place.pk, ("", None))) for place in places]


WITHOUT_GROUPS = (
    OrganisationKind.AUTHORITY,
    OrganisationKind.CENTRE,
    OrganisationKind.ENTERPRISE,
    OrganisationKind.NGO,
)
