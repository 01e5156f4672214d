"""Lists of councils: an institution's, a territory's, a member's own."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.councils import policies, queries
from nastavnik.councils.forms.councils import CouncilForm
from nastavnik.councils.models import Council, CouncilMember, CouncilState, Sitting
from nastavnik.councils.papers import office_words, planned_words
from nastavnik.councils.rooms import task_title
from nastavnik.councils.services import councils as services
from nastavnik.councils.views.cards import TAGS
from nastavnik.councils.views.common import regulations
from nastavnik.councils.views.place import Place, both
from nastavnik.shared.form_page import form_page
from nastavnik.shared.page import page
from nastavnik.shared.typography import date_words
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope


@dataclass(frozen=True)
class Line:
    """A council in a list, as plain values."""

    council: Council
    url: str
    tag: str
    members: int
    held: int
    planned: int
    next: str
    where: str = ""


@page("councils.view")
def index(request: Any) -> HttpResponseBase:
    organisation = request.organisation
    place = Place(organisation, request.actor, organisation.slug)
    context = {
        "lines": _lines(place),
        "place": place,
        "tasks": _tasks(place),
        "new_url": place.url("new"),
        "may_edit": bool(policies.can_edit(request.actor)),
    }
    return TemplateResponse(request, "councils/list.html", context)


@page("councils.view")
def territory(request: Any) -> HttpResponseBase:
    """Councils of the offices on the territory and below it."""
    lines: list[Line] = []
    tasks: list[dict[str, str]] = []
    offices = queries.authorities(request.territory)
    own = [office for office in offices if office.territory_id == request.territory.pk]
    for office in offices:
        place = Place(office, request.actor, request.territory.slug, is_territory=True)
        with scope({office.pk}):
            lines += _lines(place, where=office.territory.name)
            tasks += _tasks(place)
    slug = {"territory": request.territory.slug}
    context = {
        "lines": lines,
        "tasks": tasks,
        "has_office": bool(own),
        "is_many": len({line.where for line in lines}) > 1,
        "new_url": reverse("councils:territory-new", kwargs=slug),
        "groups_url": reverse("councils:groups", kwargs=slug),
        "add_office_url": reverse("desk:add_organisation", kwargs=slug),
        "may_edit": bool(policies.can_edit(request.actor)) and bool(own),
        "may_add_office": bool(request.actor.can("territory.edit")),
    }
    return TemplateResponse(request, "councils/territory.html", context)


@page("councils.oversee")
def groups(request: Any) -> HttpResponseBase:
    """Which institutions have an order on a working group."""
    rows = queries.working_group_orders(request.actor, request.territory)
    without = [row.organisation.short_name for row in rows if row.on is None]
    context = {"rows": rows, "without": without, "have": len(rows) - len(without)}
    return TemplateResponse(request, "councils/groups.html", context)


@page("councils.mine")
def mine(request: Any) -> HttpResponseBase:
    """Councils that the reader belongs to: who else, when, what was decided."""
    found = queries.councils_of_member(request.actor.user_id)
    parts = [
        {
            "council": council,
            "members": [
                {"member": row, "office": office_words(council, row.office)}
                for row in queries.composition(council)
            ],
            "sittings": [
                {"row": row, "when": date_words(row.held_on) or planned_words(row)}
                for row in queries.sittings_of(council)
            ],
        }
        for council in found
    ]
    today = timezone.localdate()
    return TemplateResponse(request, "councils/mine.html", {"parts": parts, "today": today})


@both("councils.edit", methods=["GET", "POST"])
def new(request: Any, place: Place) -> HttpResponseBase:
    form = CouncilForm(
        request.POST or None,
        kinds=_kinds(place.organisation),
        papers=regulations(),
        initial={"kind": _kinds(place.organisation)[0][0]},
    )

    def work(_data: dict[str, Any]) -> HttpResponseBase:
        council = services.add_council(
            actor=place.actor, organisation=place.organisation, **form.values()
        )
        messages.success(request, "Записано. Теперь выберите состав: система составит приказ.")
        return place.to("members", pk=council.pk)

    context = {
        "place": place,
        "up_url": place.list_url,
        "up_title": place.list_title,
        "title": "Новый совет или группа",
        "button": "Записать и выбрать состав",
    }
    return form_page(request, form, work, "councils/form.html", context=context)


def _kinds(organisation: Organisation) -> list[tuple[str, str]]:
    """What may be created now; the territory's own kind stands first."""
    kinds = services.kinds_for(organisation)
    if services.open_working_group(organisation) is not None:
        kinds = [kind for kind in kinds if kind[0] != "working_group"]
    return sorted(kinds, key=lambda kind: kind[0] != "curators")


def _lines(place: Place, where: str = "") -> list[Line]:
    today = timezone.localdate()
    rows = list(queries.councils())
    sittings: dict[int, list[Sitting]] = {}
    for sitting in Sitting.objects.filter(council__in=rows).order_by("planned_on", "id"):
        sittings.setdefault(sitting.council_id, []).append(sitting)
    counts: dict[tuple[int, int], int] = {}
    keys = CouncilMember.objects.filter(council__in=rows).values_list("council_id", "order_id")
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    lines = []
    for row in rows:
        own = sittings.get(row.pk, [])
        ahead = [s for s in own if s.state == "planned" and s.planned_on >= today]
        lines.append(
            Line(
                council=row,
                url=place.url("card", pk=row.pk),
                tag=TAGS[CouncilState(row.state)],
                members=counts.get((row.pk, row.order_id or 0), 0),
                held=sum(s.state == "held" for s in own),
                planned=sum(s.state == "planned" for s in own),
                next=planned_words(ahead[0]) if ahead else "",
                where=where,
            )
        )
    return lines


def _tasks(place: Place) -> list[dict[str, str]]:
    """Sittings without a protocol, for the note above the list."""
    rows = queries.sittings_without_protocol(timezone.localdate())
    return [
        {
            "title": f"{task_title(row)}.",
            "text": f"{row.council.name}: {row.topic}.",
            "url": place.url("sitting", sitting_id=row.pk),
        }
        for row in rows[:5]
    ]
