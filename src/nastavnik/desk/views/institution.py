"""The institution's card, its cases and contingent."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.audit.queries import history_lines
from nastavnik.desk.forms import CasesForm, ContingentForm, InstitutionForm, PaperRulesForm
from nastavnik.desk.services import institution as services
from nastavnik.documents.names import CASE_TITLES, THING_QUESTIONS, head_forms, organisation_forms
from nastavnik.shared.errors import DomainError
from nastavnik.shared.form_page import form_page
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted, date_words
from nastavnik.tenancy.models import Contingent, Organisation

GROUPS = {
    "full": "Полное название",
    "short": "Краткое название",
    "name": "Руководитель",
    "post": "Должность руководителя",
}
THINGS = frozenset({"full", "short"})


@page("organisation.view")
def card(request: Any) -> HttpResponseBase:
    organisation: Organisation = request.organisation
    rows = [
        ("Полное название", organisation.full_name),
        ("Краткое название", organisation.short_name),
        ("Населённый пункт", organisation.city),
        ("Адрес", organisation.address),
        ("Телефон, почта", ", ".join(x for x in (organisation.phone, organisation.email) if x)),
        ("Сайт", organisation.site),
        ("ИНН, ОГРН", ", ".join(x for x in (organisation.inn, organisation.ogrn) if x)),
        ("Руководитель", f"{organisation.head_post} {organisation.head_name}"),
    ]
    context = {
        "rows": [{"title": title, "value": value or "не указано"} for title, value in rows],
        "cases": _cases(organisation),
        "cases_kind": "" if organisation.cases_confirmed else "primary",
        "rules": _rules(services.paper_rules(organisation)),
        "contingent": list(Contingent.objects.all()[:40]),
        "can_edit": request.actor.can("organisation.edit"),
        "can_launch": request.actor.can("launch.view"),
        "events": history_lines(organisation, limit=10),
    }
    return TemplateResponse(request, "desk/institution.html", context)


def _rules(rules: services.PaperRules) -> list[dict[str, str]]:
    until, months = rules.consent_valid_to, rules.certificate_months
    term = f"до {date_words(until)}" if until else "до окончания участия в программе"
    return [
        {"title": "Новые согласия действуют", "value": term},
        {"title": "Справки действуют", "value": counted(months, "месяц", "месяца", "месяцев")},
        {
            "title": "Заседание комиссии по отбору",
            "value": services.SITTING_RULES.get(rules.sitting_required, ""),
        },
    ]


def _cases(organisation: Organisation) -> list[dict[str, Any]]:
    """Groups of forms for the page; empty while the head's name or gender is missing."""
    try:
        shown = _shown(organisation)
    except DomainError:
        return []
    return [
        {
            "title": GROUPS[key],
            "rows": [(CASE_TITLES[case][0], text) for case, text in forms.items()],
        }
        for key, forms in shown.items()
    ]


def _shown(organisation: Organisation) -> dict[str, dict[str, str]]:
    names, head = organisation_forms(organisation), head_forms(organisation)
    return {
        "full": names["full"],
        "short": names["short"],
        "name": head["name"],
        "post": head["post"],
    }


@page("organisation.edit", methods=["GET", "POST"])
def edit(request: Any) -> HttpResponseBase:
    organisation = Organisation.objects.get(pk=request.organisation.pk)
    form = InstitutionForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        services.edit_institution(
            actor=request.actor, organisation=request.organisation, values=form.cleaned_data
        )
        messages.success(request, "Сведения сохранены. Проверьте, как склоняются названия.")
        return redirect("desk:cases", org=request.organisation.slug)
    context = {"form": form}
    return TemplateResponse(
        request, "desk/institution_edit.html", context, status=422 if form.errors else 200
    )


@page("organisation.edit", methods=["GET", "POST"])
def cases(request: Any) -> HttpResponseBase:
    organisation: Organisation = request.organisation
    if not (organisation.head_surname and organisation.head_gender):
        messages.warning(request, "Сначала впишите имя и пол руководителя.")
        return redirect("desk:organisation_edit", org=organisation.slug)
    form = CasesForm(request.POST or None, forms_shown=_shown(organisation))
    if request.method == "POST" and form.is_valid():
        services.confirm_cases(
            actor=request.actor,
            organisation=organisation,
            names=_kept(organisation.name_cases, form, ("full", "short")),
            head=_kept(organisation.head_cases, form, ("name", "post")),
        )
        messages.success(request, "Падежи проверены. Так они встанут в документы.")
        return redirect("desk:launch", org=organisation.slug)
    context = {"form": form, "groups": _field_groups(form)}
    return TemplateResponse(request, "desk/cases.html", context, status=422 if form.errors else 200)


def _kept(
    stored: dict[str, dict[str, str]], form: CasesForm, groups: tuple[str, ...]
) -> dict[str, dict[str, str]]:
    """Earlier corrections with the new ones on top: what is shown already includes the earlier."""
    return {group: stored.get(group, {}) | form.corrections(group) for group in groups}


def _field_groups(form: CasesForm) -> list[dict[str, Any]]:
    return [
        {
            "title": title,
            "is_long": key == "full",
            "nominative": form.shown[key]["nominative"],
            "fields": [
                (
                    form[f"{key}-{case}"],
                    words[0],
                    THING_QUESTIONS[case] if key in THINGS else words[1],
                )
                for case, words in CASE_TITLES.items()
                if f"{key}-{case}" in form.fields
            ],
        }
        for key, title in GROUPS.items()
    ]


@page("organisation.edit", methods=["GET", "POST"])
def contingent(request: Any) -> HttpResponseBase:
    form = ContingentForm(request.POST or None)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.save_contingent(actor=request.actor, organisation=request.organisation, **data)
        messages.success(request, "Контингент сохранён.")
        return redirect("desk:organisation", org=request.organisation.slug)

    return form_page(request, form, work, "desk/contingent.html", context={})


@page("organisation.edit", methods=["GET", "POST"])
def rules(request: Any) -> HttpResponseBase:
    organisation: Organisation = request.organisation
    shown = asdict(services.paper_rules(organisation))
    form = PaperRulesForm(request.POST or None, initial=shown)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        services.save_paper_rules(
            actor=request.actor,
            organisation=organisation,
            rules=services.PaperRules(**data),
            today=timezone.localdate(),
        )
        messages.success(request, "Настройки сохранены. Они действуют для новых бумаг.")
        return redirect("desk:organisation", org=organisation.slug)

    return form_page(request, form, work, "desk/rules.html", context={})
