"""Selection of mentors: candidates, one candidate, a sitting."""

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
    ApplicationForm,
    CandidatesForm,
    DecisionForm,
    InterviewForm,
    SittingForm,
)
from nastavnik.people.models import MentorProfile, Person, SelectionCase, SelectionDecision
from nastavnik.people.queries import selection as queries
from nastavnik.people.services import selection as services
from nastavnik.people.services import sittings
from nastavnik.people.views.common import OrgRequest, get_or_404
from nastavnik.people.views.consents import docx_file
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


@page("selection.view")
def candidate(request: OrgRequest, mentor_id: int) -> HttpResponseBase:
    """One candidate: application, interview, decision, skipped steps."""
    return _candidate_page(request, _mentor(mentor_id))


@page("selection.edit", methods=["POST"])
def apply(request: OrgRequest, mentor_id: int) -> HttpResponseBase:
    mentor = _mentor(mentor_id)
    form = ApplicationForm(request.POST)
    if form.is_valid():
        try:
            case = services.open_case(
                actor=request.actor, mentor=mentor, today=timezone.localdate(), **form.cleaned_data
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, f"Заявление записано под № {case.number}.")
            return _to_candidate(request, mentor)
    return _candidate_page(request, mentor, application=form)


@page("selection.edit", methods=["POST"])
def interview(request: OrgRequest, mentor_id: int) -> HttpResponseBase:
    mentor = _mentor(mentor_id)
    case = get_or_404(SelectionCase.objects.filter(decision=PENDING), person_id=mentor.person_id)
    form = InterviewForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data
        try:
            services.record_interview(
                actor=request.actor,
                case=case,
                interview=services.Interview(
                    data["interview_on"], data["interviewers"], data["notes"], form.portfolio()
                ),
                today=timezone.localdate(),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Собеседование записано.")
            return _to_candidate(request, mentor)
    return _candidate_page(request, mentor, interview=form)


@page("selection.edit", methods=["POST"])
def interview_protocol(request: OrgRequest, mentor_id: int) -> HttpResponseBase:
    mentor = _mentor(mentor_id)
    case = get_or_404(
        SelectionCase.objects.exclude(interview_on=None).select_related("person", "organisation"),
        person_id=mentor.person_id,
        decision=PENDING,
    )
    document = sittings.prepare_interview_protocol(
        actor=request.actor,
        case=case,
        interviewers=[sittings.member_data(request.user, request.organisation)],  # type: ignore[arg-type]
        conclusion="",
    )
    return redirect("documents:card", org=request.organisation.slug, pk=document.pk)


@page("selection.edit", methods=["POST"])
def decide(request: OrgRequest, mentor_id: int) -> HttpResponseBase:
    mentor = _mentor(mentor_id)
    case = get_or_404(SelectionCase.objects.filter(decision=PENDING), person_id=mentor.person_id)
    form = DecisionForm(request.POST)
    if form.is_valid():
        try:
            services.decide(
                actor=request.actor,
                case=case,
                decision=SelectionDecision(form.cleaned_data["decision"]),
                reason=form.cleaned_data["reason"],
                today=timezone.localdate(),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Решение записано.")
            return _to_candidate(request, mentor)
    return _candidate_page(request, mentor, decision=form)


@page("selection.view")
def application_blank(request: OrgRequest, mentor_id: int) -> HttpResponseBase:
    """The application as a Word file."""
    mentor = _mentor(mentor_id)
    docx = sittings.application_docx(actor=request.actor, mentor=mentor, today=timezone.localdate())
    return docx_file(docx, f"Заявление наставника, {mentor.person.full_name}")


def _mentor(mentor_id: int) -> MentorProfile:
    rows = MentorProfile.objects.select_related("person", "organisation")
    found: MentorProfile = get_or_404(rows.prefetch_related("competences"), pk=mentor_id)
    return found


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
    for person in queries.commission_people():
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


def _candidate_page(request: OrgRequest, mentor: MentorProfile, **bound: Any) -> HttpResponseBase:
    """Forms that hold mistakes come in `bound`; the others are fresh."""
    today = timezone.localdate()
    cases = queries.cases_of(mentor.person)
    current = cases[0] if cases else None
    is_pending = current is not None and current.decision == PENDING
    talk = {"interview_on": today, "interviewers": request.actor.label}
    if current is not None and current.interview_on:
        talk = {
            "interview_on": current.interview_on,
            "interviewers": current.interviewers,
            "notes": current.interview_notes,
            **current.portfolio,
        }
    context = {
        "mentor": mentor,
        "person": mentor.person,
        "cases": cases,
        "current": current,
        "is_pending": is_pending,
        "facts": _facts(current) if current else [],
        "application": bound.get("application") or ApplicationForm(initial={"applied_on": today}),
        "interview": bound.get("interview") or InterviewForm(initial=talk),
        "decision": bound.get("decision") or DecisionForm(),
        "open_part": next(iter(bound), ""),
        "org": request.organisation.slug,
        "up": reverse("people:selection", kwargs={"org": request.organisation.slug}),
        "may_edit": bool(request.actor.can("selection.edit")),
    }
    status = 422 if bound else 200
    return TemplateResponse(request, "people/selection_candidate.html", context, status=status)


def _facts(case: SelectionCase) -> list[dict[str, Any]]:
    steps = {"sitting": "заседание", "interview": "собеседование", "application": "заявление"}
    skipped = "; ".join(f"{steps.get(key, key)}: {why}" for key, why in case.skipped.items())
    pairs = [
        ("Заявление", f"№ {case.number} от {case.applied_on:%d.%m.%Y}"),
        ("Собеседование", case.interview_on),
        ("Собеседование провели", case.interviewers),
        ("Вывод", case.interview_notes),
        *((title, case.portfolio.get(key, "")) for key, title in sittings.PORTFOLIO.items()),
        ("Заседание", case.sitting_on),
        ("Протокол", f"№ {case.protocol_number}" if case.protocol_number else ""),
        ("Присутствовали", case.commission),
        ("Решение", case.get_decision_display()),
        ("Дата решения", case.decided_on),
        ("Основание", case.reason),
        ("Пропущенные шаги", skipped),
    ]
    return [{"title": title, "value": value} for title, value in pairs if value]


def _to_candidate(request: OrgRequest, mentor: MentorProfile) -> HttpResponseBase:
    return redirect("people:candidate", org=request.organisation.slug, mentor_id=mentor.pk)
