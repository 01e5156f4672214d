"""What every test shares. Data is made with scopes off; bodies open their own."""

import gc
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import settings

from nastavnik.accounts.permissions import Role
from nastavnik.tenancy import walls
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope
from tests.neighbours import Neighbours, grant, make_neighbours, make_user
from tests.prepared import prepared

settings.register_profile("repeatable", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("repeatable")

_empty_tables = TransactionTestCase._fixture_teardown


def _lift_walls_and_empty(case: TransactionTestCase) -> None:
    """A test that commits leaves rows that the database itself keeps; the next migrate renews it."""
    walls.lift(connection)
    _empty_tables(case)
    walls.install(connection)


TransactionTestCase._fixture_teardown = _lift_walls_and_empty

REALDATA = Path(__file__).resolve().parents[2] / "shared" / "realdata"
SHORT_AND_MANY = "tests/walls/test_forms.py"
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config, items):
    """Mark what touches the database, so that it can be run on the other one as well.

    What only PostgreSQL has, or only a folder of real registries, is not collected elsewhere.
    """
    absent = {"postgresql"} if connection.vendor != "postgresql" else set()
    absent |= set() if REALDATA.is_dir() else {"realdata"}
    strange = [item for item in items if any(map(item.get_closest_marker, absent))]
    config.hook.pytest_deselected(items=strange)
    items[:] = [item for item in items if item not in strange]
    # Many short tests of one world go last: the process that is done first helps out with these.
    items.sort(key=lambda item: item.nodeid.startswith(SHORT_AND_MANY))
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(item.fixturenames):
            item.add_marker("db")


def pytest_collection_finish():
    """What is imported and collected stays: the garbage collector need not walk it ever again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def _preparing(django_db_modify_db_settings: None, django_db_blocker) -> ExitStack:
    """Open until the test database is there (tests/prepared.py)."""
    work = ExitStack()
    with django_db_blocker.unblock():
        work.enter_context(prepared())
    return work


@pytest.fixture(scope="session")
def django_db_use_migrations(django_db_use_migrations: bool, _preparing: ExitStack) -> bool:
    """Asked for by pytest-django just before it makes the test database."""
    return django_db_use_migrations


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, _preparing: ExitStack, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        _preparing.close()


@pytest.fixture
def neighbours(db: None) -> Neighbours:
    return make_neighbours()


@pytest.fixture
def school(neighbours: Neighbours) -> Iterator[Organisation]:
    """The own school, with its scope open for the whole test."""
    with scope({neighbours.own.pk}):
        yield neighbours.own


@pytest.fixture
def curator(neighbours: Neighbours):
    user = make_user("curator")
    grant(user, Role.CURATOR, neighbours.own)
    return user


@pytest.fixture
def head(neighbours: Neighbours):
    user = make_user("head", surname="Зотов", given="Игорь", patronymic="Павлович")
    grant(user, Role.HEAD, neighbours.own)
    return user
