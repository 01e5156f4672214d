"""Telling the whole story in one transaction."""

import datetime as dt
import random

from django.db import transaction

from nastavnik.accounts.models import User
from nastavnik.accounts.permissions import Role
from nastavnik.desk.demo import accounts, clock, people, places
from nastavnik.desk.demo.names import Name, Namer
from nastavnik.people.models import Person
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope

BEGAN_DAYS_AGO = 560
SMALL_STAFF = 8


@transaction.atomic
def build_region(*, today: dt.date) -> None:
    """Fill an empty database; the names are the same on every day, dates follow `today`."""
    namer = Namer("Вельмогорье")
    since = today - dt.timedelta(days=BEGAN_DAYS_AGO)
    with clock.at(since):
        territories = places.make_territories()
        accounts.make_officers(territories, namer, since)
        organisations = places.make_organisations(territories, namer)
    for organisation in organisations:
        with scope({organisation.pk}):
            _settle(organisation, namer, today=today, since=since)


def _settle(
    organisation: Organisation, namer: Namer, *, today: dt.date, since: dt.date
) -> people.Folk:
    chance = random.Random(organisation.slug)  # noqa: S311 -- a story, not a secret
    folk = people.Folk(organisation, today, namer, chance)
    size = places.size_of(organisation)
    with clock.at(since):
        head = accounts.make_head(organisation, since)
        staff = people.make_staff(folk, SMALL_STAFF + round(22 * size), since)
        link(staff[0], head)
        curator = _account(staff[1], organisation, "curator")
        accounts.grant(curator, Role.CURATOR, organisation, since)
    return folk


def _account(person: Person, organisation: Organisation, role: str) -> User:
    name = Name(person.surname, person.given, person.patronymic, person.gender)
    user = accounts.make_user(accounts.login_of(organisation, role), name)
    link(person, user)
    return user


def link(person: Person, user: User) -> None:
    person.user = user
    person.save(update_fields=["user"])
