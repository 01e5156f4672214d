"""The list of pairs and a pair made by hand."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.audit.remembered import remembered
from nastavnik.pairs import queries, rules
from nastavnik.pairs.facts import PairFacts
from nastavnik.pairs.forms.pairs import PairFilters, PairForm, PairLinkForm, mentees_and_mentors
from nastavnik.pairs.lists import pair_list, state_words
from nastavnik.pairs.models import OPEN_STATES, PairState
from nastavnik.pairs.rules import Blocker
from nastavnik.pairs.services.composing import make_pair
from nastavnik.pairs.services.programme import current_programme
from nastavnik.pairs.views.common import OrgRequest
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import apply_domain_error
from nastavnik.shared.lists import list_page, list_response
from nastavnik.shared.page import page

CHIP_STATES = (
    PairState.PROPOSED,
    PairState.AGREED,
    PairState.IN_ORDER,
    PairState.ACTIVE,
    PairState.PAUSED,
)


@page("pairs.view")
def pair_register(request: OrgRequest) -> HttpResponseBase:
    today = timezone.localdate()
    filters = PairFilters(request.GET)
    values = filters.values()
    blocker = values.pop("blocker", "")
    rows = queries.found_pairs(**values)
    if blocker:
        rows = rows.filter(pk__in=queries.blocked_by(blocker, today))
    known: dict[int, tuple[PairFacts, list[Blocker]]] = {}
    spec = pair_list(known)
    if request.GET.get("format"):
        known.update(_known(queries.with_blockers(rows, today)))
        return list_response(request, spec, rows, filters=filters)
    counts = remembered(request, "pair_states", queries.counts)
    # The chips have counted the pairs already, unless something narrows them down further.
    total = None if blocker or values.get("name") or values.get("form") else sum(counts.values())
    if total is not None and (state := values.get("state")):
        total = counts.get(state, 0)
    listing = list_page(request, spec, rows, filters=filters, empty=EMPTY, total=total)
    shown = [record[0] for record in listing.records]
    known.update(_known(queries.with_blockers_by_keys(shown, today)))
    context = {
        "listing": listing,
        "chips": _chips(request, counts),
        "org": request.organisation.slug,
        "may_edit": bool(request.actor.can("pairs.edit")),
    }
    return TemplateResponse(request, "pairs/list.html", context)


EMPTY = {"title": "Пар пока нет", "text": "Подберите пары или составьте вручную."}


def _known(
    rows: list[tuple[PairFacts, list[Blocker]]],
) -> dict[int, tuple[PairFacts, list[Blocker]]]:
    """Facts of the rows; only pairs that may still become active have blockers worth telling."""
    return {
        facts.pair.pk: (facts, found if facts.pair.state in OPEN_STATES else [])
        for facts, found in rows
    }


def _chips(request: OrgRequest, counts: dict[str, int]) -> list[dict[str, Any]]:
    chosen = request.GET.get("state", "")
    chips = [{"title": "Все", "url": "?", "is_current": not chosen, "count": sum(counts.values())}]
    return chips + [
        {
            "title": state_words(state),
            "url": f"?state={state}",
            "is_current": chosen == state,
            "count": counts[state],
        }
        for state in CHIP_STATES
        if counts.get(state)
    ]


@page("pairs.edit", methods=["GET", "POST"])
def new(request: OrgRequest) -> HttpResponseBase:
    """A pair or group by hand."""
    mentees, mentors = mentees_and_mentors()
    programme = current_programme()
    form = PairForm(
        request.POST or None,
        initial=_named(request, mentees, mentors),
        mentors=mentors,
        mentees=mentees,
        term=rules.default_term(timezone.localdate(), programme.ends_on if programme else None),
    )
    if request.method == "POST" and form.is_valid():
        try:
            pair = make_pair(
                actor=request.actor,
                organisation=request.organisation,
                programme=programme,
                **form.values,
            )
        except DomainError as error:
            apply_domain_error(form, error)
        else:
            messages.success(request, "Составлено. Теперь спросите участников.")
            return redirect("pairs:card", org=request.organisation.slug, pk=pair.pk)
    context = {"form": form, "org": request.organisation.slug}
    status = 422 if form.errors else 200
    return TemplateResponse(request, "pairs/new.html", context, status=status)


def _named(request: OrgRequest, mentees: Any, mentors: Any) -> dict[str, Any]:
    """People and the form that a link names, where they are the organisation's own."""
    return PairLinkForm(request.GET, mentors=mentors, mentees=mentees).values()
