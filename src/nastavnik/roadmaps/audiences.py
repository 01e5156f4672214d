"""Which direction a roadmap belongs to: by the kind of its institution and the template it came from."""

from nastavnik.accounts.audiences import Audience
from nastavnik.tenancy.models import OrganisationKind

TEACHERS = "teachers"


def audiences_of(kind: str, template: str) -> frozenset[str]:
    """A roadmap from a file may be about pupils and teachers alike, so both directions see it."""
    if kind == OrganisationKind.AUTHORITY:
        return frozenset(Audience.values)
    if kind == OrganisationKind.KINDERGARTEN:
        return frozenset({Audience.KINDERGARTENS.value})
    if template == TEACHERS:
        return frozenset({Audience.STAFF.value})
    if not template:
        return frozenset({Audience.STAFF.value, Audience.STUDENTS.value})
    return frozenset({Audience.STUDENTS.value})


def is_of(audiences: frozenset[str], kind: str, template: str) -> bool:
    """A reader without a direction sees every roadmap."""
    return not audiences or bool(audiences & audiences_of(kind, template))
