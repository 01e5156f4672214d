"""The workplace of a territory: its institutions, its officers, the level below."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.accounts.queries import officers_of
from nastavnik.desk import queries
from nastavnik.desk.forms import LeaderForm, OfficerForm, OrganisationForm, TerritoryForm
from nastavnik.desk.services import access
from nastavnik.desk.services import territory as services
from nastavnik.desk.views.team import show_link
from nastavnik.shared.form_page import Work, form_page
from nastavnik.shared.page import page
from nastavnik.tenancy.models import Organisation


@page("territory.view")
def institutions(request: Any) -> HttpResponseBase:
    lines = queries.institutions(request.territory, on=timezone.localdate())
    context = {
        "lines": lines,
        "below": list(queries.territories_below(request.territory)),
        "officers": list(officers_of(request.territory, on=timezone.localdate())),
        "without_head": sum(1 for line in lines if not line.has_head_account),
        "without_curator": sum(1 for line in lines if not line.has_curator),
        "can_edit": request.actor.can("territory.edit"),
        "can_invite": request.actor.can("territory.invite"),
    }
    return TemplateResponse(request, "desk/institutions.html", context)


@page("territory.edit", methods=["GET", "POST"])
def add_organisation(request: Any) -> HttpResponseBase:
    form = OrganisationForm(request.POST or None)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        added = services.add_organisation(
            actor=request.actor, territory=request.territory, values=data
        )
        messages.success(request, f"Добавлено: {added.short_name}. Пригласите руководителя.")
        return redirect("desk:leader", territory=request.territory.slug, slug=added.slug)

    return _form_page(request, form, work, "Новое учреждение", "Добавить учреждение")


@page("territory.edit", methods=["GET", "POST"])
def add_territory(request: Any) -> HttpResponseBase:
    form = TerritoryForm(request.POST or None)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.add_territory(actor=request.actor, parent=request.territory, values=data)
        messages.success(request, "Территория добавлена.")
        return redirect("desk:institutions", territory=request.territory.slug)

    return _form_page(request, form, work, "Новый муниципалитет или район", "Добавить территорию")


@page("territory.invite", methods=["GET", "POST"])
def leader(request: Any, slug: str) -> HttpResponseBase:
    """Invite the head or the first curator of an institution on this territory."""
    organisation = Organisation.objects.filter(
        slug=slug, territory__path__startswith=request.territory.path
    ).first()
    if organisation is None:
        raise Http404
    initial = {
        "surname": organisation.head_surname,
        "given": organisation.head_given,
        "patronymic": organisation.head_patronymic,
        "gender": organisation.head_gender,
        "role": Role.HEAD.value,
    }
    form = LeaderForm(request.POST or None, initial=initial)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        token = access.invite_to_organisation(
            actor=request.actor,
            organisation=organisation,
            role=Role(data.pop("role")),
            now=timezone.now(),
            today=timezone.localdate(),
            from_territory=True,
            **data,
        )
        return show_link(request, token, data["surname"])

    title = f"Пригласить: {organisation.short_name}"
    return _form_page(request, form, work, title, "Создать ссылку")


@page("territory.invite", methods=["GET", "POST"])
def officer(request: Any) -> HttpResponseBase:
    form = OfficerForm(request.POST or None)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        token = access.invite_to_territory(
            actor=request.actor,
            territory=request.territory,
            role=Role(data.pop("role")),
            now=timezone.now(),
            today=timezone.localdate(),
            **data,
        )
        return show_link(request, token, data["surname"])

    return _form_page(request, form, work, "Пригласить на территорию", "Создать ссылку")


def _form_page(request: Any, form: Any, work: Work, title: str, button: str) -> HttpResponseBase:
    context = {"title": title, "button": button}
    return form_page(request, form, work, "desk/territory_form.html", context=context)
