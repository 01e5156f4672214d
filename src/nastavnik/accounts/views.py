"""Sign-in, sign-out, invitations."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from nastavnik.accounts import queries, services
from nastavnik.accounts.forms import NewPasswordForm, SignInForm
from nastavnik.accounts.models import User
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error

PASSWORD_BACKEND = "nastavnik.accounts.backend.PasswordBackend"  # noqa: S105 -- a dotted path


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The page of sign-in; a signed-in person goes on to the work."""
    if request.user.is_authenticated:
        return redirect(_next(request))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user is not None:
        login(request, form.user)
        return redirect(_next(request))
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "demo_entries": queries.demo_entries() if settings.DEMO else [],
    }
    return render(request, "accounts/sign_in.html", context, status=422 if form.errors else 200)


def _next(request: HttpRequest) -> str:
    """Where to go after sign-in: an address of our own or «Сегодня»."""
    target = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        return target
    return str(settings.LOGIN_REDIRECT_URL)


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("accounts:login")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: set a password and come in."""
    invitation = services.find_invitation(token, now=timezone.now())
    if invitation is None:
        return render(request, "accounts/invitation_dead.html", status=410)
    form = NewPasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.accept_invitation(
                token=token, password=form.cleaned_data["password"], now=timezone.now()
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            login(request, user, backend=PASSWORD_BACKEND)
            return redirect(str(settings.LOGIN_REDIRECT_URL))
    context = {"form": form, "invited": invitation.user}
    return render(request, "accounts/invitation.html", context, status=422 if form.errors else 200)


@login_not_required
@require_POST
def demo_entry(request: HttpRequest) -> HttpResponse:
    """One-click sign-in of the demonstration; outside it the address does not exist."""
    if not settings.DEMO:
        raise Http404
    wanted = request.POST.get("login", "")
    user = User.objects.filter(login=wanted, is_active=True).first()
    if user is None or wanted not in {entry.login for entry in queries.demo_entries()}:
        raise Http404
    login(request, user, backend=PASSWORD_BACKEND)
    return redirect(str(settings.LOGIN_REDIRECT_URL))


@login_not_required
def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """What a person sees after too many failed attempts to sign in."""
    return render(request, "accounts/locked_out.html", status=429)
