"""What the pages about pairs share."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from nastavnik.accounts.actor import Actor
from nastavnik.pairs.models import Pair
from nastavnik.tenancy.models import Organisation


class OrgRequest(HttpRequest):
    """A request that the gate has bound to an organisation."""

    actor: Actor
    organisation: Organisation


def get_or_404(rows: "QuerySet[Any]", **key: Any) -> Any:
    """The row in scope; foreign and missing ones are the same 404."""
    found = rows.filter(**key).first()
    if found is None:
        raise Http404
    return found


def pair_or_404(pk: int) -> Pair:
    found: Pair = get_or_404(Pair.objects.select_related("mentor__person", "order"), pk=pk)
    return found
