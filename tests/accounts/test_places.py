from datetime import date
from types import SimpleNamespace

import pytest

from nastavnik.accounts.actor import grants_of
from nastavnik.accounts.permissions import Role
from nastavnik.accounts.places import places_of
from nastavnik.shared.navigation import Place
from tests.neighbours import grant, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(neighbours):
    """A head of one school who is a curator there and in another, and a coordinator."""
    user = make_user("busy")
    grant(user, Role.HEAD, neighbours.own)
    grant(user, Role.CURATOR, neighbours.own)
    grant(user, Role.CURATOR, neighbours.sibling)
    grant(user, Role.COORDINATOR, neighbours.own.territory)
    return grants_of(user, today=date(2026, 11, 22))


def request_with(grants, organisation=None):
    return SimpleNamespace(grants=grants, organisation=organisation, territory=None)


def test_places_each_node_once_first_is_current(busy):
    assert places_of(request_with(busy)) == [
        Place("Школа own", "own", "organisation", is_current=True),
        Place("Школа sibling", "sibling", "organisation"),
        Place("Территория first", "first", "territory"),
    ]


def test_places_open_organisation_is_current(busy, neighbours):
    places = places_of(request_with(busy, neighbours.sibling))

    assert [place.slug for place in places if place.is_current] == ["sibling"]


def test_places_of_a_stranger_are_none():
    assert places_of(request_with(None)) == ()
