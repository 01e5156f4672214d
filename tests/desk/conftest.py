"""A school with a head, a curator and a staff on 10 November 2026."""

import pytest
import time_machine
from django.utils import timezone

from nastavnik.people.models import Person
from nastavnik.tenancy.models import Organisation
from tests.people_making import DAY, make_teacher


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(f"{DAY}T09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def staff(school: Organisation) -> list[Person]:
    return [make_teacher(school, surname) for surname in ("Рябова", "Котова", "Панова")]


@pytest.fixture
def now():
    return timezone.now()
