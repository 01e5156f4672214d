"""Parents and other representatives of a child."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect

from nastavnik.people.forms.persons import RepresentativeForm
from nastavnik.people.models import Representative
from nastavnik.people.services import persons
from nastavnik.people.views.card_pages import card_form, card_url, initial_of
from nastavnik.people.views.common import OrgRequest, get_or_404, person_or_404
from nastavnik.shared.page import page


@page("people.edit", methods=["GET", "POST"])
def add_representative(request: OrgRequest, person_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)

    def work(data: dict[str, Any]) -> str:
        persons.add_representative(actor=request.actor, child=person, values=data)  # type: ignore[arg-type]
        return card_url(request, "card", person)

    return card_form(
        request, RepresentativeForm, work, title="Законный представитель", person=person
    )


@page("people.edit", methods=["GET", "POST"])
def edit_representative(
    request: OrgRequest, person_id: int, representative_id: int
) -> HttpResponseBase:
    person = person_or_404(person_id)
    row = get_or_404(
        Representative.objects.select_related("child"), pk=representative_id, child=person
    )

    def work(data: dict[str, Any]) -> str:
        persons.edit_representative(actor=request.actor, representative=row, values=data)  # type: ignore[arg-type]
        return card_url(request, "card", person)

    initial = initial_of(RepresentativeForm, row)
    return card_form(
        request,
        RepresentativeForm,
        work,
        title="Законный представитель",
        person=person,
        initial=initial,
    )


@page("people.edit", methods=["POST"])
def remove_representative(
    request: OrgRequest, person_id: int, representative_id: int
) -> HttpResponseBase:
    row = get_or_404(
        Representative.objects.select_related("child"), pk=representative_id, child=person_id
    )
    persons.remove_representative(actor=request.actor, representative=row)
    return redirect("people:card", org=request.organisation.slug, person_id=person_id)
