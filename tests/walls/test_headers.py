"""Every answer carries its headers, every changing form its token (BARS A6, A7)."""

from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import Client

import nastavnik
from tests.walls.addresses import addresses
from tests.walls.crawl import Page, crawl
from tests.walls.world import World, drain

REQUIRED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
NO_SUCH_PAGE = "/no-such-page/"


def faults(answer: HttpResponse | Page) -> list[str]:
    found = [name for name, value in REQUIRED.items() if answer.headers.get(name) != value]
    policy = answer.headers.get("Content-Security-Policy", "")
    if "frame-ancestors 'none'" not in policy or "default-src 'none'" not in policy:
        found.append(f"policy {policy!r}")
    if "unsafe" in policy or "*" in policy:
        found.append("weak policy")
    return found


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/login/", 200),
        ("/healthz", 200),
        ("/o/own/people/", 302),
        ("/static/shared/app.css", None),
        ("/static/no-such-file.css", 404),
        ("/d/no-such-token/", 404),
        ("/invite/no-such-token/", 410),
        ("/display/", 200),
    ],
)
def test_answers_without_a_session_carry_the_headers(db, path: str, status: int | None) -> None:
    answer = Client().get(path)
    drain(answer)
    assert (faults(answer), status in {None, answer.status_code}) == ([], True)


def test_every_page_of_a_curator_carries_the_headers(world: World) -> None:
    pages = crawl(world, "curator").pages
    assert {path: faults(page) for path, page in pages.items() if faults(page)} == {}


def test_refusals_and_failures_carry_the_headers(world: World, monkeypatch) -> None:
    client = world.client("curator")
    answers = [client.get(NO_SUCH_PAGE), client.get("/o/sibling/people/")]
    monkeypatch.setattr("nastavnik.people.views.registers.find_people", lambda _text: 1 // 0)
    answers.append(client.get("/o/own/find/?q=а"))
    assert [(answer.status_code, faults(answer)) for answer in answers] == [
        (404, []),
        (404, []),
        (500, []),
    ]


def test_pages_about_people_are_not_kept_by_caches(world: World) -> None:
    answer = world.client("curator").get("/o/own/people/")
    assert "no-store" in answer.headers.get("Cache-Control", "")


def test_every_changing_form_wants_its_token(world: World) -> None:
    client, open_doors = world.client("curator", enforce_csrf_checks=True), []
    for address in addresses():
        if address.spec is not None and "POST" not in address.spec.methods:
            continue
        node = "first" if "territory" in address.parameters else "own"
        status = client.post(world.path(address, node, world.own), {}).status_code
        # A public page for reading refuses the method itself.
        if status not in ({403} if address.spec else {403, 405, 404}):
            open_doors.append(f"{address.name}: {status}")
    assert open_doors == []


def test_no_page_hides_its_origin_from_its_own_form() -> None:
    """Without a referrer a browser sends «Origin: null», and the form is taken for a forged one."""
    templates = Path(nastavnik.__file__).parent.rglob("*.html")
    assert [path.name for path in templates if "no-referrer" in path.read_text()] == []
