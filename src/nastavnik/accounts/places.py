"""The organisations and territories of the signed-in person, for the switcher on every page."""

from collections.abc import Sequence

from django.http import HttpRequest

from nastavnik.accounts.actor import Grants
from nastavnik.shared.navigation import Place


def places_of(request: HttpRequest) -> Sequence[Place]:
    """Each node once, in the order of the grants; the open one is current, else the first."""
    grants: Grants | None = getattr(request, "grants", None)
    if grants is None:
        return ()
    nodes: dict[tuple[str, int], Place] = {}
    open_nodes = {
        (scope, node.pk)
        for scope in ("organisation", "territory")
        if (node := getattr(request, scope, None)) is not None
    }
    for row in grants.rows:
        if row.organisation is not None:
            key = ("organisation", row.organisation.pk)
            title, slug = row.organisation.short_name, row.organisation.slug
            nodes[key] = Place(title, slug, "organisation", is_current=key in open_nodes)
        elif row.territory is not None:
            key = ("territory", row.territory.pk)
            nodes[key] = Place(
                row.territory.name, row.territory.slug, "territory", is_current=key in open_nodes
            )
    places = list(nodes.values())
    if places and not open_nodes:
        places[0] = Place(places[0].title, places[0].slug, places[0].scope, is_current=True)
    return places
