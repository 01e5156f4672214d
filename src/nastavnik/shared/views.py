"""Pages that belong to no room: low vision, all the rooms, the living kit, errors."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods

from nastavnik.shared.context import frame
from nastavnik.shared.display import CHOICES, COOKIE, COOKIE_AGE_SECONDS, Display
from nastavnik.shared.kit import kit_context

_HERE = "the-address-asked-for"


def safe_next(request: HttpRequest, wanted: str) -> str:
    """A page of ours to return to; the start page when the address is not ours."""
    allowed = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if allowed else "/"


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def display(request: HttpRequest) -> HttpResponse:
    """Size of letters, colours, spacing, pictures; kept in a cookie of this browser."""
    if request.method == "POST":
        wish = Display() if "reset" in request.POST else Display.from_values(request.POST.dict())
        response = redirect(safe_next(request, request.POST.get("next", "/")))
        if wish.chosen:
            response.set_cookie(
                COOKIE,
                wish.cookie,
                max_age=COOKIE_AGE_SECONDS,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        else:
            response.delete_cookie(COOKIE, samesite="Lax")
        return response
    chosen = Display.of(request)
    groups = [
        (
            name,
            legend,
            [
                (value, title, value == getattr(chosen, name))
                for value, title in CHOICES[name].items()
            ],
        )
        for name, legend in (
            ("size", "Размер букв"),
            ("scheme", "Цвета"),
            ("spacing", "Промежутки"),
            ("images", "Рисунки"),
        )
    ]
    next_page = safe_next(request, request.GET.get("next", "/"))
    return render(request, "shared/display.html", {"groups": groups, "next_page": next_page})


@require_GET
def more(request: HttpRequest) -> HttpResponse:
    """«Ещё»: every room open to the person, by section."""
    sections = frame(request)["frame"].menu.everything()
    return render(request, "shared/more.html", {"sections": sections})


@login_not_required
@require_GET
def kit(request: HttpRequest) -> HttpResponse:
    """The living page of components; for a demonstration and for the administrator only."""
    user: Any = getattr(request, "user", None)
    if not settings.DEMO and not (
        user is not None and user.is_authenticated and getattr(user, "is_system_admin", False)
    ):
        raise Http404
    return render(request, "shared/kit.html", kit_context())


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when the body was larger than the system takes."""
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    return _error(request, status)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _error(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _error(request, 500)


def _error(request: HttpRequest, status: int) -> HttpResponse:
    """Errors are drawn without context processors, so that a second failure cannot follow."""
    page = _drawn(status, Display.of(request), is_demo=bool(settings.DEMO))
    return HttpResponse(page.replace(_HERE, quote(request.get_full_path(), safe="")), status=status)


@lru_cache(maxsize=64)
def _drawn(status: int, display: Display, *, is_demo: bool) -> str:
    """The page of an error, the same for everybody but for the address that stands in one link."""
    context = {"frame": _Still(display, is_demo), "request": _Here()}
    return render_to_string(f"{status}.html", context)


@dataclass(frozen=True)
class _Still:
    """As much of a frame as a page about an error shows."""

    display: Display
    is_demo: bool


class _Here:
    def get_full_path(self) -> str:
        return _HERE
