"""Puts the signed-in person's effective grants on the request; ends sessions that lost their role."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from nastavnik.accounts.actor import Actor, grants_of
from nastavnik.accounts.models import User

NOBODY = Actor(user_id=None, label="", roles=frozenset())


class ActorMiddleware:
    """`request.grants` (None when nobody is signed in), `request.actor`, `request.organisation`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.grants = None  # type: ignore[attr-defined]
        request.organisation = None  # type: ignore[attr-defined]
        request.territory = None  # type: ignore[attr-defined]
        request.actor = NOBODY  # type: ignore[attr-defined]
        user = request.user
        if isinstance(user, User) and user.is_authenticated:
            grants = grants_of(user, today=timezone.localdate())
            if grants.rows or user.is_system_admin:
                request.grants = grants  # type: ignore[attr-defined]
                request.actor = grants.anywhere()  # type: ignore[attr-defined]
            else:
                logout(request)
        response = self.get_response(request)
        if request.grants is not None:  # type: ignore[attr-defined]
            # School computers are shared: «назад» after signing out shows nothing.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
