"""A school with a curator in office on 10 November 2026."""

import pytest
import time_machine

from nastavnik.tenancy.models import Organisation
from tests.neighbours import make_organisation
from tests.people_making import DAY


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def authority(neighbours) -> Organisation:
    return make_organisation("office", neighbours.own.territory, kind="authority")
