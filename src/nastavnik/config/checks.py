"""Our own deployment checks, run by `nastavnik check`."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, messages, register
from django.db import connections
from django.utils import timezone

WORKER_SILENCE = timedelta(minutes=5)
ROLE_POWERS = """
    SELECT rolsuper OR rolbypassrls OR EXISTS (
        SELECT 1 FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = current_schema() AND t.relkind = 'r' AND t.relowner = r.oid
          AND NOT t.relforcerowsecurity AND t.relrowsecurity)
    FROM pg_roles r WHERE rolname = current_user
"""


@register(Tags.security, deploy=True)
def debug_is_off(**_kwargs: Any) -> list[CheckMessage]:
    if not settings.DEBUG:
        return []
    hint = "Уберите DEBUG = True: страницы ошибок показывают данные и настройки."
    return [Error("Включён режим отладки.", hint=hint, id="nastavnik.E002")]


@register(Tags.database, deploy=True)
def role_obeys_row_security(
    databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[CheckMessage]:
    """The second wall stands only when the web role cannot step over it."""
    found: list[CheckMessage] = []
    for alias in databases or []:
        connection = connections[alias]
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute(ROLE_POWERS)
            row = cursor.fetchone()
        if row is not None and row[0]:
            hint = "Дайте серверу отдельную роль: NOSUPERUSER NOBYPASSRLS, не владелец таблиц."
            found.append(
                Error(
                    "Роль сервера обходит построчную защиту базы.", hint=hint, id="nastavnik.E001"
                ),
            )
    return found


@register(Tags.database, deploy=True)
def worker_is_alive(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """A task that has been waiting for minutes means that nobody takes tasks."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 -- needs loaded apps

    if (
        not databases
        or DBTaskResult._meta.db_table not in connections["default"].introspection.table_names()
    ):
        return []
    waiting = DBTaskResult.objects.ready().filter(enqueued_at__lt=timezone.now() - WORKER_SILENCE)
    if not waiting.exists():
        return []
    hint = "Запустите nastavnik worker рядом с сервером."
    return [
        messages.Warning(
            "Фоновые задачи ждут, но никто их не выполняет.", hint=hint, id="nastavnik.W001"
        )
    ]
