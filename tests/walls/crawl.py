"""Everything that one person can read, read once: the tests of the walls look at it in turn."""

import io
import logging
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import unquote

from django.core.cache import cache
from django.db import connection, transaction

from tests.walls.addresses import addresses
from tests.walls.world import MARKERS, World, drain

# Sessions are touched by reading and sign-in counts by trying.
WRITABLE_BY_GET = ("django_session", "axes_")
READING = frozenset({"SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK"})


@dataclass(frozen=True)
class Page:
    """The answer to one GET; `words` holds all its text, of Office files too, in lower case."""

    status: int
    headers: Mapping[str, str]
    words: str


@dataclass
class Crawl:
    """What one person read, what the database was asked to change, what was logged and cached."""

    pages: dict[str, Page] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    cached: str = ""


_done: dict[tuple[int, str], Crawl] = {}


def crawl(world: World, who: str) -> Crawl:
    key = (id(world), who)
    if key not in _done:
        _done[key] = _crawl(world, who)
    return _done[key]


def _crawl(world: World, who: str) -> Crawl:
    client, found, current = world.client(who), Crawl(), ""

    def watch(execute, sql, params, many, context):
        if is_write(sql) and not any(name in sql for name in WRITABLE_BY_GET):
            found.writes.append(f"{current}: {sql[:120]}")
        return execute(sql, params, many, context)

    with _heard(found.log), connection.execute_wrapper(watch):
        for current in paths(world):
            with undone():
                answer = client.get(current)
                found.pages[current] = Page(
                    answer.status_code, dict(answer.headers), words_of(answer)
                )
    found.cached = repr(getattr(cache, "_cache", {})).casefold()
    return found


def is_write(sql: str) -> bool:
    return sql.lstrip(" (\n").split(" ", 1)[0].upper() not in READING


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def paths(world: World) -> list[str]:
    """Every address, and lists with filters, sorting, pages, print and exports."""
    found = []
    for address in addresses():
        node = "first" if "territory" in address.parameters else "own"
        found.append(world.path(address, node, world.own))
    lists = ["people", "mentees", "mentors", "docs", "pairs"]
    found += [f"/o/own/{name}/?format=print" for name in lists]
    found += [f"/o/own/{name}/?format=xlsx" for name in lists]
    found += [f"/o/own/find/?q={marker}" for marker in MARKERS.values()]
    found += [f"/o/own/people/?name={marker}" for marker in MARKERS.values()]
    return [*found, "/o/sibling/people/", "/o/own/people/999999/", "/no-such-page/"]


def words_of(answer) -> str:
    """All text of a page, or of every part of an Office file."""
    body = drain(answer)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b" ".join(parts.read(name) for name in parts.namelist())
    headers = " ".join(f"{name} {value}" for name, value in answer.items())
    return f"{body.decode('utf-8', 'replace')} {unquote(headers)}".casefold()


@contextmanager
def _heard(lines: list[str]) -> Iterator[None]:
    """Everything that is logged at any level, but for the inner talk of templates and SQL."""

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if not record.name.startswith(("django.template", "django.db")):
                lines.append(record.getMessage())

    root, ear = logging.getLogger(), Ear()
    level, disabled = root.level, logging.root.manager.disable
    logging.disable(logging.NOTSET)
    root.setLevel(logging.DEBUG)
    root.addHandler(ear)
    try:
        yield
    finally:
        root.removeHandler(ear)
        root.setLevel(level)
        logging.disable(disabled)
