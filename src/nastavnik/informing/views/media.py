"""Where the media wrote about the programme."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.informing.forms.campaign import PublicationForm
from nastavnik.informing.models import InformingCampaign
from nastavnik.informing.services import media as services
from nastavnik.informing.views.common import OrgRequest, in_campaign, publication_or_404
from nastavnik.shared.form_page import attempt
from nastavnik.shared.page import page


@page("informing.view")
@in_campaign
def media(request: OrgRequest, campaign: InformingCampaign) -> HttpResponseBase:
    return _show(request, campaign)


@page("informing.edit", methods=["POST"])
@in_campaign
def add(request: OrgRequest, campaign: InformingCampaign) -> HttpResponseBase:
    form = PublicationForm(request.POST)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.add_publication(
            actor=request.actor,
            organisation=request.organisation,
            campaign=campaign,
            today=timezone.localdate(),
            **data,
        )
        messages.success(request, "Публикация записана.")
        return redirect("informing:media", org=request.organisation.slug)

    return attempt(form, work) or _show(request, campaign, form)


@page("informing.edit", methods=["POST"])
def remove(request: OrgRequest, publication_id: int) -> HttpResponseBase:
    services.remove_publication(actor=request.actor, publication=publication_or_404(publication_id))
    messages.success(request, "Запись о публикации удалена.")
    return redirect("informing:media", org=request.organisation.slug)


def _show(
    request: OrgRequest, campaign: InformingCampaign, form: PublicationForm | None = None
) -> HttpResponseBase:
    context = {
        "rows": list(campaign.publications.all()),
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("informing.edit")),
        "form": form or PublicationForm(),
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "informing/media.html", context, status=status)
