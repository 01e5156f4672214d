"""Which institutions of a territory have roadmaps of their own."""

from nastavnik.tenancy.models import Organisation, OrganisationKind, Territory

WITHOUT_ROADMAPS = (
    OrganisationKind.AUTHORITY,
    OrganisationKind.CENTRE,
    OrganisationKind.ENTERPRISE,
    OrganisationKind.NGO,
)


def institutions_of(territory: Territory) -> list[Organisation]:
    """Institutions on the territory and below that must have a roadmap, by name."""
    return list(
        Organisation.objects.filter(territory__path__startswith=territory.path)
        .exclude(kind__in=WITHOUT_ROADMAPS)
        .select_related("territory")
        .order_by("territory__path", "search_key", "id")
    )


def offices_of(territory: Territory) -> list[Organisation]:
    """Authorities on the territory and below, which keep municipal roadmaps."""
    return list(
        Organisation.objects.filter(
            kind=OrganisationKind.AUTHORITY, territory__path__startswith=territory.path
        )
        .select_related("territory")
        .order_by("territory__path", "search_key", "id")
    )
