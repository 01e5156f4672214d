"""«Открыть опрос предпочтений» after a meeting."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.events import queries
from nastavnik.events.forms import SurveyForm
from nastavnik.events.models import EventKind, EventState
from nastavnik.events.services.survey import open_survey
from nastavnik.events.views.common import OrgRequest, event_or_404
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page
from nastavnik.surveys.services.campaigns import DAYS_OPEN


@page("surveys.edit", methods=["GET", "POST"])
def survey(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Those who were present, until a day."""
    event = event_or_404(pk)
    last = timezone.localdate() + timedelta(days=DAYS_OPEN)
    form = SurveyForm(
        request.POST if request.method == "POST" else None, initial={"closes_on": last}
    )
    if request.method == "POST" and form.is_valid():
        try:
            campaign = open_survey(
                actor=request.actor,
                organisation=request.organisation,
                event=event,
                closes_on=form.cleaned_data["closes_on"],
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Опрос открыт. Раздайте участникам личные ссылки.")
            return redirect("surveys:campaign", org=request.organisation.slug, pk=campaign.pk)
    came, _ = queries.counted(event)
    context = {
        "form": form,
        "event": event,
        "org": request.organisation.slug,
        "came": came,
        "can_open": event.state == EventState.ENDED and event.kind == EventKind.GROUP_MEETING,
    }
    return TemplateResponse(
        request, "events/survey.html", context, status=422 if form.errors else 200
    )
