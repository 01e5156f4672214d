"""Web processes on PostgreSQL work as a role that owns nothing; elsewhere nothing changes."""

import pytest
from django.db import DatabaseError, connection, transaction

from nastavnik.config.role import put_on
from nastavnik.people.models import Person
from nastavnik.tenancy import walls
from nastavnik.tenancy.scope import scope
from tests.people_making import make_person

pytestmark = pytest.mark.django_db


def answer(sql: str):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def refused(sql: str) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
    except DatabaseError:
        return True
    return False


@pytest.fixture
def as_web(settings, neighbours):
    """The connection as a web process has it, after a migration knew of the role."""
    settings.DB_ROLE = "web-role"
    with connection.cursor() as cursor:
        cursor.execute('CREATE ROLE "web-role" NOLOGIN NOSUPERUSER NOBYPASSRLS NOINHERIT')
    walls.let_in(connection, settings.DB_ROLE)
    for school in (neighbours.own, neighbours.far):
        with scope({school.pk}):
            make_person(school, "Иванова")
    put_on(connection)
    yield neighbours
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.mark.postgresql
def test_connection_of_a_web_process_is_no_superuser(as_web):
    sql = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    assert (answer("SELECT current_user"), answer(sql)) == ("web-role", False)


@pytest.mark.postgresql
def test_web_role_sees_the_rows_of_the_scope_and_no_others(as_web):
    count = "SELECT count(*) FROM people_person"
    with scope({as_web.own.pk}):
        inside = answer(count)
        make_person(as_web.own, "Петрова")
        grown = Person.objects.count()

    assert (inside, grown, answer(count)) == (1, 2, 0)


@pytest.mark.postgresql
@pytest.mark.parametrize(
    "sql",
    [
        "ALTER TABLE people_person DISABLE ROW LEVEL SECURITY",
        "DROP POLICY organisation_rows ON people_person",
        "TRUNCATE people_person CASCADE",
        "CREATE TABLE strange (id int)",
    ],
)
def test_web_role_cannot_take_the_wall_down(as_web, sql):
    assert refused(sql)


@pytest.mark.postgresql
def test_role_not_yet_created_gets_its_rights_later(db):
    walls.let_in(connection, "nobody-yet")


def test_without_a_role_the_connection_stays_as_it_is(settings, db):
    settings.DB_ROLE = ""
    put_on(connection)
    assert answer("SELECT 1") == 1
