"""How the territory's institutions carry their roadmaps out: the grid, what is overdue, its print."""

from typing import Any

from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.roadmaps.forms_territory import GridForm
from nastavnik.roadmaps.queries import progress
from nastavnik.shared.page import page


@page("roadmaps.view")
def grid(request: Any) -> HttpResponseBase:
    form = GridForm(request.GET)
    chosen = form.cleaned_data["lines"] if form.is_valid() else ""
    today = timezone.localdate()
    found = progress.grid(request.territory, on=today, chosen=chosen)
    chips = [
        {"title": title, "url": f"?lines={code}", "is_current": code == found.chosen}
        for code, title in found.sets
    ]
    context = {
        "grid": found,
        "chips": chips,
        "day": today,
        "institutions": found.institutions,
        "late": sum(1 for row in found.rows if row.late),
        "legend": (progress.DONE, progress.GOING, progress.LATE, progress.AWAY, progress.AHEAD),
    }
    return TemplateResponse(request, "roadmaps/territory/grid.html", context)


@page("roadmaps.view")
def overdue(request: Any) -> HttpResponseBase:
    """Everything overdue on the territory; `?print=1` is the sheet for the folder."""
    today = timezone.localdate()
    lines = progress.overdue(request.territory, on=today)
    context = {
        "lines": lines,
        "day": today,
        "places": len({line.organisation.pk for line in lines}),
    }
    name = "overdue_print" if "print" in request.GET else "overdue"
    return TemplateResponse(request, f"roadmaps/territory/{name}.html", context)
