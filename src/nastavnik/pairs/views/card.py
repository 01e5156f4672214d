"""The card of a pair and the small steps made from it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.library.queries import title_of
from nastavnik.pairs.facts import PairFacts, facts_of
from nastavnik.pairs.forms.answers import AnswerForm
from nastavnik.pairs.forms.pairs import AddendumForm, ReasonForm
from nastavnik.pairs.lists import STATE_TAGS, form_words, state_words, term_words
from nastavnik.pairs.models import (
    BEFORE_ORDER,
    HOLDING_STATES,
    AnswerWay,
    Newcomer,
    Pair,
    PairState,
)
from nastavnik.pairs.notices import has_notices
from nastavnik.pairs.queries import cards
from nastavnik.pairs.queries.ordering import obstacle
from nastavnik.pairs.queries.parts import slices_of, told_reasons, told_score
from nastavnik.pairs.rules import is_staff_pair, told
from nastavnik.pairs.services import answers, changing, composing
from nastavnik.pairs.services.standing import WATCHED
from nastavnik.pairs.views.common import OrgRequest, get_or_404, pair_or_404
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import Form, apply_domain_error
from nastavnik.shared.page import page


@page("pairs.view")
def card(request: OrgRequest, pk: int) -> HttpResponseBase:
    return _show(request, pair_or_404(pk))


@page("pairs.edit", methods=["POST"])
def decline(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Take the pair off before the order."""
    pair, form = pair_or_404(pk), ReasonForm(request.POST)
    if form.is_valid():
        try:
            composing.decline_pair(
                actor=request.actor, pair=pair, reason=form.cleaned_data["reason"]
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Пара отклонена, участники вернулись в базу.")
            return _to_card(request, pair)
    return _show(request, pair_or_404(pk), reason_form=form)


@page("pairs.edit", methods=["POST"])
def addendum(request: OrgRequest, pk: int) -> HttpResponseBase:
    pair, form = pair_or_404(pk), AddendumForm(request.POST)
    if form.is_valid():
        composing.set_addendum(
            actor=request.actor, pair=pair, addendum=form.cleaned_data["addendum"]
        )
        messages.success(request, "Дополнительное соглашение указано.")
        return _to_card(request, pair)
    return _show(request, pair, addendum_form=form)


@page("pairs.edit", methods=["POST"])
def lock(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Keep the pair as it is, or let it go."""
    pair = pair_or_404(pk)
    composing.set_lock(actor=request.actor, pair=pair, is_locked=not pair.is_locked)
    return _to_card(request, pair)


@page("pairs.edit", methods=["POST"])
def answer(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The curator notes what one participant said."""
    pair, form = pair_or_404(pk), AnswerForm(request.POST)
    if not form.is_valid():
        raise Http404
    reply = get_or_404(pair.answers.all(), person_id=form.cleaned_data["person"])
    answers.answer(
        actor=request.actor,
        reply=reply,
        is_yes=form.cleaned_data["is_yes"],
        way=AnswerWay.SPOKEN,
        on=timezone.localdate(),
    )
    messages.success(request, "Ответ отмечен.")
    return _to_card(request, pair)


def _to_card(request: OrgRequest, pair: Pair) -> HttpResponseRedirect:
    return redirect("pairs:card", org=request.organisation.slug, pk=pair.pk)


def _show(request: OrgRequest, pair: Pair, **bound: Form) -> HttpResponseBase:
    today = timezone.localdate()
    facts = facts_of(pair)
    is_open = pair.state in BEFORE_ORDER | HOLDING_STATES | {PairState.IN_ORDER}
    found = cards.obstacles_of(facts, today) if is_open else []
    may_edit = bool(request.actor.can("pairs.edit"))
    waiting = changing.newcomers_of(pair) if pair.is_group and pair.state in WATCHED else []
    context: dict[str, Any] = {
        "pair": pair,
        "facts": facts,
        "title": _title(facts),
        "state_tag": STATE_TAGS[pair.state],
        "state_words": state_words(pair.state),
        "dots": cards.passport(facts, found),
        "blockers": [_blocker_row(request, pair, blocker) for blocker in told(found)],
        "notes": cards.notes_of(facts) if is_open else [],
        "answers": cards.answer_rows(facts),
        "reasons": told_reasons(pair.reasons),
        "fit": told_score(pair.fit_0_100, pair.reasons),
        "slices": slices_of(told_reasons(pair.reasons)) if not pair.is_group else (),
        "rows": _rows(pair),
        "history": cards.history(pair),
        "reason_form": ReasonForm(auto_id="decline_%s"),
        "addendum_form": AddendumForm(initial={"addendum": pair.addendum}, auto_id="addendum_%s"),
        "org": request.organisation.slug,
        "may_edit": may_edit,
        "may_decline": may_edit and pair.state in BEFORE_ORDER,
        "may_answer": may_edit and pair.state in answers.ANSWERABLE,
        "newcomers": _newcomers(request, facts, waiting),
        "steps": _steps(request, facts, is_expected=any(n.order_id is None for n in waiting))
        if may_edit
        else [],
        "may_act": pair.state in BEFORE_ORDER | HOLDING_STATES,
        "has_notices": pair.order is not None
        and has_notices(pair.order)
        and pair.state in HOLDING_STATES,
        "is_staff_pair": is_staff_pair(facts),
        **bound,
    }
    failed = any(form.errors for form in bound.values())
    return TemplateResponse(request, "pairs/card.html", context, status=422 if failed else 200)


def _newcomers(
    request: OrgRequest, facts: PairFacts, waiting: list[Newcomer]
) -> list[dict[str, Any]]:
    """Those who wait for the order of a group at work: their answer and what they lack."""
    today = timezone.localdate()
    lacking = changing.newcomer_blockers(facts, waiting, today)
    answers = {a.person_id: a for a in facts.pair.answers.all()}
    return [
        {
            "row": cards.AnswerRow(person, "", answers.get(person.pk)),
            "newcomer": newcomer,
            "obstacles": [
                obstacle(request.organisation, facts.pair, blocker)
                for blocker in told(lacking[person.pk])
                if blocker.code != "answer"
            ],
        }
        for newcomer in waiting
        for person in (newcomer.mentee.person,)
    ]


def _steps(request: OrgRequest, facts: PairFacts, *, is_expected: bool) -> list[dict[str, str]]:
    """What may be done next, each with the page of its form; `is_expected`: somebody waits to join."""
    pair, count = facts.pair, len(facts.mentees)
    holds, changes = pair.state in HOLDING_STATES, pair.is_group and pair.state in WATCHED
    group = pair.is_group and (holds or pair.state in BEFORE_ORDER)
    agreed = pair.state == PairState.AGREED and pair.replaces_id is not None
    found = [
        ("replace-order", "Составить приказ о замене", agreed),
        ("add", "Добавить участника", changes or (group and not holds)),
        ("change-order", "Составить приказ о составе", changes and is_expected),
        (
            "change-order",
            "Преобразовать в пару приказом",
            changes and count == 1 and not is_expected,
        ),
        ("leave", "Участник выходит из группы", group and count > 1),
        ("complete", "Программа выполнена", holds),
        ("replace", "Заменить наставника", holds),
        ("end", "Завершить приказом", holds),
    ]
    where = {"org": request.organisation.slug, "pk": pair.pk}
    return [
        {"text": text, "url": reverse(f"pairs:{name}", kwargs=where)}
        for name, text, is_open in found
        if is_open
    ]


def _title(facts: PairFacts) -> str:
    return f"{facts.mentor.short_name} — {', '.join(m.short_name for m in facts.mentees)}"


def _blocker_row(request: OrgRequest, pair: Pair, blocker: Any) -> dict[str, str]:
    found = obstacle(request.organisation, pair, blocker)
    return {
        "title": blocker.sentence,
        "text": f"Может дать: {blocker.who}.",
        "url": found.url,
        "link": found.link,
    }


def _rows(pair: Pair) -> list[dict[str, str]]:
    order = str(pair.order) if pair.order else pair.foreign_order
    kinds = ", ".join(title_of("kinds", code) for code in pair.kinds)
    role_model = title_of("role_models", pair.role_model) if pair.role_model else ""
    rows = [
        ("Форма", form_words(pair.form)),
        ("Вид", kinds),
        ("Ролевая модель", role_model),
        ("Срок", term_words(pair.starts_on, pair.ends_on)),
        ("Приказ", order),
        ("Откуда", pair.get_source_display()),
        ("Дополнительное соглашение", pair.addendum),
        ("Причина завершения", pair.end_reason),
        ("Причина приостановки", pair.pause_reason),
    ]
    optional = {"Дополнительное соглашение", "Причина завершения", "Причина приостановки"}
    return [{"title": t, "value": v} for t, v in rows if v or t not in optional]
