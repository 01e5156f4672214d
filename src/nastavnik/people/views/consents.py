"""The grid of consents, printing of blanks, receiving of papers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from nastavnik.people.consent_kinds import Cell, Standing
from nastavnik.people.consent_lists import consent_list, in_use
from nastavnik.people.forms.papers import BlanksForm, ConsentFilters, PickForm, ReceiveManyForm
from nastavnik.people.models import Person
from nastavnik.people.queries import consents as queries
from nastavnik.people.services.consents import Issued, Receipt, issue_blanks, mark_received
from nastavnik.people.views.common import OrgRequest
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.lists import list_page, list_response
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

DOCX_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BULK = [
    {"value": "receive", "text": "Оригиналы в деле…", "kind": "primary"},
    {"value": "print", "text": "Напечатать недостающие"},
]
LONGEST = 18  # digits: a longer number overflows the database's integer
Rows = list[tuple[Person, list[Standing]]]


@page("consents.view")
def grid(request: OrgRequest) -> HttpResponseBase:
    """Person × kind with the state of every paper."""
    today = timezone.localdate()
    filters = ConsentFilters(request.GET, classes=queries.classes())
    values = filters.values()
    rows = queries.grid(today=today, **values)
    facts: dict[int, dict[str, Standing]] = {}
    spec = consent_list(facts)
    if request.GET.get("format") in {"print", "xlsx"}:
        facts.update(queries.standings_of(rows.values_list("pk", flat=True), today))
        return list_response(request, spec, rows, filters=filters)
    may_edit = bool(request.actor.can("consents.edit"))
    listing = list_page(request, spec, rows, filters=filters, pick="p" if may_edit else "")
    facts.update(queries.standings_of([record[0] for record in listing.records], today))
    listing.spec = in_use(spec, facts)
    head = queries.collected(today)
    listing.empty = {
        "title": "Пока некого спрашивать",
        "text": "Согласия появятся, когда в реестрах будут люди.",
    }
    context = {
        "listing": listing,
        "head": head,
        "org": request.organisation.slug,
        "may_edit": may_edit,
        "may_print": bool(request.actor.can("consents.print")),
        "bulk": BULK if may_edit else None,
        "class_name": values.get("class_name", ""),
    }
    return TemplateResponse(request, "people/consents_grid.html", context)


@page("consents.edit", methods=["POST"])
def bulk(request: OrgRequest) -> HttpResponseBase:
    """Ticked rows: a file with their blanks, or the form about their originals."""
    form = PickForm(request.POST, allowed=_ids())
    if not form.is_valid():
        messages.warning(request, "Сначала отметьте людей галочками.")
        return redirect("people:consents", org=request.organisation.slug)
    picked = form.cleaned_data["p"]
    if request.POST.get("action") == "print":
        rows = queries.cells_lacking(
            queries.participants().filter(pk__in=picked), [queries.REQUIRED], timezone.localdate()
        )
        return _print(request, rows)
    return _receive_page(request, _receive_form(request, picked), picked)


@page("consents.edit", methods=["GET", "POST"])
def receive(request: OrgRequest) -> HttpResponseBase:
    """«Оригиналы уже в деле»: date, place and who attests, for many papers at once."""
    today = timezone.localdate()
    if request.method != "POST":
        filters = ConsentFilters(request.GET, classes=queries.classes())
        rows = queries.grid(today=today, **(filters.values() | {"lacks": "any"}))
        asked = [int(pk) for pk in request.GET.getlist("p") if pk.isdecimal() and len(pk) < LONGEST]
        rows = rows.filter(pk__in=asked) if asked else rows
        picked = list(rows.values_list("pk", flat=True))
        return _receive_page(request, _receive_form(request, picked), picked)
    form = ReceiveManyForm(request.POST, allowed=_ids())
    if form.is_valid():
        try:
            return _receive_all(request, form)
        except DomainError as error:
            apply_domain_error(form, error)
    picked = [int(pk) for pk in request.POST.getlist("p") if pk.isdecimal()]
    return _receive_page(request, form, picked)


@page("consents.print", methods=["GET", "POST"])
def blanks(request: OrgRequest) -> HttpResponseBase:
    """Blanks of a class or of everybody, whoever prints them."""
    form = BlanksForm(
        request.POST or None, classes=queries.classes(), initial={"kinds": [queries.REQUIRED]}
    )
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["class_name"]
        people = queries.participants()
        people = people.filter(class_name=name) if name else people
        rows = queries.cells_lacking(people, form.cleaned_data["kinds"], timezone.localdate())
        try:
            return _print(request, rows)
        except DomainError as error:
            apply_domain_error(form, error)
    context = {
        "form": form,
        "org": request.organisation.slug,
        "may_view": bool(request.actor.can("consents.view")),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "people/consents_print.html", context, status=status)


@page("consents.view")
def missing(request: OrgRequest) -> HttpResponseBase:
    """Who still owes which paper, by class: a sheet for class teachers."""
    rows = queries.missing_cells(queries.participants(), timezone.localdate())
    context = {
        "groups": queries.by_class(rows),
        "count": len(rows),
        "back": reverse("people:consents", kwargs={"org": request.organisation.slug}),
    }
    return TemplateResponse(request, "people/consents_missing.html", context)


def cells_of(rows: Rows) -> list[Cell]:
    return [Cell(person.pk, cell.kind) for person, cells in rows for cell in cells]


def docx_response(request: OrgRequest, issued: Issued) -> HttpResponse:
    """The file; words about blanks that were left out wait on the next page."""
    for text in issued.left_out:
        messages.warning(request, text)
    return docx_file(issued.docx, f"Согласия, {timezone.localdate():%d.%m.%Y}")


def docx_file(content: bytes, name: str) -> HttpResponse:
    header = content_disposition_header(as_attachment=True, filename=f"{name}.docx") or ""
    return HttpResponse(content, content_type=DOCX_TYPE, headers={"Content-Disposition": header})


def _print(request: OrgRequest, rows: Rows) -> HttpResponse:
    issued = issue_blanks(
        actor=request.actor,
        organisation=request.organisation,
        cells=cells_of(rows),
        today=timezone.localdate(),
    )
    return docx_response(request, issued)


def _ids() -> list[int]:
    return list(queries.participants().values_list("pk", flat=True))


def _receive_form(request: OrgRequest, picked: list[int]) -> ReceiveManyForm:
    initial: dict[str, Any] = {
        "p": picked,
        "kinds": [queries.REQUIRED],
        "received_on": timezone.localdate(),
        "attested_by": request.actor.label,
    }
    return ReceiveManyForm(initial=initial, allowed=picked)


def _receive_page(
    request: OrgRequest, form: ReceiveManyForm, picked: list[int]
) -> HttpResponseBase:
    today = timezone.localdate()
    kinds = form.data.getlist("kinds") if form.is_bound else [queries.REQUIRED]  # type: ignore[attr-defined]
    rows = queries.cells_lacking(queries.participants().filter(pk__in=picked), kinds, today)
    context = {
        "form": form,
        "rows": rows,
        "papers": sum(len(cells) for _, cells in rows),
        "org": request.organisation.slug,
    }
    status = 422 if form.is_bound and form.errors else 200
    return TemplateResponse(request, "people/consents_receive.html", context, status=status)


def _receive_all(request: OrgRequest, form: ReceiveManyForm) -> HttpResponseBase:
    today = timezone.localdate()
    data = form.cleaned_data
    people = queries.participants().filter(pk__in=data["p"])
    receipt = Receipt(
        received_on=data["received_on"],
        file_place=data["file_place"],
        attested_by=data["attested_by"],
        by_representative=data["by_representative"],
        child_signed=data["child_signed"],
    )
    outcome = mark_received(
        actor=request.actor,
        organisation=request.organisation,
        cells=cells_of(queries.cells_lacking(people, data["kinds"], today)),
        receipt=receipt,
        today=today,
    )
    count = counted(len(outcome.consents), "согласие", "согласия", "согласий")
    messages.success(request, f"Отмечено: {count}.")
    say(request, outcome.sentences)
    return redirect("people:consents", org=request.organisation.slug)


def say(request: OrgRequest, sentences: tuple[str, ...]) -> None:
    """What followed, in one message: a long list is cut."""
    if not sentences:
        return
    shown = "; ".join(text.rstrip(".") for text in sentences[:8])
    rest = len(sentences) - 8
    more = f" и ещё {rest}" if rest > 0 else ""
    messages.info(request, f"Что изменилось: {shown}{more}.")
