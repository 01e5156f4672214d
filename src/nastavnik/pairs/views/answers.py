"""«Добровольность»: who has not answered yet, and answers given in the printed sheet."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.pairs import queries
from nastavnik.pairs.facts import load_facts
from nastavnik.pairs.forms.answers import SheetForm
from nastavnik.pairs.models import Pair, PairState
from nastavnik.pairs.queries.cards import answer_rows
from nastavnik.pairs.services.answers import answers_in_sheet
from nastavnik.pairs.views.common import OrgRequest
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

ASKED = (PairState.PROPOSED,)


@page("pairs.view")
def answers(request: OrgRequest) -> HttpResponseBase:
    return _show(request, _waiting())


@page("pairs.edit", methods=["POST"])
def mark(request: OrgRequest) -> HttpResponseBase:
    """«Да» by the signed sheet for the ticked pairs, or for all of them."""
    waiting = _waiting()
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


def _waiting() -> list[Pair]:
    return list(queries.pairs_in(ASKED).order_by("mentor__person__search_key", "id"))


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
