"""«Хочу участвовать»: the page behind a class sheet, no account, no contacts, half a minute."""

import secrets
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nastavnik.accounts.actor import Actor
from nastavnik.informing.forms.slips import SlipForm
from nastavnik.informing.models import SLIP_DAYS, ClassSheet
from nastavnik.informing.queries.slips import sheet_by_token
from nastavnik.informing.services import slips
from nastavnik.informing.wording import sheet_title
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.tenancy.scope import scope

NOBODY = Actor(user_id=None, label="По объявлению с QR-кодом", roles=frozenset())


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask two questions and keep the slip; the address after it holds nothing personal."""
    found = sheet_by_token(token)
    if found is None:
        raise Http404
    with scope({found[0]}):
        sheet = ClassSheet.objects.select_related("organisation").get(pk=found[1])
        if "thanks" in request.GET:
            return _page(request, sheet, thanks=True)
        if not sheet.takes_on(timezone.localdate()):
            return _page(request, sheet, status=409 if request.method == "POST" else 200)
        if request.method == "POST":
            return _take(request, sheet, token)
        return _page(request, sheet, form=_fresh(sheet))


def _take(request: HttpRequest, sheet: ClassSheet, token: str) -> HttpResponseBase:
    form = SlipForm(request.POST, sheet=sheet)
    thanks = f"{request.path}?thanks=1"
    if request.POST.get("website"):
        return redirect(thanks)  # only a machine fills what nobody sees; it is told nothing
    if not form.is_valid():
        return _page(request, sheet, form=form, status=422)
    try:
        slips.hand_in(
            actor=NOBODY,
            sheet=sheet,
            entry=form.entry,
            once=form.cleaned_data["once"],
            today=timezone.localdate(),
        )
    except DomainError as error:
        apply_domain_error(form, error)
        return _page(request, sheet, form=form, status=429 if error.code == "flood" else 422)
    return redirect(thanks)


def _fresh(sheet: ClassSheet) -> SlipForm:
    initial: dict[str, Any] = {"once": secrets.token_urlsafe(12)}
    sides = SlipForm(sheet=sheet).fields["side"].choices  # type: ignore[attr-defined]
    if len(sides) == 1:
        initial["side"] = sides[0][0]
    return SlipForm(sheet=sheet, initial=initial)


def _page(
    request: HttpRequest,
    sheet: ClassSheet,
    *,
    status: int = 200,
    form: SlipForm | None = None,
    thanks: bool = False,
) -> HttpResponseBase:
    context = {
        "sheet": sheet,
        "title": sheet_title(sheet),
        "is_child": sheet.is_for_children,
        "place": sheet.organisation.short_name,
        "form": form,
        "thanks": thanks,
        "days": SLIP_DAYS,
        "again": request.path,
    }
    return TemplateResponse(request, "informing/join.html", context, status=status).render()
