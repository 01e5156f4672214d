"""Wall 3: every address × every role × every place × GET, POST and htmx has its answer (BARS I1)."""

import logging
import re
from collections.abc import Iterator

import pytest
from django.test import Client

from nastavnik.accounts.permissions import ROLE_ACTIONS, TERRITORY_ROLES, Role, known_action
from tests.walls.addresses import PUBLIC_VIEWS, SIGNED_IN, Address, addresses
from tests.walls.crawl import crawl, undone
from tests.walls.world import ADMIN, World, drain

ADDRESSES = addresses()
PAGES = [address for address in ADDRESSES if address.spec is not None]
WAYS = ("GET", "POST", "HTMX")
# What a permitted request may answer: a page, a way on, words about what is wrong.
OF_INSTITUTIONS = frozenset({"slug", "pk", "item_id", "sitting_id", "document_id"})
OPEN = frozenset({200, 302, 409, 422})
# (address, method) that answers a permitted person otherwise, and why.
EXCEPTIONS: dict[tuple[str, str], tuple[int, str]] = {
    ("documents:template_use", "POST"): (404, "an empty form names no version"),
    ("documents:template_retire", "POST"): (404, "nothing of the institution's own is in use"),
    ("documents:territory_template_use", "POST"): (404, "an empty form names no version"),
    ("documents:territory_template_retire", "POST"): (404, "nothing of its own is in use"),
}
EXCEPTIONS |= dict.fromkeys(
    [
        ("pairs:answer", "POST"),
        ("pairs:match-accept", "POST"),
        ("pairs:match-group", "POST"),
        ("pairs:match-take-back", "POST"),
        ("pairs:match-variant", "POST"),
        ("roadmaps:item-answer", "POST"),
    ],
    (404, "an empty form names nobody"),
)
EXCEPTIONS |= {
    ("people:consent-scan", "GET"): (404, "the consent is not one that waits for its paper"),
    ("people:consent-scan", "POST"): (404, "the consent is not one that waits for its paper"),
    ("people:consent-withdrawal", "GET"): (404, "the consent has not been withdrawn"),
    ("pairs:supported-talk", "POST"): (404, "the first mentee is supported by somebody else"),
    ("pairs:supported-take-back", "POST"): (404, "the first mentee is supported by somebody else"),
    ("people:consent-token", "GET"): (404, "no blank has this code"),
}
# A page open for reading whose form asks for one action more.
FINER: dict[tuple[str, str], str] = {
    ("documents:folder", "POST"): "documents.edit",
    ("documents:journal", "POST"): "documents.edit",
    ("pairs:match-decide", "POST"): "matching.edit",
}
# What the registry allows and a rule about the very row refuses: (who, page, method) → why.
REFUSED: dict[tuple[str, str, str], str] = {
    ("sysadmin", "desk:renew", "POST"): "a helper does not take the link of a stronger colleague",
}

EXPORTED = re.compile(r'[?]format=\w+: INSERT INTO "audit_auditevent" ')


def test_every_address_states_what_it_demands() -> None:
    """A view that is neither a page nor public, or a parameter nobody explains, fails the build."""
    undeclared = [a.name for a in ADDRESSES if a.spec is None and a.name not in PUBLIC_VIEWS]
    unknown = {a.name: a.unknown_parameters() for a in ADDRESSES if a.unknown_parameters()}
    assert (undeclared, unknown) == ([], {})


def test_every_reason_of_a_public_view_is_still_needed() -> None:
    assert set(PUBLIC_VIEWS) == {a.name for a in ADDRESSES if a.spec is None}


def test_pages_name_known_actions_and_one_node() -> None:
    for address in PAGES:
        known_action(address.spec.action)
        assert len({"org", "territory"} & set(address.parameters)) <= 1, address.name


def report(wrong: list[str]) -> None:
    """All that is wrong at once."""
    found = [line for line in wrong if line]
    assert not found, "\n".join(["", *found])


def ways(address: Address, *, whole: bool) -> list[str]:
    """A method that the page does not have is refused before the place is looked at: one is enough."""
    return [way for way in WAYS if whole or method_of(way) in address.spec.methods]


def method_of(way: str) -> str:
    return "POST" if way == "POST" else "GET"


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    """Thousands of refusals are expected here; their log lines only cost time."""
    logging.disable(logging.WARNING)
    yield
    logging.disable(logging.NOTSET)


def knock(client: Client, path: str, way: str) -> int:
    """The status of one request; whatever it wrote is taken back."""
    headers = {"HX-Request": "true"} if way == "HTMX" else {}
    with undone():
        send = client.post if way == "POST" else client.get
        answer = send(path, headers=headers)
        drain(answer)
        return answer.status_code


def expected(address: Address, who: str, *, holds: bool, way: str) -> int | None:
    """The only right answer, None for a permitted request."""
    method = method_of(way)
    if method not in address.spec.methods:
        return 405
    if not holds:
        return 404
    needed = {address.spec.action, FINER.get((address.name, method), address.spec.action)}
    if who == ADMIN or not needed <= ROLE_ACTIONS[Role(who)]:
        return 403
    return 403 if (who, address.name, method) in REFUSED else None


