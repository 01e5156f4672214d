"""Reading accounts and grants."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from nastavnik.accounts.models import RoleGrant, User
from nastavnik.accounts.permissions import Role
from nastavnik.tenancy.models import Organisation, Territory

DEMO_ORDER = (
    Role.CURATOR,
    Role.HEAD,
    Role.RESPONSIBLE,
    Role.THIRD_PARTY,
    Role.SYSADMIN,
    Role.COORDINATOR,
    Role.REGION,
    Role.CONTROLLER,
)
DEMO_PREFIX = "demo-"
DEMO_EMPTY = "demo-empty-"  # people of a place without a story come after the others
DEMO_TITLES = {Role.THIRD_PARTY: "Психолог"}  # the one of the three who is there


@dataclass(frozen=True)
class DemoEntry:
    """One button of the demonstration's sign-in page."""

    login: str
    role: str
    name: str
    place: str


def demo_entries() -> list[DemoEntry]:
    """Fictional people who may be entered by one click: their logins begin with `demo-`."""
    rows = (
        RoleGrant.objects.filter(user__login__startswith=DEMO_PREFIX)
        .select_related("user", "organisation", "territory")
        .order_by("user__login", "id")
    )
    found: dict[str, tuple[int, DemoEntry]] = {}
    for grant in rows:
        entry = DemoEntry(
            login=grant.user.login,
            role=DEMO_TITLES.get(Role(grant.role), grant.get_role_display()),
            name=grant.user.short_name,
            place=str(grant.organisation or grant.territory),
        )
        found.setdefault(entry.login, (DEMO_ORDER.index(Role(grant.role)), entry))
    return [entry for _, entry in sorted(found.values(), key=_demo_place)]


def _demo_place(item: tuple[int, DemoEntry]) -> tuple[int, bool, str]:
    order, entry = item
    return order, entry.login.startswith(DEMO_EMPTY), entry.login


def standing_grants(user: User, *, on: date) -> "QuerySet[RoleGrant]":
    """Everything that the user holds on the day or will hold later, wherever it is."""
    return RoleGrant.objects.filter(user=user).exclude(ends_on__lt=on)


def in_office(organisation: Organisation, role: Role, *, on: date) -> User | None:
    """Who holds a role of the organisation on the day; the first appointed of several."""
    grant = (
        RoleGrant.objects.filter(organisation=organisation, role=role, starts_on__lte=on)
        .exclude(ends_on__lt=on)
        .select_related("user")
        .order_by("id")
        .first()
    )
    return grant.user if grant is not None else None


def team_of(organisation: Organisation, *, on: date) -> "QuerySet[RoleGrant]":
    """Grants over an organisation that hold on the day or begin later."""
    return (
        RoleGrant.objects.filter(organisation=organisation)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_related("user")
        .order_by("role", "user__surname", "id")
    )


def officers_of(territory: Territory, *, on: date) -> "QuerySet[RoleGrant]":
    """Grants over a territory itself that hold on the day or begin later."""
    return (
        RoleGrant.objects.filter(territory=territory)
        .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
        .select_related("user")
        .order_by("role", "user__surname", "id")
    )
