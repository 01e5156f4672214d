"""«У соседей»: mentors of other institutions of the municipality, without names until both agree."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.pairs.forms.neighbours import AgreeForm, AskForm, ConfirmForm, DeclineForm
from nastavnik.pairs.queries import neighbours as queries
from nastavnik.pairs.queries.lent import may_be_named
from nastavnik.pairs.services import borrowing, lending
from nastavnik.pairs.views.common import OrgRequest, get_or_404
from nastavnik.people.models import ConsentKind, LoanCall, LoanRequest, LoanState, MenteeProfile
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import Form, apply_domain_error
from nastavnik.shared.page import page

SHOWN = 100
TAGS = {
    LoanState.ASKED: "wait",
    LoanState.AGREED: "ok",
    LoanState.DECLINED: "bad",
    LoanState.WITHDRAWN: "",
    LoanState.ENDED: "",
}


@page("loans.view")
def board(request: OrgRequest) -> HttpResponseBase:
    """Our requests and the neighbours' ones; what waits for an answer stands first."""
    today = timezone.localdate()
    asked = LoanRequest.objects.select_related("mentee__person")[:SHOWN]
    calls = LoanCall.objects.select_related("mentor__person")[:SHOWN]
    context = {
        "org": request.organisation.slug,
        "requests": [
            (row, TAGS[LoanState(row.state)], (today - row.asked_on).days)
            for row in sorted(asked, key=_is_settled)
        ],
        "calls": [
            (row, TAGS[LoanState(row.state)], row.came_on + queries.ANSWER_WITHIN)
            for row in sorted(calls, key=_is_settled)
        ],
        "neighbours": len(queries.neighbours_of(request.organisation)),
    }
    return TemplateResponse(request, "pairs/neighbours.html", context)


def _is_settled(row: LoanRequest | LoanCall) -> bool:
    """Nothing to do about it any more: neither to answer nor to enter."""
    to_enter = isinstance(row, LoanRequest) and row.mentor_id is None
    return row.state != LoanState.ASKED and not (row.state == LoanState.AGREED and to_enter)


@page("loans.view", methods=["GET", "POST"])
def search(request: OrgRequest, mentee_id: int) -> HttpResponseBase:
    """Mentors of neighbours who could help this mentee; asking for one."""
    mentee = get_or_404(
        MenteeProfile.objects.select_related("person").prefetch_related("requests"), pk=mentee_id
    )
    status = 200
    if request.method == "POST":
        try:
            row = _ask(request, mentee)
        except DomainError as error:
            messages.error(request, error.message)
            status = 422
        else:
            messages.success(request, "Запрос отправлен. Имени наставляемого в нём нет.")
            return redirect("pairs:loan-request", org=request.organisation.slug, pk=row.pk)
    today = timezone.localdate()
    open_states = (LoanState.ASKED, LoanState.AGREED)
    asked = LoanRequest.objects.filter(mentee=mentee, state__in=open_states)
    known = dict(asked.values_list("offer", "pk"))
    found = queries.offers(request.actor, request.organisation, mentee, today)
    context = {
        "org": request.organisation.slug,
        "mentee": mentee,
        "described": queries.described(mentee, today),
        "offers": [(offer, known.get(offer.key)) for offer in found],
        "has_requests": any(r.topic or r.code for r in mentee.requests.all()),
        "may_ask": bool(request.actor.can("loans.edit")),
    }
    return TemplateResponse(request, "pairs/neighbours_search.html", context, status=status)


def _ask(request: OrgRequest, mentee: MenteeProfile) -> LoanRequest:
    form = AskForm(request.POST)
    if not form.is_valid():
        raise DomainError("no_offer", "Выберите наставника из списка.")
    return borrowing.ask_neighbour(
        actor=request.actor,
        organisation=request.organisation,
        mentee=mentee,
        key=form.cleaned_data["key"],
        on=timezone.localdate(),
    )


