"""«Приказ»: which pairs are ready, why the others are not, the sheet as it will print."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.safestring import SafeString

from nastavnik.documents import rendering
from nastavnik.documents.queries import documents_open_to
from nastavnik.documents.views.common import docx_response
from nastavnik.pairs import order_data
from nastavnik.pairs.facts import PairFacts
from nastavnik.pairs.forms.pairs import OrderForm
from nastavnik.pairs.models import Pair
from nastavnik.pairs.notices import notices_docx
from nastavnik.pairs.queries.ordering import held_groups, held_in_words, usual_start
from nastavnik.pairs.services.orders import (
    Readiness,
    order_kind,
    prepare_pair_order,
    readiness,
)
from nastavnik.pairs.views.common import OrgRequest, get_or_404
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page


@page("pairs.view")
def order(request: OrgRequest) -> HttpResponseBase:
    """GET with `p` and `starts_on` shows the sheet of just these pairs."""
    sorted_out = readiness(on=timezone.localdate())
    data = request.GET if "show" in request.GET else None
    return _show(request, sorted_out, _form(sorted_out, data))


@page("documents.edit", methods=["POST"])
def prepare(request: OrgRequest) -> HttpResponseBase:
    """Draft the order on the ticked pairs and open its page."""
    today = timezone.localdate()
    sorted_out = readiness(on=today)
    form = _form(sorted_out, request.POST)
    if form.is_valid():
        try:
            document = prepare_pair_order(
                actor=request.actor,
                organisation=request.organisation,
                pairs=list(Pair.objects.filter(pk__in=form.cleaned_data["p"])),
                on=today,
                starts_on=form.cleaned_data["starts_on"],
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(
                request, "Проект приказа составлен. Проверьте текст и отправьте на подпись."
            )
            return redirect("documents:card", org=request.organisation.slug, pk=document.pk)
    return _show(request, sorted_out, form)


@page("pairs.view")
def notices(request: OrgRequest, document_id: int) -> HttpResponseBase:
    """Notices to everybody in the order, in one file for the printer."""
    document = get_or_404(documents_open_to(request.actor), pk=document_id)
    document.organisation = request.organisation
    content = notices_docx(request.organisation, document)
    return docx_response(content, f"Уведомления к приказу № {document.number_text}")


def _form(sorted_out: Readiness, data: Any) -> OrderForm:
    rows = [(facts.pair.pk, _words(facts)) for facts in sorted_out.ready]
    initial = {
        "p": [str(pk) for pk, _ in rows],
        "starts_on": usual_start(timezone.localdate()),
    }
    return OrderForm(data, pairs=rows, initial=initial)


def _words(facts: PairFacts) -> str:
    return f"{facts.mentor.short_name} — {', '.join(m.short_name for m in facts.mentees)}"


def _show(request: OrgRequest, sorted_out: Readiness, form: OrderForm) -> HttpResponseBase:
    sheet, problem = _sheet(request, sorted_out, form) if sorted_out.ready else (None, None)
    groups = held_groups(request.organisation, sorted_out.held_back)
    context = {
        "form": form,
        "ready_count": len(sorted_out.ready),
        "held_count": len(sorted_out.held_back),
        "groups": groups,
        "held_words": held_in_words(groups),
        "sheet": sheet,
        "problem": problem,
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("documents.edit")),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "pairs/order.html", context, status=status)


def _sheet(
    request: OrgRequest, sorted_out: Readiness, form: OrderForm
) -> tuple[SafeString | None, DomainError | None]:
    """The order from the very data that the draft will get."""
    chosen, starts_on = _chosen(sorted_out, form)
    if not chosen:
        return None, None
    for facts in chosen:
        facts.pair.starts_on = starts_on or facts.pair.starts_on
    today = timezone.localdate()
    try:
        data = order_data.pairs_data(request.organisation, chosen, on=today)
        return rendering.blank_html(request.organisation, order_kind(today), data), None
    except DomainError as error:
        return None, error


def _chosen(sorted_out: Readiness, form: OrderForm) -> tuple[list[PairFacts], Any]:
    if not form.is_bound:
        return list(sorted_out.ready), form.initial["starts_on"]
    form.is_valid()
    ids = set(form.cleaned_data.get("p", []))
    chosen = [facts for facts in sorted_out.ready if facts.pair.pk in ids]
    return chosen, form.cleaned_data.get("starts_on")
