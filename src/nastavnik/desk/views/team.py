"""The team of an institution: orders that appoint, invitations, endings."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts import policies
from nastavnik.accounts.models import RoleGrant
from nastavnik.accounts.permissions import Role
from nastavnik.accounts.queries import team_of
from nastavnik.desk import queries
from nastavnik.desk.forms import (
    ActingHeadForm,
    AppointmentForm,
    EndRoleForm,
    InvitationForm,
    WorkingGroupForm,
)
from nastavnik.desk.services import access, team
from nastavnik.desk.services.team import Appointment
from nastavnik.documents.models import Document
from nastavnik.shared.form_page import Work, form_page
from nastavnik.shared.page import page

TEAM_ORDERS = (team.ORDER_WORKING_GROUP, team.ORDER_CURATOR)


@page("team.view")
def team_page(request: Any) -> HttpResponseBase:
    """Who works here, with which role and on what basis."""
    today = timezone.localdate()
    grants = list(team_of(request.organisation, on=today))
    context = {
        "grants": [
            {
                "grant": grant,
                "begins_later": grant.starts_on > today,
                "can_end": policies.can_invite_in_organisation(request.actor, Role(grant.role)),
                "can_invite": bool(request.actor.can("team.invite"))
                and (grant.role != Role.HEAD or Role.HEAD in request.actor.roles),
            }
            for grant in grants
        ],
        "orders": list(Document.objects.filter(kind__in=TEAM_ORDERS).exclude(state="dropped")[:10]),
        "can_prepare": request.actor.can("documents.edit"),
        "can_invite": request.actor.can("team.invite"),
        "can_launch": request.actor.can("launch.view"),
        "can_delegate": request.actor.can("team.acting"),
        "staff_count": queries.staff().count(),
    }
    return TemplateResponse(request, "desk/team.html", context)


@page("documents.edit", methods=["GET", "POST"])
def working_group(request: Any) -> HttpResponseBase:
    form = WorkingGroupForm(request.POST or None, staff=list(queries.staff()))

    def work(data: dict[str, Any]) -> HttpResponseBase:
        document = team.prepare_working_group_order(
            actor=request.actor,
            organisation=request.organisation,
            chair=form.people[data["chair"]],
            members=[form.people[key] for key in data["members"]],
            tasks=data["tasks"].splitlines(),
        )
        return _to_document(request, document)

    return _form_page(request, form, work, "Приказ о рабочей группе", "Составить приказ")


@page("documents.edit", methods=["GET", "POST"])
def appointments(request: Any) -> HttpResponseBase:
    initial = {"starts_on": timezone.localdate()}
    form = AppointmentForm(request.POST or None, staff=list(queries.staff()), initial=initial)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        chosen = [Appointment(form.people[data["curator"]], Role.CURATOR)]
        if data["responsible"]:
            chosen.append(Appointment(form.people[data["responsible"]], Role.RESPONSIBLE))
        document = team.prepare_curator_order(
            actor=request.actor,
            organisation=request.organisation,
            appointments=chosen,
            starts_on=data["starts_on"],
        )
        return _to_document(request, document)

    return _form_page(request, form, work, "Приказ о кураторе и ответственном", "Составить приказ")


@page("team.acting", methods=["GET", "POST"])
def acting_head(request: Any) -> HttpResponseBase:
    """«Исполняющий обязанности»: who signs while the head is away."""
    initial = {"starts_on": timezone.localdate()}
    form = ActingHeadForm(request.POST or None, staff=list(queries.staff()), initial=initial)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        grant = team.appoint_acting_head(
            actor=request.actor,
            organisation=request.organisation,
            person=form.people[data["person"]],
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            basis=data["basis"],
        )
        words = f"Обязанности исполняет {grant.user.short_name}. Передайте ссылку для входа."
        messages.success(request, words)
        return redirect("desk:team", org=request.organisation.slug)

    return _form_page(request, form, work, "Исполняющий обязанности", "Назначить")


def _to_document(request: Any, document: Document) -> HttpResponseBase:
    messages.success(request, "Проект приказа составлен. Проверьте текст и отправьте на подпись.")
    return redirect("documents:card", org=request.organisation.slug, pk=document.pk)


@page("team.invite", methods=["GET", "POST"])
def invite(request: Any) -> HttpResponseBase:
    form = InvitationForm(request.POST or None)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        token = access.invite_to_organisation(
            actor=request.actor,
            organisation=request.organisation,
            role=Role(data.pop("role")),
            now=timezone.now(),
            today=timezone.localdate(),
            **data,
        )
        return show_link(request, token, data["surname"])

    return _form_page(request, form, work, "Пригласить в команду", "Создать ссылку")


@page("team.invite", methods=["POST"])
def renew(request: Any, grant_id: int) -> HttpResponseBase:
    """A fresh one-time link for somebody of the team."""
    grant = _grant(request, grant_id)
    token = access.renew_invitation(
        actor=request.actor,
        organisation=request.organisation,
        user=grant.user,
        now=timezone.now(),
    )
    return show_link(request, token, grant.user.full_name)


@page("team.invite", methods=["GET", "POST"])
def end(request: Any, grant_id: int) -> HttpResponseBase:
    grant = _grant(request, grant_id)
    form = EndRoleForm(request.POST or None)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        access.end_role_in_organisation(
            actor=request.actor,
            organisation=request.organisation,
            grant=grant,
            today=timezone.localdate(),
            reason=data["reason"],
        )
        messages.success(request, "Доступ закрыт.")
        return redirect("desk:team", org=request.organisation.slug)

    title = f"Закрыть доступ: {grant.user.short_name}"
    return _form_page(request, form, work, title, "Закрыть доступ")


def _grant(request: Any, grant_id: int) -> RoleGrant:
    grant = RoleGrant.objects.select_related("user").filter(
        pk=grant_id, organisation=request.organisation
    )
    found = grant.first()
    if found is None:
        raise Http404
    return found


def show_link(request: Any, token: str, name: str) -> HttpResponseBase:
    """The one-time link, shown once; it is never stored or mailed by itself."""
    url = request.build_absolute_uri(reverse("accounts:invitation", kwargs={"token": token}))
    return TemplateResponse(request, "desk/link.html", {"url": url, "name": name})


def _form_page(request: Any, form: Any, work: Work, title: str, button: str) -> HttpResponseBase:
    context = {"title": title, "button": button}
    return form_page(request, form, work, "desk/team_form.html", context=context)
