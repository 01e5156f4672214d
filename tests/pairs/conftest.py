"""A school with a curator in office on 10 November 2026."""

import pytest
import time_machine
from django.test import Client

from nastavnik.accounts.models import User
from nastavnik.people.models import MenteeRequest
from nastavnik.tenancy.models import Organisation
from tests.people_making import DAY, make_mentee


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def office(school: Organisation, curator: User) -> Organisation:
    curator.gender = "female"
    curator.save()
    return school


@pytest.fixture
def as_curator(client: Client, office: Organisation, curator: User) -> Client:
    client.force_login(curator)
    return client


@pytest.fixture
def sibling(neighbours, school) -> Organisation:
    return neighbours.sibling


@pytest.fixture
def mentee(school):
    found = make_mentee(school, "Ищущая")
    MenteeRequest(organisation=school, mentee=found, code="progress", topic="math").save()
    return found
