"""A roadmap is made and its lines are written: the wizard, the header, a line, its rule."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from nastavnik.roadmaps import queries
from nastavnik.roadmaps.catalogue import templates_for
from nastavnik.roadmaps.evidence import rules
from nastavnik.roadmaps.forms.drafting import (
    EventDatesForm,
    HeaderForm,
    ItemForm,
    MoveForm,
    WizardForm,
)
from nastavnik.roadmaps.forms.rule import RuleForm, refuse_rule, rule_initial
from nastavnik.roadmaps.models import Roadmap, RoadmapItem, RoadmapKind, kind_for
from nastavnik.roadmaps.queries.people import holders_of, parties
from nastavnik.roadmaps.services import dates, drafting, items
from nastavnik.roadmaps.services.common import period_of
from nastavnik.roadmaps.services.drafting import Header
from nastavnik.roadmaps.views.common import (
    OrgRequest,
    about,
    item_or_404,
    roadmap_or_404,
    to_board,
    to_item,
)
from nastavnik.roadmaps.views.item import item_page
from nastavnik.roadmaps.wording import rule_note, rule_saved
from nastavnik.shared.form_page import form_page
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted

LINES = ("пункт", "пункта", "пунктов")


@page("roadmaps.edit", methods=["GET", "POST"])
def new(request: OrgRequest) -> HttpResponseBase:
    """From a template: which one, for which time, who answers."""
    today = timezone.localdate()
    kind = kind_for(request.organisation)
    templates = {one.code: one for one in templates_for(request.organisation) if one.kind == kind}
    starts_on, ends_on = queries.year_ahead(today)
    form = WizardForm(
        request.POST or None,
        templates=list(templates.values()),
        holders=holders_of(request.organisation, today),
        initial={
            "template": next(iter(templates), ""),
            "title": queries.usual_title(kind, starts_on, ends_on),
            "starts_on": starts_on,
            "ends_on": ends_on,
            "academic": True,
        },
    )

    def make(values: dict[str, Any]) -> HttpResponseBase:
        template = templates[values["template"]]
        header = _header(values, title=values["title"])
        roadmap = drafting.create_from_template(
            actor=request.actor,
            organisation=request.organisation,
            code=template.code,
            title=header.title,
            period=header.period,
            lines=template.lines,
            people=form.people,
            kind=kind,
        )
        number = counted(len(template.works), *LINES)
        messages.success(request, f"Черновик готов: {number}. Проверьте сроки и ответственных.")
        return to_board(request, roadmap)

    context = {"org": request.organisation.slug, "templates": list(templates.values())}
    return form_page(request, form, make, "roadmaps/new.html", context=context)


@page("roadmaps.edit", methods=["GET", "POST"])
def edit(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Title and period of a draft."""
    roadmap = roadmap_or_404(pk)
    initial = {
        name: getattr(roadmap, name) for name in ("title", "starts_on", "ends_on", "academic")
    }

    def save(values: dict[str, Any]) -> HttpResponseBase:
        header = _header(values, title=values["title"])
        drafting.edit_roadmap(actor=request.actor, roadmap=roadmap, header=header)
        messages.success(request, "Сохранено. Сроки без года прочитаны заново.")
        return to_board(request, roadmap)

    form = HeaderForm(request.POST or None, initial=initial)
    context = {**about(request, roadmap), "title": "Название и период", "button": "Сохранить"}
    return form_page(request, form, save, "roadmaps/form.html", context=context)


