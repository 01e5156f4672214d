"""The register of documents, the journals, the files to download."""

from typing import Any

from django.http import FileResponse, Http404, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from nastavnik.documents import builders, policies, queries, rendering, services
from nastavnik.documents.forms import DocumentFilters, JournalFilters
from nastavnik.documents.lists import documents_spec, journal_spec
from nastavnik.documents.models import Journal
from nastavnik.documents.views.common import docx_response, file_response, find_document
from nastavnik.shared.lists import OnExport, list_response
from nastavnik.shared.page import page

NO_DOCUMENTS = {
    "title": "Документов пока нет",
    "text": "Они появляются из команды, программы и пар. Приказ о внедрении можно составить здесь.",
    "url": "new/",
    "button": "Составить документ",
}


@page("documents.view")
def register(request: Any) -> HttpResponseBase:
    """All documents of the organisation with filters."""
    filters = DocumentFilters(request.GET)
    rows = queries.filtered(queries.documents_open_to(request.actor), **filters.values())
    return list_response(
        request,
        documents_spec(),
        rows,
        filters=filters,
        template="documents/register.html",
        context={"can_prepare": policies.can_prepare(request.actor)},
        empty=NO_DOCUMENTS,
        on_export=exported(request, "Документы"),
    )


@page("documents.view", methods=["GET", "POST"])
def journal(request: Any) -> HttpResponseBase:
    """A journal of registration for a year; POST files it as a document."""
    journals = services.ensure_journals(organisation=request.organisation)
    code = request.GET.get("journal", "") or "orders"
    if code not in journals:
        raise Http404
    chosen: Journal = journals[code]
    this_year = timezone.localdate().year
    years = sorted({this_year, *queries.years_of(chosen)}, reverse=True)
    titles = [(row.code, row.title) for row in journals.values()]
    filters = JournalFilters(request.GET, journals=titles, years=years)
    year = int(filters.values().get("year", this_year))
    if request.method == "POST":
        document = builders.prepare_journal(actor=request.actor, journal=chosen, year=year)
        return redirect("documents:card", org=request.organisation.slug, pk=document.pk)
    return list_response(
        request,
        journal_spec("../", f"{chosen.title}, {year} год"),
        queries.journal_documents(chosen, year),
        filters=filters,
        template="documents/journal.html",
        context={
            "journal": chosen,
            "year": year,
            "free": queries.next_number(chosen, year),
            "can_prepare": policies.can_prepare(request.actor),
        },
        empty={
            "title": "В журнале ещё нет записей",
            "text": "Номер появляется с подписью документа.",
        },
        on_export=exported(request, chosen.title),
    )


@page("documents.view")
def docx(request: Any, pk: int) -> HttpResponseBase:
    """The Word file of a document."""
    document = find_document(request, pk)
    name = str(document) if document.is_signed else f"Проект. {document.title}"
    return docx_response(rendering.document_docx(document), name)


@page("documents.view")
def scan(request: Any, pk: int) -> FileResponse:
    """The picture of the signed paper, always as a download."""
    document = find_document(request, pk)
    if not document.scan_name or document.scan is None:
        raise Http404
    return file_response(bytes(document.scan), document.scan_name, "application/octet-stream")


def exported(request: Any, what: str) -> OnExport:
    """Write the export into the journal of actions."""

    def note(kind: str, count: int) -> None:
        services.note_export(
            actor=request.actor,
            organisation=request.organisation,
            what=what,
            kind=kind,
            count=count,
        )

    return note
