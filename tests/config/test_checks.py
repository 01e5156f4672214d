from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nastavnik.config import checks
from nastavnik.tenancy import walls


def ids(found):
    return [message.id for message in found]


@pytest.mark.parametrize(("debug", "expected"), [(True, ["nastavnik.E002"]), (False, [])])
def test_debug_is_reported(settings, debug, expected):
    settings.DEBUG = debug

    assert ids(checks.debug_is_off()) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "expected"), [(4, []), (6, ["nastavnik.W001"])])
def test_a_task_that_waits_too_long_is_reported(minutes, expected):
    task = DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        priority=0,
        task_path="nastavnik.any.task",
        queue_name="default",
        backend_name="default",
        run_after=None,
    )
    DBTaskResult.objects.filter(pk=task.pk).update(
        enqueued_at=timezone.now() - timedelta(minutes=minutes),
    )

    assert ids(checks.worker_is_alive(databases=["default"])) == expected


@pytest.mark.django_db
def test_the_superuser_of_the_test_server_is_reported():
    expected = ["nastavnik.E001"] if connection.vendor == "postgresql" else []

    assert ids(checks.role_obeys_row_security(databases=["default"])) == expected


def say(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def wrong_with(settings, role: str) -> list[str]:
    settings.DB_ROLE = role
    return ids(checks.role_obeys_row_security(databases=["default"]))


@pytest.mark.django_db
@pytest.mark.postgresql
def test_web_role_is_judged_by_what_it_could_do(settings):
    say("CREATE ROLE web_role NOSUPERUSER NOBYPASSRLS", "CREATE ROLE web_owner NOSUPERUSER")
    say("CREATE ROLE web_passer BYPASSRLS", "ALTER TABLE people_person OWNER TO web_owner")
    say("CREATE ROLE web_member NOSUPERUSER IN ROLE web_owner")

    assert wrong_with(settings, "web_nobody") == ["nastavnik.E003"]
    assert wrong_with(settings, "web_passer") == ["nastavnik.E001"]
    assert wrong_with(settings, "web_owner") == ["nastavnik.E001"]
    assert wrong_with(settings, "web_member") == ["nastavnik.E001"]
    assert wrong_with(settings, "web_role") == ["nastavnik.E004"]
    walls.let_in(connection, "web_role")
    assert wrong_with(settings, "web_role") == []


@pytest.mark.django_db
@pytest.mark.postgresql
def test_pages_of_an_owner_are_warned_about(settings):
    say("CREATE ROLE web_owner NOSUPERUSER", "ALTER TABLE people_person OWNER TO web_owner")
    say("GRANT USAGE ON SCHEMA public TO web_owner", "SET LOCAL ROLE web_owner")

    assert wrong_with(settings, "") == ["nastavnik.W002"]
