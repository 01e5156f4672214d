"""Pages are served by a role of the database that owns nothing (wall 2 of docs/architecture.md).

The login of NASTAVNIK_DATABASE owns the tables: it migrates. A web process puts the role named by
NASTAVNIK_DB_ROLE on at every connection, so that no page can step over row level security.
"""

from typing import Any

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


def serve_as_web_role() -> None:
    """From now on every connection of this process works as the web role; none named, nothing changes."""
    connection_created.connect(put_on, dispatch_uid="config.role")
    connections.close_all()


def put_on(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    if connection.vendor != "postgresql" or not settings.DB_ROLE:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {connection.ops.quote_name(settings.DB_ROLE)}")
