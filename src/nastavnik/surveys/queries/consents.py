"""Who still takes part: without consents in force a person drops out of every list and result."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from nastavnik.people.queries.participation import consents_in_order
from nastavnik.surveys.models import Campaign, Invitation


def takes_part(on: date) -> Q:
    """Of an invitation: its person has every consent of the day and is not in the archive."""
    return consents_in_order(on) & Q(
        person__archived_at__isnull=True, person__merged_into__isnull=True
    )


def taking_part(campaign: Campaign, on: date) -> list[Invitation]:
    """Those of the campaign who take part on the day, with the person, by number; one query."""
    rows: QuerySet[Invitation] = campaign.invitations.filter(takes_part(on))
    return list(rows.select_related("person").order_by("number"))


@dataclass(frozen=True)
class Silenced:
    """Profiles whose wishes may no longer be told, though an earlier run may hold them."""

    mentees: frozenset[int] = frozenset()
    mentors: frozenset[int] = frozenset()

    def covers(self, mentee_id: int, mentor_id: int) -> bool:
        return mentee_id in self.mentees or mentor_id in self.mentors


def silenced(on: date) -> Silenced:
    """Of those who were ever asked, whoever takes no part on the day; one query."""
    rows = Invitation.objects.exclude(pk__in=Invitation.objects.filter(takes_part(on)).values("pk"))
    found = list(rows.order_by().values_list("person__mentee__id", "person__mentor__id"))
    return Silenced(
        frozenset(mentee for mentee, _ in found if mentee),
        frozenset(mentor for _, mentor in found if mentor),
    )


def with_counts(rows: "QuerySet[Any]", on: date) -> "QuerySet[Any]":
    """Campaigns with `asked` and `answered` of those who take part on the day."""
    asked = Invitation.objects.filter(takes_part(on), campaign=OuterRef("pk")).order_by()
    answered = asked.filter(answered_at__isnull=False)
    found: QuerySet[Any] = rows.annotate(asked=_number_of(asked), answered=_number_of(answered))
    return found


def _number_of(rows: "QuerySet[Any]") -> Coalesce:
    counted = rows.values("campaign").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
