"""History of runs: one run with its progress, repeating, choosing, two runs side by side."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.matching.methods import METHOD_WORDS
from nastavnik.matching.models import MatchRun, Prefer, RunState
from nastavnik.matching.queries import all_runs
from nastavnik.matching.services import reviving, runs
from nastavnik.pairs.forms.matching import PairOfRunsForm, PreferForm
from nastavnik.pairs.queries.told import ToldEntries
from nastavnik.pairs.queries.versus import compare_runs, weights_apart, weights_of
from nastavnik.pairs.views.common import OrgRequest, get_or_404, tells_wishes
from nastavnik.shared.page import page

HISTORY_SHOWN = 50


@page("matching.view")
def history(request: OrgRequest) -> HttpResponseBase:
    """Every run, the latest first; two of them may be compared."""
    asked = PairOfRunsForm(request.GET)
    if asked.is_valid():
        first, second = asked.cleaned_data["first"], asked.cleaned_data["second"]
        return redirect(
            "pairs:match-compare", org=request.organisation.slug, first=first, second=second
        )
    found = list(all_runs()[:HISTORY_SHOWN])
    context = {
        "runs": found,
        "comparable": [r for r in found if r.state == RunState.DONE and r.digest],
        "org": request.organisation.slug,
    }
    return TemplateResponse(request, "pairs/match_runs.html", context)


@page("matching.view")
def run(request: OrgRequest, pk: int) -> HttpResponseBase:
    """One run: how far it is, what came out, whether it repeats."""
    found = get_or_404(MatchRun.objects.defer("problem"), pk=pk)
    if request.headers.get("HX-Request") and not found.is_unfinished:
        answer = HttpResponse()
        answer["HX-Refresh"] = "true"
        return answer
    context = {
        "run": found,
        "silent": reviving.silent_minutes(found, timezone.now()),
        "method": METHOD_WORDS.get(found.method, found.method),
        "totals": found.result.get("totals", {}),
        "tells_wishes": tells_wishes(request),
        "points": ToldEntries(tells_wishes=tells_wishes(request)).total(
            found.result.get("chosen", [])
        ),
        "weights": weights_of(found),
        "others": [(code, title) for code, title in Prefer.choices if code != found.prefer],
        "may_edit": bool(request.actor.can("matching.edit")),
        "org": request.organisation.slug,
    }
    name = "_progress" if request.headers.get("HX-Request") else "match_run"
    return TemplateResponse(request, f"pairs/{name}.html", context)


@page("matching.edit", methods=["POST"])
def stop(request: OrgRequest, pk: int) -> HttpResponseBase:
    runs.stop_run(actor=request.actor, run=get_or_404(all_runs(), pk=pk))
    messages.success(request, "Подбор остановлен.")
    return redirect("pairs:match", org=request.organisation.slug)


@page("matching.edit", methods=["POST"])
def restart(request: OrgRequest, pk: int) -> HttpResponseBase:
    """«Запустить снова»: the run fell silent with its worker."""
    found = get_or_404(all_runs(), pk=pk)
    reviving.restart_run(actor=request.actor, run=found, now=timezone.now())
    messages.success(request, "Подбор запущен снова.")
    return redirect("pairs:match-run", org=request.organisation.slug, pk=pk)


@page("matching.edit", methods=["POST"])
def repeat(request: OrgRequest, pk: int) -> HttpResponseBase:
    """«Повторить с теми же данными»."""
    runs.repeat_run(actor=request.actor, run=get_or_404(MatchRun.objects.all(), pk=pk))
    return redirect("pairs:match-run", org=request.organisation.slug, pk=pk)


@page("matching.edit", methods=["POST"])
def take(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Put this run under review."""
    runs.take_run(actor=request.actor, run=get_or_404(MatchRun.objects.all(), pk=pk))
    messages.success(request, "Этот вариант теперь на разборе.")
    return redirect("pairs:match", org=request.organisation.slug)


@page("matching.edit", methods=["POST"])
def variant(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The same data with the other wish, to be compared."""
    base, form = get_or_404(MatchRun.objects.all(), pk=pk), PreferForm(request.POST)
    if not form.is_valid():
        raise Http404
    made = runs.make_variant(actor=request.actor, run=base, prefer=form.cleaned_data["prefer"])
    org = request.organisation.slug
    if made.is_unfinished:
        return redirect("pairs:match-run", org=org, pk=made.pk)
    return redirect("pairs:match-compare", org=org, first=base.pk, second=made.pk)


@page("matching.view")
def compare(request: OrgRequest, first: int, second: int) -> HttpResponseBase:
    """Two runs side by side: totals, and each mentee whose mentor differs."""
    sides = [
        get_or_404(MatchRun.objects.filter(state=RunState.DONE).defer("problem"), pk=pk)
        for pk in (first, second)
    ]
    if not all(side.digest for side in sides):
        raise Http404
    found = compare_runs(*sides, tells_wishes=tells_wishes(request))
    words = ("Первый", "Второй")
    context = {
        "tells_wishes": tells_wishes(request),
        "sides": list(zip(sides, words, found.matched, found.totals, strict=True)),
        "comparison": found,
        "weights": weights_apart(*sides),
        "may_edit": bool(request.actor.can("matching.edit")),
        "org": request.organisation.slug,
        "runs_url": reverse("pairs:match-runs", kwargs={"org": request.organisation.slug}),
    }
    return TemplateResponse(request, "pairs/match_compare.html", context)
