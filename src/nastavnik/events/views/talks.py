"""Short talks: making the schedule, printing it, the big screen of a round."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from nastavnik.events import policies, queries
from nastavnik.events.forms import TalksForm
from nastavnik.events.models import Event
from nastavnik.events.services.talks import make_rotation
from nastavnik.events.talks import Talks, talks_of
from nastavnik.events.views.common import OrgRequest, event_or_404
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

ROUNDS = ("раунд", "раунда", "раундов")
MINUTES = ("минута", "минуты", "минут")


@page("events.view")
def talks(request: OrgRequest, pk: int) -> HttpResponseBase:
    return _show(request, event_or_404(pk))


@page("events.edit", methods=["POST"])
def talks_make(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Lay the rounds out anew."""
    event, form = event_or_404(pk), TalksForm(request.POST)
    if form.is_valid():
        try:
            made = make_rotation(
                actor=request.actor,
                organisation=request.organisation,
                event=event,
                **form.cleaned_data,
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            number = len(made.rotation["rounds"])
            messages.success(request, f"Расписание составлено: {counted(number, *ROUNDS)}.")
            return redirect("events:talks", org=request.organisation.slug, pk=pk)
    return _show(request, event, form)


@page("events.view")
def talks_print(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Two tables for the wall: whose table is where, and everybody's way."""
    event = event_or_404(pk)
    found = _talks(event)
    if found is None:
        return redirect("events:talks", org=request.organisation.slug, pk=pk)
    context = {"event": event, "talks": found, "back": _back(request, event)}
    return TemplateResponse(request, "events/talks_print.html", context)


@page("events.view")
def talks_round(request: OrgRequest, pk: int, number: int) -> HttpResponseBase:
    """One round for the big screen, with a timer."""
    event = event_or_404(pk)
    found = _talks(event)
    if found is None:
        return redirect("events:talks", org=request.organisation.slug, pk=pk)
    if not 1 <= number <= len(found.rounds):
        raise Http404
    context: dict[str, Any] = {
        "event": event,
        "org": request.organisation.slug,
        "number": number,
        "count": len(found.rounds),
        "meetings": found.rounds[number - 1],
        "resting": [r.mentee for r in found.routes if r.tables[number - 1] is None],
        "seconds": found.minutes * 60,
        "clock": f"{found.minutes}:00",
        "before": number - 1,
        "after": number + 1 if number < len(found.rounds) else 0,
        "back": _back(request, event),
    }
    return TemplateResponse(request, "events/round.html", context)


def _talks(event: Event) -> Talks | None:
    return talks_of(event, queries.participants_of(event), event.on)


def _back(request: OrgRequest, event: Event) -> str:
    return reverse("events:talks", kwargs={"org": request.organisation.slug, "pk": event.pk})


def _show(request: OrgRequest, event: Event, form: TalksForm | None = None) -> HttpResponseBase:
    found = _talks(event)
    initial = {"minutes": event.round_minutes, "most_rounds": 0}
    context: dict[str, Any] = {
        "event": event,
        "org": request.organisation.slug,
        "talks": found,
        "form": form or TalksForm(initial=initial),
        "may_edit": bool(policies.can_change(request.actor, event)),
    }
    if found is not None:
        context["total"] = counted(found.total_minutes, *MINUTES)
        context["rounds_words"] = counted(len(found.rounds), *ROUNDS)
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "events/talks.html", context, status=status)
