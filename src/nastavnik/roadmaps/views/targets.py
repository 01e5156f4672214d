"""Targets of a roadmap: added, changed and taken out while it is a draft."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase

from nastavnik.roadmaps.forms.targets import TargetForm
from nastavnik.roadmaps.models import RoadmapTarget
from nastavnik.roadmaps.queries.targets import number_words
from nastavnik.roadmaps.services import targets
from nastavnik.roadmaps.views.common import OrgRequest, about, roadmap_or_404, to_board
from nastavnik.shared.form_page import form_page
from nastavnik.shared.page import page


@page("roadmaps.edit", methods=["GET", "POST"])
def add(request: OrgRequest, pk: int) -> HttpResponseBase:
    """A new target."""
    roadmap = roadmap_or_404(pk)

    def save(values: dict[str, Any]) -> HttpResponseBase:
        targets.add_target(actor=request.actor, roadmap=roadmap, values=values)
        messages.success(request, "Цель добавлена.")
        return to_board(request, roadmap)

    form = TargetForm(request.POST or None, initial={"unit": "%", "due_on": roadmap.ends_on})
    context = {**about(request, roadmap), "title": "Новая цель", "button": "Добавить цель"}
    return form_page(request, form, save, "roadmaps/target.html", context=context)


@page("roadmaps.edit", methods=["GET", "POST"])
def edit(request: OrgRequest, target_id: int) -> HttpResponseBase:
    """Words, value and day of a target; saving confirms one that came with a file."""
    target = _target_or_404(target_id)

    def save(values: dict[str, Any]) -> HttpResponseBase:
        targets.edit_target(actor=request.actor, target=target, values=values)
        messages.success(request, "Цель сохранена.")
        return to_board(request, target.roadmap)

    initial = {name: getattr(target, name) for name in targets.FIELDS}
    initial["value"] = number_words(target.value)
    form = TargetForm(request.POST or None, initial=initial)
    context = {
        **about(request, target.roadmap),
        "target": target,
        "title": "Цель карты",
        "button": "Сохранить" if target.confirmed else "Включить в карту",
    }
    return form_page(request, form, save, "roadmaps/target.html", context=context)


@page("roadmaps.edit", methods=["POST"])
def remove(request: OrgRequest, target_id: int) -> HttpResponseBase:
    target = _target_or_404(target_id)
    roadmap = target.roadmap
    targets.remove_target(actor=request.actor, target=target)
    messages.success(request, "Цель убрана.")
    return to_board(request, roadmap)


def _target_or_404(pk: int) -> RoadmapTarget:
    found: RoadmapTarget | None = (
        RoadmapTarget.objects.select_related("roadmap").filter(pk=pk).first()
    )
    if found is None:
        raise Http404
    return found
