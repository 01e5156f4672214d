"""The registers: working tables, official forms, requests, re-check, export, search."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header

from nastavnik.audit.remembered import remembered
from nastavnik.people.forms.filters import (
    FindForm,
    MenteeFilters,
    MentorFilters,
    PeopleFilters,
    RecheckForm,
)
from nastavnik.people.forms.persons import ExportForm
from nastavnik.people.lists import mentee_list, mentor_list, people_list
from nastavnik.people.models import Person
from nastavnik.people.policies import visible_fields
from nastavnik.people.queries import registers
from nastavnik.people.queries.papers import consents_in_force
from nastavnik.people.queries.people import find_people, name_has, people
from nastavnik.people.queries.registers import (
    PairFact,
    RegisterHead,
    pair_facts,
    register_head,
)
from nastavnik.people.queries.requests_report import requests_by_kind
from nastavnik.people.requirements import Papers
from nastavnik.people.services.exports import export_register, register_now
from nastavnik.people.services.profiles import recheck
from nastavnik.people.services.requests import confirm_suggested
from nastavnik.people.views.common import OrgRequest
from nastavnik.shared.errors import DomainError
from nastavnik.shared.exports import XLSX_TYPE
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.lists import PRINT_LIMIT, list_page, list_response
from nastavnik.shared.page import page
from nastavnik.shared.text import search_key
from nastavnik.shared.typography import counted

BULK = {
    "mentee": [
        {"value": "recheck", "text": "Сведения верны на сегодня"},
        {"value": "codes", "text": "Виды запросов верны"},
    ],
    "mentor": [
        {"value": "recheck", "text": "Сведения верны на сегодня"},
        {"value": "codes", "text": "Темы определены верно"},
    ],
}


@page("people.view")
def mentee_register(request: OrgRequest) -> HttpResponseBase:
    """Working table of mentees."""
    today = timezone.localdate()
    filters = MenteeFilters(request.GET)
    values = filters.values()
    rows = registers.mentees(today=today, **_states(values))
    rows = registers.with_main_request(rows)
    return _register(request, "mentee", rows, filters)


@page("mentors.view")
def mentor_register(request: OrgRequest) -> HttpResponseBase:
    """Working table of mentors and candidates."""
    today = timezone.localdate()
    filters = MentorFilters(request.GET)
    if not request.actor.can("consents.view"):
        del filters.fields["without_consent"]
    rows = registers.mentors(today=today, **_states(filters.values()))
    rows = registers.with_main_competence(rows)
    return _register(request, "mentor", rows, filters)


def _states(values: dict[str, Any]) -> dict[str, Any]:
    return values | ({"state": [values["state"]]} if "state" in values else {})


def _register(request: OrgRequest, side: Any, rows: Any, filters: Any) -> HttpResponseBase:
    today = timezone.localdate()
    facts: dict[int, list[PairFact]] = {}
    papers: dict[int, Papers] = {}
    may_view = bool(request.actor.can("people.view"))
    base = reverse("people:people", kwargs={"org": request.organisation.slug}) if may_view else ""
    spec = (mentee_list if side == "mentee" else mentor_list)(base, facts, papers, today)

    def learn(keys: Sequence[tuple[int, int]]) -> None:
        profiles, persons = zip(*keys, strict=True) if keys else ((), ())
        facts.update(pair_facts(side, profiles))
        papers.update(consents_in_force(persons))

    if request.GET.get("format") == "print":
        learn(list(rows.values_list("pk", "person_id")[:PRINT_LIMIT]))
        return list_response(request, spec, rows, filters=filters)
    may_edit = bool(request.actor.can("people.edit"))
    head = remembered(request, f"register_{side}", lambda: _head(side, today))
    listing = list_page(
        request,
        spec,
        rows,
        filters=filters,
        pick="p" if may_edit else "",
        total=None if filters.values() else head.total,
    )
    learn([(record[0], record[1]) for record in listing.records])
    context = {
        "listing": listing,
        "head": head,
        "note": _head_words(head) if may_view else "",
        "side": side,
        "may_view": may_view,
        "bulk": BULK[side] if may_edit else None,
        "org": request.organisation.slug,
        "may_edit": may_edit,
        "may_import": bool(request.actor.can("people.import")),
        "may_export": bool(request.actor.can("people.export")),
    }
    return TemplateResponse(request, f"people/{side}s.html", context)


def _head(side: str, today: date) -> RegisterHead:
    everyone = registers.mentees if side == "mentee" else registers.mentors
    return register_head(everyone(today=today), today)


def _head_words(head: RegisterHead) -> str:
    if not head.total:
        return ""
    words = f"· согласия есть у {head.with_consents} из {head.total} ({head.share_percent} %)"
    if head.confirmed_on:
        words += f" · последняя сверка {head.confirmed_on:%d.%m.%Y}"
    return words


@page("people.edit", methods=["POST"])
def recheck_mentees(request: OrgRequest) -> HttpResponseBase:
    return _recheck(request, "mentee")


@page("people.edit", methods=["POST"])
def recheck_mentors(request: OrgRequest) -> HttpResponseBase:
    return _recheck(request, "mentor")


def _recheck(request: OrgRequest, side: str) -> HttpResponseBase:
    """«Актуализировать» or «Виды верны» for the ticked records, or for all of the register."""
    today = timezone.localdate()
    rows = registers.mentees(today=today) if side == "mentee" else registers.mentors(today=today)
    allowed = list(rows.values_list("pk", flat=True))
    if "all" in request.POST:
        chosen = allowed
    else:
        form = RecheckForm(request.POST, allowed=allowed)
        chosen = form.cleaned_data["p"] if form.is_valid() else []
    if not chosen:
        messages.warning(request, "Сначала отметьте людей в списке.")
    else:
        ids = {f"{side}_ids": chosen}
        if request.POST.get("action") == "codes":
            done = confirm_suggested(actor=request.actor, **ids)
            messages.success(request, f"Подтверждено: {done}.")
        else:
            done = recheck(actor=request.actor, today=today, **ids)
            words = counted(done, "запись отмечена", "записи отмечены", "записей отмечено")
            messages.success(request, f"{words} проверенными сегодня.")
    return redirect(f"people:{side}s", org=request.organisation.slug)


@page("people.view")
def official_mentees(request: OrgRequest) -> HttpResponseBase:
    """The official form on the screen and on paper."""
    return _official(request, "mentees")


@page("people.view")
def official_mentors(request: OrgRequest) -> HttpResponseBase:
    return _official(request, "mentors")


def _official(request: OrgRequest, kind: Any) -> HttpResponseBase:
    register = register_now(kind, request.actor, timezone.localdate())
    back = reverse(f"people:{kind}", kwargs={"org": request.organisation.slug})
    return TemplateResponse(request, "people/official.html", {"register": register, "back": back})


@page("people.view")
def people_register(request: OrgRequest) -> HttpResponseBase:
    """Everybody known to the organisation."""
    filters = PeopleFilters(request.GET)
    values = filters.values()
    rows = people().filter(archived_at__isnull="archived" not in values)
    for word in search_key(values.get("name", "")).split():
        rows = rows.filter(name_has(word))
    if "category" in values:
        rows = rows.filter(category=values["category"])
    context = {"org": request.organisation.slug, "may_edit": bool(request.actor.can("people.edit"))}
    return list_response(
        request,
        people_list(),
        rows,
        template="people/people.html",
        context=context,
        filters=filters,
        empty={
            "title": "Пока никого нет",
            "text": "Загрузите реестр из Excel или добавьте человека.",
        },
    )


@page("people.view")
def requests_report(request: OrgRequest) -> HttpResponseBase:
    """«Перечень запросов» by kinds with the counts of all of them, zeros included."""
    groups = requests_by_kind()
    context = {
        "groups": groups,
        "pupils": [group for group in groups if group.audience == "pupil"],
        "teachers": [group for group in groups if group.audience == "teacher"],
        "total": sum(len(group.lines) for group in groups),
        "org": request.organisation.slug,
    }
    return TemplateResponse(request, "people/requests_report.html", context)


@page("people.view")
def find(request: OrgRequest) -> HttpResponseBase:
    """Search by parts of a name."""
    form = FindForm(request.GET)
    found: list[Person] = []
    query = form.values().get("q", "")
    if query:
        found = find_people(query)
    context = {"form": form, "found": found, "query": query, "org": request.organisation.slug}
    return TemplateResponse(request, "people/find.html", context)


@page("people.export", methods=["GET", "POST"])
def export(request: OrgRequest) -> HttpResponseBase:
    """Asks what for, writes the journal, gives the file."""
    form = ExportForm(
        request.POST or None, initial={"register": request.GET.get("register", "mentees")}
    )
    if request.method == "POST" and form.is_valid():
        kind = form.cleaned_data["register"]
        try:
            content = export_register(
                actor=request.actor,
                organisation=request.organisation,
                kind=kind,
                purpose=form.cleaned_data["purpose"],
                today=timezone.localdate(),
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            return _file(content, "База наставляемых" if kind == "mentees" else "База наставников")
    context = {
        "form": form,
        "org": request.organisation.slug,
        "fields": visible_fields(request.actor),
    }
    return TemplateResponse(
        request, "people/export.html", context, status=422 if form.errors else 200
    )


def _file(content: bytes, title: str) -> HttpResponse:
    name = f"{title}, {timezone.localdate():%d.%m.%Y}.xlsx"
    return HttpResponse(
        content,
        content_type=XLSX_TYPE,
        headers={
            "Content-Disposition": content_disposition_header(as_attachment=True, filename=name)
            or "attachment"
        },
    )
