"""What a mentee asks for and what a mentor can help with."""

from typing import Any

from django.http import HttpResponseBase
from django.shortcuts import redirect

from nastavnik.people.forms.persons import (
    CompetenceForm,
    ConfirmCompetenceForm,
    ConfirmRequestForm,
    RequestForm,
)
from nastavnik.people.models import MenteeProfile, MenteeRequest, MentorCompetence, MentorProfile
from nastavnik.people.services import requests
from nastavnik.people.views.card_pages import card_form, card_url
from nastavnik.people.views.common import OrgRequest, get_or_404, person_or_404
from nastavnik.shared.page import page


@page("people.edit", methods=["GET", "POST"])
def add_request(request: OrgRequest, person_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)
    profile = get_or_404(MenteeProfile.objects.select_related("person"), person=person)

    def work(data: dict[str, Any]) -> str:
        requests.add_request(actor=request.actor, mentee=profile, **data)
        return card_url(request, "card", person)

    return card_form(
        request, RequestForm, work, title="Новый запрос", person=person, button="Добавить запрос"
    )


@page("people.edit", methods=["GET", "POST"])
def confirm_request(request: OrgRequest, person_id: int, request_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)
    row = get_or_404(
        MenteeRequest.objects.select_related("mentee__person"), pk=request_id, mentee__person=person
    )

    def work(data: dict[str, Any]) -> str:
        requests.confirm_request(actor=request.actor, request=row, **data)
        return card_url(request, "card", person)

    initial = {"code": row.code, "topic": row.topic}
    return card_form(
        request,
        ConfirmRequestForm,
        work,
        title="Вид запроса",
        person=person,
        initial=initial,
        lead=row.text,
    )


@page("people.edit", methods=["POST"])
def remove_request(request: OrgRequest, person_id: int, request_id: int) -> HttpResponseBase:
    row = get_or_404(
        MenteeRequest.objects.select_related("mentee__person"),
        pk=request_id,
        mentee__person=person_id,
    )
    requests.remove_request(actor=request.actor, request=row)
    return redirect("people:card", org=request.organisation.slug, person_id=person_id)


@page("people.edit", methods=["GET", "POST"])
def add_competence(request: OrgRequest, person_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)
    profile = get_or_404(MentorProfile.objects.select_related("person"), person=person)

    def work(data: dict[str, Any]) -> str:
        requests.add_competence(actor=request.actor, mentor=profile, **data)
        return card_url(request, "card", person)

    return card_form(
        request, CompetenceForm, work, title="Новая компетенция", person=person, button="Добавить"
    )


@page("people.edit", methods=["GET", "POST"])
def confirm_competence(request: OrgRequest, person_id: int, competence_id: int) -> HttpResponseBase:
    person = person_or_404(person_id)
    row = get_or_404(
        MentorCompetence.objects.select_related("mentor__person"),
        pk=competence_id,
        mentor__person=person,
    )

    def work(data: dict[str, Any]) -> str:
        requests.confirm_competence(actor=request.actor, competence=row, **data)
        return card_url(request, "card", person)

    return card_form(
        request,
        ConfirmCompetenceForm,
        work,
        title="Тема компетенции",
        person=person,
        initial={"topic": row.topic},
        lead=row.text,
    )


@page("people.edit", methods=["POST"])
def remove_competence(request: OrgRequest, person_id: int, competence_id: int) -> HttpResponseBase:
    row = get_or_404(
        MentorCompetence.objects.select_related("mentor__person"),
        pk=competence_id,
        mentor__person=person_id,
    )
    requests.remove_competence(actor=request.actor, competence=row)
    return redirect("people:card", org=request.organisation.slug, person_id=person_id)
