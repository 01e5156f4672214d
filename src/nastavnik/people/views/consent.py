"""One consent: its state, history and steps; the page behind the QR code of a blank."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.documents.rendering import blank_docx
from nastavnik.people.consent_kinds import Cell, is_open, may_have, standing, wants_child_signature
from nastavnik.people.consequences import withdrawal_consequences
from nastavnik.people.forms.papers import ReceiveForm, ScanForm, WithReasonForm
from nastavnik.people.models import Consent, ConsentKind, ConsentState, Person
from nastavnik.people.queries import consents as queries
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.services import consents as services
from nastavnik.people.services.blanks import withdrawal_data
from nastavnik.people.views.common import OrgRequest, get_or_404, person_or_404
from nastavnik.people.views.consents import docx_file, docx_response, say
from nastavnik.shared.columns import shown
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page


@page("consents.view", methods=["GET"])
def consent(request: OrgRequest, consent_id: int) -> HttpResponseBase:
    """The address of a record leads to its cell."""
    row = get_or_404(Consent.objects.all(), pk=consent_id)
    return _to_cell(request, row.person_id, row.kind)


@page("consents.view", methods=["GET"])
def cell(request: OrgRequest, person_id: int, kind: str) -> HttpResponseBase:
    person, known = _cell_or_404(person_id, kind)
    return _page(request, person, known, _receive_form(request, person, known))


@page("consents.edit", methods=["POST"])
def receive(request: OrgRequest, person_id: int, kind: str) -> HttpResponseBase:
    """One signed paper."""
    person, known = _cell_or_404(person_id, kind)
    form = _receive_form(request, person, known)
    if form.is_valid():
        data = form.cleaned_data
        receipt = services.Receipt(
            received_on=data["received_on"],
            file_place=data["file_place"],
            attested_by=data["attested_by"],
            by_representative=bool(data.get("signer")),
            representative=form.representative,
            child_signed=data.get("child_signed", False),
            valid_to=data["valid_to"],
        )
        try:
            outcome = services.mark_received(
                actor=request.actor,
                organisation=request.organisation,
                cells=[Cell(person.pk, known)],
                receipt=receipt,
                today=timezone.localdate(),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Согласие отмечено.")
            say(request, outcome.sentences)
            return _to_cell(request, person_id, kind)
    return _page(request, person, known, form)


@page("consents.print", methods=["POST"])
def print_one(request: OrgRequest, person_id: int, kind: str) -> HttpResponseBase:
    person, known = _cell_or_404(person_id, kind)
    issued = services.issue_blanks(
        actor=request.actor,
        organisation=request.organisation,
        cells=[Cell(person.pk, known)],
        today=timezone.localdate(),
    )
    return docx_response(request, issued)


@page("consents.edit", methods=["POST"])
def refuse(request: OrgRequest, consent_id: int) -> HttpResponseBase:
    row = get_or_404(Consent.objects.all(), pk=consent_id)
    form = WithReasonForm(request.POST)
    if form.is_valid():
        services.refuse_consent(
            actor=request.actor, consent=row, on=timezone.localdate(), **form.cleaned_data
        )
        messages.success(request, "Отказ записан. На учёбу и работу он не влияет.")
    return _to_cell(request, row.person_id, row.kind)


@page("consents.edit", methods=["POST"])
def withdraw(request: OrgRequest, consent_id: int) -> HttpResponseBase:
    row = get_or_404(Consent.objects.all(), pk=consent_id)
    form = WithReasonForm(request.POST)
    if form.is_valid():
        outcome = services.withdraw_consent(
            actor=request.actor, consent=row, on=timezone.localdate(), **form.cleaned_data
        )
        messages.success(request, "Согласие отозвано и больше не действует.")
        say(request, outcome.sentences)
    return _to_cell(request, row.person_id, row.kind)


@page("consents.edit", methods=["GET"])
def withdrawal(request: OrgRequest, consent_id: int) -> HttpResponseBase:
    """The application by which a consent is withdrawn on paper."""
    row = get_or_404(
        Consent.objects.select_related("person", "representative"),
        pk=consent_id,
        state=ConsentState.IN_FORCE,
    )
    data = withdrawal_data(row, request.organisation, timezone.localdate())
    docx = blank_docx(request.organisation, "consent_withdrawal", data)
    return docx_file(docx, f"Отзыв согласия, {row.person.full_name}")


@page("consents.view", methods=["GET"])
def token(request: HttpRequest, token: str) -> HttpResponseBase:
    """The QR code of a blank: those who work with consents of that place go on to the paper."""
    place = queries.place_of_token(token)
    grants: Any = getattr(request, "grants", None)
    mine = {row.organisation_id for row in grants.rows} if grants else set()
    if place is None or place[0] not in mine:
        raise Http404
    return redirect("people:consent-scan", org=place[1], token=token)


@page("consents.view", methods=["GET", "POST"])
def scan(request: OrgRequest, token: str) -> HttpResponseBase:
    """A big button on the phone: a stack of papers is marked one after another."""
    today = timezone.localdate()
    row = get_or_404(Consent.objects.select_related("person", "representative"), token=token)
    may_edit = request.actor.can("consents.edit")
    form = ScanForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        outcome = services.mark_received(
            actor=request.actor,
            organisation=request.organisation,
            cells=[Cell(row.person_id, ConsentKind(row.kind))],
            receipt=services.Receipt(
                received_on=today,
                by_representative=True,
                child_signed=form.cleaned_data["child_signed"],
            ),
            today=today,
        )
        say(request, outcome.sentences)
        return redirect("people:consent-scan", org=request.organisation.slug, token=token)
    context = {
        "consent": row,
        "person": row.person,
        "kind": ConsentKind(row.kind).label,
        "is_minor": row.person.is_minor_on(today),
        "child_signs": wants_child_signature(row.person, row.kind, today),
        "is_open": is_open(row),
        "is_done": row.state == ConsentState.IN_FORCE,
        "may_edit": may_edit,
        "today_count": queries.received_today(today),
        "org": request.organisation.slug,
    }
    return TemplateResponse(request, "people/consents_scan.html", context)


def _cell_or_404(person_id: int, kind: str) -> tuple[Person, ConsentKind]:
    if kind not in ConsentKind.values:
        raise Http404
    return person_or_404(person_id), ConsentKind(kind)


def _to_cell(request: OrgRequest, person_id: int, kind: str) -> HttpResponseBase:
    return redirect(
        "people:consent-cell", org=request.organisation.slug, person_id=person_id, kind=kind
    )


def _receive_form(request: OrgRequest, person: Person, kind: ConsentKind) -> ReceiveForm:
    today = timezone.localdate()
    initial = {"received_on": today, "attested_by": request.actor.label}
    return ReceiveForm(
        request.POST or None,
        initial=initial,
        person=person,
        representatives=list(person.representatives.all()),
        minor=person.is_minor_on(today),
        child_signs=wants_child_signature(person, kind, today),
    )


def _page(
    request: OrgRequest, person: Person, kind: ConsentKind, form: ReceiveForm
) -> HttpResponseBase:
    today = timezone.localdate()
    records = queries.consents_of(person, kind)
    now = standing(person, papers_of([person.pk])[person.pk], kind, today)
    current = now.consent
    in_force = current is not None and current.state == ConsentState.IN_FORCE
    context = {
        "person": person,
        "kind": kind,
        "title": kind.label[0].upper() + kind.label[1:],
        "now": now,
        "current": current,
        "in_force": in_force,
        "is_open": current is not None and is_open(current),
        "facts": _facts(current) if current else [],
        "records": records,
        "history": queries.history_of(records),
        "form": form,
        "reason_form": WithReasonForm(),
        "may_edit": bool(request.actor.can("consents.edit")),
        "may_print": bool(request.actor.can("consents.print")),
        "fits": may_have(person, kind, today),
        "consequences": withdrawal_consequences(person, kind, today) if in_force else [],
        "up": reverse("people:consents", kwargs={"org": request.organisation.slug}),
        "org": request.organisation.slug,
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "people/consents_one.html", context, status=status)


def _facts(row: Consent) -> list[dict[str, Any]]:
    signed = row.representative.full_name if row.representative else ""
    pairs = [
        ("Состояние", row.get_state_display()),
        ("Бланк выдан", shown(row.issued_on)),
        ("Получено", shown(row.received_on)),
        ("Действует с", shown(row.valid_from)),
        ("Действует по", shown(row.valid_to) or ("до окончания участия" if row.valid_from else "")),
        ("Законный представитель", signed),
        ("Подписал и сам ребёнок", "да" if row.child_signed else ""),
        ("Место в деле", row.file_place),
        ("Подписи проверил", row.attested_by),
        ("Отозвано", shown(row.withdrawn_on)),
        ("Причина", row.reason),
    ]
    return [{"title": title, "value": value} for title, value in pairs if value]
