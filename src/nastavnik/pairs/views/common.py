"""What the pages about pairs share."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from nastavnik.accounts.actor import Actor
from nastavnik.matching.models import MatchRun
from nastavnik.matching.queries import current_and_unfinished
from nastavnik.pairs.models import Pair
from nastavnik.pairs.queries.review import Review
from nastavnik.pairs.queries.told import may_know_wishes
from nastavnik.tenancy.models import Organisation

ON_PAGE = 15
"""Proposals on a page of the review."""


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


def run_or_404() -> MatchRun:
    """The run under review."""
    run, _ = current_and_unfinished()
    if run is None:
        raise Http404
    return run


def tells_wishes(request: OrgRequest) -> bool:
    """Whether the reader may know whom the participants wished for."""
    return may_know_wishes(request.actor)


def review_of(request: OrgRequest, run: MatchRun) -> Review:
    """The run as this reader may see it."""
    return Review(run, tells_wishes=tells_wishes(request))


def review_or_404(request: OrgRequest) -> Review:
    return review_of(request, run_or_404())


def card_url(request: OrgRequest, mentee_id: int) -> str:
    """The card of a mentee's proposal, on whatever page of the review it stands now."""
    show, place = review_or_404(request).place_of(mentee_id)
    query = {"show": show, "page": place // ON_PAGE + 1} if show else {"page": place // ON_PAGE + 1}
    address = reverse("pairs:match", kwargs={"org": request.organisation.slug})
    return f"{address}?{urlencode(query)}#m{mentee_id}"


def match_url(request: OrgRequest, anchor: str = "") -> str:
    """Back to the review, to the page of it that the form came from."""
    kept = {name: request.POST.get(name, "") for name in ("show", "page")}
    known = {name: value for name, value in kept.items() if value == "open" or value.isdecimal()}
    query = f"?{urlencode(known)}" if known else ""
    return f"{reverse('pairs:match', kwargs={'org': request.organisation.slug})}{query}{anchor}"
