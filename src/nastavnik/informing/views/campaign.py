"""«Кому рассказали»: the campaign of the year, its audiences, the booklet."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.informing import audiences as plan
from nastavnik.informing.calendar import campaign_year
from nastavnik.informing.forms.campaign import AudiencesForm
from nastavnik.informing.lists import audience_tasks
from nastavnik.informing.models import InformingCampaign
from nastavnik.informing.queries import campaign as queries
from nastavnik.informing.queries.slips import waiting
from nastavnik.informing.services import campaign as services
from nastavnik.informing.views.common import OrgRequest, in_campaign
from nastavnik.shared.form_page import form_page
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted


@page("informing.view")
def current(request: OrgRequest) -> HttpResponseBase:
    """The campaign of this school year, or the button that opens it."""
    today = timezone.localdate()
    campaign = queries.campaign_of(today)
    if campaign is not None:
        return _show(request, campaign, today)
    context = {
        "org": request.organisation.slug,
        "year": campaign_year(today),
        "may_edit": bool(request.actor.can("informing.edit")),
        "past": queries.campaigns(),
        "materials": _slips(request),
    }
    return TemplateResponse(request, "informing/empty.html", context)


@page("informing.view")
def past(request: OrgRequest, campaign_id: int) -> HttpResponseBase:
    """The campaign of any year."""
    campaign = get_object_or_404(InformingCampaign, pk=campaign_id)
    return _show(request, campaign, timezone.localdate())


@page("informing.edit", methods=["POST"])
def open_year(request: OrgRequest) -> HttpResponseBase:
    services.open_campaign(
        actor=request.actor, organisation=request.organisation, on=timezone.localdate()
    )
    messages.success(request, "Кампания открыта. Впишите даты встреч.")
    return redirect("informing:campaign", org=request.organisation.slug)


@page("informing.edit", methods=["GET", "POST"])
@in_campaign
def audiences(request: OrgRequest, campaign: InformingCampaign) -> HttpResponseBase:
    """Whom the campaign of this year tells."""
    form = AudiencesForm(
        request.POST if request.method == "POST" else None,
        offered=plan.offered(request.organisation.kind),
        initial={"codes": campaign.audiences},
    )

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.choose_audiences(
            actor=request.actor,
            organisation=request.organisation,
            campaign=campaign,
            codes=data["codes"],
        )
        messages.success(request, "Сохранено.")
        return redirect("informing:campaign", org=request.organisation.slug)

    context = {"org": request.organisation.slug}
    return form_page(request, form, work, "informing/audiences.html", context=context)


def _show(request: OrgRequest, campaign: InformingCampaign, today: date) -> HttpResponseBase:
    org = request.organisation.slug
    told = queries.told(campaign, today)
    proven = sum(one.is_proven for one in told)
    may_edit = bool(request.actor.can("informing.edit"))
    offered = plan.offered(request.organisation.kind)
    context: dict[str, Any] = {
        "campaign": campaign,
        "org": org,
        "may_edit": may_edit,
        "is_current": campaign.school_year == campaign_year(today),
        "proven": proven,
        "total": len(told),
        "proven_words": f"Подтверждено {proven} из {len(told)}",
        "tasks": audience_tasks(told, org=org, today=today, may_edit=may_edit),
        "more": [one.label for one in offered if one not in campaign.audiences],
        "materials": [*_materials(request, campaign), *_slips(request)],
        "past": [row for row in queries.campaigns() if row.pk != campaign.pk],
    }
    return TemplateResponse(request, "informing/campaign.html", context)


def _materials(request: OrgRequest, campaign: InformingCampaign) -> list[dict[str, str]]:
    """Papers and lists that help to tell; each with its count."""
    where = {"org": request.organisation.slug}
    booklet = reverse("informing:booklet", kwargs=where)
    letters = sum(row.written for row in queries.mailings(campaign))
    wrote = campaign.publications.count()
    return [
        {"icon": "print", "url": f"{booklet}?whom=parents", "text": "Буклет родителям"},
        {"icon": "print", "url": f"{booklet}?whom=staff", "text": "Буклет педагогам"},
        {
            "icon": "letter",
            "url": reverse("informing:letters", kwargs=where),
            "text": "Письма-приглашения",
            "note": counted(letters, "письмо", "письма", "писем") if letters else "",
        },
        {
            "icon": "book",
            "url": reverse("informing:media", kwargs=where),
            "text": "Публикации в СМИ",
            "note": counted(wrote, "публикация", "публикации", "публикаций") if wrote else "",
        },
    ]


def _slips(request: OrgRequest) -> list[dict[str, str]]:
    """The way to class sheets and to those who answered, for whoever may read names."""
    if not request.actor.can("slips.view"):
        return []
    where = {"org": request.organisation.slug}
    number = waiting(timezone.localdate()).number
    return [
        {
            "icon": "people",
            "url": reverse("informing:slips", kwargs=where),
            "text": "Кто хочет участвовать",
            "note": f"ждут ответа: {number}" if number else "",
        },
        {
            "icon": "print",
            "url": reverse("informing:sheets", kwargs=where),
            "text": "Объявления с QR-кодом",
        },
    ]
