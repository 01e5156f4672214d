"""What the pages of meetings share."""

import segno
from django.http import Http404, HttpRequest
from django.utils.safestring import SafeString, mark_safe

from nastavnik.accounts.actor import Actor
from nastavnik.events.models import Event
from nastavnik.tenancy.models import Organisation


class OrgRequest(HttpRequest):
    """A request that the gate has bound to an organisation."""

    actor: Actor
    organisation: Organisation


def event_or_404(pk: int) -> Event:
    """The meeting in scope; foreign and missing ones are the same 404."""
    found: Event | None = (
        Event.objects.filter(pk=pk)
        .select_related("protocol", "attendance_list")
        .defer("protocol__file", "protocol__data", "attendance_list__file", "attendance_list__data")
        .first()
    )
    if found is None:
        raise Http404
    return found


def qr(url: str, *, scale: int = 3) -> SafeString:
    """A QR code as a drawing inside the page."""
    code = segno.make(url, error="m", micro=False)
    drawn = code.svg_inline(scale=scale, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(drawn)  # noqa: S308 -- drawn by the library from our own address
