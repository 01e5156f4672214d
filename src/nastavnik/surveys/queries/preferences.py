"""Wishes as the matching wants them: by mentee and mentor, of this school year."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from nastavnik.documents.context import school_year
from nastavnik.surveys.models import CampaignKind, CampaignState, Invitation, Side, Wish
from nastavnik.surveys.queries.consents import takes_part

Key = tuple[int, int]


@dataclass(frozen=True)
class Preferences:
    """Who wants whom; every key is (mentee profile, mentor profile), rank 1 is the best.

    For the engine and for the curator. A page for anybody else must not tell ranks, nor that a
    pair is in `not_with`, nor that somebody is in no key at all.
    """

    mentee_ranks: dict[Key, int] = field(default_factory=dict)
    mentor_ranks: dict[Key, int] = field(default_factory=dict)
    not_with: frozenset[Key] = frozenset()


def preferences(*, on: date | None = None) -> Preferences:
    """Wishes of the open and closed campaigns of the school year, of the organisation in scope.

    Whoever answered in several campaigns is taken at the latest answer. Nobody without consents in
    force stands in any key, neither as chooser nor as chosen. Two queries.
    """
    mentee_ranks: dict[Key, int] = {}
    mentor_ranks: dict[Key, int] = {}
    not_with: set[Key] = set()
    for side, key, rank in _lines(on or timezone.localdate()):
        if rank is None:
            not_with.add(key)
        else:
            (mentee_ranks if side == Side.MENTEE else mentor_ranks)[key] = rank
    return Preferences(mentee_ranks, mentor_ranks, frozenset(not_with))


def _lines(on: date) -> Iterator[tuple[str, Key, int | None]]:
    """(side of the chooser, key, rank or None for «better not») of each latest answer."""
    answers, free = _latest_answers(on)
    rows = _of_year("chooser__", Wish.objects.order_by("id"), on).values_list(
        "chooser_id",
        "chooser__side",
        "chooser__person__mentee__id",
        "chooser__person__mentor__id",
        "about__person_id",
        "about__person__mentee__id",
        "about__person__mentor__id",
        "rank",
    )
    for chooser, side, mentee, mentor, about, other_mentee, other_mentor, rank in rows:
        key = (mentee, other_mentor) if side == Side.MENTEE else (other_mentee, mentor)
        if chooser in answers and about in free and None not in key:
            yield side, key, rank


def _latest_answers(on: date) -> tuple[set[int], set[int]]:
    """The invitation by which each person answered last, on either side; who takes part at all."""
    asked = Invitation.objects.filter(takes_part(on)).order_by("answered_at", "id")
    rows = _of_year("", asked, on).values_list("side", "person_id", "id", "answered_at")
    latest = {(side, person): pk for side, person, pk, at in rows if at is not None}
    return set(latest.values()), {person for _, person, _, _ in rows}


def _of_year(prefix: str, rows: "QuerySet[Any]", on: date) -> "QuerySet[Any]":
    """Rows of the preference campaigns that were opened in the school year of the day."""
    conditions = {
        f"{prefix}campaign__kind": CampaignKind.PREFERENCE,
        f"{prefix}campaign__state__in": (CampaignState.OPEN, CampaignState.CLOSED),
        f"{prefix}campaign__school_year": school_year(on),
    }
    return rows.filter(**conditions)
