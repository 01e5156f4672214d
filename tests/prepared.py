"""The migrated database is made once and copied: SQLite between runs, PostgreSQL between processes.

`migrate` still runs on every copy: it sees what is applied and puts up the walls.
"""

import hashlib
import os
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import django
from django.db import connection

SOURCES = Path(__file__).resolve().parent.parent / "src"
FOLDER = Path(sys.prefix) / "prepared"
KEPT = 8  # copies of other migrations, for who goes to and fro between branches
LOCK = 3_201_507
MAKERS = ("*/*/migrations/*.py", "*/*/seed/**/*.toml", "*/tenancy/walls.py")
"""What a migrated database is made of."""


def fingerprint() -> str:
    """Changes with the migrations, the delivered lists, the walls, and with Django's own migrations."""
    found = hashlib.sha256(django.__version__.encode())
    for path in sorted(path for makers in MAKERS for path in SOURCES.glob(makers)):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()[:20]


@contextmanager
def prepared() -> Iterator[None]:
    """Around the making of the test database: it starts as a copy, or becomes what is copied."""
    with _sqlite() if connection.vendor == "sqlite" else _postgresql():
        yield


@contextmanager
def _sqlite() -> Iterator[None]:
    stored = FOLDER / f"{fingerprint()}.sqlite3"
    known = stored.exists()
    # The database in memory lives while somebody holds it.
    with closing(sqlite3.connect(connection.creation._get_test_db_name(), uri=True)) as memory:
        if known:
            with closing(sqlite3.connect(stored)) as source:
                source.backup(memory)
        yield
    if not known:
        _store(stored)


def _store(stored: Path) -> None:
    """Keep the database, and the latest few others; a folder that is not ours to write stays."""
    part = stored.with_suffix(f".{os.getpid()}")
    try:
        FOLDER.mkdir(exist_ok=True)
        connection.ensure_connection()
        with closing(sqlite3.connect(part)) as target:
            connection.connection.backup(target)
        part.replace(stored)
        latest = sorted(FOLDER.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in latest[KEPT:]:
            path.unlink(missing_ok=True)
    except OSError:
        part.unlink(missing_ok=True)


@contextmanager
def _postgresql() -> Iterator[None]:
    """One process migrates, the others wait for it and take copies."""
    name = connection.creation._get_test_db_name()
    template = f"prepared_{fingerprint()}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        cursor.execute(
            "SELECT datname FROM pg_database WHERE datname IN (%s, %s)", [name, template]
        )
        existing = {row[0] for row in cursor.fetchall()}
        if template in existing and name not in existing:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        if template in existing:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
        yield
        if template not in existing:
            connection.close()
            cursor.execute(f'CREATE DATABASE "{template}" TEMPLATE "{name}"')
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def main() -> None:
    """Migrate while pytest is still collecting: `python -m tests.prepared`."""
    django.setup()
    with prepared():
        connection.creation.create_test_db(verbosity=0, serialize=False, keepdb=True)


if __name__ == "__main__":
    main()
