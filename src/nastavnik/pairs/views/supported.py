"""The specialist's own page: mentees who wait for a mentor and whom he supports meanwhile."""

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.pairs.forms.waiting import TalkForm
from nastavnik.pairs.queries.supported import own_support, supported_by
from nastavnik.pairs.views.common import OrgRequest
from nastavnik.people.services.support import note_talk
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
    support = own_support(request.actor, request.organisation, mentee_id, today)
    if support is None:
        raise Http404
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
            messages.success(request, "Беседа отмечена.")
            return redirect("pairs:supported", org=request.organisation.slug)
    return _show(request, {mentee_id: form})


def _show(request: OrgRequest, bound: dict[int, TalkForm] | None = None) -> HttpResponseBase:
    today, asked = timezone.localdate(), bound or {}
    rows = [
        (row, asked.get(row.mentee.pk) or _talk_form(row.mentee.pk))
        for row in supported_by(request.actor, request.organisation, today)
    ]
    context = {"rows": rows, "org": request.organisation.slug}
    return TemplateResponse(request, "pairs/supported.html", context, status=422 if bound else 200)


def _talk_form(mentee_id: int) -> TalkForm:
    initial = {"held_on": timezone.localdate()}
    return TalkForm(initial=initial, auto_id=f"talk{mentee_id}_%s")
