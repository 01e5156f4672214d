"""The two databases: SQLite for one school and one laptop, PostgreSQL for a territory."""

from typing import Any
from urllib.parse import unquote, urlsplit

from nastavnik.config.env import BadSetting


def sqlite(path: str) -> dict[str, Any]:
    """SQLite as ADR 0003 sets it: WAL, every commit on disk, writers queue instead of failing."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    """PostgreSQL from `postgresql://user:password@host:port/name`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgresql", "postgres"}:
        raise BadSetting("the database address must start with postgresql://")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", "") or parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
    }


def database(address: str, default_path: str) -> dict[str, Any]:
    """Settings for `address`: empty means SQLite at `default_path`."""
    if not address:
        return sqlite(default_path)
    if address.startswith("sqlite:///"):
        return sqlite(address.removeprefix("sqlite:///"))
    return postgresql(address)
