"""Copies of the database: SQLite by `VACUUM INTO`, PostgreSQL by its own tools."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from nastavnik.shared.errors import DomainError


def backup(target: Path) -> None:
    """Write a consistent copy while others work. Raises: DomainError when `target` exists."""
    if target.exists():
        raise DomainError("backup_exists", f"Файл {target} уже есть. Укажите новое имя.")
    target.parent.mkdir(parents=True, exist_ok=True)
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(database_path())) as source:
            source.execute("VACUUM INTO ?", (str(target),))
    else:
        postgres_tool("pg_dump", "--format=custom", f"--file={target}")


def restore(source: Path) -> Path | None:
    """Replace the database by the copy; the previous SQLite file is kept beside it."""
    if connection.vendor != "sqlite":
        postgres_tool(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            str(source),
        )
        return None
    require_sound(source)
    path = Path(database_path())
    connection.close()
    incoming = path.with_suffix(".incoming")
    shutil.copyfile(source, incoming)
    kept = path.with_suffix(".previous") if path.exists() else None
    if kept:
        with closing(sqlite3.connect(path)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        path.replace(kept)
    for leftover in ("-wal", "-shm"):
        Path(f"{path}{leftover}").unlink(missing_ok=True)
    incoming.replace(path)
    return kept


def require_sound(source: Path) -> None:
    """Refuse a file that is not a whole database of ours. Raises: DomainError."""
    try:
        with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as copy:
            verdict = copy.execute("PRAGMA integrity_check").fetchone()[0]
            copy.execute("SELECT 1 FROM django_migrations LIMIT 1")
    except sqlite3.DatabaseError as error:
        raise DomainError("backup_broken", f"Файл {source} — не копия базы.") from error
    if verdict != "ok":
        raise DomainError("backup_broken", f"Копия {source} повреждена.")


def database_path() -> str:
    return str(connection.settings_dict["NAME"])


def postgres_tool(program: str, *arguments: str) -> None:
    """Run pg_dump or pg_restore against the configured database. Raises: DomainError."""
    found = shutil.which(program)
    if found is None:
        raise DomainError(
            "tool_missing", f"Не найдена программа {program}. Установите клиент PostgreSQL."
        )
    settings: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    env = {variable: str(settings[key]) for variable, key in names.items() if settings.get(key)}
    database = str(settings["NAME"])
    target = [f"--dbname={database}"] if program == "pg_restore" else [database]
    done = subprocess.run([found, *arguments, *target], env={**os.environ, **env}, check=False)  # noqa: S603
    if done.returncode:
        raise DomainError("tool_failed", f"Программа {program} закончилась с ошибкой, она выше.")
