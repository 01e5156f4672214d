"""Sign-in, sign-out, invitations."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_not_required
def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """What a person sees after too many failed attempts to sign in."""
    return render(request, "accounts/locked_out.html", status=429)
