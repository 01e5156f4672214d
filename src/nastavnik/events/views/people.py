"""Who is invited and who came: one form with ticks for each."""

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.events import policies, queries
from nastavnik.events.forms import PeopleForm, PresenceForm
from nastavnik.events.models import Event, Participant, Side
from nastavnik.events.services.attendance import mark_by_list
from nastavnik.events.services.invited import set_participants
from nastavnik.events.views.common import OrgRequest, event_or_404
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

PEOPLE = ("человек", "человека", "человек")
SIDE_TITLES = {Side.MENTEE: "Наставляемые", Side.MENTOR: "Наставники"}


@page("events.view")
def people(request: OrgRequest, pk: int) -> HttpResponseBase:
    return _people(request, event_or_404(pk))


@page("events.edit", methods=["POST"])
def people_save(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The list as it was ticked."""
    event = event_or_404(pk)
    allowed = [c.person.pk for c in queries.candidates(event.kind, event.on)]
    allowed += Participant.objects.filter(event=event).values_list("person_id", flat=True)
    form = PeopleForm(request.POST, allowed=allowed)
    if form.is_valid():
        try:
            number = set_participants(
                actor=request.actor, event=event, person_ids=form.cleaned_data["p"]
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, f"Сохранено: в списке {counted(number, *PEOPLE)}.")
            return redirect("events:card", org=request.organisation.slug, pk=pk)
    return _people(request, event, form)


def _people(request: OrgRequest, event: Event, form: PeopleForm | None = None) -> HttpResponseBase:
    invited = {row.person_id: row for row in queries.participants_of(event)}
    found = queries.candidates(event.kind, event.on)
    shown = {c.person.pk for c in found}
    ticked = set(request.POST.getlist("p")) if form is not None else {str(pk) for pk in invited}
    rows = [
        {
            "person": c.person,
            "side": c.side,
            "has_consent": c.has_consent,
            "row": invited.get(c.person.pk),
            "is_ticked": str(c.person.pk) in ticked,
        }
        for c in found
    ]
    rows += [
        {
            "person": row.person,
            "side": row.side,
            "has_consent": True,
            "row": row,
            "is_ticked": str(row.person_id) in ticked,
        }
        for row in invited.values()
        if row.person_id not in shown
    ]
    context: dict[str, Any] = {
        "event": event,
        "org": request.organisation.slug,
        "groups": _by_side(rows),
        "form": form or PeopleForm(allowed=[]),
        "invited": len(invited),
        "lacking": sum(not row["has_consent"] for row in rows),
        "may_edit": bool(policies.can_change(request.actor, event)),
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "events/people.html", context, status=status)


@page("events.view")
def attendance(request: OrgRequest, pk: int) -> HttpResponseBase:
    return _attendance(request, event_or_404(pk))


@page("events.edit", methods=["POST"])
def attendance_save(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The list with ticks of those who came."""
    event = event_or_404(pk)
    allowed = Participant.objects.filter(event=event).values_list("pk", flat=True)
    form = PresenceForm(request.POST, allowed=list(allowed))
    if form.is_valid():
        try:
            mark_by_list(
                actor=request.actor,
                event=event,
                present_ids=form.cleaned_data["present"],
                now=timezone.now(),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            came, invited = queries.counted(event)
            messages.success(request, f"Сохранено: пришли {came} из {invited}.")
            return redirect("events:attendance", org=request.organisation.slug, pk=pk)
    return _attendance(request, event, form)


def _attendance(
    request: OrgRequest, event: Event, form: PresenceForm | None = None
) -> HttpResponseBase:
    rows = queries.participants_of(event)
    here = {str(row.pk) for row in rows if row.arrived_at}
    ticked = set(request.POST.getlist("present")) if form is not None else here
    shown = [
        {"person": row.person, "side": row.side, "row": row, "is_ticked": str(row.pk) in ticked}
        for row in rows
    ]
    context: dict[str, Any] = {
        "event": event,
        "org": request.organisation.slug,
        "groups": _by_side(shown),
        "form": form or PresenceForm(allowed=[]),
        "came": len(here),
        "invited": len(rows),
        "verdict": policies.can_mark(request.actor, event),
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "events/attendance.html", context, status=status)


def _by_side(rows: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Mentees, then mentors."""
    ordered = sorted(rows, key=lambda row: row["side"] == Side.MENTOR)
    return [
        (SIDE_TITLES[Side(side)], list(group))
        for side, group in groupby(ordered, key=lambda row: row["side"])
    ]
