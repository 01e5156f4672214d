"""Import of a register: file → columns → check → done. Nothing is written before the last step."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from nastavnik.people.forms.imports import KINDS, CheckForm, MapForm, StartForm
from nastavnik.people.models import ImportBatch, ImportState
from nastavnik.people.services import imports
from nastavnik.people.services.imports import Check
from nastavnik.people.views.common import OrgRequest, get_or_404
from nastavnik.people.views.grid import grid_rows, shown_fields
from nastavnik.shared.errors import DomainError
from nastavnik.shared.exports import XLSX_TYPE
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted, plural

STEPS = ["Файл", "Столбцы", "Проверка", "Готово"]
ROWS_ON_PAGE = 100
LEVELS = (("", "Все строки"), ("ok", "Без замечаний"), ("wait", "Уточнить"), ("bad", "Исправить"))


@page("people.import", methods=["GET", "POST"])
def start(request: OrgRequest) -> HttpResponseBase:
    """Drop a file; earlier files that wait or may be undone stand below."""
    form = StartForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            batch = imports.start_import(
                actor=request.actor,
                organisation=request.organisation,
                kind=form.cleaned_data["kind"],
                file_name=upload.name or "реестр",
                content=upload.read(),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            return redirect(_url(request, "import-map", batch))
    org = request.organisation.slug
    batches = ImportBatch.objects.exclude(state=ImportState.DROPPED).defer("content", "effects")[
        :10
    ]
    context = {
        "form": form,
        "org": org,
        "steps": STEPS,
        "batches": [_batch_line(request, batch) for batch in batches],
        "samples": [
            (title, reverse("people:import-sample", kwargs={"org": org, "kind": kind}))
            for kind, title in KINDS
        ],
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "people/import_start.html", context, status=status)


@page("people.import", methods=["GET", "POST"])
def columns(request: OrgRequest, batch_id: int) -> HttpResponseBase:
    """Which sheet, which header row, what each column holds."""
    batch = _batch_or_404(batch_id)
    analysis = imports.analyse_batch(batch, timezone.localdate())
    titles = [(c.index, c.header or _letter(c.index)) for c in analysis.columns]
    sheets = [analysis.sheet, *analysis.alternatives]
    initial = {"sheet": analysis.sheet, "header_row": analysis.header_row} | {
        f"column-{c.index}": c.field or "" for c in analysis.columns
    }
    form = MapForm(
        request.POST or None,
        initial=initial,
        sheets=sheets,
        columns=titles,
        fields=imports.field_choices(batch.kind),
    )
    if request.method == "POST" and form.is_valid():
        return _save_columns(request, batch, form, analysis)
    rows = [
        {
            "letter": _letter(column.index),
            "header": column.header,
            "samples": "; ".join(column.samples),
            "field": form[f"column-{column.index}"],
        }
        for column in analysis.columns
    ]
    known = {column.field for column in analysis.columns}
    context = {
        "form": form,
        "rows": rows,
        "batch": batch,
        "steps": STEPS,
        "org": request.organisation.slug,
        "people": len(analysis.records),
        "without_names": not known & {"full_name", "surname"},
        "check_url": _url(request, "import-check", batch),
        "drop_url": _url(request, "import-drop", batch),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "people/import_map.html", context, status=status)


def _save_columns(
    request: OrgRequest, batch: ImportBatch, form: MapForm, analysis: Any
) -> HttpResponseBase:
    """Another sheet or header row means other columns: look at them again before the check."""
    sheet, header_row = form.cleaned_data["sheet"], form.cleaned_data["header_row"]
    moved = sheet != analysis.sheet or header_row != analysis.header_row
    mapping = {} if moved else form.mapping
    imports.set_mapping(
        actor=request.actor, batch=batch, sheet=sheet, header_row=None if sheet != analysis.sheet else header_row, mapping=mapping
    )  # fmt: skip
    return redirect(_url(request, "import-map" if moved else "import-check", batch))


@page("people.import", methods=["GET", "POST"])
def check(request: OrgRequest, batch_id: int) -> HttpResponseBase:
    """The grid: what was understood, what to mend, who is already known."""
    batch = _batch_or_404(batch_id)
    today = timezone.localdate()
    found = imports.check_batch(batch, today)
    if request.method == "POST":
        corrections = CheckForm(request.POST, found).corrections
        if request.POST.get("action") != "apply":
            imports.save_check(actor=request.actor, batch=batch, corrections=corrections)
            return redirect(_check_url(request, batch))
        try:
            imports.apply_import(
                actor=request.actor,
                batch=batch,
                today=today,
                now=timezone.now(),
                corrections=corrections,
            )
        except DomainError as error:
            messages.error(request, error.message)
            return redirect(_check_url(request, batch))
        return redirect(_url(request, "import-done", batch))
    return TemplateResponse(
        request, "people/import_check.html", _check_context(request, batch, found)
    )


def _check_context(request: OrgRequest, batch: ImportBatch, found: Check) -> dict[str, Any]:
    level = request.GET.get("level", "")
    opened = request.GET.get("row", "")
    waiting = [row for row in found.rows if not row.is_written]
    shown = [row for row in waiting if not level or row.level == level]
    pages = Paginator(shown, ROWS_ON_PAGE).get_page(request.GET.get("page"))
    counts = found.counts
    open_row = int(opened) if opened.isascii() and opened.isdecimal() else 0
    fields = shown_fields(found, opened=open_row)
    rows = grid_rows(fields, list(pages), opened=open_row)
    return {
        "batch": batch,
        "steps": STEPS,
        "org": request.organisation.slug,
        "counts": counts,
        "fields": fields,
        "rows": rows,
        "page": pages,
        "level": level,
        "chips": [
            {
                "title": title,
                "url": f"?level={key}",
                "count": counts[key or "all"],
                "is_current": level == key,
            }
            for key, title in LEVELS
        ],
        "errors": [
            (error.id, f"Строка {row.number}: {error.message}")
            for row in rows
            for error in row.errors
        ],
        "problems": found.file_problems,
        "load": _load_words(counts),
        "map_url": _url(request, "import-map", batch),
        "drop_url": _url(request, "import-drop", batch),
    }


def _load_words(counts: dict[str, int]) -> str:
    """«Загрузить 23 из 25, две оставить на доработку»."""
    ready, left = counts["ready"], counts["all"] - counts["ready"]
    if not ready:
        return ""
    if not left:
        return f"Загрузить {counted(ready, 'строку', 'строки', 'строк')}"
    words = {1: "одну", 2: "две", 3: "три", 4: "четыре"}.get(left, str(left))
    return f"Загрузить {ready} из {counts['all']}, {words} оставить на доработку"


@page("people.import")
def done(request: OrgRequest, batch_id: int) -> HttpResponseBase:
    """What came of it, and the way back for 24 hours."""
    batch = get_or_404(ImportBatch.objects.defer("content", "effects"), pk=batch_id)
    if batch.state not in {ImportState.APPLIED, ImportState.UNDONE}:
        return redirect(_url(request, "import-check", batch))
    until = imports.can_undo_until(batch)
    is_open = until is not None and timezone.now() <= until
    context = {
        "batch": batch,
        "steps": STEPS,
        "org": request.organisation.slug,
        "summary": batch.summary,
        "left": _left_words(batch.summary.get("left", 0)),
        "left_text": plural(
            batch.summary.get("left", 0),
            "Она сохранена, к ней можно вернуться.",
            "Они сохранены, к ним можно вернуться.",
            "Они сохранены, к ним можно вернуться.",
        ),
        "undone": batch.state == ImportState.UNDONE,
        "until": f"до {timezone.localtime(until):%d.%m, %H:%M}" if until and is_open else "",
        "undo_url": _url(request, "import-undo", batch),
        "check_url": _url(request, "import-check", batch),
        "register": {"mentees": "people:mentees", "mentors": "people:mentors"}.get(
            batch.kind, "people:people"
        ),
        "may_view": bool(request.actor.can("people.view")),
        "may_launch": bool(request.actor.can("launch.view")),
    }
    return TemplateResponse(request, "people/import_done.html", context)


def _left_words(left: int) -> str:
    verb = plural(left, "осталась", "остались", "осталось")
    return f"{counted(left, 'строка', 'строки', 'строк')} {verb} на доработку." if left else ""


@page("people.import", methods=["POST"])
def undo(request: OrgRequest, batch_id: int) -> HttpResponseBase:
    batch = get_or_404(ImportBatch.objects.all(), pk=batch_id)
    try:
        people = imports.undo_import(actor=request.actor, batch=batch, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        removed = counted(people, "человек", "человека", "человек")
        messages.success(request, f"Загрузка отменена. Из базы убрано: {removed}.")
    return redirect(_url(request, "import-done", batch))


@page("people.import", methods=["POST"])
def drop(request: OrgRequest, batch_id: int) -> HttpResponseBase:
    batch = _batch_or_404(batch_id)
    imports.drop_import(actor=request.actor, batch=batch)
    messages.success(request, "Файл удалён, в базу ничего не записано.")
    return redirect("people:import-start", org=request.organisation.slug)


@page("people.import")
def sample(request: OrgRequest, kind: str) -> HttpResponseBase:
    """A file to try with."""
    if kind not in imports.TITLES:
        raise Http404
    name = f"{imports.TITLES[kind]}.xlsx"
    return HttpResponse(
        imports.sample_file(kind),
        content_type=XLSX_TYPE,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name)
            or ""
        },
    )


def _batch_or_404(pk: int) -> ImportBatch:
    """A batch that may still be worked on."""
    states = [ImportState.CHECKING, ImportState.APPLIED]
    batch: ImportBatch = get_or_404(
        ImportBatch.objects.select_related("organisation"), pk=pk, state__in=states
    )
    return batch


def _batch_line(request: OrgRequest, batch: ImportBatch) -> dict[str, Any]:
    name = "import-map" if batch.state == ImportState.CHECKING else "import-done"
    return {
        "title": batch.file_name,
        "kind": dict(KINDS).get(batch.kind, ""),
        "at": batch.created_at,
        "who": batch.created_by,
        "state": batch.get_state_display(),
        "left": batch.summary.get("left", 0) if batch.state == ImportState.APPLIED else 0,
        "url": _url(request, name, batch),
    }


def _check_url(request: OrgRequest, batch: ImportBatch) -> str:
    """Back to the same part of the grid."""
    query = {name: request.GET.get(name, "") for name in ("level", "page")}
    tail = "&".join(f"{name}={value}" for name, value in query.items() if value.isalnum())
    return _url(request, "import-check", batch) + (f"?{tail}" if tail else "")


def _url(request: OrgRequest, name: str, batch: ImportBatch) -> str:
    return reverse(
        f"people:{name}", kwargs={"org": request.organisation.slug, "batch_id": batch.pk}
    )


def _letter(index: int) -> str:
    letters, index = "", index + 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
