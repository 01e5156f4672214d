"""«Программа»: the passport of the institution's programme and its approval."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.library.queries import title_of
from nastavnik.pairs import order_data, passport
from nastavnik.pairs.forms.programme import NETWORK_ROWS, ProgrammeForm, ResultsForm
from nastavnik.pairs.models import InstitutionProgramme, ProgrammeState
from nastavnik.pairs.rules import default_term
from nastavnik.pairs.services.programme import (
    finish_programme,
    prepare_programme_order,
    save_programme,
    save_results,
)
from nastavnik.pairs.views.common import OrgRequest, get_or_404
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.page import page

STATE_TAGS: dict[str, str] = {
    ProgrammeState.DRAFT: "info",
    ProgrammeState.TO_SIGN: "wait",
    ProgrammeState.APPROVED: "ok",
    ProgrammeState.FINISHED: "",
}


@page("programme.view")
def programmes(request: OrgRequest) -> HttpResponseBase:
    """All programmes of the organisation, the latest first."""
    rows = [
        {"programme": row, "tag": STATE_TAGS[row.state], "forms": _titles(row.forms)}
        for row in InstitutionProgramme.objects.select_related("order")
    ]
    context = {
        "rows": rows,
        "advice": passport.advise_forms(),
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("programme.edit")),
    }
    return TemplateResponse(request, "pairs/programmes.html", context)


@page("programme.edit", methods=["GET", "POST"])
def new_programme(request: OrgRequest) -> HttpResponseBase:
    """A new passport, every row already proposed from the registers."""
    starts_on, ends_on = default_term(timezone.localdate())
    advised = [advice.code for advice in passport.advise_forms()]
    proposed = passport.prefill(starts_on=starts_on, ends_on=ends_on, forms=advised)
    initial = {
        "title": f"Программа наставничества на {order_data.school_year(starts_on)} учебный год",
        "starts_on": starts_on,
        "ends_on": ends_on,
        "forms": advised,
        **{f"p_{code}": text for code, text in proposed.items()},
    }
    return _edit(request, None, initial)


@page("programme.view", methods=["GET", "POST"])
def programme(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The passport: a form while it is a draft, a sheet to read afterwards."""
    found = get_or_404(InstitutionProgramme.objects.select_related("order"), pk=pk)
    may_edit = bool(request.actor.can("programme.edit"))
    if may_edit and found.state == ProgrammeState.DRAFT:
        return _edit(request, found, _initial(request, found))
    return _show(request, found)


@page("programme.edit", methods=["POST"])
def results(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Keep what is known at the end: the actual results and their publication."""
    found = get_or_404(InstitutionProgramme.objects.select_related("order"), pk=pk)
    form = ResultsForm(request.POST)
    if not form.is_valid():
        return _show(request, found, form)
    save_results(actor=request.actor, programme=found, results=form.cleaned_data)
    messages.success(request, "Итоги программы сохранены.")
    return redirect("pairs:programme", org=request.organisation.slug, pk=found.pk)


@page("programme.edit", methods=["POST"])
def finish(request: OrgRequest, pk: int) -> HttpResponseBase:
    found = get_or_404(InstitutionProgramme.objects.select_related("order"), pk=pk)
    finish_programme(actor=request.actor, programme=found)
    messages.success(request, "Программа завершена.")
    return redirect("pairs:programme", org=request.organisation.slug, pk=found.pk)


def _show(
    request: OrgRequest, found: InstitutionProgramme, form: ResultsForm | None = None
) -> HttpResponseBase:
    """The passport to read; of an approved programme, with the rows to fill at its end."""
    may_edit = bool(request.actor.can("programme.edit"))
    if form is None and may_edit and found.state == ProgrammeState.APPROVED:
        form = ResultsForm(initial={"actual": passport.proposed_results(found)} | _kept(found))
    context = {
        "programme": found,
        "tag": STATE_TAGS[found.state],
        "rows": _rows(found),
        "form": form,
        "org": request.organisation.slug,
    }
    status = 422 if form is not None and form.errors else 200
    return TemplateResponse(request, "pairs/programme.html", context, status=status)


def _kept(found: InstitutionProgramme) -> dict[str, str]:
    return {code: text for code, text in found.parameters.items() if text.strip()}


@page("documents.edit", methods=["POST"])
def programme_order(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Draft the order of approval with the passport in its appendix."""
    document = prepare_programme_order(
        actor=request.actor,
        organisation=request.organisation,
        programme=get_or_404(InstitutionProgramme.objects.all(), pk=pk),
    )
    messages.success(request, "Проект приказа составлен. Проверьте текст и отправьте на подпись.")
    return redirect("documents:card", org=request.organisation.slug, pk=document.pk)


def _edit(
    request: OrgRequest, found: InstitutionProgramme | None, initial: dict[str, Any]
) -> HttpResponseBase:
    form = ProgrammeForm(
        request.POST or None,
        organisation=request.organisation,
        with_results=False,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            kept = save_programme(
                actor=request.actor,
                organisation=request.organisation,
                programme=found,
                **form.values,
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Паспорт программы сохранён.")
            return redirect("pairs:programme", org=request.organisation.slug, pk=kept.pk)
    context = {
        "form": form,
        "programme": found,
        "advice": passport.advise_forms(),
        "org": request.organisation.slug,
        "parameters": [(form[f"p_{p.code}"], p.code) for p in form.shown],
        "network": [(form[f"partner_{n}"], form[f"gives_{n}"]) for n in range(1, NETWORK_ROWS + 1)],
        "may_order": bool(request.actor.can("documents.edit")),
    }
    status = 422 if form.errors else 200
    return TemplateResponse(request, "pairs/programme_edit.html", context, status=status)


def _initial(request: OrgRequest, found: InstitutionProgramme) -> dict[str, Any]:
    """What is saved; with `?fill=CODE` that row (or `all` empty ones) proposed from the data."""
    wish = request.GET.get("fill", "")
    kept = dict(found.parameters)
    if wish:
        proposed = passport.prefill(
            starts_on=found.starts_on, ends_on=found.ends_on, forms=found.forms
        )
        for code, text in proposed.items():
            if wish == code or (wish == "all" and not kept.get(code, "").strip()):
                kept[code] = text
    initial: dict[str, Any] = {
        "title": found.title,
        "starts_on": found.starts_on,
        "ends_on": found.ends_on,
        "forms": found.forms,
        "role_models": found.role_models,
        **{f"p_{code}": text for code, text in kept.items()},
    }
    for number, row in enumerate(found.network[:NETWORK_ROWS], 1):
        initial |= {f"partner_{number}": row["partner"], f"gives_{number}": row["gives"]}
    return initial


def _rows(found: InstitutionProgramme) -> list[dict[str, str]]:
    rows = [
        {"title": p.title, "value": found.parameters.get(p.code, "")}
        for p in passport.parameters()
        if not p.after_completion or found.state == ProgrammeState.FINISHED
    ]
    network = "; ".join(f"{row['partner']}: {row['gives']}" for row in found.network)
    return [
        {"title": "Период", "value": f"{found.starts_on:%d.%m.%Y} – {found.ends_on:%d.%m.%Y}"},
        {"title": "Формы", "value": _titles(found.forms)},
        *rows,
        {"title": "Сетевое взаимодействие", "value": network},
    ]


def _titles(codes: list[str]) -> str:
    return ", ".join(title_of("forms", code) for code in codes)
