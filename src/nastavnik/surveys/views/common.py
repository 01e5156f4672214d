"""What the pages about surveys share."""

from typing import Any

import segno
from django.http import Http404, HttpRequest
from django.utils.safestring import SafeString, mark_safe

from nastavnik.accounts.actor import Actor
from nastavnik.surveys.queries import campaigns
from nastavnik.tenancy.models import Organisation


class OrgRequest(HttpRequest):
    """A request that the gate has bound to an organisation."""

    actor: Actor
    organisation: Organisation


def campaign_or_404(pk: int) -> Any:
    """The campaign in scope with its counts; foreign and missing ones are the same 404."""
    found: Any = campaigns().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def qr_of(url: str) -> SafeString:
    code = segno.make(url, error="m", micro=False)
    drawn = code.svg_inline(scale=3, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(drawn)  # noqa: S308 -- drawn by the library from our own address
