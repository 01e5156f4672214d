"""One set of pages for two places: an institution, and a territory whose councils its office owns.

At a territory the scope of the office is opened here, after the row was found among the offices of
that territory; the answer is rendered inside it.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from nastavnik.accounts.actor import Actor
from nastavnik.councils import policies, queries
from nastavnik.councils.models import Council, Sitting
from nastavnik.documents.models import Document
from nastavnik.shared.page import View, page
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope

ROWS: dict[str, type[Any]] = {"pk": Council, "sitting_id": Sitting, "document_id": Document}


@dataclass(frozen=True)
class Place:
    """Where a page of councils is: whose rows, who acts, how its addresses are called."""

    organisation: Organisation
    actor: Actor
    slug: str
    is_territory: bool = False

    def url(self, name: str, **kwargs: Any) -> str:
        """The address of a page of this place: «card», «sitting», «members» …"""
        if self.is_territory:
            return reverse(f"councils:territory-{name}", kwargs={"territory": self.slug, **kwargs})
        return reverse(f"councils:{name}", kwargs={"org": self.slug, **kwargs})

    @property
    def list_url(self) -> str:
        if self.is_territory:
            return reverse("councils:territory", kwargs={"territory": self.slug})
        return reverse("councils:list", kwargs={"org": self.slug})

    @property
    def list_title(self) -> str:
        return "Советы территории" if self.is_territory else "Советы и группы"

    def paper_url(self, document: Document) -> str:
        if self.is_territory:
            return self.url("paper", document_id=document.pk)
        return reverse("documents:card", kwargs={"org": self.slug, "pk": document.pk})

    def to(self, name: str, **kwargs: Any) -> HttpResponseBase:
        return redirect(self.url(name, **kwargs))


Body = Callable[..., HttpResponseBase]


def both(action: str, *, methods: Iterable[str] = ("GET",)) -> Callable[[Body], View]:
    """Publish a view at both places; it gets the place as its second argument."""

    def decorate(view: Body) -> View:
        @page(action, methods=methods)
        @wraps(view)
        def placed(request: Any, **kwargs: Any) -> HttpResponseBase:
            organisation = getattr(request, "organisation", None)
            if organisation is not None:
                place = Place(organisation, request.actor, organisation.slug)
                return view(request, place, **kwargs)
            owner = _owner(request, kwargs)
            actor = policies.at_office(request.actor)
            place = Place(owner, actor, request.territory.slug, is_territory=True)
            with scope({owner.pk}):
                response = view(request, place, **kwargs)
                if isinstance(response, TemplateResponse) and not response.is_rendered:
                    response.render()
                return response

        return placed

    return decorate


def _owner(request: Any, kwargs: dict[str, Any]) -> Organisation:
    """The office of the territory that owns the row of the address; its first one without a row."""
    offices = queries.authorities(request.territory)
    for name, model in ROWS.items():
        if name in kwargs:
            return _holder(offices, model, kwargs[name])
    own = [office for office in offices if office.territory_id == request.territory.pk]
    if not own:
        raise Http404
    return own[0]


def _holder(offices: Sequence[Organisation], model: type[Any], key: int) -> Organisation:
    known = {office.pk: office for office in offices}
    with scope(known):
        found = model.objects.filter(pk=key).values_list("organisation_id", flat=True).first()
    if found is None:
        raise Http404
    return known[found]


def council_or_404(pk: int) -> Council:
    found = queries.councils().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def sitting_or_404(pk: int) -> Sitting:
    found = queries.sitting(pk)
    if found is None:
        raise Http404
    return found