@page("loans.view")
def request_card(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Our own request: what was asked, what was answered, what to do next."""
    row = _request_or_404(pk)
    today = timezone.localdate()
    may = bool(request.actor.can("loans.edit"))
    agreed = row.state == LoanState.AGREED
    consent = {"person_id": row.mentee.person_id, "kind": ConsentKind.TRANSFER_PARTNER.value}
    org = {"org": request.organisation.slug}
    context = {
        **org,
        "row": row,
        "tag": TAGS[LoanState(row.state)],
        "told": row.revealed if agreed or row.state == LoanState.ENDED else {},
        "consent_url": reverse("people:consent-cell", kwargs=org | consent),
        "lacks_consent": agreed
        and row.introduced_on is None
        and not may_be_named(row.mentee, today),
        "may_withdraw": may and row.state == LoanState.ASKED,
        "may_introduce": may and agreed and row.introduced_on is None,
        "may_enter": may and agreed and row.mentor_id is None,
        "may_end": may and agreed,
    }
    return TemplateResponse(request, "pairs/loan_request.html", context)


@page("loans.edit", methods=["POST"])
def withdraw(request: OrgRequest, pk: int) -> HttpResponseBase:
    return _step(request, pk, borrowing.withdraw_request, "Запрос отозван.")


@page("loans.edit", methods=["POST"])
def introduce(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Open the mentee's name to the institution that agreed."""
    return _step(
        request, pk, borrowing.introduce_mentee, "Имя открыто учреждению, которое помогает."
    )


@page("loans.edit", methods=["POST"])
def enter(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Write the neighbour's mentor into the own register."""
    said = "Наставник в вашей базе. Соберите согласие и справки, потом составьте пару."
    return _step(request, pk, borrowing.enter_mentor, said)


@page("loans.edit", methods=["POST"])
def end(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The neighbour's mentor is no longer needed."""
    return _step(request, pk, borrowing.end_loan, "Помощь завершена, место у соседей свободно.")


def _step(request: OrgRequest, pk: int, work: Callable[..., object], said: str) -> HttpResponseBase:
    row = _request_or_404(pk)
    try:
        work(actor=request.actor, request=row, on=timezone.localdate())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, said)
    return redirect("pairs:loan-request", org=request.organisation.slug, pk=row.pk)


@page("loans.view")
def call_card(request: OrgRequest, pk: int) -> HttpResponseBase:
    """A neighbour's request for a mentor of ours."""
    return _show_call(request, _call_or_404(pk))


@page("loans.edit", methods=["POST"])
def agree(request: OrgRequest, pk: int) -> HttpResponseBase:
    """We and the mentor agree: from now on each side knows one name of the other."""
    row = _call_or_404(pk)
    form = _agree_form(row, request.POST)
    said = "Согласие отправлено. Имя наставника открыто учреждению, которое просило."
    return _answer(request, row, form, lending.agree_to_lend, said, agree_form=form)


@page("loans.edit", methods=["POST"])
def decline(request: OrgRequest, pk: int) -> HttpResponseBase:
    row, form = _call_or_404(pk), DeclineForm(request.POST, auto_id="decline_%s")
    return _answer(request, row, form, lending.decline_call, "Отказ отправлен.", decline_form=form)


def _answer(
    request: OrgRequest,
    row: LoanCall,
    form: Form,
    work: Callable[..., object],
    said: str,
    **bound: Form,
) -> HttpResponseBase:
    if form.is_valid():
        try:
            work(actor=request.actor, call=row, on=timezone.localdate(), **form.cleaned_data)
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, said)
            return redirect("pairs:loan-call", org=request.organisation.slug, pk=row.pk)
    return _show_call(request, row, **bound)


def _show_call(request: OrgRequest, row: LoanCall, **bound: Form) -> HttpResponseBase:
    may = bool(request.actor.can("loans.edit")) and row.state == LoanState.ASKED
    context: dict[str, Any] = {
        "org": request.organisation.slug,
        "row": row,
        "tag": TAGS[LoanState(row.state)],
        "told": row.revealed if row.state in {LoanState.AGREED, LoanState.ENDED} else {},
        "free": queries.free_places(row.mentor),
        "answer_by": row.came_on + queries.ANSWER_WITHIN,
        "may_answer": may,
        "may_link": bool(request.actor.can("loans.edit")) and row.state == LoanState.AGREED,
        "has_said": row.mentor_said_on is not None,
        "agree_form": _agree_form(row, None),
        "decline_form": DeclineForm(auto_id="decline_%s"),
        **bound,
    }
    failed = any(form.errors for form in bound.values())
    return TemplateResponse(request, "pairs/loan_call.html", context, status=422 if failed else 200)


def _agree_form(row: LoanCall, data: Any) -> Form:
    """Whether and how the mentor agreed is asked only until he answers by his own link."""
    if row.mentor_said_on is not None:
        return ConfirmForm(data, auto_id="agree_%s")
    return AgreeForm(data, initial={"said_on": timezone.localdate()}, auto_id="agree_%s")


def _request_or_404(pk: int) -> LoanRequest:
    rows = LoanRequest.objects.select_related("mentee__person", "mentor__person")
    found: LoanRequest = get_or_404(rows, pk=pk)
    return found


def _call_or_404(pk: int) -> LoanCall:
    found: LoanCall = get_or_404(LoanCall.objects.select_related("mentor__person"), pk=pk)
    return found
