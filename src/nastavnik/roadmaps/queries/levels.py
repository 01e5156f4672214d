"""At which level of the tree a roadmap is agreed.

An institution's roadmap is agreed at the nearest territory up the tree, its own included, that has
an officer who agrees; a municipal one at the nearest above its own. Where nobody is appointed yet,
it waits at the nearest level.
"""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import Q

from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import ROLE_ACTIONS
from nastavnik.roadmaps.queries.places import institutions_of, offices_of
from nastavnik.tenancy.models import Organisation, OrganisationKind, Territory

AGREEING = tuple(role for role, actions in ROLE_ACTIONS.items() if "roadmaps.agree" in actions)


def judged_at(territory: Territory) -> dict[int, Organisation]:
    """Whose roadmaps the territory may agree: its institutions, and the offices below it."""
    offices = [office for office in offices_of(territory) if office.territory_id != territory.pk]
    return {place.pk: place for place in [*institutions_of(territory), *offices]}


def waiting_at(territory: Territory, *, on: date) -> dict[int, Organisation]:
    """Of those, whose roadmaps wait at this very level and not at one below."""
    places = judged_at(territory)
    manned = _manned(places.values(), on)
    return {pk: place for pk, place in places.items() if level_of(place, manned) == territory.pk}


def level_of(place: Organisation, manned: Collection[int]) -> int | None:
    """The id of the agreeing territory; None for the office at the top of the tree."""
    line = place.territory.ancestor_ids
    if place.kind == OrganisationKind.AUTHORITY:
        line = line[:-1]
    nearest = [pk for pk in reversed(line) if pk in manned]
    return next(iter([*nearest, *reversed(line)]), None)


def _manned(places: Iterable[Organisation], on: date) -> frozenset[int]:
    """Territories on the way up that have an officer who agrees on the day. One query."""
    ids = {pk for place in places for pk in place.territory.ancestor_ids}
    rows = RoleGrant.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        territory_id__in=ids,
        role__in=AGREEING,
        starts_on__lte=on,
    )
    return frozenset(rows.values_list("territory_id", flat=True))
