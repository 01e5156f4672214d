"""Who supports mentees while they have no mentor: naming the specialist, ending the support."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.pairs.forms.waiting import EndSupportForm, PickForm, SupportForm
from nastavnik.pairs.views.common import OrgRequest, get_or_404
from nastavnik.people.models import MenteeProfile
from nastavnik.people.queries.support import open_supports, specialists
from nastavnik.people.services.support import assign_support, end_support
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import Form, apply_domain_error
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

PEOPLE = ("человека", "человек", "человек")


@page("people.edit", methods=["GET", "POST"])
def assign(request: OrgRequest) -> HttpResponseBase:
    """Name who will support the ticked mentees: `?p=1&p=2`."""
    people = MenteeProfile.objects.select_related("person")
    data = request.POST if request.method == "POST" else request.GET
    picked = PickForm(data, mentees=people)
    if not picked.is_valid():
        messages.warning(request, "Сначала отметьте людей в списке.")
        return redirect("pairs:unpaired", org=request.organisation.slug)
    mentees = sorted(picked.cleaned_data["p"], key=lambda m: m.person.search_key)
    today = timezone.localdate()
    form = SupportForm(
        request.POST or None,
        mentees=people,
        specialists=specialists(request.organisation, on=today),
        initial={"p": [mentee.pk for mentee in mentees]},
    )
    if request.method == "POST" and form.is_valid():
        try:
            done = assign_support(
                actor=request.actor, mentees=mentees, specialist=form.chosen, on=today
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, f"Специалист назначен: для {counted(done, *PEOPLE)}.")
            return redirect("pairs:unpaired", org=request.organisation.slug)
    return _show(request, mentees, form)


@page("people.edit", methods=["POST"])
def end(request: OrgRequest, mentee_id: int) -> HttpResponseBase:
    """The specialist no longer supports the mentee."""
    mentee = get_or_404(MenteeProfile.objects.select_related("person"), pk=mentee_id)
    form = EndSupportForm(request.POST)
    if form.is_valid():
        try:
            end_support(
                actor=request.actor,
                mentee=mentee,
                on=timezone.localdate(),
                reason=form.cleaned_data["reason"],
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Сопровождение завершено.")
            return redirect(
                "people:card", org=request.organisation.slug, person_id=mentee.person_id
            )
    choice = SupportForm(
        mentees=MenteeProfile.objects.all(),
        specialists=specialists(request.organisation, on=timezone.localdate()),
        initial={"p": [mentee.pk]},
    )
    return _show(request, [mentee], choice, ending=form)


def _show(
    request: OrgRequest,
    mentees: list[MenteeProfile],
    form: SupportForm,
    *,
    ending: Form | None = None,
) -> HttpResponseBase:
    supports = open_supports([mentee.pk for mentee in mentees])
    single = mentees[0] if len(mentees) == 1 and mentees[0].pk in supports else None
    context: dict[str, Any] = {
        "org": request.organisation.slug,
        "form": form,
        "rows": [(mentee, supports.get(mentee.pk)) for mentee in mentees],
        "single": single,
        "end_form": ending or EndSupportForm(auto_id="end_%s"),
    }
    failed = bool(form.errors) or bool(ending and ending.errors)
    return TemplateResponse(request, "pairs/support.html", context, status=422 if failed else 200)
