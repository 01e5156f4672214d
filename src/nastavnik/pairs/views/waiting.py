"""«Без пары»: who waits for a mentor, for how long, and what the last search said."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from nastavnik.matching.models import Find, Search
from nastavnik.matching.queries import current_and_unfinished
from nastavnik.pairs.forms.waiting import PickForm, WaitingFilters, WaitingForm
from nastavnik.pairs.lists import Told, waiting_list
from nastavnik.pairs.queries import finds
from nastavnik.pairs.queries import waiting as queries
from nastavnik.pairs.queries.told import may_know_wishes
from nastavnik.pairs.services.searching import close_find
from nastavnik.pairs.services.waiting import note_export, save_waiting_rules
from nastavnik.pairs.views.common import OrgRequest, get_or_404
from nastavnik.people.models import MenteeProfile
from nastavnik.people.queries.support import open_supports
from nastavnik.shared.form_page import attempt
from nastavnik.shared.lists import list_page, list_response
from nastavnik.shared.page import page

EMPTY = {
    "title": "Все с наставниками",
    "text": "Здесь появятся те, кто ждёт наставника, и сколько дней они ждут.",
}
FINDS_SHOWN = 6
BULK = [{"value": "support", "text": "Назначить специалиста"}]


@page("matching.view")
def unpaired(request: OrgRequest) -> HttpResponseBase:
    return _show(request)


@page("pairs.edit", methods=["POST"])
def rules(request: OrgRequest) -> HttpResponseBase:
    """Change after how many days a wait is long and when support begins."""
    form = WaitingForm(request.POST)

    def work(_data: dict[str, Any]) -> HttpResponseBase:
        save_waiting_rules(
            actor=request.actor, organisation=request.organisation, rules=form.rules()
        )
        messages.success(request, "Сроки ожидания сохранены.")
        return redirect("pairs:unpaired", org=request.organisation.slug)

    return attempt(form, work) or _show(request, form=form, status=422)


@page("pairs.edit", methods=["POST"])
def close(request: OrgRequest, pk: int) -> HttpResponseBase:
    """The curator knows of a find."""
    find = get_or_404(Find.objects.all(), pk=pk)
    close_find(actor=request.actor, find=find, on=timezone.localdate())
    messages.success(request, "Принято к сведению. Об этой находке больше не сообщим.")
    return redirect("pairs:unpaired", org=request.organisation.slug)


@page("people.edit", methods=["POST"])
def pick(request: OrgRequest) -> HttpResponseBase:
    """From the ticked rows on to the form that names a specialist."""
    form = PickForm(request.POST, mentees=MenteeProfile.objects.all())
    if not form.is_valid():
        messages.warning(request, "Сначала отметьте людей в списке.")
        return redirect("pairs:unpaired", org=request.organisation.slug)
    where = reverse("pairs:unpaired-support", kwargs={"org": request.organisation.slug})
    chosen = urlencode({"p": [mentee.pk for mentee in form.cleaned_data["p"]]}, doseq=True)
    return redirect(f"{where}?{chosen}")


def _show(
    request: OrgRequest, *, form: WaitingForm | None = None, status: int = 200
) -> HttpResponseBase:
    today, known = timezone.localdate(), queries.waiting_rules(request.organisation)
    filters = WaitingFilters(request.GET, rules=known)
    rows = queries.found_waiting(on=today, rules=known, **filters.values())
    may_edit = bool(request.actor.can("people.edit"))
    search, org = finds.last_search(), request.organisation.slug
    told = _words(request, search)
    base = reverse("people:people", kwargs={"org": org})
    may_export = bool(request.actor.can("people.export"))
    near = reverse("pairs:neighbours", kwargs={"org": org})
    spec = waiting_list(
        base,
        told,
        known,
        today,
        can_export=may_export,
        near=near if request.actor.can("loans.view") else "",
    )
    if request.GET.get("format") in {"xlsx", "print"}:
        told.supports = open_supports(list(rows.values_list("pk", flat=True)))
        return list_response(request, spec, rows, on_export=lambda *what: _note(request, *what))
    pick_name = "p" if may_edit else ""
    listing = list_page(request, spec, rows, filters=filters, pick=pick_name, empty=EMPTY)
    told.supports = open_supports([record[0] for record in listing.records])
    found = finds.open_finds()
    initial = {"waiting_days": known.waiting_days, "support_days": known.support_days}
    context: dict[str, Any] = {
        "listing": listing,
        "finds": found[:FINDS_SHOWN],
        "more_finds": max(len(found) - FINDS_SHOWN, 0),
        "search": search,
        "numbers": queries.numbers(today, known),
        "rules": known,
        "form": form or WaitingForm(initial=initial),
        "org": org,
        "bulk": BULK if may_edit else None,
        "may_edit": bool(request.actor.can("pairs.edit")),
    }
    return TemplateResponse(request, "pairs/unpaired.html", context, status=status)


def _words(request: OrgRequest, search: Search | None) -> Told:
    """What the run under review and the weekly search say."""
    run, _ = current_and_unfinished()
    tells = may_know_wishes(request.actor)
    return Told(words=queries.words_of_searches(run, search, tells_wishes=tells))


def _note(request: OrgRequest, kind: str, count: int) -> None:
    note_export(actor=request.actor, organisation=request.organisation, kind=kind, count=count)
