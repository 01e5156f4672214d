"""The papers of a roadmap: to look at, to print, to take away, to file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.documents.kinds import kind_of
from nastavnik.documents.rendering import sheet_html
from nastavnik.documents.views.common import docx_response, file_response
from nastavnik.roadmaps.models import Roadmap
from nastavnik.roadmaps.queries import exports
from nastavnik.roadmaps.services import paperwork
from nastavnik.roadmaps.views.common import OrgRequest, roadmap_or_404
from nastavnik.shared.exports import xlsx_response
from nastavnik.shared.page import page

ICS_TYPE = "text/calendar; charset=utf-8"
#: Addresses of the papers and what each is for.
PAPERS = {
    "plan": (paperwork.PLAN, "Таблица с грифами «Согласовано» и «Утверждено»"),
    "letter": (paperwork.LETTER, "Если карту отправляют на согласование на бумаге"),
    "agreement": (paperwork.AGREEMENT, "Кто и когда рассмотрел карту"),
    "remarks": (paperwork.REMARKS, "Замечания по пунктам и что по ним сделано"),
    "control": (paperwork.CONTROL, "Что просрочено и за кем"),
}


@page("roadmaps.view")
def papers(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Everything that can be printed or taken away from one roadmap."""
    roadmap = roadmap_or_404(pk)
    kwargs = {"org": request.organisation.slug, "pk": pk}
    rows = [
        {
            "title": kind_of(kind).title,
            "text": text,
            "url": reverse("roadmaps:paper", kwargs={**kwargs, "paper": code}),
        }
        for code, (kind, text) in PAPERS.items()
        # Before it is in force nobody is late, so there is nothing to control.
        if roadmap.is_binding or kind != paperwork.CONTROL
    ]
    context = {
        "roadmap": roadmap,
        "rows": rows,
        "back": reverse("roadmaps:board", kwargs=kwargs),
        "table_url": reverse("roadmaps:table", kwargs=kwargs),
        "days_url": reverse("roadmaps:days", kwargs=kwargs),
        "order": roadmap.order,
        "order_url": _order_url(request, roadmap),
    }
    return TemplateResponse(request, "roadmaps/papers.html", context)


@page("roadmaps.view")
def paper(request: OrgRequest, pk: int, paper: str) -> HttpResponseBase:
    """One paper as it will print."""
    roadmap, kind = roadmap_or_404(pk), _kind(paper)
    kwargs = {"org": request.organisation.slug, "pk": pk}
    own = {**kwargs, "paper": paper}
    context = {
        "title": kind_of(kind).title,
        "body": sheet_html(_docx(request, roadmap, kind)),
        "is_wide": kind == paperwork.PLAN,
        "back": reverse("roadmaps:papers", kwargs=kwargs),
        "docx_url": reverse("roadmaps:paper-docx", kwargs=own),
        "file_url": reverse("roadmaps:paper-file", kwargs=own),
        "may_file": bool(request.actor.can("documents.edit")),
    }
    return TemplateResponse(request, "roadmaps/paper.html", context)


@page("roadmaps.view")
def paper_docx(request: OrgRequest, pk: int, paper: str) -> HttpResponseBase:
    roadmap, kind = roadmap_or_404(pk), _kind(paper)
    name = f"{kind_of(kind).title}, {timezone.localdate():%d.%m.%Y}"
    return docx_response(_docx(request, roadmap, kind), name)


@page("documents.edit", methods=["POST"])
def paper_file(request: OrgRequest, pk: int, paper: str) -> HttpResponseBase:
    """Keep the paper as it is now: a draft in «Дело», to be signed."""
    document = paperwork.file_paper(
        actor=request.actor,
        roadmap=roadmap_or_404(pk),
        kind=_kind(paper),
        on=timezone.localdate(),
    )
    messages.success(request, "Документ составлен. Проверьте его и отправьте на подпись.")
    return redirect("documents:card", org=request.organisation.slug, pk=document.pk)


@page("roadmaps.view")
def table(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The lines as an Excel file."""
    roadmap = roadmap_or_404(pk)
    return xlsx_response(
        exports.COLUMNS,
        exports.records(roadmap),
        exports.SOURCES,
        "Дорожная карта",
        heading=exports.heading(roadmap),
    )


@page("roadmaps.view")
def days(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The days of the lines as a calendar file."""
    roadmap = roadmap_or_404(pk)
    content = exports.days(roadmap, now=timezone.now())
    return file_response(content, "Дорожная карта.ics", ICS_TYPE)


def _kind(paper: str) -> str:
    if paper not in PAPERS:
        raise Http404
    return PAPERS[paper][0]


def _docx(request: OrgRequest, roadmap: Roadmap, kind: str) -> bytes:
    return paperwork.paper_docx(
        actor=request.actor, roadmap=roadmap, kind=kind, on=timezone.localdate()
    )


def _order_url(request: OrgRequest, roadmap: Roadmap) -> str:
    """The card of the approving order, for those who may open documents."""
    if roadmap.order is None or not request.actor.can("documents.view"):
        return ""
    kwargs: dict[str, Any] = {"org": request.organisation.slug, "pk": roadmap.order.pk}
    return reverse("documents:card", kwargs=kwargs)
