"""«Итоги опроса»: who chose whom, for the curator alone."""

from django.http import HttpResponseBase
from django.template.response import TemplateResponse

from nastavnik.shared.page import page
from nastavnik.surveys.queries.results import results as results_of
from nastavnik.surveys.views.common import OrgRequest, campaign_or_404


@page("surveys.choices")
def results(request: OrgRequest, pk: int) -> HttpResponseBase:
    found = campaign_or_404(pk)
    context = {
        "campaign": found,
        "results": results_of(found),
        "org": request.organisation.slug,
        "may_prepare": bool(request.actor.can("documents.edit")),
    }
    return TemplateResponse(request, "surveys/results.html", context)
