"""Telling the whole story in one transaction."""

import datetime as dt
import random

from django.db import transaction

from nastavnik.accounts.permissions import Role
from nastavnik.desk.demo import (
    accounts,
    clock,
    councils,
    informing,
    meetings,
    neighbours,
    people,
    places,
    roadmaps,
    selection,
    slips,
    story,
)
from nastavnik.desk.demo.cast import make_cast, make_staff_cast
from nastavnik.desk.demo.check import demand_lawful_pairs
from nastavnik.desk.demo.names import Namer
from nastavnik.desk.demo.office import Office, actor_of, introduce, start_journals, unfinished
from nastavnik.tenancy.models import Contingent, Organisation, OrganisationKind
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
        planners = places.make_planners(territories)
        for planner in planners:
            accounts.make_planner(planner, since)
    for organisation in organisations:
        with scope({organisation.pk}):
            _settle(organisation, namer, today=today, since=since)
            demand_lawful_pairs(today=today)
    main = next(one for one in organisations if one.slug == places.MAIN)
    neighbours.tell(organisations, main, today=today)
    office = next(one for one in organisations if one.slug == roadmaps.OFFICE)
    councils.tell(office, main, today=today)
    roadmaps.tell([*organisations, *planners], today=today)


def _settle(organisation: Organisation, namer: Namer, *, today: dt.date, since: dt.date) -> None:
    """Staff, accounts and, unless the place is empty, its story."""
    chance = random.Random(organisation.slug)  # noqa: S311 -- a story, not a secret
    folk = people.Folk(organisation, today, namer, chance)
    size = places.size_of(organisation)
    with clock.at(since):
        head = accounts.make_head(organisation, since)
        staff = people.make_staff(folk, SMALL_STAFF + round(22 * size), since)
        accounts.link(staff[0], head)
        curator = accounts.of_staff(staff[1], organisation, "curator")
    if not size or organisation.kind == OrganisationKind.ENTERPRISE:
        accounts.grant(curator, Role.CURATOR, organisation, since)
        return
    accounts.of_staff(staff[2], organisation, "responsible")
    if organisation.slug == places.MAIN:
        admin = accounts.of_staff(staff[-1], organisation, "sysadmin")
        accounts.grant(admin, Role.SYSADMIN, organisation, since)
    _contingent(folk, size)
    curates, heads = actor_of(curator, Role.CURATOR), actor_of(head, Role.HEAD)
    _tell(Office(folk, curates, heads), size)


def _tell(office: Office, size: float) -> None:
    start_journals(office)
    introduce(office)
    with clock.at(office.day(500)):
        if office.organisation.teaches_children:
            cast = make_cast(office.folk, size, office.curator)
        else:
            cast = make_staff_cast(office.folk, max(2, round(10 * size)), office.curator)
    if office.organisation.teaches_children:
        selection.tell(office, cast)
        story.tell_of_children(office, cast, size)
        if office.organisation.slug == places.MAIN:
            meetings.tell(office, cast)
            slips.tell(office)
            informing.tell(office)
        if size >= story.EVENTFUL:
            unfinished(office)
    else:
        story.tell_of_staff(office, cast)


def _contingent(folk: people.Folk, size: float) -> None:
    """How many learn and work here, year by year."""
    for years in (1, 0):
        children = round(640 * size) if folk.organisation.teaches_children else 0
        Contingent.objects.create(
            organisation=folk.organisation,
            on_date=folk.today - dt.timedelta(days=80 + 365 * years),
            students=children + 12 * years,
            students_10_19=round(children * 0.6),
            teachers=len(folk.staff) - 2,
            young_specialists=round(6 * size) + 1,
        )
