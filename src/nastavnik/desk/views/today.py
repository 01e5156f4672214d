"""«Сегодня», «Запуск программы» and the journal of actions."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.accounts.actor import Grants
from nastavnik.audit.queries import journal
from nastavnik.desk.lists import JOURNAL
from nastavnik.desk.steps import Step, launch_steps
from nastavnik.shared.lists import list_response
from nastavnik.shared.page import page
from nastavnik.shared.today import cards_for


@page("today.view")
def entry(request: Any) -> HttpResponseBase:
    """Lead to the day of the first place where the person works."""
    grants: Grants = request.grants
    for grant in grants.rows:
        if grant.organisation is not None:
            return redirect("desk:today", org=grant.organisation.slug)
    return redirect("desk:territory_today", territory=grants.rows[0].territory.slug)  # type: ignore[union-attr]


@page("today.view")
def today(request: Any) -> HttpResponseBase:
    steps = _steps(request) if request.actor.can("launch.view") else []
    context = {
        "cards": cards_for(request.actor.roles, request),
        "done": sum(1 for step in steps if step.state == "done"),
        "steps": steps,
        "next_step": _next(steps),
        "day": timezone.localdate(),
    }
    return TemplateResponse(request, "desk/today.html", context)


@page("today.view")
def territory_today(request: Any) -> HttpResponseBase:
    """The day of those who look after a territory."""
    context = {
        "cards": cards_for(request.actor.roles, request),
        "day": timezone.localdate(),
    }
    return TemplateResponse(request, "desk/territory_today.html", context)


@page("launch.view")
def launch(request: Any) -> HttpResponseBase:
    steps = _steps(request)
    context = {
        "steps": steps,
        "done": sum(1 for step in steps if step.state == "done"),
        "minutes": sum(step.minutes for step in steps if step.state != "done"),
        "next_step": _next(steps),
        "blockers": [
            {"title": f"{step.title}.", "text": step.text, "url": step.url, "link": "Открыть"}
            for step in steps
            if step.state == "wait"
        ],
    }
    return TemplateResponse(request, "desk/launch.html", context)


@page("audit.view")
def history(request: Any) -> HttpResponseBase:
    return list_response(
        request, JOURNAL, journal(), empty={"title": "Журнал пока пуст", "text": ""}
    )


def _steps(request: Any) -> list[Step]:
    return launch_steps(request.organisation, on=timezone.localdate())


def _next(steps: list[Step]) -> Step | None:
    return next((step for step in steps if step.state == "go"), None)
