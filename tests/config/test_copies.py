import sqlite3
from contextlib import closing

import pytest
from django.db import ConnectionHandler

from nastavnik.config import copies
from nastavnik.config.copies import backup, restore
from nastavnik.shared.errors import DomainError


@pytest.fixture
def database(tmp_path, monkeypatch):
    """A database of our own shape in a file, and a connection to it: restoring closes that one."""
    path = tmp_path / "live.sqlite3"
    base = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(path)}
    monkeypatch.setattr(copies, "connection", ConnectionHandler({"default": base})["default"])
    write(path, "первая")
    return path


def write(path, word):
    with closing(sqlite3.connect(path)) as base:
        base.execute("PRAGMA journal_mode=WAL")
        base.execute("CREATE TABLE IF NOT EXISTS django_migrations (name TEXT)")
        base.execute("INSERT INTO django_migrations VALUES (?)", (word,))
        base.commit()


def words(path):
    with closing(sqlite3.connect(path)) as base:
        return [row[0] for row in base.execute("SELECT name FROM django_migrations ORDER BY rowid")]


def test_restore_brings_back_what_was_copied_and_keeps_the_rest_aside(database, tmp_path):
    backup(tmp_path / "copy")
    write(database, "вторая")

    kept = restore(tmp_path / "copy")

    assert (words(database), words(kept)) == (["первая"], ["первая", "вторая"])


def test_backup_never_overwrites(database, tmp_path):
    (tmp_path / "copy").write_text("")

    with pytest.raises(DomainError) as refused:
        backup(tmp_path / "copy")

    assert refused.value.code == "backup_exists"


@pytest.mark.parametrize(
    "content", [b"", b"not a database at all, only text", b"SQLite format 3\0xx"]
)
def test_restore_refuses_what_is_not_a_copy_and_touches_nothing(database, tmp_path, content):
    (tmp_path / "copy").write_bytes(content)

    with pytest.raises(DomainError) as refused:
        restore(tmp_path / "copy")

    assert (refused.value.code, words(database)) == ("backup_broken", ["первая"])
