"""How the territory's institutions carry their roadmaps out: the grid, what is overdue, its print."""

from typing import Any

from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.documents.views.common import docx_response
from nastavnik.roadmaps.forms.territory import GridForm
from nastavnik.roadmaps.queries import progress
from nastavnik.roadmaps.queries.control import control
from nastavnik.roadmaps.services.control import control_note, sentence
from nastavnik.shared.page import page
from nastavnik.tenancy.models import Territory


@page("roadmaps.view")
def grid(request: Any) -> HttpResponseBase:
    form = GridForm(request.GET)
    chosen = form.cleaned_data["lines"] if form.is_valid() else ""
    today = timezone.localdate()
    audiences = request.actor.audiences
    found = progress.grid(request.territory, on=today, chosen=chosen, audiences=audiences)
    chips = [
        {"title": title, "url": f"?lines={code}", "is_current": code == found.chosen}
        for code, title in found.sets
    ]
    context = {
        "grid": found,
        "below": progress.below(request.territory, on=today),
        "up": _up(request),
        "audiences": sorted(audiences),
        "chips": chips,
        "day": today,
        "institutions": found.institutions,
        "late": sum(1 for row in found.rows if row.late),
        "legend": (progress.DONE, progress.GOING, progress.LATE, progress.AWAY, progress.AHEAD),
    }
    return TemplateResponse(request, "roadmaps/territory/grid.html", context)


def _up(request: Any) -> Territory | None:
    """The territory above, when the reader looks after it as well."""
    parent: Territory | None = request.territory.parent
    return parent if parent is not None and request.grants.at_territory(parent).roles else None


@page("roadmaps.view")
def overdue(request: Any) -> HttpResponseBase:
    """Everything overdue on the territory; `?print=1` is the sheet for the folder."""
    today = timezone.localdate()
    found = control(request.territory, on=today)
    context = {
        "found": found,
        "lines": found.lines,
        "day": today,
        "sentence": sentence(found),
    }
    name = "overdue_print" if "print" in request.GET else "overdue"
    return TemplateResponse(request, f"roadmaps/territory/{name}.html", context)


@page("roadmaps.view", methods=["POST"])
def note(request: Any) -> HttpResponseBase:
    """The control note as a Word file."""
    today = timezone.localdate()
    content = control_note(actor=request.actor, territory=request.territory, on=today)
    return docx_response(content, f"Контрольная справка, {today:%d.%m.%Y}")
