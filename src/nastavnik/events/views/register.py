"""The list of meetings and a new one."""

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.events import queries
from nastavnik.events.forms import MeetingForm, WaiverForm
from nastavnik.events.lists import MEETINGS
from nastavnik.events.models import EventKind
from nastavnik.events.services import meetings, waiving
from nastavnik.events.views.common import OrgRequest, event_or_404
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.lists import list_page, list_response
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted


@page("events.view")
def register(request: OrgRequest) -> HttpResponseBase:
    return _list(request)


@page("events.edit", methods=["POST"])
def waive(request: OrgRequest) -> HttpResponseBase:
    """No group meeting this school year, with the reason."""
    form = WaiverForm(request.POST)
    if form.is_valid():
        try:
            waiving.waive_meeting(
                actor=request.actor,
                organisation=request.organisation,
                on=timezone.localdate(),
                **form.cleaned_data,
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Записано: в этом учебном году без групповой встречи.")
            return redirect("events:list", org=request.organisation.slug)
    return _list(request, form)


@page("events.edit", methods=["POST"])
def unwaive(request: OrgRequest) -> HttpResponseBase:
    waiving.unwaive_meeting(actor=request.actor, on=timezone.localdate())
    messages.success(request, "Решение отменено. Назначьте встречу, когда будет день и место.")
    return redirect("events:list", org=request.organisation.slug)


def _list(request: OrgRequest, form: WaiverForm | None = None) -> HttpResponseBase:
    rows = queries.events_found()
    if request.GET.get("format"):
        return list_response(request, MEETINGS, rows)
    may_edit = bool(request.actor.can("events.edit"))
    new_url = reverse("events:new", kwargs={"org": request.organisation.slug})
    empty = {
        "title": "Встреч пока не было",
        "text": "На встрече наставники и наставляемые знакомятся, а потом выбирают друг друга.",
        **({"url": new_url, "button": "Новая групповая встреча"} if may_edit else {}),
    }
    listing = list_page(request, MEETINGS, rows, empty=empty)
    today = timezone.localdate()
    context = {
        "listing": listing,
        "may_edit": may_edit,
        "new_url": new_url,
        "org": request.organisation.slug,
        "waiver": queries.waiver_of_year(today),
        "may_waive": may_edit and queries.meeting_of_year(today) is None,
        "waiver_form": form or WaiverForm(),
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "events/list.html", context, status=status)


@page("events.edit", methods=["GET", "POST"])
def new(request: OrgRequest) -> HttpResponseBase:
    """Date and place; the list of people makes itself."""
    form = MeetingForm(request.POST or None, initial={"kind": EventKind.GROUP_MEETING})
    if request.method == "POST" and form.is_valid():
        try:
            event = meetings.plan_meeting(
                actor=request.actor, organisation=request.organisation, **form.cleaned_data
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            _, invited = queries.counted(event)
            number = counted(invited, "человек", "человека", "человек")
            messages.success(request, f"Встреча записана. В списке {number}: проверьте его.")
            return redirect("events:card", org=request.organisation.slug, pk=event.pk)
    context = {"form": form, "org": request.organisation.slug}
    return TemplateResponse(request, "events/new.html", context, status=422 if form.errors else 200)


@page("events.edit", methods=["GET", "POST"])
def edit(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Another date, place or length of talks."""
    event = event_or_404(pk)
    initial = {
        name: getattr(event, name)
        for name in ("on", "starts_at", "place", "link", "round_minutes", "title")
    }
    form = MeetingForm(request.POST or None, is_new=False, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            meetings.change_meeting(actor=request.actor, event=event, **form.cleaned_data)
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Сохранено. Предупредите тех, кто получил приглашение.")
            return redirect("events:card", org=request.organisation.slug, pk=pk)
    context = {"form": form, "event": event, "org": request.organisation.slug}
    return TemplateResponse(
        request, "events/edit.html", context, status=422 if form.errors else 200
    )
