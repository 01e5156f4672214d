"""Prepared queries answer as the ordinary ones do, and never about rows with an owner."""

from datetime import date

import pytest
from django.db.models import QuerySet

from nastavnik.accounts.actor import grants_of
from nastavnik.accounts.models import RoleGrant, User
from nastavnik.accounts.permissions import Role
from nastavnik.tenancy.models import Contingent, Organisation
from nastavnik.tenancy.prepared import Blank, Prepared
from nastavnik.tenancy.scope import ScopeMissing, scope
from tests.counting import exactly
from tests.neighbours import Neighbours, grant, make_user

TODAY = date(2026, 11, 20)


def values_of(row) -> list:
    return [getattr(row, field.attname) for field in row._meta.concrete_fields]


def grants_by_objects(user: User) -> "QuerySet[RoleGrant]":
    nodes = ("organisation__territory", "territory")
    standing = RoleGrant.objects.filter(user=user, starts_on__lte=TODAY)
    return standing.exclude(ends_on__lt=TODAY).select_related(*nodes).order_by("id")


def test_grants_are_those_of_the_objects_with_their_nodes(neighbours: Neighbours) -> None:
    user = make_user("busy")
    Organisation.objects.filter(slug="own").update(settings={"week": 6}, name_cases={"gen": "x"})
    grant(user, Role.CURATOR, neighbours.own)
    grant(user, Role.COORDINATOR, neighbours.far.territory)
    past, last_day = grant(user, Role.HEAD, neighbours.far), grant(user, Role.HEAD, neighbours.own)
    RoleGrant.objects.filter(pk=past.pk).update(ends_on=date(2026, 11, 19))
    RoleGrant.objects.filter(pk=last_day.pk).update(ends_on=TODAY)
    expected = [
        [values_of(g), g.organisation and values_of(g.organisation), g.territory]
        for g in grants_by_objects(user)
    ]

    with exactly(1):
        rows = grants_of(user, today=TODAY).rows
        got = [
            [values_of(g), g.organisation and values_of(g.organisation), g.territory] for g in rows
        ]
        home = rows[0].organisation.territory

    assert (got, home) == (expected, neighbours.own.territory)


def test_blank_takes_a_new_value_each_time(neighbours: Neighbours) -> None:
    slug = Organisation._meta.get_field("slug")
    named = Prepared(
        lambda: Organisation.objects.filter(slug=Blank("slug", slug)).values_list("pk", "settings")
    )

    assert [named(slug=word) for word in ("own", "far", "' OR 1=1 --")] == [
        [[neighbours.own.pk, {}]],
        [[neighbours.far.pk, {}]],
        [],
    ]


def test_rows_with_an_owner_are_refused(neighbours: Neighbours) -> None:
    asked = Prepared(lambda: Contingent.objects.values_list("pk"))

    with scope({neighbours.own.pk}), pytest.raises(ScopeMissing):
        asked()
