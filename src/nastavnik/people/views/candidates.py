"""One candidate: application, interview, decision."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.people.forms.selection import ApplicationForm, DecisionForm, InterviewForm
from nastavnik.people.models import MentorProfile, SelectionCase, SelectionDecision
from nastavnik.people.queries import selection as queries
from nastavnik.people.services import selection as services
from nastavnik.people.services import sittings
from nastavnik.people.views.common import OrgRequest, get_or_404
from nastavnik.people.views.consents import docx_file
from nastavnik.shared.form_page import attempt
from nastavnik.shared.page import page

PENDING = SelectionDecision.PENDING


@page("selection.view")
def candidate(request: OrgRequest, mentor_id: int) -> HttpResponseBase:
    """One candidate: application, interview, decision, skipped steps."""
    return _candidate_page(request, _mentor(mentor_id))


@page("selection.edit", methods=["POST"])
def apply(request: OrgRequest, mentor_id: int) -> HttpResponseBase:
    mentor = _mentor(mentor_id)
    form = ApplicationForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        today = timezone.localdate()
        case = services.open_case(actor=request.actor, mentor=mentor, today=today, **data)
        messages.success(request, f"Заявление записано под № {case.number}.")
        return _to_candidate(request, mentor)

    return attempt(form, work) or _candidate_page(request, mentor, application=form)


@page("selection.edit", methods=["POST"])
def interview(request: OrgRequest, mentor_id: int) -> HttpResponseBase:
    mentor = _mentor(mentor_id)
    case = get_or_404(SelectionCase.objects.filter(decision=PENDING), person_id=mentor.person_id)
    form = InterviewForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.record_interview(
            actor=request.actor,
            case=case,
            interview=services.Interview(
                data["interview_on"], data["interviewers"], data["notes"], form.portfolio()
            ),
            today=timezone.localdate(),
        )
        messages.success(request, "Собеседование записано.")
        return _to_candidate(request, mentor)

    return attempt(form, work) or _candidate_page(request, mentor, interview=form)


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

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.decide(
            actor=request.actor,
            case=case,
            decision=SelectionDecision(data["decision"]),
            reason=data["reason"],
            today=timezone.localdate(),
        )
        messages.success(request, "Решение записано.")
        return _to_candidate(request, mentor)

    return attempt(form, work) or _candidate_page(request, mentor, decision=form)


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
