"""The territory's own roadmap: where it stands, how to begin it, who took its lines over."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.roadmaps.forms.territory import WayForm
from nastavnik.roadmaps.queries.municipal import municipal
from nastavnik.roadmaps.queries.targets import in_plan
from nastavnik.roadmaps.services.municipal import take_charge
from nastavnik.roadmaps.views.common import tag_of
from nastavnik.roadmaps.views.lines import approval_words
from nastavnik.shared.page import page
from nastavnik.tenancy.scope import scope

WAYS = {"board": "roadmaps:current", "import": "roadmaps:import", "template": "roadmaps:new"}


@page("roadmaps.view")
def own(request: Any) -> HttpResponseBase:
    found = municipal(request.territory)
    roadmap = found.in_force
    targets = []
    if roadmap is not None:
        with scope({roadmap.organisation_id}):
            targets = in_plan(roadmap)
    context = {
        "found": found,
        "roadmap": roadmap,
        "targets": targets,
        "tag": tag_of(roadmap) if roadmap is not None else None,
        "lead": approval_words(roadmap) if roadmap is not None else "",
        "may_keep": bool(request.actor.can("roadmaps.municipal")),
        "may_add": bool(request.actor.can("territory.edit")),
    }
    return TemplateResponse(request, "roadmaps/territory/own.html", context)


@page("roadmaps.municipal", methods=["POST"])
def keep(request: Any) -> HttpResponseBase:
    """To the pages of the authority, with the right to work there."""
    form = WayForm(request.POST)
    way = form.cleaned_data["way"] if form.is_valid() else "board"
    today = timezone.localdate()
    office = take_charge(actor=request.actor, territory=request.territory, on=today)
    return redirect(WAYS[way], org=office.slug)
