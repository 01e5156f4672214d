"""The page behind a QR code: one button or one code, no account, least data."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.client import client_address
from nastavnik.events import queries
from nastavnik.events.forms import CodeForm
from nastavnik.events.models import Arrival, Event, Participant
from nastavnik.events.services import attendance
from nastavnik.events.tokens import origin_of
from nastavnik.events.wording import called
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.tenancy.scope import scope


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def checkin(request: HttpRequest, token: str) -> HttpResponseBase:
    """Mark the one whom the code names; the meeting's own code asks for the digits of a badge."""
    found = queries.behind_token(token)
    if found is None:
        raise Http404
    organisation_id, event_id, participant_id = found
    with scope({organisation_id}):
        event = Event.objects.select_related("organisation").get(pk=event_id)
        if participant_id is None:
            return _by_code(request, event)
        row = Participant.objects.select_related("person").get(pk=participant_id)
        return _personal(request, event, row, token)


def _personal(request: HttpRequest, event: Event, row: Participant, token: str) -> HttpResponseBase:
    """One tap: by the owner's phone, or by the phone of the staff at the door."""
    desk = _staff(request, event)
    problem = None
    if request.method == "POST":
        problem = _note(event, row, desk)
        if problem is None:
            return redirect("events:checkin", token=token)
    context = {**_common(event), **_who(row, desk), "problem": problem, "is_desk": desk is not None}
    if desk is not None:
        context["came"], context["invited"] = queries.counted(event)
    return _page(request, "events/checkin.html", context, status=409 if problem else 200)


def _by_code(request: HttpRequest, event: Event) -> HttpResponseBase:
    """The QR code of the screen leads here."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    status, done = 200, {}
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                row = attendance.by_code(
                    event=event,
                    code=form.cleaned_data["code"],
                    origin=origin_of(client_address(request)),
                    now=timezone.now(),
                )
                problem = _note(event, row, None, Arrival.CODE)
                if problem is not None:
                    raise problem
                row.refresh_from_db()
                status, done = 200, _who(row, None)
            except DomainError as error:
                status = 429 if isinstance(error, attendance.TooManyTries) else 422
                apply_domain_error(form, error)
    context = {**_common(event), **done, "form": form}
    return _page(request, "events/checkin_code.html", context, status=status)


def _note(
    event: Event, row: Participant, desk: Actor | None, way: Arrival = Arrival.QR
) -> DomainError | None:
    actor = desk or Actor(user_id=None, label=row.person.full_name, roles=frozenset())
    try:
        attendance.check_in(
            actor=actor,
            participant=row,
            way=Arrival.DESK if desk else way,
            now=timezone.now(),
            today=queries.is_day_of(event, timezone.localdate()),
        )
    except DomainError as error:
        return error
    return None


def _staff(request: HttpRequest, event: Event) -> Actor | None:
    """The signed-in person when allowed to mark others at this institution."""
    grants: Any = getattr(request, "grants", None)
    actor: Actor | None = grants.at_organisation(event.organisation) if grants else None
    return actor if actor is not None and actor.can("events.edit") else None


def _who(row: Participant, desk: Actor | None) -> dict[str, Any]:
    """The first name for the owner; class and number besides for the one at the door."""
    today = timezone.localdate()
    person = row.person
    return {
        "name": called(person, today),
        "is_child": person.is_minor_on(today),
        "arrived_at": row.arrived_at,
        "number": row.number,
        "about": person.about if desk else "",
        "full_name": person.full_name if desk else "",
    }


def _common(event: Event) -> dict[str, Any]:
    return {
        "event": event,
        "can_check_in": queries.is_day_of(event, timezone.localdate()),
    }


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], *, status: int
) -> HttpResponseBase:
    return TemplateResponse(request, template, context, status=status).render()
