"""«Добровольность»: who has not answered yet, and answers given in the printed sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.documents import rendering
from nastavnik.pairs import queries
from nastavnik.pairs.facts import load_facts
from nastavnik.pairs.forms.answers import SheetForm
from nastavnik.pairs.models import Pair
from nastavnik.pairs.queries.cards import answer_rows
from nastavnik.pairs.services.answers import (
    VOLUNTARY_LIST,
    answers_in_sheet,
    prepare_voluntary_list,
    voluntary_data,
)
from nastavnik.pairs.views.common import OrgRequest
from nastavnik.pairs.views.links import personal_link, qr_of
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted


@page("pairs.view")
def answers(request: OrgRequest) -> HttpResponseBase:
    return _show(request, queries.asked_pairs())


@page("pairs.edit", methods=["POST"])
def mark(request: OrgRequest) -> HttpResponseBase:
    """«Да» by the signed sheet for the ticked pairs, or for all of them."""
    waiting = queries.asked_pairs()
    form = SheetForm(request.POST, allowed=[pair.pk for pair in waiting])
    if not form.is_valid():
        return _show(request, waiting, form)
    chosen = set(form.cleaned_data["p"])
    noted = answers_in_sheet(
        actor=request.actor,
        pairs=[pair for pair in waiting if pair.pk in chosen],
        on=form.cleaned_data["on"],
    )
    messages.success(request, f"Отмечено: {counted(noted, 'ответ', 'ответа', 'ответов')} «да».")
    return redirect("pairs:answers", org=request.organisation.slug)


@page("pairs.view")
def sheet(request: OrgRequest) -> HttpResponseBase:
    """The sheet of voluntary consent to print, as the document will look."""
    waiting = queries.asked_pairs()
    if not waiting:
        return redirect("pairs:answers", org=request.organisation.slug)
    data = voluntary_data(request.organisation, waiting)
    body = rendering.blank_html(request.organisation, VOLUNTARY_LIST, data)
    context = {"body": body, "back": _address(request)}
    return TemplateResponse(request, "pairs/sheet.html", context)


@page("documents.edit", methods=["POST"])
def file_sheet(request: OrgRequest) -> HttpResponseBase:
    """The same sheet as a document to be signed and filed."""
    document = prepare_voluntary_list(
        actor=request.actor, organisation=request.organisation, pairs=queries.asked_pairs()
    )
    return redirect("documents:card", org=request.organisation.slug, pk=document.pk)


@page("pairs.edit")
def slips(request: OrgRequest) -> HttpResponseBase:
    """A slip with a personal link for everybody who has not answered."""
    rows = [
        (row, personal_link(row.answer.token))
        for facts in load_facts(queries.asked_pairs())
        for row in answer_rows(facts)
        if row.answer is not None and row.answer.is_yes is None
    ]
    found = [{"row": row, "url": url, "qr": qr_of(url)} for row, url in rows]
    context = {"slips": found, "back": _address(request)}
    return TemplateResponse(request, "pairs/slips.html", context)


def _address(request: OrgRequest) -> str:
    return reverse("pairs:answers", kwargs={"org": request.organisation.slug})


def _show(
    request: OrgRequest, waiting: list[Pair], form: SheetForm | None = None
) -> HttpResponseBase:
    rows = [(facts, answer_rows(facts)) for facts in load_facts(waiting)]
    silent = sum(1 for _, people in rows for row in people if row.tag[1] == "wait")
    context: dict[str, Any] = {
        "rows": rows,
        "silent": silent,
        "form": form or SheetForm(allowed=[], initial={"on": timezone.localdate()}),
        "ticked": set(request.POST.getlist("p")),
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("pairs.edit")),
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "pairs/answers.html", context, status=status)