def verify(address: Address, who: str, place: str, way: str, got: int, *, holds: bool) -> str:
    """An empty string, or what is wrong."""
    wanted = expected(address, who, holds=holds, way=way)
    if wanted is None:
        exception = EXCEPTIONS.get((address.name, method_of(way)))
        right = got == exception[0] if exception else got in OPEN
    else:
        right = got == wanted
    return "" if right else f"{who} {way} {address.name} at {place}: {got}, wanted {wanted}"


@pytest.mark.parametrize("who", [*(role.value for role in Role), ADMIN])
def test_pages_of_institutions_answer_each_role_as_registered(world: World, who: str) -> None:
    client = world.client(who)
    works_here = who not in TERRITORY_ROLES and who != ADMIN
    wrong = []
    for address in (a for a in PAGES if "org" in a.parameters):
        for place, organisation in world.organisations.items():
            path = world.path(address, organisation.slug, organisation)
            holds = works_here and place == "own"
            for way in ways(address, whole=place == "own"):
                got = knock(client, path, way)
                wrong += [verify(address, who, place, way, got, holds=holds)]
    report(wrong)


@pytest.mark.parametrize("who", [*(role.value for role in Role), ADMIN])
def test_pages_of_territories_answer_each_role_as_registered(world: World, who: str) -> None:
    client = world.client(who)
    wrong = []
    for address in (a for a in PAGES if "territory" in a.parameters):
        for place in world.territories:
            path = world.path(address, place, world.own)
            # The institution of the address lies on the region's first municipality only.
            absent = place == "second" and bool(OF_INSTITUTIONS & set(address.parameters))
            holds = who in TERRITORY_ROLES and world.holds_at_territory(who, place)
            for way in ways(address, whole=place == "first"):
                got = knock(client, path, way)
                there = not absent or expected(address, who, holds=holds, way=way) is not None
                wrong += [verify(address, who, place, way, got, holds=holds and there)]
    report(wrong)


@pytest.mark.parametrize("who", [*(role.value for role in Role), ADMIN])
def test_pages_without_a_place_ask_for_the_action_anywhere(world: World, who: str) -> None:
    client, wrong = world.client(who), []
    for address in (a for a in PAGES if not {"org", "territory"} & set(a.parameters)):
        for way in ways(address, whole=True):
            got = knock(client, address.path("", world.own), way)
            wrong += [verify(address, who, "nowhere", way, got, holds=who != ADMIN)]
    report(wrong)


def test_nobody_is_sent_to_sign_in(world: World) -> None:
    """Without a session every page leads to the sign-in page, whatever its address holds."""
    client, wrong = Client(raise_request_exception=False), []
    for address in (a for a in ADDRESSES if a.spec or a.name in SIGNED_IN):
        node = "first" if "territory" in address.parameters else "own"
        for place in (node, "no-such-place"):
            path = world.path(address, place, world.own)
            for way in WAYS:
                with undone():
                    method = client.post if way == "POST" else client.get
                    answer = method(path, headers={"HX-Request": "true"} if way == "HTMX" else {})
                if not (answer.status_code == 302 and answer.url.startswith("/login/?next=")):
                    wrong.append(f"{way} {path}: {answer.status_code}")
    report(wrong)


def test_unknown_institution_and_foreign_one_answer_alike(world: World) -> None:
    client = world.client("curator")
    foreign = client.get("/o/sibling/people/")
    missing = client.get("/o/no-such-school/people/")
    assert (foreign.status_code, foreign.content.replace(b"sibling", b"")) == (
        missing.status_code,
        missing.content.replace(b"no-such-school", b""),
    )


@pytest.mark.parametrize("who", ["curator", "head"])
def test_foreign_rows_are_not_found_in_the_own_institution(world: World, who: str) -> None:
    """A foreign id under the own address: the same 404 as a missing one, by any method."""
    client, wrong = world.client(who), []
    for address in (a for a in PAGES if "org" in a.parameters and a.row_parameters()):
        if address.spec.action not in ROLE_ACTIONS[Role(who)]:
            continue
        for name in address.row_parameters():
            for place in ("sibling", "far", "beyond"):
                strange = address.strange_row(name, world.organisations[place])
                path = address.path("own", world.own, **{name: strange})
                for method in address.spec.methods:
                    got = knock(client, path, method)
                    if got != 404:
                        wrong.append(f"{method} {address.name} {name} of {place}: {got}")
    report(wrong)


@pytest.mark.parametrize("who", ["curator", "head", "sysadmin", "coordinator"])
def test_get_never_writes(world: World, who: str) -> None:
    """Every page that the person can open is read without one change in the database."""
    read = crawl(world, who)
    # An export of personal data is told to the journal and asks with `format=`.
    writes = [line for line in read.writes if not EXPORTED.search(line)]
    assert (len(read.pages) > len(ADDRESSES), writes) == (True, [])
