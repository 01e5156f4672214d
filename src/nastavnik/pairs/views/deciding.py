"""«Другой наставник», «Закрепить», «Не предлагать»: decisions about a proposal, and undoing them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.matching.models import ChangeKind, MatchChange, MatchRule, MatchRun
from nastavnik.matching.queries import able_mentors
from nastavnik.matching.services import draft
from nastavnik.pairs.forms.matching import ComparedMentorForm, DecisionForm, UndoForm
from nastavnik.pairs.queries.proposed import Suggestion
from nastavnik.pairs.queries.review import Review
from nastavnik.pairs.queries.versus import Versus, signed, versus
from nastavnik.pairs.services import proposals
from nastavnik.pairs.views.common import OrgRequest, card_url, get_or_404, review_or_404
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.shared.form_page import attempt, form_page
from nastavnik.shared.page import page
from nastavnik.shared.verdict import demand

ANEW = "anew"
COUPLE = ("mentee__person", "mentor__person")
DONE = {
    ChangeKind.CHOOSE: "Выбран другой наставник. Примите пару, когда решите.",
    ChangeKind.LOCK: "Закреплено: в следующих подборах эта пара останется.",
    ChangeKind.FORBID: "Больше не будем предлагать. Предложите пары заново.",
}


@page("matching.view")
def options(request: OrgRequest, mentee_id: int) -> HttpResponseBase:
    """«Другой наставник»: every stored choice for one mentee, and any other to compare with."""
    form = ComparedMentorForm(request.GET)
    if form.is_valid() and form.cleaned_data["mentor"]:
        return redirect(
            "pairs:match-decide",
            org=request.organisation.slug,
            mentee_id=mentee_id,
            mentor_id=form.cleaned_data["mentor"],
        )
    review = review_or_404(request)
    review.load_mentee(mentee_id)
    mentee = review.mentee(mentee_id)
    if mentee is None:
        raise Http404
    rivals = review.rivals_for(mentee_id)
    listed = {rival.mentor.pk for rival in rivals}
    context = {
        "mentee": mentee,
        "suggestion": review.suggestion_for(mentee_id),
        "rivals": rivals,
        "others": [m for m in able_mentors() if m.pk not in listed],
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("matching.edit")),
    }
    return TemplateResponse(request, "pairs/options.html", context)


@page("matching.view", methods=["GET", "POST"])
def decide(request: OrgRequest, mentee_id: int, mentor_id: int) -> HttpResponseBase:
    """One mentee with one mentor beside the proposal: why (not), and what to do about it."""
    review = review_or_404(request)
    review.load_mentee(mentee_id, [mentor_id])
    mentee = review.mentee(mentee_id)
    mentor = get_or_404(MentorProfile.objects.select_related("person"), pk=mentor_id)
    if mentee is None:
        raise Http404
    suggestion = review.suggestion_for(mentee_id)
    found = versus(review, mentee_id, mentor_id)
    choices = _choices(review, suggestion, mentee, mentor, found)
    wish = request.GET.get("do", "")
    first = wish if wish in dict(choices) else next((code for code, _ in choices), "")
    form = DecisionForm(request.POST or None, choices=choices, initial={"what": first})
    if request.method == "POST":
        demand(request.actor.can("matching.edit"))

        def work(data: dict[str, Any]) -> HttpResponseBase:
            return _decided(request, review.run, mentee, mentor, data)

        if (answer := attempt(form, work)) is not None:
            return answer
    context = {
        "mentee": mentee,
        "mentor": mentor,
        "suggestion": suggestion,
        "is_proposed": suggestion is not None and suggestion.mentor.pk == mentor.pk,
        "versus": found,
        "is_taken": review.is_taken(mentee_id, mentor_id),
        "total_difference": signed(found.fit - suggestion.fit) if found and suggestion else "",
        "form": form if choices else None,
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("matching.edit")),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "pairs/match_decide.html", context, status=status)


def _choices(
    review: Review,
    suggestion: Suggestion | None,
    mentee: MenteeProfile,
    mentor: MentorProfile,
    found: Versus | None,
) -> list[tuple[str, str]]:
    """What may be done: nothing once the pair is made or when the run does not know the mentor."""
    if found is None or (suggestion is not None and suggestion.pair is not None):
        return []
    if found.refusal:
        return []
    forbid = [(ChangeKind.FORBID.value, "Не предлагать эту пару")]
    if suggestion is not None and suggestion.mentor.pk == mentor.pk:
        lock = [] if suggestion.is_locked else [(ChangeKind.LOCK.value, "Закрепить эту пару")]
        return [*lock, *forbid]
    if review.is_taken(mentee.pk, mentor.pk):
        return forbid
    if review.is_full(mentee.pk, mentor.pk):
        return [(ANEW, "Закрепить и пересчитать остальных: его места сейчас у других"), *forbid]
    return [(ChangeKind.CHOOSE.value, "Выбрать этого наставника"), *forbid]


def _decided(
    request: OrgRequest,
    run: MatchRun,
    mentee: MenteeProfile,
    mentor: MentorProfile,
    values: dict[str, Any],
) -> HttpResponseBase:
    about: dict[str, Any] = {"actor": request.actor, "run": run, "mentee": mentee, "mentor": mentor}
    reason, what = values["why"], values["what"]
    if what == ANEW:
        made = proposals.hold_and_propose_anew(
            **about, organisation=request.organisation, reason=reason, on=timezone.localdate()
        )
        org = request.organisation.slug
        if made.is_unfinished:
            return redirect("pairs:match-run", org=org, pk=made.pk)
        messages.success(request, "Пара закреплена, остальные пересчитаны. Вот что изменилось.")
        return redirect("pairs:match-compare", org=org, first=run.pk, second=made.pk)
    service = {
        ChangeKind.CHOOSE: draft.choose_mentor,
        ChangeKind.LOCK: draft.lock_pair,
        ChangeKind.FORBID: draft.forbid_pair,
    }[ChangeKind(what)]
    service(**about, reason=reason)
    messages.success(request, DONE[ChangeKind(what)])
    return redirect(card_url(request, mentee.pk))


@page("matching.edit", methods=["GET", "POST"])
def undo(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Take one decision of the log back, with a word of reason."""
    change = get_or_404(MatchChange.objects.select_related("run", *COUPLE), pk=pk)

    def take_back(reason: str) -> None:
        draft.undo_change(actor=request.actor, change=change, reason=reason)

    return _taken_back(request, change, take_back)