@page("roadmaps.edit", methods=["POST"])
def drop(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Throw a draft away that nobody else has seen."""
    drafting.drop_draft(actor=request.actor, roadmap=roadmap_or_404(pk))
    messages.success(request, "Черновик убран.")
    return redirect("roadmaps:current", org=request.organisation.slug)


@page("roadmaps.edit", methods=["GET", "POST"])
def add(request: OrgRequest, pk: int) -> HttpResponseBase:
    """A new line, after another one when the address names it."""
    roadmap = roadmap_or_404(pk)
    after = _after(request, roadmap)
    initial = {"section": after.section if after else ""}

    def save(values: dict[str, Any]) -> HttpResponseBase:
        line = items.line_from(
            values,
            parties=_parties(request, values),
            period=period_of(roadmap),
        )
        item = items.add_item(actor=request.actor, roadmap=roadmap, line=line, after=after)
        messages.success(request, "Пункт добавлен. Выберите, чем он подтверждается.")
        return redirect("roadmaps:rule", org=request.organisation.slug, item_id=item.pk)

    municipal = roadmap.kind == RoadmapKind.MUNICIPAL
    form = ItemForm(request.POST or None, is_municipal=municipal, initial=initial)
    context = {**about(request, roadmap), "title": "Новый пункт", "button": "Добавить пункт"}
    return form_page(request, form, save, "roadmaps/form.html", context=context)


@page("roadmaps.edit", methods=["GET", "POST"])
def edit_item(request: OrgRequest, item_id: int) -> HttpResponseBase:
    """Words, dates and people of a line; in force only what the institution decides itself."""
    item = item_or_404(item_id)
    roadmap = item.roadmap
    is_open = roadmap.is_editable and item.upper_id is None
    initial = {
        name: getattr(item, name)
        for name in (*items.AGREED_FIELDS, "resources_internal", "resources_external")
    }
    initial["responsible"] = [row.words for row in item.responsible.all()]
    initial["checklist"] = [entry["text"] for entry in item.checklist]

    def save(values: dict[str, Any]) -> HttpResponseBase:
        parties = _parties(request, values)
        values["checklist"] = items.checklist_from(values["checklist"], item.checklist)
        values.pop("responsible")
        items.edit_item(actor=request.actor, item=item, values=values, responsible=parties)
        messages.success(request, "Пункт сохранён.")
        return to_item(request, item)

    municipal = roadmap.kind == RoadmapKind.MUNICIPAL
    form = ItemForm(request.POST or None, is_open=is_open, is_municipal=municipal, initial=initial)
    context = {
        **about(request, roadmap),
        "item": item,
        "title": "Изменить пункт",
        "button": "Сохранить",
        "hint": ""
        if is_open
        else "Слова и сроки согласованы: их меняет новая версия карты. Остальное можно менять.",
    }
    return form_page(request, form, save, "roadmaps/form.html", context=context)


@page("roadmaps.edit", methods=["GET", "POST"])
def rule(request: OrgRequest, item_id: int) -> HttpResponseBase:
    """What closes the line by itself."""
    item = item_or_404(item_id)
    form = RuleForm(request.POST or None, initial=rule_initial(item))

    def save(_values: dict[str, Any]) -> HttpResponseBase:
        changed = items.set_rule(actor=request.actor, item=item, **form.rule)
        messages.success(request, rule_saved(changed))
        return to_item(request, item)

    context = {
        **about(request, item.roadmap),
        "item": item,
        "title": "Чем подтверждается пункт",
        "button": "Сохранить",
        "hint": rule_note(item),
        "rules": rules(),
    }
    return form_page(request, form, save, "roadmaps/rule.html", context=context, refuse=refuse_rule)


@page("roadmaps.edit", methods=["POST"])
def move(request: OrgRequest, item_id: int) -> HttpResponseBase:
    """One place up or down in a draft."""
    item = item_or_404(item_id)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return item_page(request, item, move_form=form)
    items.move_item(actor=request.actor, item=item, up=form.is_up)
    return to_item(request, item)


@page("roadmaps.edit", methods=["POST"])
def remove(request: OrgRequest, item_id: int) -> HttpResponseBase:
    item = item_or_404(item_id)
    roadmap = item.roadmap
    items.remove_item(actor=request.actor, item=item)
    messages.success(request, "Пункт убран.")
    return to_board(request, roadmap)


@page("roadmaps.edit", methods=["GET", "POST"])
def event_dates(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Days of the events that deadlines count from."""
    roadmap = roadmap_or_404(pk)
    events = dates.events_of(roadmap)
    known = dict(roadmap.event_dates.values_list("event", "on"))
    initial = {f"event{n}": known.get(code) for n, (code, _) in enumerate(events)}
    form = EventDatesForm(request.POST or None, events=events, initial=initial)

    def save(_values: dict[str, Any]) -> HttpResponseBase:
        for event, day in form.days.items():
            if day != known.get(event):
                dates.set_event_date(actor=request.actor, roadmap=roadmap, event=event, on=day)
        messages.success(request, "Даты сохранены, сроки посчитаны.")
        return to_board(request, roadmap)

    context = {
        **about(request, roadmap),
        "title": "Даты событий",
        "button": "Сохранить даты",
        "hint": "От этих событий считаются сроки пунктов, например «в течение двух недель».",
    }
    return form_page(request, form, save, "roadmaps/form.html", context=context)


def _header(values: dict[str, Any], *, title: str) -> Header:
    return Header(
        title=title,
        starts_on=values["starts_on"],
        ends_on=values["ends_on"],
        academic=values["academic"],
    )


def _parties(request: OrgRequest, values: dict[str, Any]) -> list[Any]:
    holders = holders_of(request.organisation, timezone.localdate())
    return parties(values["responsible"], holders)


def _after(request: OrgRequest, roadmap: Roadmap) -> RoadmapItem | None:
    said = request.GET.get("after", "")
    if not said.isdigit() or len(said) > 18:
        return None
    found: RoadmapItem | None = roadmap.items.filter(pk=int(said)).first()
    return found
