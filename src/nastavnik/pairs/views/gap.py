"""«Нехватка»: whom we lack, what would help, a letter to partners."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.documents.views.common import docx_response
from nastavnik.pairs.forms.gap import GapForm
from nastavnik.pairs.letters import partners_letter
from nastavnik.pairs.queries.gap import gap, lacking_topics, problem_now
from nastavnik.pairs.views.common import OrgRequest
from nastavnik.shared.page import page


@page("matching.view")
def shortage(request: OrgRequest) -> HttpResponseBase:
    """Demand and supply by topic; with a question in the address, what would change."""
    problem = problem_now(timezone.localdate())
    found = gap(problem)
    lacking = lacking_topics(found)
    topic = lacking[0].topic if lacking else ""
    form = GapForm(request.GET, topic=topic)
    if form.is_bound and form.is_valid():
        found = gap(problem, form.change())
    context = {
        "gap": found,
        "form": form,
        "org": request.organisation.slug,
        "has_letter": bool(lacking),
    }
    return TemplateResponse(request, "pairs/gap.html", context)


@page("matching.view")
def letter(request: OrgRequest) -> HttpResponseBase:
    """The draft of a letter to partners that lists what lacks."""
    found = gap(problem_now(timezone.localdate()))
    if not lacking_topics(found):
        messages.info(request, "Мест хватает: писать партнёрам пока не о чем.")
        return redirect("pairs:gap", org=request.organisation.slug)
    content = partners_letter(request.organisation, found)
    return docx_response(content, "Письмо партнёрам о наставниках")
