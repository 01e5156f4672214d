"""Every page of the product in a real browser: accessible, light, at home, as wide as the screen."""

import gzip
from collections.abc import Iterator

import pytest
from playwright.sync_api import Error, Page, Response

from nastavnik.accounts.permissions import ROLE_ACTIONS, Role
from nastavnik.shared.display import COOKIE
from tests.e2e.visitor import sign_in
from tests.walls.addresses import Address, addresses
from tests.walls.world import build_world

MOST_BYTES = 100 * 1024
FETCHED = """performance.getEntriesByType("resource").map(e => e.name)
  .filter(name => /[.](css|js)([?]|$)/.test(name))"""
OPEN_TO_ALL = frozenset({"accounts:login", "shared:display", "shared:kit", "shared:more"})
TERRITORY = "first"
# Who looks, how wide the screen is, the cookie of low vision, whether the rules of axe are asked.
LOOKS = [
    (Role.CURATOR, 1280, "", True),
    (Role.CURATOR, 360, "", False),
    (Role.COORDINATOR, 360, "scheme-black", True),
]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.django_db(transaction=True)
def test_every_page_is_accessible_light_and_fits(live_server, settings, open_page, axe, look):
    role, width, display, with_rules = look
    settings.DEMO = True
    world = build_world()
    page = open_page(width=width)
    sign_in(page, live_server, world.users[role])
    if display:
        cookie = {"name": COOKIE, "value": display, "url": live_server.url}
        page.context.add_cookies([cookie])
    weights = Weights(page)
    wrong = []
    for address, path in _paths(world):
        answer = _open(page, live_server.url + path) if _may_see(address, role) else None
        if answer is None:
            continue
        faults = [f"answered {answer.status}"] if answer.status >= 500 else []
        faults += axe(page) if with_rules else []
        faults += _too_wide(page) + weights.too_heavy(answer)
        wrong += [f"{address.name}: {fault}" for fault in faults]
    assert wrong == []


class Weights:
    """What a page fetches, compressed as the server of an installation sends it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._known: dict[str, int] = {}

    def too_heavy(self, answer: Response) -> list[str]:
        total = len(gzip.compress(answer.body()))
        total += sum(self._size(url) for url in self._page.evaluate(FETCHED))
        return [f"weighs {total} bytes"] if total > MOST_BYTES else []

    def _size(self, url: str) -> int:
        if url not in self._known:
            self._known[url] = len(gzip.compress(self._page.request.get(url).body()))
        return self._known[url]


def _paths(world) -> Iterator[tuple[Address, str]]:
    """Every address that answers GET, with rows of the own institution."""
    for address in addresses():
        if address.name in OPEN_TO_ALL:
            yield address, address.path("", world.own)
        elif address.spec and "GET" in address.spec.methods:
            node = world.own.slug if "org" in address.parameters else TERRITORY
            yield address, address.path(node, world.own)


def _may_see(address: Address, role: Role) -> bool:
    return address.spec is None or address.spec.action in ROLE_ACTIONS[role]


def _open(page: Page, url: str) -> Response | None:
    """The page, or None where a file comes instead."""
    try:
        answer = page.goto(url)
    except Error as error:
        if "Download is starting" in error.message:
            return None
        raise
    kind = answer.headers.get("content-type", "") if answer else ""
    return answer if kind.startswith("text/html") else None


def _too_wide(page: Page) -> list[str]:
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [f"{wider} px too wide"] if wider > 0 else []
