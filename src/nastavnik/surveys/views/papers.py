"""Paper forms to print and «Анализ анкет» for «Дело»."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from nastavnik.documents.views.common import docx_response
from nastavnik.shared.page import page
from nastavnik.surveys.services import papers
from nastavnik.surveys.views.common import OrgRequest, campaign_or_404


@page("surveys.edit")
def forms(request: OrgRequest, pk: int) -> HttpResponseBase:
    """One file with a form for everybody who has not answered."""
    found = campaign_or_404(pk)
    content = papers.forms_docx(request.organisation, found, timezone.localdate())
    return docx_response(content, f"Анкеты предпочтений {found.pk}")


@page("surveys.choices", methods=["POST"])
def analysis(request: OrgRequest, pk: int) -> HttpResponseBase:
    document = papers.prepare_analysis(actor=request.actor, campaign=campaign_or_404(pk))
    messages.success(request, "Анализ составлен. Проверьте его и зарегистрируйте.")
    return redirect("documents:card", org=request.organisation.slug, pk=document.pk)
