"""One world for all the tests of the walls: built once, every test undoes what it did."""

from collections.abc import Iterator

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction

from nastavnik.tenancy.walls import grants_to
from tests.walls.world import TODAY, World, build_world


@pytest.fixture(scope="package")
def built_world(django_db_setup, django_db_blocker) -> Iterator[World]:
    with (
        time_machine.travel(TODAY, tick=False),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        world = build_world()
        if connection.vendor == "postgresql":
            become_web_role()
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(built_world: World, db: None, settings) -> Iterator[World]:
    """The world with numbers remembered as they are in production; nothing is remembered after."""
    settings.REMEMBER_NUMBERS = True
    yield built_world
    cache.clear()


def become_web_role() -> None:
    """Go on as the role that serves pages: no owner, no way past row level security."""
    # Roles belong to the server, not to a database: workers must not wait for each other's.
    role = f"walls_web_{connection.settings_dict['NAME']}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE ROLE {role} NOSUPERUSER NOBYPASSRLS")
        for statement in grants_to(role):
            cursor.execute(statement)
        cursor.execute(f"SET LOCAL ROLE {role}")
