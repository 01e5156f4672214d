"""What every answer carries, and how a refusal of the domain becomes a page."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from nastavnik.shared.errors import DomainError, PermissionRefused

logger = logging.getLogger(__name__)
GetResponse = Callable[[HttpRequest], HttpResponseBase]

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Pages bring their own policy; this one stays on files and redirects.
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}


class SecurityHeadersMiddleware:
    """Stands first, so that files, redirects and errors get the headers too."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response


class DomainErrorMiddleware:
    """A refusal that no form has shown becomes a friendly page, for htmx a message."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, DomainError):
            return refusal(request, exception)
        if isinstance(exception, OperationalError):
            logger.error("database does not answer", exc_info=exception)
            response = render(request, "503.html", status=503)
            response["Retry-After"] = "60"
            return response
        return None


def refusal(request: HttpRequest, error: DomainError) -> HttpResponse:
    """The page of a refusal: what happened and the way to mend it."""
    context: dict[str, Any] = {"error": error, "back": error.link or own_referrer(request)}
    if request.headers.get("HX-Request") == "true":
        response = render(request, "ui/refusal.html", context, status=status_of(error))
        response["HX-Retarget"] = "#messages"
        response["HX-Reswap"] = "innerHTML"
        return response
    return render(request, "refusal.html", context, status=status_of(error))


def status_of(error: DomainError) -> int:
    """403 for a missing right, 409 where someone was quicker, 422 for the rest."""
    if isinstance(error, PermissionRefused):
        return 403
    return 409 if error.code.endswith(("conflict", "taken", "stale")) else 422


def own_referrer(request: HttpRequest) -> str:
    """The page of ours that the person came from, as a path; the start page otherwise."""
    origin = f"{request.scheme}://{request.get_host()}"
    referrer = request.headers.get("Referer", "")
    return referrer.removeprefix(origin) if referrer.startswith(f"{origin}/") else "/"
