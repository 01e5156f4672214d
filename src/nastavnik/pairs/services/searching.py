"""The weekly search for those who wait: the very question of matching, asked anew by the night.

It makes no pair. What it finds is told to the curator once, and what it does not find has a reason.
"""

import logging
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.matching.draft import changes_of, draft_entries
from nastavnik.matching.models import Find, MatchRun, Prefer, Search
from nastavnik.matching.queries import build_problem, current_and_unfinished
from nastavnik.matching.solving import RunRefused, solve_problem
from nastavnik.pairs import policies, queries
from nastavnik.pairs.queries.finds import open_finds
from nastavnik.pairs.queries.waiting import waiting, waiting_rules
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

log = logging.getLogger(__name__)
EVERY = timedelta(days=7)


@transaction.atomic
def search_weekly(*, actor: Actor, organisation: Organisation, on: date) -> int:
    """Search unless it was done within a week. Returns how many finds are new.

    Told of are those whom the run under review proposes nobody; without a run, those who have
    waited for long: for the rest the first proposal is yet to come.
    """
    demand(actor.can("matching.edit"))
    close_stale_finds(actor=actor, on=on)
    if Search.objects.filter(made_on__gt=on - EVERY, made_on__lte=on).exists():
        return 0
    run, unfinished = current_and_unfinished()
    if unfinished is not None or not waiting().exists():
        return 0
    result = _search(run, on)
    if result is None:
        return 0
    search = Search(
        organisation=organisation, made_on=on, asked=result["totals"]["asked"], result=result
    )
    search.save()
    new = _keep(search, result["chosen"], _asked_for(organisation, run, on))
    record(
        actor=actor,
        action="matching.search",
        subject=search,
        details={"asked": search.asked, "found": new},
    )
    return new


@transaction.atomic
def close_find(*, actor: Actor, find: Find, on: date) -> None:
    """The curator knows of the find; it is not shown any more."""
    demand(policies.can_edit_pairs(actor))
    find = Find.objects.select_for_update().get(pk=find.pk)
    if find.closed_on is None:
        find.closed_on = on
        find.save(update_fields=["closed_on"])
        record(actor=actor, action="matching.find_closed", subject=find)


@transaction.atomic
def close_stale_finds(*, actor: Actor, on: date) -> int:
    """Close finds whose mentee has a pair by now or whose mentor is no longer free."""
    demand(actor.can("matching.edit"))
    standing = {find.pk for find in open_finds()}
    stale = [f for f in Find.objects.filter(closed_on__isnull=True) if f.pk not in standing]
    for find in stale:
        find.closed_on = on
        find.save(update_fields=["closed_on"])
        record(
            actor=actor, action="matching.find_closed", subject=find, reason="больше не подходит"
        )
    return len(stale)


def _search(run: MatchRun | None, on: date) -> dict[str, Any] | None:
    """The proposal of today with the weights that the curator gave, kept without its options."""
    problem = build_problem(
        on=on,
        taken_mentees=queries.taken_mentees(),
        used_places=queries.all_used_places(),
        finished=queries.finished_by_mentor(),
        refused=queries.refused_couples(),
        weights=run.weights if run else None,
    )
    try:
        result = solve_problem(problem, prefer=Prefer.STABLE).result
    except RunRefused as error:
        log.warning("the weekly search gave nothing: %s", error.code)
        return None
    kept = ("mentee", "mentor", "form", "fit")
    chosen = [{name: entry[name] for name in kept} for entry in result["chosen"]]
    return {
        "chosen": chosen,
        **{name: result[name] for name in ("unmatched", "certificates", "totals")},
    }


def _asked_for(organisation: Organisation, run: MatchRun | None, on: date) -> set[int]:
    """Mentees for whom a find is news."""
    if run is not None:
        proposed = {entry["mentee"] for entry in draft_entries(run, changes_of(run))}
        return set(waiting().values_list("pk", flat=True)) - proposed
    till = on - timedelta(days=waiting_rules(organisation).waiting_days)
    return set(waiting().filter(since__lte=till).values_list("pk", flat=True))


def _keep(search: Search, chosen: list[Mapping[str, Any]], asked_for: set[int]) -> int:
    told = set(Find.objects.order_by().values_list("mentee_id", "mentor_id"))
    held = set(Find.objects.filter(closed_on__isnull=True).values_list("mentee_id", flat=True))
    new = [
        Find(
            organisation_id=search.organisation_id,
            search=search,
            mentee_id=entry["mentee"],
            mentor_id=entry["mentor"],
            form=entry["form"],
            fit_0_100=entry["fit"],
        )
        for entry in chosen
        if entry["mentee"] in asked_for - held and (entry["mentee"], entry["mentor"]) not in told
    ]
    Find.objects.bulk_create(new)
    return len(new)
