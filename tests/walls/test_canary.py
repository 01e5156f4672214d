"""No word of another institution in any page, file, error or log of one's own (BARS I2, P3)."""

import io
import logging
import re
import zipfile
from urllib.parse import unquote

import pytest
from django.core.cache import cache

from tests.walls.addresses import addresses
from tests.walls.world import MARKERS, World, drain

FOREIGN = [marker.casefold() for slug, marker in MARKERS.items() if slug != "own"]
OWN = MARKERS["own"].casefold()
LINK = re.compile(r'(?:href|action)="([^"]+)"')
WITH_INSTITUTION = ("curator", "head", "responsible", "sysadmin", "council")


def words_of(answer) -> str:
    """All text of a page, or of every part of an Office file."""
    body = drain(answer)
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b" ".join(parts.read(name) for name in parts.namelist())
    headers = " ".join(f"{name} {value}" for name, value in answer.items())
    return f"{body.decode('utf-8', 'replace')} {unquote(headers)}".casefold()


def readable(world: World) -> list[str]:
    """Every address that can be read, with filters, sorting, pages, print and exports."""
    found = []
    for address in addresses():
        if address.spec is None or "GET" in address.spec.methods:
            node = "first" if "territory" in address.parameters else "own"
            found.append(world.path(address, node, world.own))
    lists = ["people", "mentees", "mentors", "docs", "pairs"]
    found += [f"/o/own/{name}/?format=print" for name in lists]
    found += [f"/o/own/{name}/?format=xlsx" for name in lists]
    found += [f"/o/own/find/?q={marker}" for marker in MARKERS.values()]
    found += [f"/o/own/people/?name={marker}" for marker in MARKERS.values()]
    return [*found, "/o/sibling/people/", "/o/own/people/999999/", "/no-such-page/"]


@pytest.mark.parametrize("who", WITH_INSTITUTION)
def test_no_page_of_one_institution_holds_a_word_of_another(world: World, who: str) -> None:
    client, leaks, own_seen = world.client(who), [], 0
    for path in readable(world):
        text = words_of(client.get(path))
        asked = unquote(path).casefold()
        leaks += [path for marker in FOREIGN if marker in text and marker not in asked]
        own_seen += OWN in text
    assert (leaks, own_seen > 5) == ([], True)


@pytest.mark.parametrize("who", ["region", "coordinator", "centre", "controller"])
def test_territory_reads_no_row_of_an_institution(world: World, who: str) -> None:
    """Names of institutions and of their officers are public upwards; rows are not."""
    client, leaks = world.client(who), []
    for path in readable(world):
        text = words_of(client.get(path))
        row_words = [
            f"{marker.casefold()} {tail}"
            for marker in MARKERS.values()
            for tail in ("title", "surname", "post", "note", "text", "reason")
        ]
        leaks += [path for words in row_words if words in text]
    assert leaks == []


@pytest.mark.parametrize("register", ["mentees", "mentors"])
def test_exported_register_holds_own_people_only(world: World, register: str) -> None:
    client = world.client("curator")
    answer = client.post("/o/own/export/", {"register": register, "purpose": "для проверки"})
    text = words_of(answer)
    assert (answer.status_code, OWN in text, [m for m in FOREIGN if m in text]) == (200, True, [])


def test_cache_keys_and_values_hold_no_names(world: World) -> None:
    client = world.client("curator")
    for path in readable(world):
        words_of(client.get(path))
    kept = repr(getattr(cache, "_cache", {})).casefold()
    assert [marker for marker in (OWN, *FOREIGN) if marker in kept] == []


def test_log_names_nobody(world: World, caplog) -> None:
    """Pages, refusals and failures are logged by address and id, never by name (P3)."""
    client = world.client("curator")
    with caplog.at_level(logging.DEBUG):
        for path in readable(world):
            if "?" not in path:
                words_of(client.get(path))
        client.post("/login/", {"username": f"{OWN}.login", "password": f"{OWN}-password"})
    lines = [
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith(("django.template", "django.db"))
    ]
    assert [line for line in lines if OWN in line.casefold()] == []


def test_links_of_pages_name_nobody(world: World) -> None:
    client, found = world.client("curator"), []
    for path in readable(world):
        links = LINK.findall(words_of(client.get(path))) if "?" not in path else []
        found += [f"{path} → {link}" for link in links if OWN in unquote(link)]
    assert found == []
