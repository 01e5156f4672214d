"""Every page of the product in a real browser: accessible, light, at home, as wide as the screen."""

import gzip
from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
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
# Pieces that a script puts into a page which is looked at itself.
PIECES = frozenset({"events:screen-count"})
TERRITORY = "first"
# Who looks, how wide the screen is when a page opens, widths it is made narrower to afterwards, the
# cookie of low vision, which of every so many pages. Halves only share the work between processes.
LOOKS = [
    (Role.CURATOR, 1280, (360,), "", (0, 2)),
    (Role.CURATOR, 1280, (360,), "", (1, 2)),
    (Role.COORDINATOR, 360, (), "scheme-black", (0, 1)),
]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.django_db(transaction=True)
def test_every_page_is_accessible_light_and_fits(live_server, settings, open_page, axe, look):
    role, width, narrower, display, (first, step) = look
    settings.DEMO = True
    world = build_world()
    page = open_page(width=width)
    page.context.add_init_script(AXE_SCRIPT)
    sign_in(page, live_server, world.users[role])
    if display:
        cookie = {"name": COOKIE, "value": display, "url": live_server.url}
        page.context.add_cookies([cookie])
    weights = Weights(page)
    wrong = []
    for address, path in list(_paths(world))[first::step]:
        answer = _open(page, live_server.url + path) if _may_see(address, role) else None
        if answer is None:
            continue
        faults = [f"answered {answer.status}"] if answer.status >= 500 else []
        faults += axe(page) + weights.too_heavy(answer)
        faults += [fault for each in (width, *narrower) for fault in _too_wide(page, each)]
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
        elif address.spec and "GET" in address.spec.methods and address.name not in PIECES:
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


def _too_wide(page: Page, width: int) -> list[str]:
    """Sideways scrolling on a screen of this width; the page goes back to the width it had."""
    whole = page.viewport_size
    if width != whole["width"]:
        page.set_viewport_size({"width": width, "height": whole["height"]})
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    if width != whole["width"]:
        page.set_viewport_size(whole)
    return [f"{wider} px too wide at {width}"] if wider > 0 else []
