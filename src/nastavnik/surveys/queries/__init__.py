"""Reading campaigns and the people whom they ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from nastavnik.people.models import (
    MenteeProfile,
    MenteeState,
    MentorProfile,
    MentorState,
    Person,
)
from nastavnik.people.queries.papers import consents_in_force
from nastavnik.people.requirements import Papers, missing_consents
from nastavnik.shared.tokens import hash_of
from nastavnik.surveys.models import Campaign, CampaignState, Invitation, Side
from nastavnik.surveys.queries.consents import taking_part, with_counts
from nastavnik.surveys.queries.preferences import Preferences, preferences
from nastavnik.tenancy.scope import scopes_disabled

__all__ = [
    "HeldBack",
    "Preferences",
    "askable_mentees",
    "askable_mentors",
    "campaigns",
    "held_back",
    "invitation_by_token",
    "invited",
    "open_on",
    "preferences",
    "taking_part",
    "without_consent",
]

ASKED_MENTEES = (MenteeState.IN_BASE, MenteeState.MATCHING, MenteeState.UNPAIRED)
ASKED_MENTORS = (MentorState.READY, MentorState.PAIRED)


@dataclass(frozen=True)
class HeldBack:
    """Somebody who takes no part, and what is missing."""

    person: Person
    side: str
    reasons: tuple[str, ...]
    was_asked: bool = False

    @property
    def words(self) -> str:
        return "; ".join(self.reasons) or "согласия уже есть"


def campaigns(on: date | None = None) -> "QuerySet[Any]":
    """Campaigns with the number of those asked and of those who answered, the latest first."""
    return with_counts(Campaign.objects.all(), on or timezone.localdate())


def open_on(day: date) -> "QuerySet[Any]":
    return campaigns(day).filter(state=CampaignState.OPEN, closes_on__gte=day)


def invited(campaign: Campaign) -> list[Invitation]:
    """Everybody of the campaign with the person, by number."""
    rows: QuerySet[Invitation] = campaign.invitations.select_related("person").order_by("number")
    return list(rows)


def askable_mentees() -> "QuerySet[MenteeProfile]":
    """Mentees of the base without a pair, by name."""
    rows: QuerySet[MenteeProfile] = MenteeProfile.objects.filter(
        state__in=ASKED_MENTEES,
        person__archived_at__isnull=True,
        person__merged_into__isnull=True,
    )
    return rows.select_related("person").order_by("person__search_key", "id")


def askable_mentors() -> "QuerySet[MentorProfile]":
    """Mentors of the base, by name."""
    rows: QuerySet[MentorProfile] = MentorProfile.objects.filter(
        state__in=ASKED_MENTORS,
        person__archived_at__isnull=True,
        person__merged_into__isnull=True,
    )
    return rows.select_related("person").order_by("person__search_key", "id")


def without_consent(people: Iterable[Person], on: date) -> dict[int, tuple[str, ...]]:
    """Who takes no part on the day, by person, with the sentences why: a consent is missing
    (invariant 2), or the person has gone into the archive."""
    rows = list(people)
    papers = consents_in_force(person.pk for person in rows)
    found: dict[int, tuple[str, ...]] = {}
    for person in rows:
        if person.archived_at is not None:
            found[person.pk] = ("запись в архиве",)
            continue
        missing = missing_consents(person, papers.get(person.pk, Papers()), on)
        if missing:
            found[person.pk] = tuple(item.sentence for item in missing)
    return found


def held_back(
    campaign: Campaign, on: date, rows: Sequence[Invitation] | None = None
) -> list[HeldBack]:
    """Those who take no part, with what is missing today; nothing missing: may be asked now.

    They were never asked, or were asked and have lost a consent since. `rows`: everybody invited.
    """
    asked = invited(campaign) if rows is None else rows
    already = {(row.side, row.person_id): row.person for row in asked}
    wanted: list[tuple[str, int]] = [tuple(pair) for pair in campaign.held_back]
    left = [pair for pair in wanted if pair not in already]
    others = Person.objects.filter(pk__in={pk for _, pk in left}) if left else ()
    people = {person.pk: person for person in (*already.values(), *others)}
    missing = without_consent(people.values(), on)
    lost = [pair for pair in already if pair[1] in missing]
    return [
        HeldBack(people[pk], Side(side).label, missing.get(pk, ()), (side, pk) in already)
        for side, pk in [*lost, *left]
        if pk in people
    ]


def invitation_by_token(token: str) -> tuple[int, int] | None:
    """(organisation, invitation) behind a personal link; nothing else leaves the open scope."""
    with scopes_disabled(reason="a personal link names no organisation"):
        row: tuple[int, int] | None = (
            Invitation.objects.filter(token_hash=hash_of(token))
            .exclude(campaign__state=CampaignState.DRAFT)
            .values_list("organisation_id", "pk")
            .first()
        )
    return row
