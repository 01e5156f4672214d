"""The card of a council and what is done with it: composition, plan, the end of its work."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.audit.queries import history_lines
from nastavnik.councils import papers, policies, queries
from nastavnik.councils.forms.composition import CompositionForm, composition_initial
from nastavnik.councils.forms.councils import CouncilForm, WordsForm, YearForm, regulation_initial
from nastavnik.councils.models import (
    Council,
    CouncilKind,
    CouncilState,
    Office,
    SittingState,
    lines_of,
)
from nastavnik.councils.services import composition, councils
from nastavnik.councils.views.common import regulations
from nastavnik.councils.views.place import Place, both, council_or_404
from nastavnik.documents.context import school_year
from nastavnik.documents.rendering import blank_docx
from nastavnik.documents.views.common import docx_response
from nastavnik.shared.form_page import attempt, form_page

TAGS = {CouncilState.DRAFT: "wait", CouncilState.ACTIVE: "ok", CouncilState.CLOSED: ""}
SITTING_TAGS = {
    SittingState.PLANNED: "info",
    SittingState.HELD: "ok",
    SittingState.CANCELLED: "",
}


@both("councils.view")
def card(request: Any, place: Place, pk: int) -> HttpResponseBase:
    return _card(request, place, council_or_404(pk))


@both("councils.edit", methods=["GET", "POST"])
def edit(request: Any, place: Place, pk: int) -> HttpResponseBase:
    council = council_or_404(pk)
    form = CouncilForm(
        request.POST or None, papers=regulations(), initial=regulation_initial(council)
    )

    def work(_data: dict[str, Any]) -> HttpResponseBase:
        councils.change_council(actor=place.actor, council=council, **form.values())
        messages.success(request, "Сохранено.")
        return place.to("card", pk=pk)

    context = _about(place, council) | {"title": "Изменить сведения", "button": "Сохранить"}
    return form_page(request, form, work, "councils/form.html", context=context)


@both("councils.edit", methods=["GET", "POST"])
def members(request: Any, place: Place, pk: int) -> HttpResponseBase:
    """Choose the composition; the draft of its order is what comes of it."""
    council = council_or_404(pk)
    today = timezone.localdate()
    rows = queries.composition(council)
    gathers = council.kind == CouncilKind.CURATORS
    curators = queries.curators_in_force(place.organisation.territory, on=today) if gathers else []
    initial = composition_initial(rows)
    if gathers and not rows:
        initial["members"] = [f"u{one.user.pk}" for one in curators]
    outsiders = sum(1 for row in rows if not row.person_id and not row.user_id)
    form = CompositionForm(
        request.POST or None,
        staff=list(queries.staff()),
        curators=curators,
        outsiders=outsiders,
        chair_word=papers.office_words(council, Office.CHAIR),
        initial=initial,
    )

    def work(_data: dict[str, Any]) -> HttpResponseBase:
        document = composition.prepare_composition(
            actor=place.actor,
            organisation=place.organisation,
            council=council,
            places=form.places(),
        )
        messages.success(request, "Проект приказа составлен. Проверьте текст.")
        return redirect(place.paper_url(document))

    context = _about(place, council) | {
        "title": "Состав",
        "button": "Составить приказ о составе",
        "verdict": policies.can_compose(place.actor, council),
        "gathers": gathers,
        "has_outsiders": bool(outsiders),
    }
    return form_page(request, form, work, "councils/members.html", context=context)


@both("councils.edit", methods=["POST"])
def close(request: Any, place: Place, pk: int) -> HttpResponseBase:
    council = council_or_404(pk)
    form = WordsForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        councils.close_council(actor=place.actor, council=council, **data)
        messages.success(request, "Работа завершена, бумаги остались в «Деле».")
        return place.to("card", pk=pk)

    return attempt(form, work) or _card(request, place, council_or_404(pk), form)


@both("councils.view")
def plan(request: Any, place: Place, pk: int) -> HttpResponseBase:
    """The plan of a school year as a sheet to print."""
    council = council_or_404(pk)
    first = _first_year(request)
    rows = _of_year(council, first)
    context = {
        "council": council,
        "rows": [{"row": row, "when": papers.planned_words(row)} for row in rows],
        "year": f"{first}/{(first + 1) % 100:02d}",
        "back": place.url("card", pk=pk),
        "docx_url": f"{place.url('plan-docx', pk=pk)}?year={first}",
        "before": first - 1,
        "after": first + 1,
    }
    return TemplateResponse(request, "councils/plan.html", context)


@both("councils.view")
def plan_docx(request: Any, place: Place, pk: int) -> HttpResponseBase:
    council = council_or_404(pk)
    first = _first_year(request)
    year = f"{first}/{(first + 1) % 100:02d} учебный год"
    rows = _of_year(council, first)
    data = papers.plan_data(place.actor, place.organisation, council, rows, year)
    content = blank_docx(place.organisation, papers.PLAN, data)
    return docx_response(content, f"План заседаний, {council.name}, {year}")


def _first_year(request: Any) -> int:
    form = YearForm(request.GET)
    asked = form.cleaned_data["year"] if form.is_valid() else None
    return asked or int(school_year(timezone.localdate())[:4])


def _of_year(council: Council, first: int) -> list[Any]:
    return [
        row
        for row in queries.sittings_of(council)
        if school_year(row.planned_on).startswith(str(first))
        and row.state != SittingState.CANCELLED
    ]


def _card(
    request: Any, place: Place, council: Council, close_form: WordsForm | None = None
) -> HttpResponseBase:
    today = timezone.localdate()
    rows = queries.composition(council)
    gathers = council.kind == CouncilKind.CURATORS and council.is_open
    context = _about(place, council) | {
        "tag": TAGS[CouncilState(council.state)],
        "facts": _facts(council),
        "members": [
            {"member": row, "office": papers.office_words(council, row.office)} for row in rows
        ],
        "former": queries.former_members(council),
        "turnover": queries.turnover(place.organisation.territory, rows, on=today)
        if gathers
        else None,
        "sittings": [_sitting_line(place, row) for row in queries.sittings_of(council)],
        "papers": _papers(place, council),
        "may_edit": bool(policies.can_change(place.actor, council)),
        "may_compose": policies.can_compose(place.actor, council),
        "urls": {
            name.replace("-", "_"): place.url(name, pk=council.pk)
            for name in ("edit", "members", "close", "plan", "sitting-new")
        },
        "close_form": close_form or WordsForm(),
        "history": history_lines(council, limit=12, with_reasons=True),
        "today": today,
    }
    status = 422 if close_form is not None and close_form.errors else 200
    return TemplateResponse(request, "councils/card.html", context, status=status)


def _about(place: Place, council: Council) -> dict[str, Any]:
    return {
        "place": place,
        "council": council,
        "up_url": place.url("card", pk=council.pk),
        "up_title": council.name,
        "list_url": place.list_url,
        "list_title": place.list_title,
    }


def _facts(council: Council) -> list[dict[str, str]]:
    term = f"с {council.starts_on:%d.%m.%Y}" if council.starts_on else ""
    if council.ends_on:
        term = f"{term} по {council.ends_on:%d.%m.%Y}".strip()
    rows = [
        ("Задачи", "; ".join(lines_of(council.task))),
        ("Собирается не реже", council.rhythm),
        ("Работает", term),
        ("Положение", papers.regulation_words(council)),
        ("Чем завершилась работа", council.close_words),
    ]
    always = {"Задачи", "Положение"}
    return [{"title": t, "value": v} for t, v in rows if v or t in always]


def _papers(place: Place, council: Council) -> list[dict[str, Any]]:
    """The order in force and the one on its way."""
    draft = council.draft_order
    found = [council.order, draft if draft is not None and draft.is_open else None]
    return [{"document": row, "url": place.paper_url(row)} for row in found if row is not None]


def _sitting_line(place: Place, row: Any) -> dict[str, Any]:
    return {
        "sitting": row,
        "url": place.url("sitting", sitting_id=row.pk),
        "when": papers.planned_words(row),
        "tag": SITTING_TAGS[SittingState(row.state)],
        "protocol": row.protocol if policies.has_protocol(row) else None,
        "protocol_url": place.paper_url(row.protocol) if policies.has_protocol(row) else "",
    }
