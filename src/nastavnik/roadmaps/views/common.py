"""What the pages of roadmaps share."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from nastavnik.accounts.actor import Actor
from nastavnik.roadmaps.models import Roadmap, RoadmapItem, RoadmapState
from nastavnik.tenancy.models import Organisation

STATE_TAGS: dict[str, str] = {
    RoadmapState.DRAFT: "",
    RoadmapState.ON_AGREEMENT: "wait",
    RoadmapState.RETURNED: "bad",
    RoadmapState.AGREED: "wait",
    RoadmapState.IN_FORCE: "ok",
    RoadmapState.CLOSED: "",
}


class OrgRequest(HttpRequest):
    """A request that the gate has bound to an organisation."""

    actor: Actor
    organisation: Organisation


def roadmap_or_404(pk: int) -> Roadmap:
    """The roadmap in scope; foreign and missing ones are the same 404."""
    found: Roadmap | None = (
        Roadmap.objects.select_related("order", "previous").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found


def item_or_404(item_id: int) -> RoadmapItem:
    found: RoadmapItem | None = (
        RoadmapItem.objects.select_related("roadmap", "evidence_document")
        .filter(pk=item_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def tag_of(roadmap: Roadmap) -> tuple[str, str]:
    """(word, kind) for the tag of state."""
    return roadmap.get_state_display(), STATE_TAGS[roadmap.state]


def to_board(request: OrgRequest, roadmap: Roadmap) -> HttpResponseBase:
    return redirect("roadmaps:board", org=request.organisation.slug, pk=roadmap.pk)


def to_item(request: OrgRequest, item: RoadmapItem) -> HttpResponseBase:
    return redirect("roadmaps:item", org=request.organisation.slug, item_id=item.pk)


def about(request: OrgRequest, roadmap: Roadmap) -> dict[str, Any]:
    """Values that every page about one roadmap needs."""
    may_edit = bool(request.actor.can("roadmaps.edit"))
    return {
        "org": request.organisation.slug,
        "roadmap": roadmap,
        "tag": tag_of(roadmap),
        "may_edit": may_edit and roadmap.is_open,
        "may_rewrite": may_edit and roadmap.is_editable,
    }
