"""The personal page of a mentor whom a neighbour asks for, and the slip that leads to it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.pairs.forms.answers import YesForm
from nastavnik.pairs.queries.lent import call_by_link, first_names, lent_view
from nastavnik.pairs.services.lent_answers import answer_call, give_link
from nastavnik.pairs.views.common import OrgRequest, get_or_404
from nastavnik.pairs.views.links import personal_link, qr_of
from nastavnik.people.models import LoanCall, LoanState
from nastavnik.shared.errors import DomainError
from nastavnik.shared.page import page
from nastavnik.tenancy.scope import scope


def yes(request: HttpRequest, token: str) -> HttpResponseBase:
    """Ask the mentor whom the link names. `pairs:yes` comes here when no pair knows the token."""
    found = call_by_link(token)
    if found is None:
        raise Http404
    with scope({found[0]}):
        call = LoanCall.objects.select_related("mentor__person").get(pk=found[1])
        form = YesForm(request.POST) if request.method == "POST" else None
        problem = None
        if form is not None and form.is_valid():
            try:
                answer_call(call=call, is_yes=form.cleaned_data["answer"], on=timezone.localdate())
            except DomainError as error:
                problem = error
            else:
                return redirect("pairs:yes", token=token)
        status = 409 if problem else 422 if form is not None else 200
        return _page(request, call, problem, status=status)


@page("loans.edit", methods=["POST"])
def link(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Make the mentor's personal link and show its slip."""
    call = get_or_404(LoanCall.objects.all(), pk=pk)
    try:
        give_link(actor=request.actor, call=call)
    except DomainError as error:
        messages.error(request, error.message)
        return redirect("pairs:loan-call", org=request.organisation.slug, pk=pk)
    return redirect("pairs:loan-slip", org=request.organisation.slug, pk=pk)


@page("loans.edit")
def slip(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The slip with the link to print and hand over."""
    rows = LoanCall.objects.select_related("mentor__person").exclude(link_token=None)
    call = get_or_404(rows, pk=pk)
    url = personal_link(call.link_token)
    context = {
        "org": request.organisation.slug,
        "row": call,
        "person": call.mentor.person,
        "url": url,
        "qr": qr_of(url),
    }
    return TemplateResponse(request, "pairs/loan_slip.html", context)


def _page(
    request: HttpRequest, call: LoanCall, problem: DomainError | None, *, status: int
) -> HttpResponseBase:
    today = timezone.localdate()
    context = {
        "name": first_names(call.mentor.person, today),
        "call": call,
        "told": lent_view(call, today),
        "is_asked": call.state == LoanState.ASKED,
        "is_agreed": call.state == LoanState.AGREED,
        "problem": problem,
    }
    response = TemplateResponse(request, "pairs/lent_yes.html", context, status=status)
    return response.render()
