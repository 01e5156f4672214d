"""Steps of a pair that have a form of their own: completing, another mentor, people of a group."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from nastavnik.pairs.facts import facts_of
from nastavnik.pairs.forms.ending import (
    AddForm,
    ChangeOrderForm,
    CompleteForm,
    LeaveForm,
    ReplaceForm,
    ReplaceOrderForm,
)
from nastavnik.pairs.forms.pairs import mentees_and_mentors
from nastavnik.pairs.models import BEFORE_ORDER, Pair
from nastavnik.pairs.queries.cards import reason_of_replacement
from nastavnik.pairs.queries.ordering import usual_start
from nastavnik.pairs.services import changing, composing, ending, ending_orders, replacing
from nastavnik.pairs.views.common import OrgRequest, get_or_404, pair_or_404
from nastavnik.shared.form_page import form_page
from nastavnik.shared.forms import Form
from nastavnik.shared.page import page

Said = tuple[str, str, int]  # the message, then the page to open and its row


@page("pairs.edit", methods=["GET", "POST"])
def complete(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The programme is done: the pair ends by the record of its results."""
    pair = pair_or_404(pk)
    form = CompleteForm(request.POST or None, initial={"on": timezone.localdate()})

    def act() -> Said:
        ending.close_pair(
            actor=request.actor, pair=pair, reason="программа выполнена", **form.cleaned_data
        )
        return "Пара завершена, результаты записаны.", "pairs:card", pair.pk

    return _step(request, pair, form, act, "Программа выполнена", "Завершить пару")


@page("pairs.edit", methods=["GET", "POST"])
def replace(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Propose another mentor; the pair works until the order of replacement is signed."""
    pair = pair_or_404(pk)
    _, mentors = mentees_and_mentors()
    form = ReplaceForm(
        request.POST or None,
        mentors=mentors.exclude(pk=pair.mentor_id),
        initial={"starts_on": usual_start(timezone.localdate())},
    )

    def act() -> Said:
        successor = replacing.propose_successor(
            actor=request.actor,
            organisation=request.organisation,
            pair=pair,
            **form.cleaned_data,
        )
        said = "Новый наставник предложен. Спросите участников, потом составьте приказ о замене."
        return said, "pairs:card", successor.pk

    return _step(request, pair, form, act, "Заменить наставника", "Предложить замену")


@page("documents.edit", methods=["GET", "POST"])
def replace_order(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Draft the order by which the agreed successor takes over."""
    pair = pair_or_404(pk)
    reason = reason_of_replacement(pair.replaces) if pair.replaces else ""
    initial = {"starts_on": pair.starts_on, "reason": reason}
    form = ReplaceOrderForm(request.POST or None, initial=initial)

    def act() -> Said:
        document = ending_orders.prepare_replace_order(
            actor=request.actor,
            organisation=request.organisation,
            successor=pair,
            **form.cleaned_data,
        )
        said = "Проект приказа о замене составлен. Прежняя пара работает, пока он не подписан."
        return said, "documents:card", document.pk

    return _step(request, pair, form, act, "Приказ о замене наставника", "Составить приказ")


@page("pairs.edit", methods=["GET", "POST"])
def add(request: OrgRequest, pk: int) -> HttpResponseBase:
    """One more mentee of a group; a group at work waits for the newcomer's answer and an order."""
    pair = pair_or_404(pk)
    mentees, _ = mentees_and_mentors()
    free = mentees.exclude(places__pair=pair).exclude(waits_for__pair=pair)
    form = AddForm(request.POST or None, mentees=free)

    def act() -> Said:
        mentee = form.cleaned_data["mentee"]
        if pair.state in BEFORE_ORDER:
            composing.add_to_group(actor=request.actor, pair=pair, mentee=mentee)
            return "Участник добавлен. Получите его ответ.", "pairs:card", pair.pk
        changing.propose_newcomer(actor=request.actor, pair=pair, mentee=mentee)
        said = "Участник приглашён. Получите его ответ, потом составьте приказ о составе."
        return said, "pairs:card", pair.pk

    return _step(request, pair, form, act, "Добавить участника", "Добавить участника")


@page("pairs.edit", methods=["POST"])
def withdraw_newcomer(request: OrgRequest, pk: int, newcomer_id: int) -> HttpResponseBase:
    """Take back the invitation of a newcomer."""
    pair = pair_or_404(pk)
    newcomer = get_or_404(pair.newcomers.select_related("mentee__person"), pk=newcomer_id)
    changing.withdraw_newcomer(actor=request.actor, newcomer=newcomer)
    messages.success(request, "Приглашение снято.")
    return redirect("pairs:card", org=request.organisation.slug, pk=pair.pk)


@page("pairs.edit", methods=["GET", "POST"])
def leave(request: OrgRequest, pk: int) -> HttpResponseBase:
    """A mentee leaves the group."""
    pair = pair_or_404(pk)
    members = [(m.mentee_id, m.mentee.person.full_name) for m in facts_of(pair).members]
    initial = {"on": timezone.localdate()}
    form = LeaveForm(request.POST or None, members=members, initial=initial)

    def act() -> Said:
        told = ending.leave_group(actor=request.actor, pair=pair, **form.cleaned_data)
        return f"Участник вышел из группы. {told}".strip(), "pairs:card", pair.pk

    return _step(request, pair, form, act, "Выход из группы", "Записать выход")


@page("documents.edit", methods=["GET", "POST"])
def change_order(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Draft the additional order: newcomers join the group, or the group of one becomes a pair."""
    pair = pair_or_404(pk)
    initial = {"starts_on": usual_start(timezone.localdate())}
    form = ChangeOrderForm(request.POST or None, initial=initial)

    def act() -> Said:
        document = changing.prepare_change_order(
            actor=request.actor,
            organisation=request.organisation,
            pair=pair,
            **form.cleaned_data,
        )
        said = "Проект приказа составлен. Состав изменится, когда его подпишут."
        return said, "documents:card", document.pk

    return _step(request, pair, form, act, "Приказ о составе группы", "Составить приказ")


def _step(  # noqa: PLR0917 -- private
    request: OrgRequest, pair: Pair, form: Form, act: Callable[[], Said], title: str, button: str
) -> HttpResponseBase:
    """The page of one step: do it and go on, or show the form with its errors."""
    org = request.organisation.slug

    def work(_data: dict[str, Any]) -> HttpResponseBase:
        said, where, row = act()
        messages.success(request, said)
        return redirect(where, org=org, pk=row)

    context = {"pair": pair, "title": title, "button": button, "org": org}
    return form_page(request, form, work, "pairs/step.html", context=context)