@page("matching.edit", methods=["GET", "POST"])
def undo_rule(request: OrgRequest, pk: int) -> HttpResponseBase:
    """«Открепить», «Вернуть»: take a standing wish back, with a word of reason."""
    rule = get_or_404(MatchRule.objects.select_related(*COUPLE), pk=pk)

    def take_back(reason: str) -> None:
        draft.drop_rule(actor=request.actor, rule=rule, reason=reason)

    return _taken_back(request, rule, take_back)


def _taken_back(
    request: OrgRequest, decision: MatchChange | MatchRule, take_back: Callable[[str], None]
) -> HttpResponseBase:
    """Ask why, take the decision back and return to the mentee's card."""
    form = UndoForm(request.POST if request.method == "POST" else None)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        take_back(data["why"])
        messages.success(request, "Решение отменено.")
        return redirect(card_url(request, decision.mentee_id))

    context = {"decision": decision, "org": request.organisation.slug}
    return form_page(request, form, work, "pairs/match_undo.html", context=context)


@page("matching.view")
def changes(request: OrgRequest) -> HttpResponseBase:
    """The whole log of decisions about the run under review."""
    review = review_or_404(request)
    context = {
        "changes": review.changes,
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("matching.edit")),
    }
    return TemplateResponse(request, "pairs/match_changes.html", context)
