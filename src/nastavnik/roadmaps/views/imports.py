"""Import of a roadmap: file → three panes → done. Nothing is written before «Загрузить»."""

from dataclasses import replace
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.roadmaps.forms.imports import (
    Button,
    ButtonForm,
    DoubtForm,
    HeaderForm,
    LineForm,
    OpenedForm,
    StartForm,
    header_initial,
    line_initial,
    refuse_period,
)
from nastavnik.roadmaps.models import ImportState, RoadmapImport
from nastavnik.roadmaps.queries.people import holders_of, people_of
from nastavnik.roadmaps.services import imports
from nastavnik.roadmaps.services.import_check import Check, check_import
from nastavnik.roadmaps.views.common import OrgRequest
from nastavnik.shared.errors import DomainError
from nastavnik.shared.form_page import attempt, form_page
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

STEPS = ["Файл", "Проверка", "Готово"]
WORDS = ("строку", "строки", "строк")
SHORTEST_FOLD = 4


@page("roadmaps.edit", methods=["GET", "POST"])
def start(request: OrgRequest) -> HttpResponseBase:
    """Drop a file or paste a table; earlier files stand below."""
    form = StartForm(request.POST or None, request.FILES or None)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        upload = data["file"]
        batch = imports.start_import(
            actor=request.actor,
            organisation=request.organisation,
            file_name=(upload.name or "") if upload else "",
            content=upload.read() if upload else b"",
            text="" if upload else data["text"],
        )
        return redirect(_url(request, "import-check", batch))

    known = RoadmapImport.objects.exclude(state=ImportState.DROPPED).defer("content", "answers")
    context = {
        "steps": STEPS,
        "roadmap_url": reverse("roadmaps:current", kwargs={"org": request.organisation.slug}),
        "batches": [(batch, _url(request, _page_of(batch), batch)) for batch in known[:10]],
    }
    return form_page(request, form, work, "roadmaps/import_start.html", context=context)


@page("roadmaps.edit", methods=["GET", "POST"])
def check(request: OrgRequest, import_id: int) -> HttpResponseBase:
    """The source, what was recognised, what is doubtful; answers are kept after every button."""
    batch = _batch_or_404(import_id)
    if batch.state != ImportState.CHECKING:
        return redirect(_url(request, "import-done", batch))
    match ButtonForm(request.POST).pressed:
        case Button.LINE:
            return _save_line(request, batch)
        case Button.DOUBT:
            return _settle_doubt(request, batch)
        case Button.WORDS:
            return _replace_words(request, batch)
        case Button.HEADER | Button.APPLY as pressed:
            return _save_header(request, batch, is_last=pressed == Button.APPLY)
    return _check_page(request, batch, check_import(batch))


def _save_line(request: OrgRequest, batch: RoadmapImport) -> HttpResponseBase:
    form = LineForm(request.POST)
    if not form.is_valid():
        return _check_page(request, batch, check_import(batch), line_form=form)
    imports.save_answers(actor=request.actor, batch=batch, answers=form.answers)
    return redirect(f"{_url(request, 'import-check', batch)}#l-{form.cleaned_data['line']}")


def _settle_doubt(request: OrgRequest, batch: RoadmapImport) -> HttpResponseBase:
    form = DoubtForm(request.POST)
    if form.is_valid():
        imports.save_answers(actor=request.actor, batch=batch, answers=form.answers)
    return redirect(f"{_url(request, 'import-check', batch)}#doubts")


def _replace_words(request: OrgRequest, batch: RoadmapImport) -> HttpResponseBase:
    """Every word of two alphabets at once, as its suggestion says."""
    words = [(doubt.row, doubt.word, doubt.suggestion) for doubt in check_import(batch).mixed]
    imports.save_answers(actor=request.actor, batch=batch, answers=imports.Answers(take=words))
    return redirect(f"{_url(request, 'import-check', batch)}#doubts")


def _save_header(request: OrgRequest, batch: RoadmapImport, *, is_last: bool) -> HttpResponseBase:
    """Keep the header and, with the last button, write the roadmap."""
    found = check_import(batch)
    form = HeaderForm(request.POST, check=found)
    if not form.is_valid():
        return _check_page(request, batch, found, form=form)
    imports.save_answers(actor=request.actor, batch=batch, answers=form.answers)
    if not is_last:
        return redirect(_url(request, "import-check", batch))

    def write(_data: dict[str, Any]) -> HttpResponseBase:
        holders = holders_of(request.organisation, timezone.localdate())
        imports.apply_import(
            actor=request.actor, batch=batch, now=timezone.now(), people=people_of(holders)
        )
        return redirect(_url(request, "import-done", batch))

    answer = attempt(form, write, refuse=refuse_period)
    return answer or _check_page(request, batch, found, form=form)


def _check_page(
    request: OrgRequest,
    batch: RoadmapImport,
    found: Check,
    *,
    form: HeaderForm | None = None,
    line_form: LineForm | None = None,
) -> HttpResponseBase:
    """The check with its forms; one that was refused comes back with its errors."""
    refused = form or line_form
    form = form or HeaderForm(initial=header_initial(found), check=found)
    context = _check_context(request, batch, found, form) | _opened(request, found, line_form)
    status = 422 if refused is not None and refused.errors else 200
    return TemplateResponse(request, "roadmaps/import_check.html", context, status=status)


