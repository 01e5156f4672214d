"""The booklet: on the screen as it prints, and in Word."""

from typing import Any

from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.accounts.queries import in_office
from nastavnik.documents import rendering
from nastavnik.documents.views.common import docx_response
from nastavnik.informing import papers
from nastavnik.informing.calendar import campaign_year
from nastavnik.informing.forms.campaign import BookletForm
from nastavnik.informing.views.common import OrgRequest
from nastavnik.pairs.models import InstitutionProgramme, ProgrammeState
from nastavnik.shared.page import page


@page("informing.view")
def booklet(request: OrgRequest) -> HttpResponseBase:
    whom = BookletForm(request.GET)
    where = {"org": request.organisation.slug}
    docx = reverse("informing:booklet-docx", kwargs=where)
    own = reverse("informing:booklet", kwargs=where)
    context = {
        "body": rendering.blank_html(request.organisation, papers.BOOKLET, _data(request, whom)),
        "org": request.organisation.slug,
        "docx_url": f"{docx}?whom={'staff' if whom.is_for_staff else 'parents'}",
        "chips": [
            {
                "title": "Родителям",
                "url": f"{own}?whom=parents",
                "is_current": not whom.is_for_staff,
            },
            {"title": "Педагогам", "url": f"{own}?whom=staff", "is_current": whom.is_for_staff},
        ],
        "may_edit": bool(request.actor.can("documents.template")),
    }
    return TemplateResponse(request, "informing/booklet.html", context)


@page("informing.view")
def booklet_docx(request: OrgRequest) -> HttpResponseBase:
    whom = BookletForm(request.GET)
    content = rendering.blank_docx(request.organisation, papers.BOOKLET, _data(request, whom))
    return docx_response(content, f"Буклет {'педагогам' if whom.is_for_staff else 'родителям'}")


def _data(request: OrgRequest, whom: BookletForm) -> dict[str, Any]:
    today = timezone.localdate()
    curator = in_office(request.organisation, Role.CURATOR, on=today)
    programme = InstitutionProgramme.objects.filter(state=ProgrammeState.APPROVED).first()
    return papers.booklet(
        request.organisation,
        is_for_staff=whom.is_for_staff,
        year=campaign_year(today),
        curator=curator.full_name if curator else "",
        forms=list(programme.forms) if programme else [],
    )
