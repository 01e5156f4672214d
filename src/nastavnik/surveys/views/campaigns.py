"""«Опрос»: campaigns, opening one without a meeting, who has answered, closing and reopening."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted
from nastavnik.surveys import queries
from nastavnik.surveys.forms import OpenForm, ReopenForm
from nastavnik.surveys.links import link_of
from nastavnik.surveys.models import Campaign, Side
from nastavnik.surveys.services import campaigns as services
from nastavnik.surveys.services.answers import may_answer
from nastavnik.surveys.views.common import OrgRequest, campaign_or_404, qr_of

PEOPLE = ("человек", "человека", "человек")


@page("surveys.view")
def surveys(request: OrgRequest) -> HttpResponseBase:
    today = timezone.localdate()
    rows = [(campaign, tag_of(campaign)) for campaign in queries.campaigns()]
    context = {
        "rows": rows,
        "today": today,
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("surveys.edit")),
    }
    return TemplateResponse(request, "surveys/list.html", context)


@page("surveys.edit", methods=["GET", "POST"])
def new(request: OrgRequest) -> HttpResponseBase:
    """«Спросить без встречи»: everybody who may be asked is ticked."""
    today = timezone.localdate()
    mentors, mentees = queries.askable_mentors(), queries.askable_mentees()
    initial = {
        "closes_on": today + timedelta(days=services.DAYS_OPEN),
        "mentors": [row.pk for row in mentors],
        "mentees": [row.pk for row in mentees],
    }
    form = OpenForm(request.POST or None, mentors=mentors, mentees=mentees, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            campaign = services.open_preferences(
                actor=request.actor, organisation=request.organisation, **form.cleaned_data
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Опрос открыт. Раздайте личные ссылки или бумажные анкеты.")
            return _to(request, campaign)
    context = {
        "form": form,
        "has_people": bool(initial["mentors"]) and bool(initial["mentees"]),
        "org": request.organisation.slug,
    }
    return TemplateResponse(
        request, "surveys/new.html", context, status=422 if form.errors else 200
    )


@page("surveys.view")
def campaign(request: OrgRequest, pk: int) -> HttpResponseBase:
    """How many have answered and who has not; nothing of what they chose."""
    found = campaign_or_404(pk)
    today = timezone.localdate()
    rows = queries.invited(found)
    held_back = queries.held_back(found, today, rows)
    gone = {row.person.pk for row in held_back if row.was_asked}
    silent = [row for row in rows if row.answered_at is None and row.person_id not in gone]
    for row in silent:
        row.campaign = found
    late = [row for row in silent if may_answer(row, today)]
    context = {
        "campaign": found,
        "tag": tag_of(found),
        "is_open": found.is_open_on(today),
        "silent": [
            (title, [row for row in silent if row.side == side])
            for title, side in (("Наставники", Side.MENTOR), ("Наставляемые", Side.MENTEE))
        ],
        "silent_count": len(silent),
        "progress": f"Ответили {found.answered} из {found.asked}",
        "late": late,
        "can_print": bool(late),
        "today": today,
        "held_back": held_back,
        "can_invite": any(not row.was_asked for row in held_back),
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("surveys.edit")),
        "may_see": bool(request.actor.can("surveys.choices")),
    }
    return TemplateResponse(request, "surveys/campaign.html", context)


@page("surveys.edit", methods=["POST"])
def close(request: OrgRequest, pk: int) -> HttpResponseBase:
    found = campaign_or_404(pk)
    services.close_campaign(actor=request.actor, campaign=found)
    messages.success(request, "Опрос закрыт. Новые ответы не принимаются.")
    return _to(request, found)


@page("surveys.edit", methods=["GET", "POST"])
def reopen(request: OrgRequest, pk: int) -> HttpResponseBase:
    """For one who was late, or for everybody; a reason and a day."""
    found = campaign_or_404(pk)
    people = queries.taking_part(found, timezone.localdate())
    initial = {"until": timezone.localdate() + timedelta(days=1), "who": request.GET.get("who")}
    form = ReopenForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        known = {row.pk: row for row in people}
        try:
            services.reopen_campaign(
                actor=request.actor,
                campaign=found,
                until=form.cleaned_data["until"],
                reason=form.cleaned_data["reason"],
                invitation=known.get(form.cleaned_data["who"]),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Опрос открыт снова. Личные ссылки остались прежними.")
            return _to(request, found)
    context = {"form": form, "campaign": found, "org": request.organisation.slug}
    return TemplateResponse(
        request, "surveys/reopen.html", context, status=422 if form.errors else 200
    )


@page("surveys.edit", methods=["POST"])
def invite(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Ask those whose consents have come since."""
    found = campaign_or_404(pk)
    try:
        number = services.invite_more(actor=request.actor, campaign=found)
    except DomainError as error:
        messages.error(request, error.message)
        return _to(request, found)
    if number:
        messages.success(request, f"Приглашены ещё {counted(number, *PEOPLE)}.")
    else:
        messages.info(request, "Пригласить пока некого: согласий всё ещё нет.")
    return _to(request, found)


@page("surveys.edit")
def links(request: OrgRequest, pk: int) -> HttpResponseBase:
    """A slip with a personal link and QR code for everybody who has not answered."""
    found = campaign_or_404(pk)
    slips, today = [], timezone.localdate()
    for row in queries.taking_part(found, today):
        row.campaign = found
        if row.answered_at is None and may_answer(row, today):
            url = link_of(row)
            until = row.late_until or found.closes_on
            slip = {"row": row, "url": url, "qr": qr_of(url), "until": until}
            slips.append({**slip, "is_child": row.person.is_minor_on(today)})
    back = reverse("surveys:campaign", kwargs={"org": request.organisation.slug, "pk": pk})
    context: dict[str, Any] = {"campaign": found, "slips": slips, "back": back}
    return TemplateResponse(request, "surveys/links.html", context)


def tag_of(found: Campaign) -> tuple[str, str]:
    """(word, kind) for the tag of state: a campaign whose last day is over is closed in words."""
    today = timezone.localdate()
    if found.is_open_on(today):
        return f"идёт до {found.closes_on:%d.%m}", "wait"
    return f"закрыт {found.last_day:%d.%m}", "ok"


def _to(request: OrgRequest, found: Campaign) -> HttpResponseBase:
    return redirect("surveys:campaign", org=request.organisation.slug, pk=found.pk)
