"""One institution's roadmap read from above: its strip with today's line, a line, what is said of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.roadmaps import policies
from nastavnik.roadmaps.forms.board import ShowForm
from nastavnik.roadmaps.forms.item import CommentForm
from nastavnik.roadmaps.forms.territory import LetGoForm
from nastavnik.roadmaps.models import Roadmap, RoadmapState
from nastavnik.roadmaps.queries import agreement
from nastavnik.roadmaps.queries.asked import Asked, find_line
from nastavnik.roadmaps.queries.board import MINE, board_of, item_row
from nastavnik.roadmaps.queries.levels import judged_at
from nastavnik.roadmaps.services import closing
from nastavnik.roadmaps.views.board import chips_of, stats_of
from nastavnik.roadmaps.views.common import tag_of
from nastavnik.shared.form_page import attempt
from nastavnik.shared.page import page
from nastavnik.shared.typography import date_words
from nastavnik.tenancy.scope import scope


@page("roadmaps.view")
def strip(request: Any, pk: int) -> HttpResponseBase:
    """The whole roadmap with its days; a draft is the institution's own matter."""
    found = agreement.find_roadmap(agreement.readable_at(request.territory), pk)
    if found is None:
        raise Http404
    roadmap, organisation = found
    today = timezone.localdate()
    with scope({organisation.pk}):
        board = board_of(roadmap, actor=request.actor, today=today)
    show = ShowForm(request.GET).chosen
    context = {
        "organisation": organisation,
        "roadmap": roadmap,
        "tag": tag_of(roadmap),
        "lead": approval_words(roadmap),
        "territory": request.territory.slug,
        "parts": board.parts(show),
        "columns": board.columns,
        "now": board.now,
        "today": today,
        "show": show,
        "stats": stats_of(board),
        "chips": chips_of(board, show, without=MINE),
        "waits": agreement.waits_for_coordinator(roadmap),
    }
    return TemplateResponse(request, "roadmaps/territory/strip.html", context)


def approval_words(roadmap: Roadmap) -> str:
    """Who agreed, which order approved: «Утверждена приказом № 5 от 1 октября 2026 г.»"""
    period = f"{roadmap.starts_on:%d.%m.%Y}–{roadmap.ends_on:%d.%m.%Y}."
    said = [period]
    if roadmap.agreed_on is not None:
        said.append(f"Согласована {date_words(roadmap.agreed_on)}: {roadmap.agreed_by}.")
    elif roadmap.sent_on is not None:
        said.append(f"Отправлена на согласование {date_words(roadmap.sent_on)}.")
    order = roadmap.order
    if roadmap.state == RoadmapState.IN_FORCE and order is not None:
        number = f" № {order.number_text}" if order.number_text else ""
        said.append(f"Утверждена приказом{number} от {date_words(order.registered_on)}.")
    return " ".join(said)


@page("roadmaps.view")
def line(request: Any, item_id: int) -> HttpResponseBase:
    """One line: its days, what proves it, what was said."""
    return _line_page(request, _found(request, item_id))


@page("roadmaps.comment", methods=["POST"])
def comment(request: Any, item_id: int) -> HttpResponseBase:
    found = _found(request, item_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return _line_page(request, found, comment_form=form)
    with scope({found.organisation.pk}):
        closing.comment_item(actor=request.actor, item=found.item, text=form.cleaned_data["text"])
    messages.success(request, "Комментарий записан. Учреждение увидит его у этого пункта.")
    return redirect(_address(request, found))


@page("roadmaps.agree", methods=["POST"])
def let_go(request: Any, item_id: int) -> HttpResponseBase:
    """A mandatory line does not apply at the institution, or is needed: with a word why."""
    found = _found(request, item_id)
    if found.organisation.pk not in judged_at(request.territory):
        raise Http404
    form = LetGoForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        agreed = data["agreed"] == "yes"
        with scope({found.organisation.pk}):
            closing.agree_not_applicable(
                actor=request.actor, item=found.item, agreed=agreed, words=data["words"]
            )
        said = "пункт не применяется" if agreed else "пункт остаётся обязательным"
        messages.success(request, f"{found.organisation.short_name}: {said}.")
        return redirect("roadmaps:queue", territory=request.territory.slug)

    return attempt(form, work) or _line_page(request, found, let_go_form=form)


def _found(request: Any, item_id: int) -> Asked:
    found = find_line(request.territory, item_id)
    if found is None:
        raise Http404
    return found


def _address(request: Any, found: Asked) -> str:
    kwargs = {"territory": request.territory.slug, "item_id": found.item.pk}
    return reverse("roadmaps:line", kwargs=kwargs)


def _line_page(request: Any, found: Asked, **forms: Any) -> HttpResponseBase:
    """The page of a line; a form that was refused comes back with its errors."""
    item, today = found.item, timezone.localdate()
    with scope({found.organisation.pk}):
        row = item_row(item, actor=request.actor, today=today)
        comments = list(item.comments.all())
    about = [
        ("Срок", row.due or item.deadline_text),
        ("Ответственные", row.who),
        ("Подтверждение", row.proof),
        ("Раздел", item.section),
    ]
    may_let_go = (
        item.asks_not_applicable
        and policies.is_asked_above(item)
        and found.organisation.pk in judged_at(request.territory)
    )
    context = {
        "organisation": found.organisation,
        "roadmap": item.roadmap,
        "item": item,
        "row": row,
        "rows": [{"title": title, "value": value} for title, value in about if value],
        "comments": comments,
        "is_draft": item.roadmap.state == RoadmapState.DRAFT,
        "may_comment": bool(policies.can_comment(request.actor)),
        "may_let_go": may_let_go and bool(policies.can_agree_not_applicable(request.actor, item)),
        "comment_form": CommentForm(),
        "let_go_form": LetGoForm(),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return TemplateResponse(request, "roadmaps/territory/line.html", context, status=status)
