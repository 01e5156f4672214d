"""What the pages of the campaign share."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.informing.models import Gathering, Mailing, Publication
from nastavnik.informing.queries import campaign as queries
from nastavnik.tenancy.models import Organisation

Body = Callable[..., HttpResponseBase]


class OrgRequest(HttpRequest):
    """A request that the gate has bound to an organisation."""

    actor: Actor
    organisation: Organisation


def gathering_or_404(pk: int) -> Gathering:
    """The gathering in scope with its protocol and the document discussed."""
    rows = queries.gatherings().select_related("protocol", "campaign", "discussed")
    rows = rows.defer("discussed__file", "discussed__data", "discussed__scan")
    found: Gathering | None = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def mailing_or_404(pk: int) -> Mailing:
    found: Mailing = get_object_or_404(Mailing.objects.select_related("campaign"), pk=pk)
    return found


def publication_or_404(pk: int) -> Publication:
    found: Publication = get_object_or_404(Publication, pk=pk)
    return found


def in_campaign(view: Body) -> Body:
    """Give the view this year's campaign; while nobody has opened it, lead to where it is opened."""

    @wraps(view)
    def led(request: OrgRequest, **kwargs: Any) -> HttpResponseBase:
        campaign = queries.campaign_of(timezone.localdate())
        if campaign is None:
            return redirect("informing:campaign", org=request.organisation.slug)
        return view(request, campaign, **kwargs)

    return led
