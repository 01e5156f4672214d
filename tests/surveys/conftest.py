"""A school on 10 November 2026 whose curator asks six people."""

import pytest
import time_machine

from nastavnik.accounts.models import User
from nastavnik.tenancy.models import Organisation
from tests.people_making import DAY


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def office(school: Organisation, curator: User) -> Organisation:
    return school


@pytest.fixture
def as_curator(client, office, curator):
    client.force_login(curator)
    return client


@pytest.fixture
def as_head(client, office, head):
    client.force_login(head)
    return client
