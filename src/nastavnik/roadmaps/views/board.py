"""The living roadmap, all roadmaps and versions, what differs between two versions."""

from typing import Any

from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.roadmaps import queries
from nastavnik.roadmaps.forms.board import ShowForm
from nastavnik.roadmaps.models import AgreementBody, Roadmap, RoadmapState
from nastavnik.roadmaps.queries.board import OVERDUE, Board, Row, Stand, board_of
from nastavnik.roadmaps.queries.targets import in_plan, shown, target_changes, target_difference
from nastavnik.roadmaps.views.common import OrgRequest, about, roadmap_or_404, tag_of
from nastavnik.shared.page import page
from nastavnik.shared.typography import date_words


@page("roadmaps.view")
def current(request: OrgRequest) -> HttpResponseBase:
    """The roadmap of today, or the way to the first one."""
    found = queries.current(timezone.localdate())
    if found is None:
        context = {
            "org": request.organisation.slug,
            "may_edit": bool(request.actor.can("roadmaps.edit")),
        }
        return TemplateResponse(request, "roadmaps/empty.html", context)
    return _board(request, found)


@page("roadmaps.view")
def board(request: OrgRequest, pk: int) -> HttpResponseBase:
    return _board(request, roadmap_or_404(pk))


def _board(request: OrgRequest, roadmap: Roadmap) -> HttpResponseBase:
    today = timezone.localdate()
    show = ShowForm(request.GET).chosen
    found = board_of(roadmap, actor=request.actor, today=today)
    address = reverse("roadmaps:board", kwargs={"org": request.organisation.slug, "pk": roadmap.pk})
    late = found.chosen(OVERDUE)
    is_agreed, order = roadmap.state == RoadmapState.AGREED, roadmap.order
    open_order = order if is_agreed and order is not None and order.is_open else None
    context = {
        **about(request, roadmap),
        "board": found,
        "parts": found.parts(show),
        "columns": found.columns,
        "now": found.now,
        "today": today,
        "show": show,
        "chips": chips_of(found, show, address),
        "stats": stats_of(found),
        "lead": lead_of(roadmap),
        "loudest": max(late, key=lambda row: row.standing.late_days, default=None),
        "late_others": len(late) - 1,
        "questions": _questions(found) if roadmap.is_editable else [],
        "remarks": queries.open_remarks(roadmap) if roadmap.state == RoadmapState.RETURNED else [],
        "steps": _steps(request, roadmap),
        "targets": shown(roadmap) if roadmap.is_editable else in_plan(roadmap),
        "waits_for_events": _events(found),
        "others": queries.others(roadmap),
        "may_order": is_agreed and open_order is None and bool(request.actor.can("documents.edit")),
        "open_order": open_order,
    }
    return TemplateResponse(request, "roadmaps/board.html", context)


def chips_of(
    found: Board, show: str, address: str = "", *, without: str = ""
) -> list[dict[str, Any]]:
    """The filters of the board with how many lines each shows; `without` leaves one out."""
    counts = found.counts()
    return [
        {
            "title": title,
            "url": f"{address}?show={code}",
            "is_current": code == show,
            "count": counts[code],
        }
        for code, title in found.filters.items()
        if code != without
    ]


@page("roadmaps.view")
def index(request: OrgRequest) -> HttpResponseBase:
    """Every roadmap of the institution and its versions."""
    rows = [(row, tag_of(row)) for row in queries.roadmaps().select_related("order")]
    context = {
        "rows": rows,
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("roadmaps.edit")),
    }
    return TemplateResponse(request, "roadmaps/index.html", context)


@page("roadmaps.view")
def difference(request: OrgRequest, pk: int) -> HttpResponseBase:
    """What the version changes in the one before it."""
    roadmap = roadmap_or_404(pk)
    previous = roadmap.previous
    found = queries.difference_of(previous, roadmap) if previous is not None else None
    targets = target_difference(previous, roadmap) if previous is not None else None
    context = {
        **about(request, roadmap),
        "previous": previous,
        "difference": found,
        "changes": queries.change_rows(found) if found is not None else [],
        "targets": targets,
        "target_changes": target_changes(targets) if targets is not None else [],
        "versions": [(row, tag_of(row)) for row in queries.versions_of(roadmap)],
    }
    return TemplateResponse(request, "roadmaps/difference.html", context)


def lead_of(roadmap: Roadmap) -> str:
    """One sentence on where the whole roadmap stands."""
    period = f"{roadmap.starts_on:%d.%m.%Y}–{roadmap.ends_on:%d.%m.%Y}"
    agreed = f"согласована {date_words(roadmap.agreed_on)}" if roadmap.agreed_on else ""
    match RoadmapState(roadmap.state):
        case RoadmapState.IN_FORCE if roadmap.order is not None:
            order = roadmap.order
            number = f" № {order.number_text}" if order.number_text else ""
            point = f", пункт {roadmap.order_item}" if roadmap.order_item else ""
            return (
                f"Утверждена приказом{number} от {date_words(order.registered_on)}{point}, {agreed}. "
                "Пункты закрываются сами, когда появляется документ."
            )
        case RoadmapState.ON_AGREEMENT:
            return f"{period}. Отправлена {date_words(roadmap.sent_on)}, ждёт ответа."
        case RoadmapState.AGREED:
            return f"{period}. Карта {agreed}: {roadmap.agreed_by}. Осталось утвердить приказом."
        case RoadmapState.RETURNED:
            return f"{period}. Вернули с замечаниями: исправьте и отправьте ещё раз."
        case RoadmapState.CLOSED:
            return f"{period}. Закрыта {date_words(roadmap.closed_on)}. {roadmap.close_words}"
    return f"{period}. Черновик: проверьте сроки и ответственных, потом отправьте на согласование."


def stats_of(found: Board) -> list[dict[str, Any]]:
    """How many lines are done, going, late, ahead."""
    done = found.number(Stand.DONE)
    rows = [
        {"value": done, "of": len(found.works), "text": "выполнено", "kind": "ok"},
        {"value": found.number(Stand.GOING, Stand.SOON), "text": "в работе", "kind": "wait"},
        {"value": found.number(Stand.LATE), "text": "просрочено", "kind": "bad"},
        {"value": found.number(Stand.AHEAD, Stand.OPEN), "text": "впереди", "kind": ""},
    ]
    return rows if found.roadmap.is_binding else [row for row in rows if row["kind"] != "bad"]


def _questions(found: Board) -> list[Row]:
    return [row for row in found.works if row.has_question]


def _events(found: Board) -> bool:
    return any(
        entry.get("kind") == "relative" for row in found.works for entry in row.item.deadlines
    )


def _steps(request: OrgRequest, roadmap: Roadmap) -> list[dict[str, str]]:
    """What may be done with the whole roadmap now, the main thing first."""
    if not request.actor.can("roadmaps.edit"):
        return []
    steps: tuple[tuple[str, str], ...] = ()
    if roadmap.is_editable:
        steps = (("send", "Отправить на согласование"), ("add", "Добавить пункт"))
    elif (
        roadmap.state == RoadmapState.ON_AGREEMENT and roadmap.agreement_by == AgreementBody.COUNCIL
    ):
        steps = (("agreed", "Внести протокол совета"),)
    kwargs = {"org": request.organisation.slug, "pk": roadmap.pk}
    return [
        {"url": reverse(f"roadmaps:{name}", kwargs=kwargs), "text": text, "kind": kind}
        for (name, text), kind in zip(steps, ("primary", "", ""), strict=False)
    ]
