"""Wall 2 alone: SQL past Django, as the role that serves pages (BARS I4). PostgreSQL only."""

import pytest
from django.db import DatabaseError, connection, transaction

from nastavnik.tenancy.scope import scope
from nastavnik.tenancy.walls import tenant_models
from tests.walls.world import World, first_row

pytestmark = pytest.mark.postgresql

MODELS = pytest.mark.parametrize("model", tenant_models(), ids=lambda model: model._meta.label)


def owners(sql: str) -> set[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return {row[0] for row in cursor.fetchall()}


def changed(sql: str) -> int:
    """Rows touched; what was done is taken back."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        count = cursor.rowcount
        transaction.set_rollback(True)
    return count


def test_pages_are_served_by_a_role_that_obeys(world: World) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)


@MODELS
def test_without_a_scope_no_row_is_seen(world: World, model) -> None:
    assert owners(f'SELECT organisation_id FROM "{model._meta.db_table}"') == set()


@MODELS
def test_scope_shows_its_own_rows_only(world: World, model) -> None:
    with scope({world.own.pk}):
        seen = owners(f'SELECT organisation_id FROM "{model._meta.db_table}"')
    assert seen == {world.own.pk}


@MODELS
def test_foreign_rows_are_neither_changed_nor_deleted(world: World, model) -> None:
    table, strange = model._meta.db_table, first_row(model, world.organisations["sibling"]).pk
    with scope({world.own.pk}):
        counts = [
            changed(f'UPDATE "{table}" SET id = id WHERE id = {strange}'),
            changed(f'DELETE FROM "{table}" WHERE id = {strange}'),
        ]
    assert counts == [0, 0]


@MODELS
def test_row_for_a_foreign_institution_is_not_inserted(world: World, model) -> None:
    table, foreign = model._meta.db_table, world.organisations["sibling"].pk
    columns = [f.column for f in model._meta.concrete_fields if not f.primary_key]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(
        str(foreign) if name == "organisation_id" else f'"{name}"' for name in columns
    )
    with scope({world.own.pk}), pytest.raises(DatabaseError), transaction.atomic():
        changed(f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" LIMIT 1')


def test_join_hides_foreign_rows(world: World) -> None:
    sql = "SELECT o.id FROM tenancy_organisation o JOIN people_person p ON p.organisation_id = o.id"
    with scope({world.own.pk}):
        assert owners(sql) == {world.own.pk}


def test_end_of_a_scope_closes_the_database_too(world: World) -> None:
    with scope({world.own.pk}):
        pass
    assert owners("SELECT organisation_id FROM people_person") == set()


def test_error_inside_a_scope_leaves_nothing_open(world: World) -> None:
    with pytest.raises(DatabaseError), transaction.atomic(), scope({world.own.pk}):
        changed("SELECT * FROM no_such_table")
    assert owners("SELECT organisation_id FROM people_person") == set()
