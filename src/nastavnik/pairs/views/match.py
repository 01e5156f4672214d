"""«Подбор»: the curator reviews what was proposed and accepts it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.matching.draft import is_mutual
from nastavnik.matching.models import MatchRun, Prefer
from nastavnik.matching.queries import able_mentors, current_and_unfinished, waiting_mentees
from nastavnik.matching.services.reviving import silent_minutes
from nastavnik.pairs.forms.matching import CutOffForm, MenteeForm, MentorForm, WeightsForm
from nastavnik.pairs.queries import taken_mentees
from nastavnik.pairs.queries.curve import curve_of, usual_cut_off
from nastavnik.pairs.queries.review import Review
from nastavnik.pairs.services import accepting, proposals
from nastavnik.pairs.views.common import (
    ON_PAGE,
    OrgRequest,
    card_url,
    match_url,
    review_of,
    review_or_404,
    run_or_404,
)
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

CHANGES_SHOWN = 10
PAIR_WORDS = ("пара", "пары", "пар")
TAKEN_BACK = "принятие отменено при подборе"


@page("matching.view")
def match(request: OrgRequest) -> HttpResponseBase:
    return _show(request)


@page("matching.edit", methods=["POST"])
def propose(request: OrgRequest) -> HttpResponseBase:
    """Make the proposal anew with the weights of the form, or with those kept."""
    run, _ = current_and_unfinished()
    form = _weights_form(run, request.POST)
    has_weights = any(name in request.POST for name in form.fields)
    if has_weights and not form.is_valid():
        return _show(request, weights_form=form, status=422)
    made = proposals.propose_pairs(
        actor=request.actor,
        organisation=request.organisation,
        on=timezone.localdate(),
        weights=form.weights if has_weights else (run.weights if run else None),
        prefer=run.prefer if run else Prefer.STABLE,
        needs_papers=form.cleaned_data["needs_papers"]
        if has_weights
        else bool(run and run.needs_papers),
    )
    if made.is_unfinished:
        messages.info(request, "Участников много, поэтому подбор считается в фоне.")
        return redirect("pairs:match-run", org=request.organisation.slug, pk=made.pk)
    number = len(made.result["chosen"])
    messages.success(request, f"Предложено: {counted(number, *PAIR_WORDS)}.")
    return redirect(match_url(request, "#proposals"))


@page("matching.edit", methods=["POST"])
def accept(request: OrgRequest) -> HttpResponseBase:
    form = MenteeForm(request.POST)
    if not form.is_valid():
        raise Http404
    mentee_id = form.cleaned_data["mentee"]
    done = _accept(request, mentee_ids={mentee_id})
    if not done.made and not done.refused:
        raise Http404
    is_gone = request.POST.get("show") == "open"
    return redirect(match_url(request, "#cards" if is_gone else f"#m{mentee_id}"))


@page("matching.edit", methods=["POST"])
def accept_all(request: OrgRequest) -> HttpResponseBase:
    """Everything from the cut-off up."""
    form = CutOffForm(request.POST)
    if not form.is_valid():
        return _show(request, cut_off_form=form, status=422)
    _accept(request, least_fit=form.cleaned_data["least_fit"])
    return redirect(f"{match_url(request)}?show=open#proposals")


def _accept(request: OrgRequest, **chosen: Any) -> accepting.Accepted:
    done = accepting.accept_proposals(
        actor=request.actor,
        organisation=request.organisation,
        run=run_or_404(),
        on=timezone.localdate(),
        **chosen,
    )
    if done.made:
        text = f"Составлено: {counted(len(done.made), *PAIR_WORDS)}. Теперь спросите участников."
        messages.success(request, text)
    elif not done.refused:
        messages.info(request, "Таких предложений больше нет.")
    for sentence in done.refused:
        messages.warning(request, sentence)
    return done


@page("matching.edit", methods=["POST"])
def accept_group(request: OrgRequest) -> HttpResponseBase:
    form = MentorForm(request.POST)
    if not form.is_valid():
        raise Http404
    pair = accepting.accept_group(
        actor=request.actor,
        organisation=request.organisation,
        run=run_or_404(),
        mentor_id=form.cleaned_data["mentor"],
        on=timezone.localdate(),
    )
    messages.success(request, "Составлена группа. Теперь спросите участников.")
    return redirect("pairs:card", org=request.organisation.slug, pk=pair.pk)


@page("matching.edit", methods=["POST"])
def take_back(request: OrgRequest) -> HttpResponseBase:
    """Undo accepting one proposal."""
    form = MenteeForm(request.POST)
    if not form.is_valid():
        raise Http404
    mentee_id = form.cleaned_data["mentee"]
    accepting.take_back(actor=request.actor, mentee_id=mentee_id, reason=TAKEN_BACK)
    messages.success(request, "Принятие отменено, предложение снова открыто.")
    return redirect(card_url(request, mentee_id))


@page("matching.view")
def left(request: OrgRequest) -> HttpResponseBase:
    """Everybody without a proposal, by reason."""
    review = review_or_404(request)
    review.load_left()
    rows = review.left_over(shown=None)
    context = {
        "left": rows,
        "left_count": sum(row.count for row in rows),
        "shortages": review.shortages,
        "org": request.organisation.slug,
    }
    return TemplateResponse(request, "pairs/match_left.html", context)


def _show(
    request: OrgRequest,
    *,
    weights_form: WeightsForm | None = None,
    cut_off_form: CutOffForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    run, unfinished = current_and_unfinished()
    context: dict[str, Any] = {
        "run": run,
        "unfinished": unfinished,
        "silent": silent_minutes(unfinished, timezone.now()) if unfinished else 0,
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("matching.edit")),
        "weights_form": weights_form or _weights_form(run),
    }
    if run is None:
        waiting = waiting_mentees().exclude(pk__in=taken_mentees())
        context |= {"mentees": waiting.count(), "mentors": able_mentors().count()}
    else:
        context |= _review_context(request, run, cut_off_form)
    return TemplateResponse(request, "pairs/match.html", context, status=status)


def _weights_form(run: MatchRun | None, data: QueryDict | None = None) -> WeightsForm:
    """With what the run under review was made with."""
    papers = {"needs_papers": bool(run and run.needs_papers)}
    return WeightsForm(data, weights=run.weights if run else None, initial=papers)


def _review_context(
    request: OrgRequest, run: MatchRun, cut_off_form: CutOffForm | None
) -> dict[str, Any]:
    review = review_of(request, run)
    asked = len(review.entries) + len(review.unmatched)
    number = _page_number(request)
    start = (number - 1) * ON_PAGE
    show = request.GET.get("show", "")
    listed = review.entries_of(show)
    shown = listed[start : start + ON_PAGE]
    review.load(shown)
    rows = review.left_over()
    fits = [entry["fit"] for entry in review.entries]
    usual = usual_cut_off(fits)
    form = cut_off_form or CutOffForm.of(request.GET, usual=usual)
    cut_off = form.value(usual=usual)
    open_count = sum(1 for fit in review.open_fits if fit >= cut_off)
    return {
        "suggestions": review.suggestions(shown),
        "total": len(review.entries),
        "show": show,
        "chips": _chips(review, show),
        "accepted": review.accepted_count,
        "asked": asked,
        "groups": review.groups(),
        "left": rows,
        "left_count": sum(row.count for row in rows),
        "shortages": review.shortages,
        "forbidden": review.forbidden,
        "mentors_out": review.mentors_without_papers,
        "mentors_out_count": review.count_without_papers("mentors"),
        "mentees_out_count": review.count_without_papers("mentees"),
        "changes": review.changes[:CHANGES_SHOWN],
        "changes_more": max(len(review.changes) - CHANGES_SHOWN, 0),
        "cut_off_form": form,
        "cut_off": cut_off,
        "curve": curve_of(fits, asked, cut_off),
        "open_count": open_count,
        "accept_words": f"Принять все от {cut_off}: {open_count}",
        "mutual": sum(1 for entry in review.entries if is_mutual(entry)),
        "page_number": number,
        "next_page": number + 1 if start + ON_PAGE < len(listed) else None,
        "previous_page": number - 1 if number > 1 else None,
        "order_url": reverse("pairs:order", kwargs={"org": request.organisation.slug}),
    }


def _chips(review: Review, show: str) -> list[dict[str, Any]]:
    """All, those to decide, the accepted: with their numbers."""
    kinds = (("", "Все"), ("open", "Решить"), ("accepted", "Принятые"))
    return [
        {
            "title": title,
            "url": f"?show={kind}#proposals" if kind else "?#proposals",
            "is_current": show == kind,
            "count": len(review.entries_of(kind)),
        }
        for kind, title in kinds
    ]


def _page_number(request: OrgRequest) -> int:
    wish = request.GET.get("page", "1")
    return max(int(wish), 1) if wish.isdecimal() and len(wish) < 6 else 1
