"""What the pages about pairs share."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from nastavnik.accounts.actor import Actor
from nastavnik.matching.models import MatchRun
from nastavnik.matching.queries import current_and_unfinished
from nastavnik.pairs.models import Pair
from nastavnik.pairs.queries.review import Review
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


def run_or_404() -> MatchRun:
    """The run under review."""
    run, _ = current_and_unfinished()
    if run is None:
        raise Http404
    return run


def tells_wishes(request: OrgRequest) -> bool:
    """Whether the reader may know whom the participants wished for."""
    return bool(request.actor.can("surveys.choices"))


def review_of(request: OrgRequest, run: MatchRun) -> Review:
    """The run as this reader may see it."""
    return Review(run, tells_wishes=tells_wishes(request))


def review_or_404(request: OrgRequest) -> Review:
    return review_of(request, run_or_404())


def match_url(request: OrgRequest, anchor: str = "") -> str:
    """Back to the review, to the page of it that the form came from."""
    page_number = request.POST.get("page", "")
    query = f"?page={page_number}" if page_number.isdecimal() else ""
    return f"{reverse('pairs:match', kwargs={'org': request.organisation.slug})}{query}{anchor}"
