"""The big screen at the door: the meeting's QR code and a live count."""

from typing import Any

from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.events import queries
from nastavnik.events.tokens import checkin_url
from nastavnik.events.views.common import OrgRequest, event_or_404, qr
from nastavnik.shared.page import page


@page("events.edit")
def screen(request: OrgRequest, pk: int) -> HttpResponseBase:
    event = event_or_404(pk)
    url = checkin_url(event.nonce, event.token_hash)
    came, invited = queries.counted(event)
    context: dict[str, Any] = {
        "event": event,
        "org": request.organisation.slug,
        "qr": qr(url, scale=8),
        "came": came,
        "invited": invited,
        "is_open": queries.is_day_of(event, timezone.localdate()),
        "back": reverse("events:card", kwargs={"org": request.organisation.slug, "pk": pk}),
    }
    return TemplateResponse(request, "events/screen.html", context)


@page("events.edit")
def screen_count(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The count alone, asked for by the screen every few seconds; two queries beside the gate."""
    event = event_or_404(pk)
    came, invited = queries.counted(event)
    context = {"event": event, "org": request.organisation.slug, "came": came, "invited": invited}
    return TemplateResponse(request, "events/_count.html", context)
