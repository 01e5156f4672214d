"""Who of the institution's accounts may answer for lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from nastavnik.accounts.models import RoleGrant, User
from nastavnik.roadmaps.engine.parties import Party, party_of
from nastavnik.tenancy.models import Organisation


@dataclass(frozen=True)
class Holder:
    """An account with a role at the institution."""

    user: User
    role: str


def holders_of(organisation: Organisation, on: date) -> list[Holder]:
    """Everybody who holds a role there on the day, the earliest grant first."""
    rows = (
        RoleGrant.objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=on),
            organisation=organisation,
            starts_on__lte=on,
            user__is_active=True,
        )
        .select_related("user")
        .order_by("starts_on", "id")
    )
    return [Holder(row.user, row.role) for row in rows]


def people_of(holders: Sequence[Holder]) -> dict[str, int]:
    """The account of each role that only one person holds."""
    found: dict[str, set[int]] = {}
    for holder in holders:
        found.setdefault(holder.role, set()).add(holder.user.pk)
    return {role: next(iter(users)) for role, users in found.items() if len(users) == 1}


def parties(lines: Sequence[str], holders: Sequence[Holder]) -> list[Party]:
    """Words of those responsible matched to accounts: by surname first, then by the role alone."""
    known = people_of(holders)
    found = []
    for words in lines:
        if not words.strip():
            continue
        party = party_of(words, known)
        named = {
            holder.user.pk: holder
            for holder in holders
            if holder.user.surname.casefold() in words.casefold().split()
        }
        if len(named) == 1:
            holder = next(iter(named.values()))
            party = Party(party.words, party.role or holder.role, holder.user.pk)
        found.append(party)
    return found
