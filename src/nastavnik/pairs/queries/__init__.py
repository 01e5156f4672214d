"""Reading pairs."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from nastavnik.pairs.facts import PairFacts, load_facts, load_facts_by_keys
from nastavnik.pairs.models import (
    HOLDING_STATES,
    OPEN_STATES,
    Pair,
    PairAnswer,
    PairMentee,
    PairState,
)
from nastavnik.pairs.rules import Blocker, blockers
from nastavnik.people.models import LoanCall, LoanRequest, LoanState
from nastavnik.shared.text import search_key
from nastavnik.tenancy.scope import scopes_disabled


def pairs_in(states: Iterable[PairState]) -> "QuerySet[Pair]":
    found: QuerySet[Pair] = (
        Pair.objects.filter(state__in=list(states))
        .select_related("mentor__person", "order")
        .prefetch_related("members__mentee__person")
    )
    return found


def open_pairs() -> "QuerySet[Pair]":
    return pairs_in(OPEN_STATES)


def used_places(
    mentor_ids: Iterable[int], *, but: int | None = None, kept_for: Iterable[int] = ()
) -> dict[int, int]:
    """How many places of each mentor are taken, the pair `but` not counted; one query.

    A place borrowed for one of the mentees `kept_for` is free for them.
    """
    return _used(list(mentor_ids), but, list(kept_for))


def all_used_places() -> dict[int, int]:
    """The same of every mentor of the organisation."""
    return _used(None, None, [])


def _used(ids: list[int] | None, but: int | None, kept_for: list[int]) -> dict[int, int]:
    """Mentees in open pairs, neighbours' mentees, and places borrowed for mentees who have another."""
    open_places = PairMentee.objects.order_by().filter(
        pair__state__in=list(OPEN_STATES), left_on__isnull=True
    )
    elsewhere = open_places.filter(mentee=OuterRef("mentee")).exclude(
        pair__mentor=OuterRef("mentor")
    )
    together = open_places.filter(mentee=OuterRef("mentee"), pair__mentor=OuterRef("mentor"))
    agreed = LoanRequest.objects.order_by().filter(
        ~Exists(together), state=LoanState.AGREED, mentor__isnull=False
    )
    if kept_for:
        agreed = agreed.exclude(mentee__in=kept_for)
    sources: list[tuple[str, QuerySet[Any]]] = [
        ("pair__mentor_id", open_places.exclude(pair_id=but)),
        ("mentor_id", LoanCall.objects.order_by().filter(state=LoanState.AGREED)),
        ("mentor_id", agreed.filter(Exists(elsewhere))),
    ]
    first, *others = [
        (rows if ids is None else rows.filter(**{f"{name}__in": ids}))
        .values_list(name)
        .annotate(n=Count("id"))
        for name, rows in sources
    ]
    used: dict[int, int] = {}
    for mentor_id, number in first.union(*others, all=True):
        used[mentor_id] = used.get(mentor_id, 0) + number
    return used


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


def taken_mentees() -> set[int]:
    """Mentees who already stand in an open pair."""
    rows = PairMentee.objects.filter(pair__state__in=list(OPEN_STATES), left_on__isnull=True)
    return set(rows.values_list("mentee_id", flat=True))


def finished_by_mentor() -> dict[int, int]:
    """How many pairs each mentor brought to their end."""
    rows = Pair.objects.filter(state=PairState.FINISHED).order_by().values_list("mentor_id")
    return dict(rows.annotate(n=Count("id")))


def borrowed_only_for(mentor_id: int) -> set[int] | None:
    """Mentees for whom a neighbour lent this mentor; None for a mentor of one's own."""
    rows = LoanRequest.objects.order_by().filter(mentor_id=mentor_id)
    found = dict(rows.values_list("mentee_id", "state"))
    if not found:
        return None
    return {mentee for mentee, state in found.items() if state == LoanState.AGREED}


def refused_couples() -> set[tuple[int, int]]:
    """(mentee, mentor) of declined pairs in which one of the two said «нет»."""
    rows = PairMentee.objects.filter(
        Q(pair__answers__person_id=F("mentee__person_id"))
        | Q(pair__answers__person_id=F("pair__mentor__person_id")),
        pair__state=PairState.DECLINED,
        pair__answers__is_yes=False,
    )
    return set(rows.values_list("mentee_id", "pair__mentor_id"))


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


def with_blockers_by_keys(keys: Iterable[int], on: date) -> list[tuple[PairFacts, list[Blocker]]]:
    """The same for the keys of one page, with fewer queries."""
    return [(facts, blockers(facts, on)) for facts in load_facts_by_keys(keys)]


def counts() -> dict[str, int]:
    """How many pairs stand in each state."""
    rows = Pair.objects.order_by().values_list("state").annotate(n=Count("id"))
    return dict(rows)


def holding_pairs() -> "QuerySet[Pair]":
    return pairs_in(HOLDING_STATES)


def found_pairs(*, name: str = "", state: str = "", form: str = "") -> "QuerySet[Pair]":
    """Pairs narrowed down by words of any of their people's names, by state and by form."""
    rows: QuerySet[Pair] = Pair.objects.all()
    for word in search_key(name).split():
        in_members = PairMentee.objects.filter(mentee__person__search_key__contains=word)
        rows = rows.filter(
            Q(mentor__person__search_key__contains=word) | Q(pk__in=in_members.values("pair_id"))
        )
    exact = {"state": state, "form": form}
    return rows.filter(**{key: value for key, value in exact.items() if value})


def blocked_by(code: str, on: date) -> list[int]:
    """Pairs before or under an order that something of this kind keeps from being active."""
    pairs = Pair.objects.filter(state__in=list(OPEN_STATES)).select_related("mentor__person")
    return [
        facts.pair.pk
        for facts, found in with_blockers(pairs, on)
        if any(blocker.code == code for blocker in found)
    ]


def answer_by_token(token: str) -> tuple[int, int] | None:
    """(organisation, answer) behind a personal link; nothing else leaves the open scope."""
    with scopes_disabled(reason="a personal link names no organisation"):
        row: tuple[int, int] | None = (
            PairAnswer.objects.filter(token=token).values_list("organisation_id", "pk").first()
        )
    return row


def asked_pairs() -> list[Pair]:
    """Proposed and paused pairs in which somebody has not answered yet."""
    silent = PairAnswer.objects.filter(is_yes__isnull=True).values("pair_id")
    rows = pairs_in((PairState.PROPOSED, PairState.PAUSED)).filter(pk__in=silent)
    return list(rows.order_by("mentor__person__search_key", "id"))
