"""The tree: municipalities, districts and their institutions."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.services import ensure_journals
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope

TAKEN = "Такой адрес уже занят. Придумайте другой, латинскими буквами."


@transaction.atomic
def add_organisation(
    *, actor: Actor, territory: Territory, values: Mapping[str, Any]
) -> Organisation:
    """Add an institution on the territory with its journals."""
    demand(actor.can("territory.edit"))
    if Organisation.objects.filter(slug=values["slug"]).exists():
        raise DomainError("slug_taken", TAKEN, field="slug")
    organisation = Organisation(territory=territory, **values)
    organisation.full_clean()
    organisation.save()
    with scope({organisation.pk}):
        ensure_journals(organisation=organisation)
        record(actor=actor, action="organisation.add", subject=organisation)
    return organisation


@transaction.atomic
def add_territory(*, actor: Actor, parent: Territory, values: Mapping[str, Any]) -> Territory:
    """Add a municipality or district under `parent`."""
    demand(actor.can("territory.edit"))
    if Territory.objects.filter(slug=values["slug"]).exists():
        raise DomainError("slug_taken", TAKEN, field="slug")
    territory = Territory(parent=parent, **values)
    territory.full_clean()
    territory.save()
    record(actor=actor, action="territory.add", subject=territory)
    return territory


@transaction.atomic
def found_territory(*, actor: Actor, name: str, slug: str, kind: str) -> Territory:
    """The root of a new tree. Only the server's own command does this; no page leads here."""
    if not actor.is_system:
        raise DomainError("system_only", "Корень дерева создаёт администратор сервера.")
    if Territory.objects.filter(slug=slug).exists():
        raise DomainError("slug_taken", TAKEN, field="slug")
    territory = Territory(name=name.strip(), slug=slug, kind=kind)
    territory.full_clean()
    territory.save()
    record(actor=actor, action="territory.add", subject=territory)
    return territory
