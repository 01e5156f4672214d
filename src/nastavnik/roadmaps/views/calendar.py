"""A personal calendar of deadlines: the page with its address and the file that calendars read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from nastavnik.roadmaps.links import address_of
from nastavnik.roadmaps.models import CalendarLink
from nastavnik.roadmaps.queries import calendar as queries
from nastavnik.roadmaps.services import calendar as services
from nastavnik.roadmaps.views.common import OrgRequest
from nastavnik.shared.page import page
from nastavnik.tenancy.scope import scope

ICS_TYPE = "text/calendar; charset=utf-8"


@page("roadmaps.view")
def link(request: OrgRequest) -> HttpResponseBase:
    """The address for the calendar of one's telephone, or the button that makes it."""
    found = queries.link_of(request.actor)
    context = {
        "org": request.organisation.slug,
        "link": found,
        "address": address_of(found) if found else "",
    }
    return TemplateResponse(request, "roadmaps/calendar.html", context)


@page("roadmaps.view", methods=["POST"])
def renew(request: OrgRequest) -> HttpResponseBase:
    services.renew_link(actor=request.actor, organisation=request.organisation)
    messages.success(request, "Адрес готов. Прежний, если он был, больше не действует.")
    return redirect("roadmaps:calendar", org=request.organisation.slug)


@page("roadmaps.view", methods=["POST"])
def revoke(request: OrgRequest) -> HttpResponseBase:
    services.revoke_link(actor=request.actor)
    messages.success(request, "Адрес отозван. Календарь больше ничего по нему не получит.")
    return redirect("roadmaps:calendar", org=request.organisation.slug)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD"])
def feed(request: HttpRequest, token: str) -> HttpResponseBase:
    """The days of the owner's lines, while he still works there."""
    del request
    found = queries.behind_token(token)
    if found is None:
        raise Http404
    organisation_id, link_id = found
    now = timezone.now()
    today = timezone.localdate(now)
    with scope({organisation_id}):
        held = CalendarLink.objects.select_related("user", "organisation").get(pk=link_id)
        reader = queries.reader_of(held, today)
        if reader is None:
            raise Http404
        content = queries.feed_of(reader, held.organisation, today=today, now=now)
    return HttpResponse(content, content_type=ICS_TYPE)
