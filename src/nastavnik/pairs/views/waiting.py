"""«Без пары»: who waits for a mentor, for how long, and what the search says today."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.pairs.forms.waiting import WaitingForm
from nastavnik.pairs.queries.waiting import waiting, waiting_rules
from nastavnik.pairs.services.waiting import save_waiting_rules
from nastavnik.pairs.views.common import OrgRequest
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page

ON_PAGE = 50


@page("matching.view")
def unpaired(request: OrgRequest) -> HttpResponseBase:
    return _show(request)


@page("pairs.edit", methods=["POST"])
def rules(request: OrgRequest) -> HttpResponseBase:
    """Change after how many days a wait is long and when support begins."""
    form = WaitingForm(request.POST)
    if form.is_valid():
        try:
            save_waiting_rules(
                actor=request.actor, organisation=request.organisation, rules=form.rules()
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Сроки ожидания сохранены.")
            return redirect("pairs:unpaired", org=request.organisation.slug)
    return _show(request, form=form, status=422)


def _show(
    request: OrgRequest, *, form: WaitingForm | None = None, status: int = 200
) -> HttpResponseBase:
    known = waiting_rules(request.organisation)
    rows = waiting(request.organisation, timezone.localdate())
    initial = {"waiting_days": known.waiting_days, "support_days": known.support_days}
    context: dict[str, Any] = {
        "page": Paginator(rows, ON_PAGE).get_page(request.GET.get("page")),
        "total": len(rows),
        "long": sum(row.days >= known.waiting_days for row in rows),
        "longest": sum(row.days >= known.support_days for row in rows),
        "rules": known,
        "form": form or WaitingForm(initial=initial),
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("pairs.edit")),
    }
    return TemplateResponse(request, "pairs/unpaired.html", context, status=status)
