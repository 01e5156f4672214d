"""The whole roadmap on its way: to agreement, the protocol of a council, a new version, closing."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from nastavnik.roadmaps.forms.states import ProtocolForm, SendForm, WordsForm
from nastavnik.roadmaps.protocols import offered_protocols
from nastavnik.roadmaps.services import states, versions
from nastavnik.roadmaps.services.paperwork import prepare_approving_order
from nastavnik.roadmaps.services.states import Protocol
from nastavnik.roadmaps.views.common import OrgRequest, about, roadmap_or_404, to_board
from nastavnik.shared.form_page import form_page
from nastavnik.shared.page import page


@page("roadmaps.edit", methods=["GET", "POST"])
def send(request: OrgRequest, pk: int) -> HttpResponseBase:
    """To the coordinator or to a council."""
    roadmap = roadmap_or_404(pk)
    form = SendForm(request.POST or None)

    def work(values: dict[str, Any]) -> HttpResponseBase:
        states.send_to_agreement(
            actor=request.actor, roadmap=roadmap, by=values["by"], council=values["council"]
        )
        messages.success(request, "Карта отправлена на согласование. Пункты пока не меняются.")
        return to_board(request, roadmap)

    context = {
        **about(request, roadmap),
        "title": "Отправить на согласование",
        "button": "Отправить на согласование",
        "hint": "Пока карту согласуют, её пункты и сроки не меняются. "
        "Если вернут с замечаниями, исправите и отправите снова.",
    }
    return form_page(request, form, work, "roadmaps/form.html", context=context)


@page("roadmaps.edit", methods=["GET", "POST"])
def agreed(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The decision of a council by its protocol."""
    roadmap = roadmap_or_404(pk)
    form = ProtocolForm(request.POST or None, offers=offered_protocols())

    def work(_values: dict[str, Any]) -> HttpResponseBase:
        states.agree(actor=request.actor, roadmap=roadmap, protocol=Protocol(*form.protocol))
        messages.success(request, "Карта согласована. Осталось утвердить её приказом.")
        return to_board(request, roadmap)

    context = {
        **about(request, roadmap),
        "title": "Протокол совета",
        "button": "Карта согласована",
        "hint": f"Согласует: {roadmap.agreement_body}." if roadmap.agreement_body else "",
    }
    return form_page(request, form, work, "roadmaps/form.html", context=context)


@page("roadmaps.edit", methods=["GET", "POST"])
def returned(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The council did not agree: its remark to the whole roadmap."""
    roadmap = roadmap_or_404(pk)
    form = WordsForm(request.POST or None, label="Что попросили исправить")

    def work(values: dict[str, Any]) -> HttpResponseBase:
        states.return_with_comments(actor=request.actor, roadmap=roadmap, words=values["words"])
        messages.success(request, "Карта возвращена: исправьте пункты и отправьте снова.")
        return to_board(request, roadmap)

    context = {
        **about(request, roadmap),
        "title": "Вернуть на доработку",
        "button": "Вернуть на доработку",
        "hint": "",
    }
    return form_page(request, form, work, "roadmaps/form.html", context=context)


@page("documents.edit", methods=["POST"])
def order(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Draft the order that approves an agreed roadmap."""
    roadmap = roadmap_or_404(pk)
    document = prepare_approving_order(
        actor=request.actor, roadmap=roadmap, on=timezone.localdate()
    )
    messages.success(request, "Проект приказа готов. Проверьте его и отправьте на подпись.")
    return redirect("documents:card", org=request.organisation.slug, pk=document.pk)


@page("roadmaps.edit", methods=["POST"])
def version(request: OrgRequest, pk: int) -> HttpResponseBase:
    draft = versions.new_version(actor=request.actor, roadmap=roadmap_or_404(pk))
    messages.success(
        request, f"Готова версия {draft.version}. Прежняя действует, пока не утвердите новую."
    )
    return to_board(request, draft)


@page("roadmaps.edit", methods=["GET", "POST"])
def close(request: OrgRequest, pk: int) -> HttpResponseBase:
    roadmap = roadmap_or_404(pk)
    form = WordsForm(
        request.POST or None, label="Чем закончилась карта", hint="Одна-две фразы для архива"
    )

    def work(values: dict[str, Any]) -> HttpResponseBase:
        states.close_roadmap(actor=request.actor, roadmap=roadmap, words=values["words"])
        messages.success(request, "Дорожная карта закрыта и хранится как была.")
        return to_board(request, roadmap)

    context = {
        **about(request, roadmap),
        "title": "Закрыть дорожную карту",
        "button": "Закрыть карту",
        "hint": "Закрытую карту не меняют. Новую составляют из шаблона или из файла.",
    }
    return form_page(request, form, work, "roadmaps/form.html", context=context)
