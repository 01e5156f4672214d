"""Selection of mentors: everybody on the way, a sitting, acceptance without one."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.models import User
from nastavnik.people.forms.selection import (
    AcceptForm,
    CandidatesForm,
    SittingForm,
)
from nastavnik.people.models import Person, SelectionDecision
from nastavnik.people.queries import selection as queries
from nastavnik.people.services import selection as services
from nastavnik.people.services import sittings
from nastavnik.people.views.common import OrgRequest
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted
from nastavnik.tenancy.models import Organisation

PENDING = SelectionDecision.PENDING


@page("selection.view")
def index(request: OrgRequest) -> HttpResponseBase:
    """Everybody on the way into the base."""
    today = timezone.localdate()
    rows = queries.candidates(request.organisation, today)
    context = {
        "rows": rows,
        "waiting": [row for row in rows if row.awaits_decision],
        "journal": list(queries.applications(today.year)),
        "year": today.year,
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("selection.edit")),
    }
    return TemplateResponse(request, "people/selection.html", context)


@page("selection.edit", methods=["GET", "POST"])
def accept(request: OrgRequest) -> HttpResponseBase:
    """«Принять без заседания»: those picked, or everybody who waits."""
    waiting = _waiting(request)
    if request.method != "POST" or "reason" not in request.POST:
        asked = {int(pk) for pk in request.POST.getlist("p") if pk.isdecimal()}
        picked = [pk for pk in waiting if pk in asked or not asked]
        form = AcceptForm(initial={"p": picked}, allowed=waiting)
        return _accept_page(request, form, waiting, set(picked))
    form = AcceptForm(request.POST, allowed=waiting)
    if form.is_valid():
        try:
            cases = services.accept_without_sitting(
                actor=request.actor,
                organisation=request.organisation,
                mentors=[waiting[pk].mentor for pk in form.cleaned_data["p"]],
                reason=form.cleaned_data["reason"],
                today=timezone.localdate(),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            people = counted(len(cases), "наставник", "наставника", "наставников")
            messages.success(request, f"В базу приняты: {people}.")
            return redirect("people:selection", org=request.organisation.slug)
    picked_ids = {int(pk) for pk in request.POST.getlist("p") if pk.isdecimal()}
    return _accept_page(request, form, waiting, picked_ids)


@page("selection.edit", methods=["POST"])
def bulk(request: OrgRequest) -> HttpResponseBase:
    """Ticked candidates go to a sitting or are accepted without one."""
    if request.POST.get("action") == "accept":
        return accept(request, org=request.organisation.slug)
    form = CandidatesForm(request.POST, allowed=_waiting(request))
    if not form.is_valid():
        messages.warning(request, "Сначала отметьте кандидатов галочками.")
        return redirect("people:selection", org=request.organisation.slug)
    ids = "&".join(f"p={pk}" for pk in form.cleaned_data["p"])
    address = reverse("people:selection-sitting", kwargs={"org": request.organisation.slug})
    return redirect(f"{address}?{ids}")


@page("selection.edit", methods=["GET", "POST"])
def sitting(request: OrgRequest) -> HttpResponseBase:
    """Verdicts of a commission; the draft of the protocol comes out."""
    waiting = _waiting(request)
    asked = {int(pk) for pk in request.GET.getlist("p") if pk.isdecimal()}
    chosen = [row for pk, row in waiting.items() if pk in asked or not asked]
    cases = [row.case for row in chosen if row.case is not None and row.case.decision == PENDING]
    for case in cases:
        case.person = next(row.person for row in chosen if row.case is case)
    members = _members(request)
    initial = {"sitting_on": timezone.localdate(), "chair": "head", "secretary": "me"}
    form = SittingForm(
        request.POST or None, initial=initial, cases=cases,
        people=[(key, title) for key, (title, _) in members.items()],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        try:
            document = sittings.prepare_sitting(
                actor=request.actor,
                organisation=request.organisation,
                verdicts=form.verdicts(),
                commission=_commission(request, form, members),
                sitting_on=form.cleaned_data["sitting_on"],
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Протокол составлен. Решения вступят в силу после подписи.")
            return redirect("documents:card", org=request.organisation.slug, pk=document.pk)
    context = {
        "form": form,
        "cases": cases,
        "without_application": [row for row in chosen if row.case is None],
        "up": reverse("people:selection", kwargs={"org": request.organisation.slug}),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "people/selection_sitting.html", context, status=status)


def _waiting(request: OrgRequest) -> dict[int, queries.Candidate]:
    """Candidates without a decision by the id of their profile."""
    rows = queries.candidates(request.organisation, timezone.localdate())
    return {row.mentor.pk: row for row in rows if row.awaits_decision}


def _accept_page(
    request: OrgRequest,
    form: AcceptForm,
    waiting: dict[int, queries.Candidate],
    picked: set[int],
) -> HttpResponseBase:
    context = {
        "form": form,
        "rows": [row for pk, row in waiting.items() if pk in picked],
        "url": reverse("people:selection-accept", kwargs={"org": request.organisation.slug}),
        "up": reverse("people:selection", kwargs={"org": request.organisation.slug}),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "people/selection_accept.html", context, status=status)


Members = dict[str, tuple[str, Person | User | Organisation]]


def _members(request: OrgRequest) -> Members:
    """Who may be named in a protocol: the head, the one who works here, staff."""
    organisation, user = request.organisation, request.user
    found: Members = {}
    if organisation.head_surname:
        found["head"] = (f"{organisation.head_name}, {organisation.head_post}", organisation)
    if isinstance(user, User):
        found["me"] = (f"{user.full_name}, куратор", user)
    named = {organisation.head_name, str(getattr(user, "full_name", ""))}
    for person in queries.commission_people():
        if person.full_name in named:
            continue
        found[f"p{person.pk}"] = (f"{person.full_name}, {person.post or 'сотрудник'}", person)
    return found


def _commission(request: OrgRequest, form: SittingForm, members: Members) -> sittings.Commission:
    data = form.cleaned_data

    def who(key: str) -> dict[str, Any]:
        return sittings.member_data(members[key][1], request.organisation)

    others = [key for key in data["members"] if key not in {data["chair"], data["secretary"]}]
    return sittings.Commission(
        who(data["chair"]), who(data["secretary"]), tuple(who(key) for key in others)
    )
