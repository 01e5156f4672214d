"""One gathering: its card, its words, its protocol."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.defaultfilters import linebreaksbr
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from nastavnik.audit.queries import history_lines
from nastavnik.informing import audiences as plan
from nastavnik.informing import policies
from nastavnik.informing.audiences import Audience
from nastavnik.informing.forms.gatherings import GatheringForm, ProtocolForm
from nastavnik.informing.lists import STAGE_TAGS, STAGE_WORDS
from nastavnik.informing.models import Gathering, InformingCampaign
from nastavnik.informing.queries import campaign as queries
from nastavnik.informing.services import gatherings as services
from nastavnik.informing.views.common import OrgRequest, gathering_or_404, in_campaign
from nastavnik.shared.form_page import attempt, form_page
from nastavnik.shared.page import page
from nastavnik.shared.typography import date_words

FIELDS = (
    "kind",
    "title",
    "on",
    "place",
    "agenda",
    "listened",
    "decisions",
    "present_count",
    "chair",
    "secretary",
)


@page("informing.view")
def card(request: OrgRequest, gathering_id: int) -> HttpResponseBase:
    return _show(request, gathering_or_404(gathering_id))


@page("informing.edit", methods=["GET", "POST"])
@in_campaign
def new(request: OrgRequest, campaign: InformingCampaign) -> HttpResponseBase:
    """Where one more audience is told."""
    organisation = request.organisation
    asked = request.GET.get("audience", "")
    initial: dict[str, Any] = {"kind": plan.USUAL_PLACE.get(asked)}
    if asked in plan.offered(organisation.kind):
        initial["audience"] = asked
    form = GatheringForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        audiences=plan.offered(organisation.kind),
    )

    def work(data: dict[str, Any]) -> HttpResponseBase:
        row = services.plan_gathering(
            actor=request.actor, organisation=organisation, campaign=campaign, **data
        )
        messages.success(request, "Встреча записана.")
        return _back(request, row)

    context = {"org": organisation.slug}
    return form_page(request, form, work, "informing/gathering_new.html", context=context)


@page("informing.edit", methods=["GET", "POST"])
def edit(request: OrgRequest, gathering_id: int) -> HttpResponseBase:
    """Date, agenda, decision, who led."""
    row = gathering_or_404(gathering_id)
    documents = list(queries.documents_to_discuss())
    if row.discussed is not None and row.discussed not in documents:
        documents.append(row.discussed)
    form = GatheringForm(
        request.POST if request.method == "POST" else None,
        initial={name: getattr(row, name) for name in FIELDS} | {"discussed": row.discussed_id},
        documents=documents,
        is_new=False,
    )

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.change_gathering(actor=request.actor, gathering=row, **data)
        messages.success(request, "Сохранено.")
        return _back(request, row)

    context = {"row": row, "org": request.organisation.slug}
    return form_page(request, form, work, "informing/gathering_edit.html", context=context)


@page("informing.edit", methods=["POST"])
def protocol(request: OrgRequest, gathering_id: int) -> HttpResponseBase:
    """Draft the protocol and go to it: its page prints and signs it."""
    row = gathering_or_404(gathering_id)
    document = services.prepare_protocol(
        actor=request.actor, organisation=request.organisation, gathering=row
    )
    messages.success(request, "Протокол составлен. Проверьте его и подпишите.")
    return redirect("documents:card", org=request.organisation.slug, pk=document.pk)


@page("informing.edit", methods=["POST"])
def number(request: OrgRequest, gathering_id: int) -> HttpResponseBase:
    """Number and date of a protocol that is kept elsewhere."""
    row, form = gathering_or_404(gathering_id), ProtocolForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.enter_protocol(
            actor=request.actor,
            gathering=row,
            number=data["number"],
            on=data["protocol_on"],
            today=timezone.localdate(),
        )
        messages.success(request, "Протокол внесён.")
        return _back(request, row)

    return attempt(form, work) or _show(request, row, form)


@page("informing.edit", methods=["POST"])
def number_clear(request: OrgRequest, gathering_id: int) -> HttpResponseBase:
    """The number was entered by mistake."""
    row = gathering_or_404(gathering_id)
    services.enter_protocol(
        actor=request.actor, gathering=row, number="", on=None, today=timezone.localdate()
    )
    messages.success(request, "Номер и дата протокола убраны.")
    return _back(request, row)


@page("informing.edit", methods=["POST"])
def remove(request: OrgRequest, gathering_id: int) -> HttpResponseBase:
    services.remove_gathering(actor=request.actor, gathering=gathering_or_404(gathering_id))
    messages.success(request, "Встреча удалена.")
    return redirect("informing:campaign", org=request.organisation.slug)


def _back(request: OrgRequest, row: Gathering) -> HttpResponseBase:
    return redirect("informing:gathering", org=request.organisation.slug, gathering_id=row.pk)


def _show(
    request: OrgRequest, row: Gathering, form: ProtocolForm | None = None
) -> HttpResponseBase:
    today, actor = timezone.localdate(), request.actor
    stage = row.stage(today)
    typed = {"number": row.protocol_number, "protocol_on": row.protocol_on}
    context = {
        "row": row,
        "org": request.organisation.slug,
        "stage": stage,
        "stage_words": STAGE_WORDS[stage],
        "stage_tag": STAGE_TAGS[stage],
        "facts": _facts(row),
        "proof": row.proof,
        "paper_url": _paper_url(request, row),
        "may_edit": bool(policies.can_edit(actor)),
        "may_enter": bool(policies.can_enter_number(actor, row)),
        "may_prepare": bool(policies.can_prepare_protocol(actor, row)),
        "may_remove": bool(policies.can_remove(actor, row)),
        "missing": [words for name, words in services.NEEDED.items() if not getattr(row, name)],
        "form": form or ProtocolForm(initial=typed),
        "history": history_lines(row),
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "informing/gathering.html", context, status=status)


def _paper_url(request: OrgRequest, row: Gathering) -> str:
    """The page of our own protocol, while it was not thrown away."""
    paper = row.protocol
    if paper is None or not (row.has_draft or paper.is_signed):
        return ""
    return reverse("documents:card", kwargs={"org": request.organisation.slug, "pk": paper.pk})


def _facts(row: Gathering) -> list[dict[str, Any]]:
    facts = [
        ("Кому", capfirst(Audience(row.audience).label)),
        ("Дата", date_words(row.on) if row.on else "не назначена"),
        ("Место", row.place),
        ("Было человек", row.present_count or ""),
        ("Повестка", linebreaksbr(row.agenda)),
        ("Слушали", linebreaksbr(row.listened)),
        ("Решили", linebreaksbr(row.decisions)),
        ("Обсуждали", str(row.discussed) if row.discussed else ""),
        ("Председатель", row.chair),
        ("Секретарь", row.secretary),
    ]
    return [{"title": title, "value": value} for title, value in facts if value != ""]
