"""One line: what it is, what proves it, what was said; the marks that a person makes."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from nastavnik.audit.queries import history_lines
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.evidence import work_of
from nastavnik.roadmaps.forms.drafting import MoveForm
from nastavnik.roadmaps.forms.item import (
    AnswerForm,
    ChecklistForm,
    CommentForm,
    HandForm,
    LetGoForm,
    LinkForm,
)
from nastavnik.roadmaps.forms.states import WordsForm
from nastavnik.roadmaps.models import ItemComment, ItemState, RoadmapItem
from nastavnik.roadmaps.queries.board import Row, item_row
from nastavnik.roadmaps.services import closing
from nastavnik.roadmaps.views.common import OrgRequest, about, item_or_404, to_item
from nastavnik.roadmaps.wording import rule_line
from nastavnik.shared.form_page import attempt
from nastavnik.shared.page import page

HISTORY = 12
#: Two forms of the page ask for words; labels must lead to their own fields.
HAND, REASON = "hand_%s", "reason_%s"


@page("roadmaps.view")
def item(request: OrgRequest, item_id: int) -> HttpResponseBase:
    return item_page(request, item_or_404(item_id))


def item_page(request: OrgRequest, found: RoadmapItem, **forms: Any) -> HttpResponseBase:
    """The page of a line; a form that was refused comes back with its errors."""
    row = item_row(found, actor=request.actor, today=timezone.localdate())
    comments = list(found.comments.all())
    context = {
        **about(request, found.roadmap),
        "item": found,
        "row": row,
        "late": row.standing.late_days > 0,
        "rows": _about_rows(row),
        "work": _work(request, found),
        "rule": rule_line(found),
        "comments": comments,
        "occurrences": [one for one in row.occurrences if one.due_on] if _many(row) else [],
        "may_comment": bool(request.actor.can("roadmaps.comment")),
        "may_let_go": found.asks_not_applicable
        and bool(policies.can_agree_not_applicable(request.actor, found)),
        "may_ask_out": bool(request.actor.can("roadmaps.edit"))
        and found.roadmap.is_open
        and not found.is_settled
        and not found.is_group
        and not found.asks_not_applicable,
        "is_by_hand": found.state in {ItemState.DONE_BY_HAND, ItemState.NOT_APPLICABLE},
        "history": history_lines(found, limit=HISTORY),
        **_forms(found, row),
        **forms,
    }
    status = 422 if any(getattr(form, "errors", None) for form in forms.values()) else 200
    return TemplateResponse(request, "roadmaps/item.html", context, status=status)


@page("roadmaps.edit", methods=["POST"])
def done(request: OrgRequest, item_id: int) -> HttpResponseBase:
    """Close by hand, with a word."""
    found = item_or_404(item_id)
    form = HandForm(request.POST, occurrences=_open_terms(found), auto_id=HAND)
    if not form.is_valid():
        return item_page(request, found, hand_form=form)
    chosen = form.cleaned_data.get("occurrence")
    occurrence = found.occurrences.filter(pk=chosen).first() if chosen else None
    closing.close_item_by_hand(
        actor=request.actor, item=found, words=form.cleaned_data["words"], occurrence=occurrence
    )
    messages.success(request, "Отмечено.")
    return to_item(request, found)


@page("roadmaps.edit", methods=["POST"])
def reopen(request: OrgRequest, item_id: int) -> HttpResponseBase:
    found = item_or_404(item_id)
    closing.reopen_item(actor=request.actor, item=found)
    messages.success(request, "Пункт снова открыт.")
    return to_item(request, found)


@page("roadmaps.edit", methods=["POST"])
def not_applicable(request: OrgRequest, item_id: int) -> HttpResponseBase:
    """Ask to leave the line out."""
    found = item_or_404(item_id)
    form = WordsForm(request.POST, label=NOT_APPLICABLE_LABEL, auto_id=REASON)
    if not form.is_valid():
        return item_page(request, found, reason_form=form)
    closing.mark_not_applicable(actor=request.actor, item=found, reason=form.cleaned_data["words"])
    messages.success(request, "Предложение записано. Его согласует другой человек.")
    return to_item(request, found)


@page("roadmaps.approve", methods=["POST"])
def let_go(request: OrgRequest, item_id: int) -> HttpResponseBase:
    """The head agrees that a line does not apply, or keeps it."""
    found = item_or_404(item_id)
    form = LetGoForm(request.POST)
    if not form.is_valid():
        return item_page(request, found, let_go_form=form)
    agreed = form.is_agreed
    closing.agree_not_applicable(actor=request.actor, item=found, agreed=agreed)
    messages.success(request, "Пункт не применяется." if agreed else "Пункт остаётся в карте.")
    return to_item(request, found)


@page("roadmaps.edit", methods=["POST"])
def link(request: OrgRequest, item_id: int) -> HttpResponseBase:
    found = item_or_404(item_id)
    form = LinkForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        closing.set_link(actor=request.actor, item=found, link=data["link"])
        messages.success(request, "Ссылка сохранена.")
        return to_item(request, found)

    return attempt(form, work) or item_page(request, found, link_form=form)


@page("roadmaps.edit", methods=["POST"])
def checklist(request: OrgRequest, item_id: int) -> HttpResponseBase:
    found = item_or_404(item_id)
    form = ChecklistForm(request.POST, entries=[entry["text"] for entry in found.checklist])
    if form.is_valid():
        closing.tick_checklist(
            actor=request.actor, item=found, done=frozenset(form.cleaned_data["done"])
        )
        messages.success(request, "Список дел сохранён.")
    return to_item(request, found)


@page("roadmaps.comment", methods=["POST"])
def comment(request: OrgRequest, item_id: int) -> HttpResponseBase:
    found = item_or_404(item_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        return item_page(request, found, comment_form=form)
    closing.comment_item(actor=request.actor, item=found, text=form.cleaned_data["text"])
    messages.success(request, "Комментарий записан.")
    return to_item(request, found)


@page("roadmaps.edit", methods=["POST"])
def answer(request: OrgRequest, item_id: int) -> HttpResponseBase:
    """A remark was followed."""
    found = item_or_404(item_id)
    form = AnswerForm(request.POST)
    said: ItemComment | None = (
        found.comments.filter(pk=form.cleaned_data["comment"]).first() if form.is_valid() else None
    )
    if said is None:
        raise Http404
    closing.resolve_comment(actor=request.actor, comment=said, answer=form.cleaned_data["answer"])
    messages.success(request, "Отмечено: замечание учтено.")
    return to_item(request, found)


NOT_APPLICABLE_LABEL = "Почему пункт не применим"


def _forms(found: RoadmapItem, row: Row) -> dict[str, Any]:
    return {
        "hand_form": HandForm(occurrences=_open_terms(found) if _many(row) else (), auto_id=HAND),
        "reason_form": WordsForm(label=NOT_APPLICABLE_LABEL, auto_id=REASON),
        "link_form": LinkForm(initial={"link": found.link}),
        "comment_form": CommentForm(),
        "let_go_form": LetGoForm(),
        "move_form": MoveForm(),
        "checklist_form": ChecklistForm(
            entries=[entry["text"] for entry in found.checklist],
            initial={
                "done": [place for place, entry in enumerate(found.checklist) if entry.get("done")]
            },
        ),
    }


def _many(row: Row) -> bool:
    return len([one for one in row.occurrences if one.due_on]) > 1


def _open_terms(found: RoadmapItem) -> list[tuple[int, str]]:
    rows = found.occurrences.filter(met_on__isnull=True, due_on__isnull=False)
    return [(row.pk, f"до {row.due_on:%d.%m.%Y}") for row in rows]


def _about_rows(row: Row) -> list[dict[str, Any]]:
    found = row.item
    told = [
        ("Срок в карте", found.deadline_text),
        ("Когда", row.due if row.due.split() != found.deadline_text.split() else ""),
        ("Ответственные", row.who),
        ("Результат", found.result),
        ("Раздел", found.section),
        ("Внутренние ресурсы", found.resources_internal),
        ("Внешние ресурсы", found.resources_external),
    ]
    questions = [entry["question"] for entry in found.deadlines if entry.get("question")]
    told += [("Вопрос к сроку", question) for question in questions]
    return [{"title": title, "value": value} for title, value in told if value]


def _work(request: OrgRequest, found: RoadmapItem) -> dict[str, str] | None:
    """The button that does the work of the line, where the person may open its page."""
    work = work_of(found.evidence_kind, found.evidence_parameters)
    if work is None or found.is_settled:
        return None
    try:
        kwargs = {"org": request.organisation.slug, **dict(work.kwargs)}
        return {"url": reverse(work.url_name, kwargs=kwargs), "text": work.words}
    except NoReverseMatch:
        return None
