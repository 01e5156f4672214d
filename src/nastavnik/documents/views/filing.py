"""«Дело»: twelve folders of a school year and their inventories."""

from typing import Any

from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse

from nastavnik.documents import builders, policies, queries
from nastavnik.documents.forms import FolderFilters
from nastavnik.documents.kinds import FOLDERS
from nastavnik.documents.lists import documents_spec
from nastavnik.documents.views.register import exported
from nastavnik.shared.lists import list_response
from nastavnik.shared.page import page


@page("documents.view")
def file(request: Any) -> HttpResponseBase:
    filters = FolderFilters(request.GET, years=queries.school_years())
    year = filters.values().get("year", "")
    context = {"folders": queries.folders(request.actor, year), "filters": filters, "year": year}
    return TemplateResponse(request, "documents/file.html", context)


@page("documents.view", methods=["GET", "POST"])
def folder(request: Any, folder: str) -> HttpResponseBase:
    """Documents of a folder; POST composes its inventory."""
    if folder not in {row.code for row in queries.folders(request.actor)}:
        raise Http404
    filters = FolderFilters(request.GET, years=queries.school_years())
    year = filters.values().get("year", "")
    if request.method == "POST":
        document = builders.prepare_inventory(
            actor=request.actor, organisation=request.organisation, folder=folder, school_year=year
        )
        return redirect("documents:card", org=request.organisation.slug, pk=document.pk)
    title = f"{folder} {FOLDERS[folder]}"
    return list_response(
        request,
        documents_spec("../../", title, "number"),
        queries.folder_documents(request.actor, folder, year),
        filters=filters,
        template="documents/folder.html",
        context={
            "folder": folder,
            "year": year,
            "can_prepare": policies.can_prepare(request.actor),
        },
        empty={"title": "В папке пока пусто", "text": "Подписанные документы ложатся сюда сами."},
        on_export=exported(request, title),
    )
