"""What is printed for a meeting: invitations, badges, the sign sheet."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse

from nastavnik.documents import rendering
from nastavnik.documents.views.common import docx_response
from nastavnik.events import papers, queries
from nastavnik.events.models import Event, Participant
from nastavnik.events.papers import spaced
from nastavnik.events.tokens import checkin_url
from nastavnik.events.views.common import OrgRequest, event_or_404, qr
from nastavnik.events.wording import asks_about, called, helps_with
from nastavnik.shared.page import page


@page("events.edit")
def invitations(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Slips with personal codes, eight to a sheet, by class."""
    event = event_or_404(pk)
    rows = queries.participants_of(event)
    context = _sheet(request, event, rows) | {"meeting": papers.meeting_data(event)}
    return TemplateResponse(request, "events/invitations.html", context)


@page("events.edit")
def invitations_docx(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Letters by the organisation's own template, one file."""
    event = event_or_404(pk)
    rows = queries.participants_of(event)
    if not rows:
        return redirect("events:people", org=request.organisation.slug, pk=pk)
    data = papers.invitations(request.actor, request.organisation, event, rows)
    content = rendering.blanks_docx(
        request.organisation, [(papers.INVITATION, letter) for letter in data]
    )
    return docx_response(content, f"Приглашения на встречу {event.on:%d.%m.%Y}")


@page("events.edit")
def badges(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Badges by class: a child's first name, what one asks about or helps with, the own code."""
    event = event_or_404(pk)
    rows = queries.participants_of(event, with_topics=True)
    context = _sheet(request, event, rows)
    for card, row in zip(context["cards"], rows, strict=True):
        card["topic"] = _topic(row)
    return TemplateResponse(request, "events/badges.html", context)


@page("events.view")
def sheet(request: OrgRequest, pk: int) -> HttpResponseBase:
    """«Лист регистрации» as it will print."""
    event = event_or_404(pk)
    rows = queries.participants_of(event)
    data = papers.sign_sheet(request.actor, request.organisation, event, rows)
    context = {
        "body": rendering.blank_html(request.organisation, papers.ATTENDANCE, data),
        "back": _back(request, event),
    }
    return TemplateResponse(request, "events/sheet.html", context)


@page("events.view")
def sheet_docx(request: OrgRequest, pk: int) -> HttpResponseBase:
    event = event_or_404(pk)
    rows = queries.participants_of(event)
    data = papers.sign_sheet(request.actor, request.organisation, event, rows)
    content = rendering.blank_docx(request.organisation, papers.ATTENDANCE, data)
    return docx_response(content, f"Лист регистрации {event.on:%d.%m.%Y}")


def _sheet(request: OrgRequest, event: Event, rows: list[Participant]) -> dict[str, Any]:
    return {
        "event": event,
        "cards": [_card(event, row) for row in rows],
        "back": _back(request, event),
    }


def _card(event: Event, row: Participant) -> dict[str, Any]:
    return {
        "row": row,
        "person": row.person,
        "name": called(row.person, event.on),
        "is_child": row.person.is_minor_on(event.on),
        "code": spaced(row.code),
        "qr": qr(checkin_url(row.nonce, row.token_hash)),
    }


def _topic(row: Participant) -> str:
    """What one asks about or helps with, by the classifier."""
    if row.is_mentor:
        mentor = getattr(row.person, "mentor", None)
        return helps_with(list(mentor.competences.all())) if mentor else ""
    mentee = getattr(row.person, "mentee", None)
    return asks_about(list(mentee.requests.all())) if mentee else ""


def _back(request: OrgRequest, event: Event) -> str:
    return reverse("events:card", kwargs={"org": request.organisation.slug, "pk": event.pk})
