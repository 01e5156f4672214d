"""«Подбор»: the curator reviews what was proposed and decides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.matching.models import MatchRule, MatchRun, RuleKind
from nastavnik.matching.queries import able_mentors, last_run, waiting_mentees
from nastavnik.matching.services import drop_rule, set_rule
from nastavnik.pairs.forms.matching import (
    CombinationForm,
    CutOffForm,
    ForbidForm,
    MenteeForm,
    MentorForm,
    WeightsForm,
)
from nastavnik.pairs.queries.review import Review, shortage
from nastavnik.pairs.services import proposals
from nastavnik.pairs.views.common import OrgRequest, get_or_404
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import Form, apply_domain_error
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

ON_PAGE = 20
PAIR_WORDS = ("пара", "пары", "пар")
LOCK_REASON = "решение куратора"


@page("matching.view")
def match(request: OrgRequest) -> HttpResponseBase:
    return _show(request)


@page("matching.edit", methods=["POST"])
def propose(request: OrgRequest) -> HttpResponseBase:
    """Make the proposal anew with the weights of the form, or with those kept."""
    run = last_run()
    form = WeightsForm(request.POST, weights=run.weights if run else None)
    has_weights = any(name in request.POST for name in form.fields)
    if has_weights and not form.is_valid():
        return _show(request, weights_form=form, status=422)
    made = proposals.propose_pairs(
        actor=request.actor,
        organisation=request.organisation,
        on=timezone.localdate(),
        weights=form.cleaned_data if has_weights else (run.weights if run else None),
    )
    number = len(made.result["chosen"])
    messages.success(request, f"Предложено: {counted(number, *PAIR_WORDS)}.")
    return redirect("pairs:match", org=request.organisation.slug)


@page("matching.edit", methods=["POST"])
def accept(request: OrgRequest) -> HttpResponseBase:
    form = MenteeForm(request.POST)
    if not form.is_valid():
        raise Http404
    mentee_id = form.cleaned_data["mentee"]
    done = _accept(request, mentee_ids={mentee_id})
    if not done.made and not done.refused:
        raise Http404
    return _back(request, f"#m{mentee_id}")


@page("matching.edit", methods=["POST"])
def accept_all(request: OrgRequest) -> HttpResponseBase:
    """Everything from the cut-off up."""
    form = CutOffForm(request.POST)
    if not form.is_valid():
        return _show(request, cut_off_form=form, status=422)
    _accept(request, least_fit=form.cleaned_data["least_fit"])
    return _back(request)


def _accept(request: OrgRequest, **chosen: Any) -> proposals.Accepted:
    done = proposals.accept_proposals(
        actor=request.actor,
        organisation=request.organisation,
        run=_run_or_404(),
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
    pair = proposals.accept_group(
        actor=request.actor,
        organisation=request.organisation,
        run=_run_or_404(),
        mentor_id=form.cleaned_data["mentor"],
        on=timezone.localdate(),
    )
    messages.success(request, "Составлена группа. Теперь спросите участников.")
    return redirect("pairs:card", org=request.organisation.slug, pk=pair.pk)


@page("matching.view", methods=["GET", "POST"])
def options(request: OrgRequest, mentee_id: int) -> HttpResponseBase:
    """«Другой наставник»: every stored choice for one mentee, compared with the proposed one."""
    run = _run_or_404()
    review = Review(run)
    found = review.choices_for(mentee_id)
    if found is None:
        raise Http404
    form = MentorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            pair = proposals.accept_other(
                actor=request.actor,
                organisation=request.organisation,
                run=run,
                mentee_id=mentee_id,
                mentor_id=form.cleaned_data["mentor"],
                on=timezone.localdate(),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Пара составлена. Теперь спросите участников.")
            return redirect("pairs:card", org=request.organisation.slug, pk=pair.pk)
    suggestion = review.suggestion_for(mentee_id)
    context = {
        "mentee": found[0],
        "suggestion": suggestion,
        "rivals": suggestion.rivals if suggestion else found[1],
        "form": form,
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("matching.edit")),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "pairs/options.html", context, status=status)


@page("matching.edit", methods=["POST"])
def forbid(request: OrgRequest) -> HttpResponseBase:
    """Never propose this combination again, with the reason."""
    form = ForbidForm(request.POST)
    if form.is_valid():
        _rule(request, form, RuleKind.FORBID, form.cleaned_data["reason"])
        messages.success(request, "Больше не будем предлагать. Предложите пары заново.")
    else:
        messages.warning(request, "Напишите в двух словах, почему не предлагать.")
    return _back(request)


@page("matching.edit", methods=["POST"])
def lock(request: OrgRequest) -> HttpResponseBase:
    """Keep this combination in every later proposal."""
    form = CombinationForm(request.POST)
    if not form.is_valid():
        raise Http404
    _rule(request, form, RuleKind.LOCK, LOCK_REASON)
    return _back(request, f"#m{form.cleaned_data['mentee']}")


def _rule(request: OrgRequest, form: Form, kind: RuleKind, reason: str) -> None:
    set_rule(
        actor=request.actor,
        mentee=get_or_404(MenteeProfile.objects.all(), pk=form.cleaned_data["mentee"]),
        mentor=get_or_404(MentorProfile.objects.all(), pk=form.cleaned_data["mentor"]),
        kind=kind,
        reason=reason,
    )


@page("matching.edit", methods=["POST"])
def undo_rule(request: OrgRequest, pk: int) -> HttpResponseBase:
    drop_rule(actor=request.actor, rule=get_or_404(MatchRule.objects.all(), pk=pk))
    return _back(request)


def _run_or_404() -> MatchRun:
    run = last_run()
    if run is None:
        raise Http404
    return run


def _back(request: OrgRequest, anchor: str = "") -> HttpResponseBase:
    page_number = request.POST.get("page", "")
    query = f"?page={page_number}" if page_number.isdecimal() else ""
    address = reverse("pairs:match", kwargs={"org": request.organisation.slug})
    return redirect(f"{address}{query}{anchor}")


def _show(
    request: OrgRequest,
    *,
    weights_form: WeightsForm | None = None,
    cut_off_form: CutOffForm | None = None,
    status: int = 200,
) -> HttpResponseBase:
    run = last_run()
    context: dict[str, Any] = {
        "run": run,
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("matching.edit")),
        "weights_form": weights_form or WeightsForm(weights=run.weights if run else None),
        "cut_off_form": cut_off_form or CutOffForm(),
        "forbidden": list(
            MatchRule.objects.filter(kind=RuleKind.FORBID).select_related(
                "mentee__person", "mentor__person"
            )
        ),
    }
    if run is None:
        context |= {"mentees": waiting_mentees().count(), "mentors": able_mentors().count()}
    else:
        context |= _review_context(request, run)
    return TemplateResponse(request, "pairs/match.html", context, status=status)


def _review_context(request: OrgRequest, run: MatchRun) -> dict[str, Any]:
    review = Review(run)
    wish = request.GET.get("page", "1")
    number = int(wish) if wish.isdecimal() and len(wish) < 6 else 1
    start = max(number - 1, 0) * ON_PAGE
    total = len(review.entries)
    left = review.left_over()
    return {
        "suggestions": review.suggestions(start, start + ON_PAGE),
        "total": total,
        "accepted": review.accepted_count,
        "asked": total + len(run.result["unmatched"]),
        "groups": review.groups(),
        "left": left,
        "left_count": sum(len(row.people) for row in left),
        "shortage": shortage(run),
        "page_number": number,
        "next_page": number + 1 if start + ON_PAGE < total else None,
        "previous_page": number - 1 if number > 1 else None,
        "order_url": reverse("pairs:order", kwargs={"org": request.organisation.slug}),
    }
