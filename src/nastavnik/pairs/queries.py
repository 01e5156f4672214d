"""Reading pairs."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Q, QuerySet

from nastavnik.pairs.facts import PairFacts, load_facts
from nastavnik.pairs.models import HOLDING_STATES, OPEN_STATES, Pair, PairMentee, PairState
from nastavnik.pairs.rules import Blocker, blockers


def pairs_in(states: Iterable[PairState]) -> "QuerySet[Pair]":
    found: QuerySet[Pair] = (
        Pair.objects.filter(state__in=list(states))
        .select_related("mentor__person", "order")
        .prefetch_related("members__mentee__person")
    )
    return found


def open_pairs() -> "QuerySet[Pair]":
    return pairs_in(OPEN_STATES)


def used_places(mentor_ids: Iterable[int], *, but: int | None = None) -> dict[int, int]:
    """How many mentees each mentor has in open pairs, the pair `but` not counted."""
    rows = (
        PairMentee.objects.filter(
            pair__mentor_id__in=list(mentor_ids),
            pair__state__in=list(OPEN_STATES),
            left_on__isnull=True,
        )
        .exclude(pair_id=but)
        .values("pair__mentor_id")
        .annotate(n=Count("id"))
    )
    return {row["pair__mentor_id"]: row["n"] for row in rows}


def forms_taken(mentee_ids: Iterable[int], *, but: int | None = None) -> dict[int, set[str]]:
    """Forms in which each mentee already has an open pair (invariant 9)."""
    taken: dict[int, set[str]] = {}
    rows = (
        PairMentee.objects.filter(
            mentee_id__in=list(mentee_ids),
            pair__state__in=list(OPEN_STATES),
            left_on__isnull=True,
        )
        .exclude(pair_id=but)
        .values_list("mentee_id", "pair__form")
    )
    for mentee_id, form in rows:
        taken.setdefault(mentee_id, set()).add(form)
    return taken


def pairs_of_people(person_ids: Iterable[int]) -> "QuerySet[Pair]":
    """Open pairs in which any of the people takes part."""
    ids = list(person_ids)
    found: QuerySet[Pair] = Pair.objects.filter(
        Q(mentor__person_id__in=ids)
        | Q(members__mentee__person_id__in=ids, members__left_on__isnull=True),
        state__in=list(OPEN_STATES),
    ).distinct()
    return found


def with_blockers(pairs: Iterable[Pair], on: date) -> list[tuple[PairFacts, list[Blocker]]]:
    """Each pair with what keeps it from being active on `on`."""
    return [(facts, blockers(facts, on)) for facts in load_facts(pairs)]


def counts() -> dict[str, int]:
    """How many pairs stand in each state."""
    rows = Pair.objects.order_by().values_list("state").annotate(n=Count("id"))
    return dict(rows)


def holding_pairs() -> "QuerySet[Pair]":
    return pairs_in(HOLDING_STATES)
