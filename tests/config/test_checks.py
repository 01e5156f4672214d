from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nastavnik.config import checks


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
