"""What the pages about people share."""

from typing import Any, Protocol

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest

from nastavnik.accounts.actor import Actor
from nastavnik.people.models import Person
from nastavnik.people.queries.people import people
from nastavnik.tenancy.models import Organisation


class OrgRequest(HttpRequest):
    """A request that the gate has bound to an organisation."""

    actor: Actor
    organisation: Organisation


class HasPk(Protocol):
    pk: int


def get_or_404(rows: "QuerySet[Any]", **key: Any) -> Any:
    """The row in scope; foreign and missing ones are the same 404."""
    found: Model | None = rows.filter(**key).first()
    if found is None:
        raise Http404
    return found


def person_or_404(pk: int) -> Person:
    found: Person = get_or_404(people().select_related("mentee", "mentor"), pk=pk)
    return found
