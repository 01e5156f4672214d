"""Certificates: who lacks them, both on one form, decisions about one."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.people.forms.certificates import (
    CertificateReasonForm,
    CertificatesForm,
    ManyCertificatesForm,
)
from nastavnik.people.models import Certificate, CertificateKind
from nastavnik.people.queries import certificates as queries
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.services import certificates as services
from nastavnik.people.views.common import OrgRequest, get_or_404, person_or_404
from nastavnik.people.views.consents import say
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted


@page("certificates.view")
def register(request: OrgRequest) -> HttpResponseBase:
    """Mentors from outside with both certificates."""
    today = timezone.localdate()
    rows = queries.certificate_rows(today)
    lacking = [person for person, cells in rows if any(c.shape == "bad" for c in cells)]
    context = {
        "rows": rows,
        "lacking": len(lacking),
        "org": request.organisation.slug,
        "is_needed": request.organisation.teaches_children,
        "may_edit": bool(request.actor.can("certificates.edit")),
    }
    return TemplateResponse(request, "people/certificates.html", context)


@page("certificates.edit", methods=["GET", "POST"])
def enter(request: OrgRequest, person_id: int) -> HttpResponseBase:
    """Number, date and issuer of both; the paper itself goes back to its owner."""
    person = person_or_404(person_id)
    today = timezone.localdate()
    form = CertificatesForm(request.POST or None, initial={"checked_by": request.actor.label})
    if request.method == "POST" and form.is_valid():
        try:
            outcome = services.enter_certificates(
                actor=request.actor,
                person=person,
                shown=form.shown(),
                checked_by=form.cleaned_data["checked_by"],
                today=today,
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, f"{person.full_name}: справки записаны.")
            say(request, outcome.sentences)
            return redirect("people:certificates", org=request.organisation.slug)
    papers = papers_of([person.pk])[person.pk]
    context = {
        "person": person,
        "form": form,
        "reason_form": CertificateReasonForm(auto_id=False),
        "cells": queries.certificate_standings(papers, today),
        "org": request.organisation.slug,
        "up": reverse("people:certificates", kwargs={"org": request.organisation.slug}),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "people/certificates_form.html", context, status=status)


@page("certificates.edit", methods=["GET", "POST"])
def many(request: OrgRequest) -> HttpResponseBase:
    """The same certificates of the ticked mentors: one date, one issuer, one who checked."""
    today = timezone.localdate()
    everybody = queries.certificate_rows(today)
    allowed = [person.pk for person, _ in everybody]
    asked = (request.POST if request.method == "POST" else request.GET).getlist("p")
    picked = [pk for pk in allowed if str(pk) in set(asked)]
    initial = {
        "p": picked,
        "kinds": list(CertificateKind.values),
        "checked_by": request.actor.label,
    }
    form = ManyCertificatesForm(request.POST or None, allowed=allowed, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data["p"])
        try:
            outcome = services.enter_for_many(
                actor=request.actor,
                people=[person for person, _ in everybody if person.pk in chosen],
                shown=form.shown(),
                checked_by=form.cleaned_data["checked_by"],
                today=today,
            )
        except DomainError as error:
            error.field = (error.field or "").removeprefix("no_record_").removeprefix("medical_")
            apply_domain_error(form, error)
        else:
            count = counted(len(outcome.certificates), "справка", "справки", "справок")
            messages.success(request, f"Записано: {count}.")
            say(request, outcome.sentences)
            return redirect("people:certificates", org=request.organisation.slug)
    context = {
        "form": form,
        "rows": [row for row in everybody if row[0].pk in set(picked)],
        "org": request.organisation.slug,
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "people/certificates_many.html", context, status=status)


@page("certificates.edit", methods=["POST"])
def reject(request: OrgRequest, certificate_id: int) -> HttpResponseBase:
    row = get_or_404(Certificate.objects.all(), pk=certificate_id)
    form = CertificateReasonForm(request.POST)
    if form.is_valid():
        services.reject_certificate(
            actor=request.actor,
            certificate=row,
            reason=form.cleaned_data["reason"],
            today=timezone.localdate(),
        )
        messages.success(request, "Справка отклонена.")
    else:
        messages.warning(request, "Напишите, почему справка не подходит.")
    return _to_form(request, row.person_id)


@page("certificates.edit", methods=["POST"])
def accept(request: OrgRequest, certificate_id: int) -> HttpResponseBase:
    row = get_or_404(Certificate.objects.all(), pk=certificate_id)
    outcome = services.accept_certificate(
        actor=request.actor,
        certificate=row,
        checked_by=request.actor.label,
        today=timezone.localdate(),
    )
    messages.success(request, "Справка проверена и действует.")
    say(request, outcome.sentences)
    return _to_form(request, row.person_id)


@page("certificates.edit", methods=["POST"])
def not_required(request: OrgRequest, person_id: int, kind: str) -> HttpResponseBase:
    person = person_or_404(person_id)
    if kind not in CertificateKind.values:
        raise Http404
    form = CertificateReasonForm(request.POST)
    if form.is_valid():
        outcome = services.mark_not_required(
            actor=request.actor,
            person=person,
            kind=CertificateKind(kind),
            basis=form.cleaned_data["reason"],
            today=timezone.localdate(),
        )
        messages.success(request, "Записано: справка не требуется.")
        say(request, outcome.sentences)
    else:
        messages.warning(request, "Напишите, на каком основании справка не нужна.")
    return _to_form(request, person.pk)


def _to_form(request: OrgRequest, person_id: int) -> HttpResponseBase:
    return redirect("people:certificates-enter", org=request.organisation.slug, person_id=person_id)
