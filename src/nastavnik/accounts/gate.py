"""The gate behind every `@page`: node, grant, action, scope."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

from django.http import Http404, HttpRequest

from nastavnik.accounts.actor import Actor, Grants
from nastavnik.accounts.permissions import known_action
from nastavnik.shared.errors import PermissionRefused
from nastavnik.shared.page import PageSpec
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope


@contextmanager
def gate(request: HttpRequest, spec: PageSpec, kwargs: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Bind the request to the node named in its address and open the scope.

    A node that does not exist and a node where the user has no role answer with the same 404.
    """
    known_action(spec.action)
    grants: Grants | None = getattr(request, "grants", None)
    if grants is None:
        raise Http404
    rest = dict(kwargs)
    slug, territory_slug = rest.pop("org", None), rest.pop("territory", None)
    held: Any = nullcontext()
    if slug is not None:
        organisation = _organisation(grants, slug)
        actor = grants.at_organisation(organisation)
        request.organisation = organisation  # type: ignore[attr-defined]
        held = scope({organisation.pk})
    elif territory_slug is not None:
        territory = Territory.objects.filter(slug=territory_slug).first()
        if territory is None:
            raise Http404
        actor = grants.at_territory(territory)
        request.territory = territory  # type: ignore[attr-defined]
    else:
        actor = grants.anywhere()
    _admit(actor, spec)
    request.actor = actor  # type: ignore[attr-defined]
    with held:
        yield rest


def _organisation(grants: Grants, slug: str) -> Organisation:
    """The organisation among the user's own; no query for foreign ones, so timing tells nothing."""
    for grant in grants.rows:
        if grant.organisation is not None and grant.organisation.slug == slug:
            return grant.organisation
    raise Http404


def _admit(actor: Actor, spec: PageSpec) -> None:
    if not actor.roles:
        raise Http404
    verdict = actor.can(spec.action)
    if not verdict:
        raise PermissionRefused(f"Эта страница вам не открыта. {verdict.reason}")
