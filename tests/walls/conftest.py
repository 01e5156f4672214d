"""One world for all the tests of the walls: built once, every test undoes what it did."""

from collections.abc import Iterator

import pytest
import time_machine
from django.db import transaction

from tests.walls.world import TODAY, World, build_world


@pytest.fixture(scope="package")
def built_world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with (
        time_machine.travel(TODAY, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        yield build_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(built_world: World, db: None) -> World:
    return built_world
