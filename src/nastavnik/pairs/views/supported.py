"""The specialist's own page: mentees who wait for a mentor and whom he supports meanwhile."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.pairs.forms.waiting import TalkForm
from nastavnik.pairs.queries.supported import own_support, supported_by
from nastavnik.pairs.views.common import OrgRequest
from nastavnik.people.models import Support
from nastavnik.people.services.support import note_talk, take_talk_back
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page


@page("supports.own")
def supported(request: OrgRequest) -> HttpResponseBase:
    return _show(request)


@page("supports.own", methods=["POST"])
def talk(request: OrgRequest, mentee_id: int) -> HttpResponseBase:
    """«Провёл беседу» on a day; what was said stays between the two."""
    today = timezone.localdate()
    support = _support_or_404(request, mentee_id)
    following = _following(request, mentee_id)
    form = TalkForm(request.POST, auto_id=f"talk{mentee_id}_%s")
    if form.is_valid():
        try:
            note_talk(
                actor=request.actor,
                organisation=request.organisation,
                support=support,
                held_on=form.cleaned_data["held_on"],
                on=today,
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, f"{support.mentee.person.short_name}: беседа отмечена.")
            return _back(request, following)
    return _show(request, {mentee_id: form})


@page("supports.own", methods=["POST"])
def take_back(request: OrgRequest, mentee_id: int) -> HttpResponseBase:
    """A talk noted by mistake is no longer counted."""
    support, form = _support_or_404(request, mentee_id), TalkForm(request.POST)
    if form.is_valid() and take_talk_back(
        actor=request.actor,
        organisation=request.organisation,
        support=support,
        held_on=form.cleaned_data["held_on"],
        on=timezone.localdate(),
    ):
        messages.success(request, f"{support.mentee.person.short_name}: отметка убрана.")
    return _back(request, mentee_id)


def _support_or_404(request: OrgRequest, mentee_id: int) -> Support:
    today = timezone.localdate()
    support = own_support(request.actor, request.organisation, mentee_id, today)
    if support is None:
        raise Http404
    return support


def _following(request: OrgRequest, mentee_id: int) -> int:
    """The line after this one as it stands now: a talk moves its own line down."""
    rows = supported_by(request.actor, request.organisation, timezone.localdate())
    lines = [row.mentee.pk for row in rows]
    below = lines[lines.index(mentee_id) + 1 :]
    return below[0] if below else mentee_id


def _back(request: OrgRequest, mentee_id: int) -> HttpResponseBase:
    """To a line of the list, so that the keyboard goes on from it."""
    where = reverse("pairs:supported", kwargs={"org": request.organisation.slug})
    return redirect(f"{where}#m{mentee_id}")


def _show(request: OrgRequest, bound: dict[int, TalkForm] | None = None) -> HttpResponseBase:
    today, asked = timezone.localdate(), bound or {}
    rows = [
        (row, asked.get(row.mentee.pk) or _talk_form(row.mentee.pk))
        for row in supported_by(request.actor, request.organisation, today)
    ]
    context = {"rows": rows, "org": request.organisation.slug, "today": today}
    return TemplateResponse(request, "pairs/supported.html", context, status=422 if bound else 200)


def _talk_form(mentee_id: int) -> TalkForm:
    initial = {"held_on": timezone.localdate() - timedelta(days=1)}  # today has its own button
    return TalkForm(initial=initial, auto_id=f"talk{mentee_id}_%s")
