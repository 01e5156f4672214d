"""Reading for the desk."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import Role
from nastavnik.people.models import Person
from nastavnik.people.models.person import STAFF_CATEGORIES
from nastavnik.tenancy.models import Organisation, Territory


def staff() -> "QuerySet[Person]":
    """Employees of the organisation in scope, by name."""
    found: QuerySet[Person] = Person.objects.filter(
        is_own=True, category__in=STAFF_CATEGORIES, archived_at__isnull=True
    ).order_by("search_key", "id")
    return found


@dataclass(frozen=True)
class InstitutionLine:
    """One institution as its territory sees it: no rows of people, only who leads it."""

    organisation: Organisation
    head: str
    has_head_account: bool
    has_curator: bool


def institutions(territory: Territory, *, on: date) -> list[InstitutionLine]:
    """All institutions on the territory and below it."""
    organisations = list(
        Organisation.objects.filter(territory__path__startswith=territory.path)
        .select_related("territory")
        .order_by("territory__path", "search_key", "id")
    )
    roles: dict[int, set[str]] = {}
    grants = RoleGrant.objects.filter(
        organisation__in=organisations, role__in=(Role.HEAD, Role.CURATOR), starts_on__lte=on
    ).exclude(ends_on__lt=on)
    for organisation_id, role in grants.values_list("organisation_id", "role"):
        roles.setdefault(organisation_id or 0, set()).add(role)
    return [
        InstitutionLine(
            organisation=o,
            head=o.head_name,
            has_head_account=Role.HEAD in roles.get(o.pk, set()),
            has_curator=Role.CURATOR in roles.get(o.pk, set()),
        )
        for o in organisations
    ]


def territories_below(territory: Territory) -> "QuerySet[Territory]":
    return (
        Territory.objects.filter(path__startswith=territory.path)
        .exclude(pk=territory.pk)
        .annotate(institutions=Count("organisations"))
        .order_by("path")
    )
