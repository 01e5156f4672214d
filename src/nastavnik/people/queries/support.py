"""Who may support mentees without a pair, and who does."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import User
from nastavnik.accounts.permissions import Role
from nastavnik.accounts.queries import team_of
from nastavnik.people.models import Person, Support
from nastavnik.people.models.person import STAFF_CATEGORIES
from nastavnik.shared.text import search_key
from nastavnik.tenancy.models import Organisation

PSYCHOLOGIST = "психолог"


@dataclass(frozen=True)
class Specialist:
    """Somebody who can be asked to support a mentee; `key` names the choice in a form."""

    title: str
    person: Person | None = None
    user: User | None = None

    @property
    def key(self) -> str:
        return f"p{self.person.pk}" if self.person is not None else f"u{self.user.pk}"  # type: ignore[union-attr]


def specialists(organisation: Organisation, *, on: date) -> list[Specialist]:
    """Psychologists first, then the other accounts of the role and the rest of the staff, by name."""
    staff = list(
        Person.objects.filter(
            is_own=True, category__in=STAFF_CATEGORIES, archived_at__isnull=True
        ).order_by("search_key", "id")
    )
    known = {person.search_key for person in staff}
    grants = team_of(organisation, on=on).filter(role=Role.THIRD_PARTY, starts_on__lte=on)
    users = {grant.user_id: grant.user for grant in grants if grant.user.is_active}
    found = [
        Specialist(
            f"{user.full_name}, классный руководитель, психолог, социальный педагог", user=user
        )
        for user in users.values()
        if search_key(user.full_name) not in known
    ]
    found += [Specialist(_title(person), person=person) for person in staff]
    return sorted(found, key=_order)


def own_supports(actor: Actor, organisation: Organisation, *, on: date) -> "QuerySet[Any]":
    """Open supports given to the actor: to the account, to its staff record, or to a record of the same name.

    A record without an account counts by its name while one person of the staff and one account of
    the team bear it.
    Each row has `talk_count` and `last_talk`.
    """
    rows = Support.objects.filter(ends_on__isnull=True)
    if actor.user_id is None:
        return rows.none()
    mine = Q(user_id=actor.user_id) | Q(person__user_id=actor.user_id)
    if (record := _staff_record(actor, organisation, on)) is not None:
        mine |= Q(person_id=record)
    return with_talks(rows.filter(mine))


def with_talks(rows: "QuerySet[Support]") -> "QuerySet[Any]":
    return rows.annotate(talk_count=Count("talks"), last_talk=Max("talks__held_on"))


def _staff_record(actor: Actor, organisation: Organisation, on: date) -> int | None:
    key = search_key(actor.label)
    people = Person.objects.filter(
        is_own=True, category__in=STAFF_CATEGORIES, archived_at__isnull=True, search_key=key
    )
    found = list(people.values_list("pk", "user_id")[:2])
    if len(found) != 1 or found[0][1] is not None:
        return None
    users = {grant.user_id: grant.user for grant in team_of(organisation, on=on)}
    bearers = [pk for pk, user in users.items() if search_key(user.full_name) == key]
    return found[0][0] if bearers == [actor.user_id] else None


def open_supports(mentee_ids: Collection[int]) -> dict[int, Support]:
    """Who supports each of the mentees now, with `talk_count` and `last_talk`."""
    rows = with_talks(Support.objects.filter(mentee_id__in=list(mentee_ids), ends_on__isnull=True))
    return {row.mentee_id: row for row in rows.select_related("person", "user")}


def _title(person: Person) -> str:
    return f"{person.full_name}, {person.post}" if person.post else person.full_name


def _order(one: Specialist) -> tuple[int, str]:
    post = one.person.post.casefold() if one.person is not None else ""
    rank = 0 if PSYCHOLOGIST in post else 1 if one.user is not None else 2
    return rank, search_key(one.title)