def _check_context(
    request: OrgRequest, batch: RoadmapImport, found: Check, form: HeaderForm
) -> dict[str, Any]:
    lines = {line.index: line for line in found.lines}
    tasks = sum(not line.item.is_group for line in found.ready)
    return {
        "batch": batch,
        "steps": STEPS,
        "form": form,
        "lines": found.lines,
        "source": _folded(found),
        "doubts": [(problem, lines.get(problem.row)) for problem in found.problems],
        "mixed": len(found.mixed),
        "goals": list(zip(form["targets"], found.offers, strict=True)) if found.offers else [],
        "known": found.template,
        "parts": [
            {"title": "Источник", "url": "#source"},
            {"title": "Распознано", "url": "#found", "count": len(found.lines)},
            {"title": "Сомнения", "url": "#doubts", "count": len(found.problems)},
            *(
                [{"title": "Цели", "url": "#goals", "count": len(found.offers)}]
                if found.offers
                else []
            ),
        ],
        "tasks": tasks,
        "load": f"Загрузить {counted(len(found.ready), *WORDS)}" if found.ready else "",
        "drop_url": _url(request, "import-drop", batch),
        "start_url": reverse("roadmaps:import", kwargs={"org": request.organisation.slug}),
    }


def _opened(request: OrgRequest, found: Check, form: LineForm | None) -> dict[str, Any]:
    """The line whose form is open, filled anew unless it has just been refused."""
    index = form.cleaned_data.get("line") if form else OpenedForm(request.GET).index
    line = next((line for line in found.lines if line.index == index), None)
    if line is None:
        return {"opened": -1, "line_form": None}
    return {"opened": index, "line_form": form or LineForm(initial=line_initial(line))}


def _folded(found: Check) -> list[dict[str, Any]]:
    """Long stretches that are no lines are shown on request; a title of several lines is one piece."""
    out: list[dict[str, Any]] = []
    for fate, group in groupby(found.pieces, key=lambda piece: piece.fate):
        pieces = list(group)
        folds = fate == "left" and len(pieces) >= SHORTEST_FOLD
        words = counted(len(pieces), "место файла", "места файла", "мест файла") if folds else ""
        if fate == "taken" and len(pieces) > 1:
            texts = tuple(text for piece in pieces for text in piece.texts)
            place = f"{pieces[0].place} – {pieces[-1].place}"
            pieces = [replace(pieces[0], place=place, texts=texts)]
        out.append({"pieces": pieces, "words": words})
    return out


@page("roadmaps.edit")
def done(request: OrgRequest, import_id: int) -> HttpResponseBase:
    """What came of it, and the way back for 24 hours."""
    batch = _batch_or_404(import_id)
    if batch.state == ImportState.CHECKING:
        return redirect(_url(request, "import-check", batch))
    until = imports.can_undo_until(batch)
    is_open = until is not None and timezone.now() <= until
    uppers = list(batch.roadmap.items.values_list("upper_id", flat=True)) if batch.roadmap else []
    context = {
        "batch": batch,
        "steps": STEPS,
        "roadmap": batch.roadmap,
        "board_url": _board_url(request, batch),
        "lines": uppers.count(None),
        "mandatory": len(uppers) - uppers.count(None),
        "until": f"до {timezone.localtime(until):%d.%m, %H:%M}" if until and is_open else "",
        "undo_url": _url(request, "import-undo", batch),
        "start_url": reverse("roadmaps:import", kwargs={"org": request.organisation.slug}),
    }
    return TemplateResponse(request, "roadmaps/import_done.html", context)


@page("roadmaps.edit", methods=["POST"])
def undo(request: OrgRequest, import_id: int) -> HttpResponseBase:
    batch = _batch_or_404(import_id)
    try:
        imports.undo_import(actor=request.actor, batch=batch, now=timezone.now())
    except DomainError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Загрузка отменена, карта убрана.")
    return redirect(_url(request, "import-done", batch))


@page("roadmaps.edit", methods=["POST"])
def drop(request: OrgRequest, import_id: int) -> HttpResponseBase:
    batch = _batch_or_404(import_id)
    imports.drop_import(actor=request.actor, batch=batch)
    messages.success(request, "Файл удалён, ничего не записано.")
    return redirect("roadmaps:import", org=request.organisation.slug)


def _batch_or_404(pk: int) -> RoadmapImport:
    rows = RoadmapImport.objects.select_related("organisation", "roadmap")
    found: RoadmapImport | None = rows.filter(pk=pk).exclude(state=ImportState.DROPPED).first()
    if found is None:
        raise Http404
    return found


def _board_url(request: OrgRequest, batch: RoadmapImport) -> str:
    if batch.roadmap is None:
        return ""
    slug = request.organisation.slug
    return reverse("roadmaps:board", kwargs={"org": slug, "pk": batch.roadmap.pk})


def _page_of(batch: RoadmapImport) -> str:
    return "import-check" if batch.state == ImportState.CHECKING else "import-done"


def _url(request: OrgRequest, name: str, batch: RoadmapImport) -> str:
    return reverse(
        f"roadmaps:{name}", kwargs={"org": request.organisation.slug, "import_id": batch.pk}
    )
