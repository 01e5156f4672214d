"""Announcements with a QR code: made for many classes at once, printed, closed, renewed."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.documents.views.common import docx_response
from nastavnik.informing.forms.slips import SheetPickForm, SheetsForm
from nastavnik.informing.models import ClassSheet
from nastavnik.informing.papers_slips import sheets_docx, sheets_html
from nastavnik.informing.queries import slips as queries
from nastavnik.informing.services import sheets as services
from nastavnik.informing.services.sheets import SheetOrder
from nastavnik.informing.views.common import OrgRequest
from nastavnik.informing.wording import sheet_title
from nastavnik.shared.form_page import form_page
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

OPEN_DAYS = 14
_SHEETS = ("объявление", "объявления", "объявлений")


@page("slips.view")
def sheets(request: OrgRequest) -> HttpResponseBase:
    """Announcements of this school year and what they brought."""
    today = timezone.localdate()
    rows = [
        {"sheet": sheet, "title": sheet_title(sheet), "is_open": sheet.takes_on(today)}
        for sheet in queries.sheets(today)
    ]
    context = {
        "org": request.organisation.slug,
        "rows": rows,
        "has_open": any(row["is_open"] for row in rows),
        "may_edit": bool(request.actor.can("slips.edit")),
    }
    return TemplateResponse(request, "informing/sheets.html", context)


@page("slips.edit", methods=["GET", "POST"])
def new(request: OrgRequest) -> HttpResponseBase:
    """Announcements for the classes ticked and the adults; those that exist are opened again."""
    today = timezone.localdate()
    classes = queries.known_classes()
    form = SheetsForm(
        request.POST or None,
        classes=classes,
        teaches_children=request.organisation.teaches_children,
        initial={
            "classes": classes,
            "open_until": today + timedelta(days=OPEN_DAYS),
            "ask_whom": f"куратор {request.actor.label}",
        },
    )

    def work(data: dict[str, Any]) -> HttpResponseBase:
        order = SheetOrder(
            classes=form.class_names,
            audiences=data["audiences"],
            open_until=data["open_until"],
            ask_whom=data["ask_whom"],
        )
        made = services.make_sheets(
            actor=request.actor, organisation=request.organisation, order=order, today=today
        )
        messages.success(request, f"Готово: {counted(len(made), *_SHEETS)}. Можно печатать.")
        return redirect(_list(request))

    context = {"org": request.organisation.slug}
    return form_page(request, form, work, "informing/sheets_new.html", context=context)


@page("slips.view")
def print_sheets(request: OrgRequest) -> HttpResponseBase:
    """One announcement, or all the open ones, as they will print."""
    rows = _picked(request)
    if not rows:
        return _nothing(request)
    context = {"bodies": sheets_html(request.organisation, rows), "back": _list(request)}
    return TemplateResponse(request, "informing/sheets_print.html", context)


@page("slips.view")
def docx(request: OrgRequest) -> HttpResponseBase:
    """The same as one Word file."""
    rows = _picked(request)
    if not rows:
        return _nothing(request)
    name = sheet_title(rows[0]) if len(rows) == 1 else f"{timezone.localdate():%d.%m.%Y}"
    return docx_response(sheets_docx(request.organisation, rows), f"Хочу участвовать, {name}")


@page("slips.edit", methods=["POST"])
def close(request: OrgRequest, sheet_id: int) -> HttpResponseBase:
    sheet = _sheet_or_404(sheet_id)
    services.close_sheet(actor=request.actor, sheet=sheet)
    messages.success(request, f"{sheet_title(sheet)}: запись закрыта.")
    return redirect(_list(request))


@page("slips.edit", methods=["POST"])
def renew(request: OrgRequest, sheet_id: int) -> HttpResponseBase:
    sheet = _sheet_or_404(sheet_id)
    services.renew_sheet(actor=request.actor, sheet=sheet)
    messages.success(
        request,
        f"{sheet_title(sheet)}: адрес новый, прежние листы не действуют. Напечатайте ещё раз.",
    )
    return redirect(_list(request))


def _picked(request: OrgRequest) -> list[ClassSheet]:
    form = SheetPickForm(request.GET)
    wanted = form.cleaned_data["sheet"] if form.is_valid() else None
    if wanted is not None:
        return [_sheet_or_404(wanted)]
    today = timezone.localdate()
    return [sheet for sheet in queries.sheets(today) if sheet.takes_on(today)]


def _sheet_or_404(pk: int) -> ClassSheet:
    found: ClassSheet = get_object_or_404(ClassSheet, pk=pk)
    return found


def _nothing(request: OrgRequest) -> HttpResponseBase:
    messages.warning(request, "Открытых объявлений нет. Подготовьте их.")
    return redirect(_list(request))


def _list(request: OrgRequest) -> str:
    return reverse("informing:sheets", kwargs={"org": request.organisation.slug})
