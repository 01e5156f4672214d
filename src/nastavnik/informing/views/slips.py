"""«Кто хочет участвовать»: the curator's page of slips."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.documents.views.common import docx_response
from nastavnik.informing.forms.slips import PaperForm, SheetPickForm, TakeForm, initial_of
from nastavnik.informing.models import SLIP_DAYS, Slip, SlipState
from nastavnik.informing.queries import slips as queries
from nastavnik.informing.services import slips as services
from nastavnik.informing.services import taking
from nastavnik.informing.services.taking import Newcomer
from nastavnik.informing.views.common import OrgRequest
from nastavnik.informing.wording import sheet_title
from nastavnik.people.forms.persons import refuse_birth
from nastavnik.people.models import Category, Person
from nastavnik.people.queries.people import people
from nastavnik.people.services.names import gender_of
from nastavnik.shared.form_page import form_page
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

_SLIPS = ("запись", "записи", "записей")


@page("slips.view")
def slips(request: OrgRequest) -> HttpResponseBase:
    """Counts by audience, those who wait by class, those set aside."""
    today = timezone.localdate()
    waiting = queries.groups(today)
    found = queries.totals(today)
    context = {
        "org": request.organisation.slug,
        "totals": found,
        "totals_columns": ["Кто", "Нужен наставник", "Готовы помогать", "Всего"],
        "totals_rows": [
            [row.title, str(row.mentees), str(row.mentors), str(row.total)] for row in found.rows
        ],
        "groups": [(sheet_title(group.sheet), group) for group in waiting],
        "set_aside": [
            row for group in queries.groups(today, (SlipState.DECLINED,)) for row in group.rows
        ],
        "days": SLIP_DAYS,
        "may_edit": bool(request.actor.can("slips.edit")),
        "has_sheets": bool(queries.sheets(today)),
    }
    return TemplateResponse(request, "informing/slips.html", context)


@page("slips.edit", methods=["GET", "POST"])
def take(request: OrgRequest, slip_id: int) -> HttpResponseBase:
    """«Завести»: the form of a new person with what the slip tells."""
    today = timezone.localdate()
    slip = _slip_or_404(slip_id)
    if slip.state == SlipState.TAKEN and slip.person is not None:
        return redirect(_card(request, slip.person))
    category = taking.category_of(slip)
    initial = {"category": category, "class_name": slip.class_name, **initial_of(slip)}
    names = [initial.get(name, "") for name in ("surname", "given", "patronymic")]
    initial["gender"] = gender_of(*names) if names[0] and names[1] else ""
    form = TakeForm(
        request.POST or None,
        initial=initial,
        candidates=queries.namesakes(slip),
        is_child=category == Category.PUPIL,
    )

    def work(data: dict[str, Any]) -> HttpResponseBase:
        person = taking.take(
            actor=request.actor,
            organisation=request.organisation,
            slip=slip,
            newcomer=_newcomer(data, is_own=category in {Category.PUPIL, Category.PEDAGOGUE}),
            today=today,
        )
        messages.success(request, f"{person.full_name}: запись создана. Нужны согласия.")
        return redirect(_card(request, person))

    context = {
        "org": request.organisation.slug,
        "slip": slip,
        "where": sheet_title(slip.sheet),
    }
    return form_page(
        request, form, work, "informing/take.html", context=context, refuse=refuse_birth
    )


@page("slips.edit", methods=["POST"])
def decline(request: OrgRequest, slip_id: int) -> HttpResponseBase:
    services.decline(actor=request.actor, slip=_slip_or_404(slip_id))
    messages.success(request, "Отложено. Вернуть можно внизу страницы, пока запись не стёрта.")
    return redirect(_list(request))


@page("slips.edit", methods=["POST"])
def back(request: OrgRequest, slip_id: int) -> HttpResponseBase:
    services.bring_back(actor=request.actor, slip=_slip_or_404(slip_id))
    return redirect(_list(request))


@page("slips.edit", methods=["POST"])
def remove(request: OrgRequest, slip_id: int) -> HttpResponseBase:
    services.remove(actor=request.actor, slip=_slip_or_404(slip_id))
    messages.success(request, "Запись удалена и в подсчёт не входит.")
    return redirect(_list(request))


@page("slips.edit", methods=["POST"])
def blanks(request: OrgRequest) -> HttpResponseBase:
    """Blanks of consent for those who wait in one class, or everywhere."""
    form = SheetPickForm(request.POST)
    rows = queries.live(timezone.localdate()).filter(state=SlipState.NEW)
    if form.is_valid() and form.cleaned_data["sheet"]:
        rows = rows.filter(sheet=form.cleaned_data["sheet"])
    today = timezone.localdate()
    content = taking.give_blanks(
        actor=request.actor, organisation=request.organisation, slips=list(rows), today=today
    )
    return docx_response(content, f"Бланки согласий, {today:%d.%m.%Y}")


@page("slips.edit", methods=["GET", "POST"])
def paper(request: OrgRequest) -> HttpResponseBase:
    """A small grid for slips written on paper."""
    today = timezone.localdate()
    sheets = queries.sheets(today)
    form = PaperForm(request.POST or None, sheets=sheets)

    def work(data: dict[str, Any]) -> HttpResponseBase:
        sheet = next(row for row in sheets if row.pk == data["sheet"])
        made, known = services.type_in(
            actor=request.actor, sheet=sheet, entries=form.entries, today=today
        )
        messages.success(request, _typed(made, known))
        return redirect(_list(request))

    context = {"org": request.organisation.slug, "has_sheets": bool(sheets)}
    return form_page(request, form, work, "informing/slips_paper.html", context=context)


def _typed(made: int, known: int) -> str:
    text = f"Внесено: {counted(made, *_SLIPS)}."
    return f"{text} Уже были: {known}." if known else text


def _newcomer(data: dict[str, Any], *, is_own: bool) -> Newcomer:
    known = data.pop("known", None)
    is_namesake = data.pop("is_namesake")
    person: Person | None = get_object_or_404(people(), pk=known) if known else None
    return Newcomer({**data, "is_own": is_own}, known=person, is_namesake=is_namesake)  # type: ignore[typeddict-item]


def _slip_or_404(pk: int) -> Slip:
    """A slip whose name may still be read."""
    found: Slip = get_object_or_404(queries.live(timezone.localdate()), pk=pk)
    return found


def _list(request: OrgRequest) -> str:
    return reverse("informing:slips", kwargs={"org": request.organisation.slug})


def _card(request: OrgRequest, person: Person) -> str:
    return reverse("people:card", kwargs={"org": request.organisation.slug, "person_id": person.pk})
