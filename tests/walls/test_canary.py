"""No word of another institution in any page, file, error or log of one's own (BARS I2, P3)."""

import logging
import re
from urllib.parse import unquote

import pytest

from tests.walls.crawl import crawl, words_of
from tests.walls.world import MARKERS, World

FOREIGN = [marker.casefold() for slug, marker in MARKERS.items() if slug != "own"]
OWN = MARKERS["own"].casefold()
LINK = re.compile(r'(?:href|action)="([^"]+)"')
ROADMAP = re.compile(r"/t/[a-z]+/roadmaps/(?:grid/|lines/)?\d+/")
# What a person typed stands in the address of the answer.
SEARCHED = re.compile(r"[?](?:q|name)=")
WITH_INSTITUTION = ("curator", "head", "responsible", "sysadmin", "council")


@pytest.mark.parametrize("who", WITH_INSTITUTION)
def test_no_page_of_one_institution_holds_a_word_of_another(world: World, who: str) -> None:
    leaks, own_seen = [], 0
    for path, page in crawl(world, who).pages.items():
        asked = unquote(path).casefold()
        leaks += [path for marker in FOREIGN if marker in page.words and marker not in asked]
        own_seen += OWN in page.words
    assert (leaks, own_seen > 5) == ([], True)


@pytest.mark.parametrize("who", ["region", "coordinator", "centre", "controller"])
def test_territory_reads_no_row_of_an_institution(world: World, who: str) -> None:
    """Names of institutions and of their officers are public upwards; rows are not.

    Who agrees or controls a roadmap reads its lines: on its own page, on its strip, one by one.
    """
    plan = {"title", "text"}
    leaks = [
        (path, tail)
        for path, page in crawl(world, who).pages.items()
        for marker in MARKERS.values()
        for tail in ("title", "surname", "post", "note", "text", "reason")
        if f"{marker.casefold()} {tail}" in page.words
        and not (ROADMAP.fullmatch(path) and tail in plan)
    ]
    assert leaks == []


@pytest.mark.parametrize("register", ["mentees", "mentors"])
def test_exported_register_holds_own_people_only(world: World, register: str) -> None:
    client = world.client("curator")
    answer = client.post("/o/own/export/", {"register": register, "purpose": "для проверки"})
    text = words_of(answer)
    assert (answer.status_code, OWN in text, [m for m in FOREIGN if m in text]) == (200, True, [])


def test_cache_keys_and_values_hold_no_names(world: World) -> None:
    kept = crawl(world, "curator").cached
    assert [marker for marker in (OWN, *FOREIGN) if marker in kept] == []
    assert "numbers:" in kept  # the crawl did use the cache


def test_log_names_nobody(world: World, caplog) -> None:
    """Pages, refusals and failures are logged by address and id, never by name (P3)."""
    read = [line for line in crawl(world, "curator").log if not SEARCHED.search(line)]
    with caplog.at_level(logging.DEBUG):
        world.client("curator").post(
            "/login/", {"username": f"{OWN}.login", "password": f"{OWN}-password"}
        )
    lines = [
        record.getMessage()
        for record in caplog.records
        if not record.name.startswith(("django.template", "django.db"))
    ]
    assert (read != [], [line for line in [*read, *lines] if OWN in line.casefold()]) == (True, [])


def test_links_of_pages_name_nobody(world: World) -> None:
    found = [
        f"{path} → {link}"
        for path, page in crawl(world, "curator").pages.items()
        if "?" not in path
        for link in LINK.findall(page.words)
        if OWN in unquote(link)
    ]
    assert found == []
