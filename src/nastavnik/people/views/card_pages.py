"""What every form that hangs on a person's card shares."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from nastavnik.people.forms.persons import refuse_birth
from nastavnik.people.models import Person
from nastavnik.people.views.common import OrgRequest
from nastavnik.shared.form_page import form_page


def card_form(
    request: OrgRequest,
    form_class: type[forms.Form],
    work: Callable[[dict[str, Any]], str],
    *,
    title: str,
    person: Person | None = None,
    button: str = "Сохранить",
    initial: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
    lead: str = "",
) -> HttpResponseBase:
    """Show a form, call one service, go where it leads; refusals stand beside their fields."""
    form = form_class(request.POST or None, initial=initial, **(extra or {}))
    org = request.organisation.slug
    context = {
        "title": title,
        "button": button,
        "person": person,
        "lead": lead,
        "cancel": card_url(request, "card", person)
        if person
        else reverse("people:people", kwargs={"org": org}),
    }
    return form_page(
        request,
        form,
        lambda data: redirect(work(data)),
        "people/form.html",
        context=context,
        refuse=refuse_birth,
    )


def initial_of(form_class: type[forms.Form], row: Any) -> dict[str, Any]:
    if row is None:
        return {"capacity": 2, "entered_on": timezone.localdate()}
    return {name: getattr(row, name) for name in form_class.base_fields}


def card_url(request: OrgRequest, name: str, person: Person) -> str:
    return reverse(
        f"people:{name}", kwargs={"org": request.organisation.slug, "person_id": person.pk}
    )
