"""Our own deployment checks, run by `nastavnik check`."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, messages, register
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

WORKER_SILENCE = timedelta(minutes=5)
# What a role could do to the walls: pass by (a superuser, BYPASSRLS), or take them down (an owner).
ROLE_POWERS = """
    SELECT r.rolsuper OR r.rolbypassrls, EXISTS (
        SELECT 1 FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
        WHERE n.nspname = current_schema() AND t.relkind = 'r' AND pg_has_role(r.oid, t.relowner, 'MEMBER'))
    FROM pg_roles r WHERE r.rolname = %s
"""
MISSING_RIGHTS = """
    SELECT count(*) FROM pg_class t JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE n.nspname = current_schema() AND t.relkind = 'r'
      AND NOT has_table_privilege(%s, t.oid, 'SELECT, INSERT, UPDATE, DELETE')
"""
OWN_ROLE = "Создайте отдельную роль и назовите её в NASTAVNIK_DB_ROLE: раздел «Web role» в docs/operations.md."


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
    """The second wall stands only when the role that serves pages can neither pass nor move it."""
    return [
        message
        for alias in databases or []
        if connections[alias].vendor == "postgresql"
        for message in _role_messages(connections[alias])
    ]


def _role_messages(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        role = settings.DB_ROLE or cursor.fetchone()[0]
        cursor.execute(ROLE_POWERS, [role])
        powers = cursor.fetchone()
        if powers is None:
            return [Error(f"Роли «{role}» нет в базе.", hint=OWN_ROLE, id="nastavnik.E003")]
        cursor.execute(MISSING_RIGHTS, [role])
        closed = cursor.fetchone()[0]
    passes, owns = powers
    if passes or (owns and settings.DB_ROLE):
        text = f"Роль «{role}», от которой открываются страницы, может обойти построчную защиту."
        return [Error(text, hint=OWN_ROLE, id="nastavnik.E001")]
    if owns:
        text = f"Страницы открываются от владельца таблиц («{role}»): он может снять защиту."
        return [messages.Warning(text, hint=OWN_ROLE, id="nastavnik.W002")]
    if closed:
        text = f"Роли «{role}» закрыты таблицы: {closed}."
        hint = "Выполните nastavnik manage migrate: он выдаёт роли права на все таблицы."
        return [Error(text, hint=hint, id="nastavnik.E004")]
    return []


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
