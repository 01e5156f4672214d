"""Personal links on paper: the address and its QR code."""

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe


def personal_link(token: str) -> str:
    path = reverse("pairs:yes", kwargs={"token": token})
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def qr_of(url: str) -> SafeString:
    code = segno.make(url, error="m", micro=False)
    drawn = code.svg_inline(scale=3, border=2, svgclass="qr", lineclass=None, omitsize=True)
    return mark_safe(drawn)  # noqa: S308 -- drawn by the library from our own address
