from types import SimpleNamespace

import pytest
from django.test import RequestFactory, override_settings
from django.urls import include, path, reverse

from nastavnik.shared import navigation, urls
from nastavnik.shared.navigation import Link, Menu, Place, Room

pytestmark = pytest.mark.unit


def page(request, **kwargs):
    """Only its address matters."""


urlpatterns = [
    path("o/<slug:org>/people/", page, name="people"),
    path("o/<slug:org>/people/mentors/", page, name="mentors"),
    path("o/<slug:org>/pairs/", page, name="pairs"),
    path("t/<slug:territory>/", page, name="territory"),
    path("help/", page, name="help"),
    *[
        path(f"s/{key}/", page, name=f"s-{key}")
        for key in ("today", "roadmap", "documents", "monitoring", "territory")
    ],
    path("", include((urls.urlpatterns, "shared"))),
]


@pytest.fixture(autouse=True)
def empty_house(monkeypatch):
    monkeypatch.setattr(navigation, "_rooms", {})
    monkeypatch.setattr(navigation, "_places", [])
    with override_settings(ROOT_URLCONF=__name__):
        yield


def request_to(address, *, actions=("people.view", "pairs.view"), org="five"):
    request = RequestFactory().get(address)
    request.actor = SimpleNamespace(can=lambda action: action in actions)
    request.organisation = SimpleNamespace(slug=org) if org else None
    request.territory = None
    return request


def house(*rooms):
    for room in rooms:
        navigation.register(room)


PEOPLE = Room("people", "Наставляемые", "people", action="people.view", order=10)
MENTORS = Room(
    "people", "Наставники", "mentors", action="people.view", order=20, badge=lambda request: 3
)
PAIRS = Room("pairs", "Пары", "pairs", action="pairs.view")


def test_sections_only_permitted_rooms_that_exist():
    house(PEOPLE, PAIRS, Room("documents", "Журнал", "not-built-yet"))

    links = Menu(request_to("/o/five/people/", actions=["people.view"])).sections()

    assert [(link.title, link.url, link.is_current) for link in links] == [
        ("Люди", "/o/five/people/", True),
        ("Ещё", "/more/", False),
    ]


def test_tabs_of_a_section_mark_the_deepest_room():
    house(MENTORS, PEOPLE, PAIRS)

    tabs = Menu(request_to("/o/five/people/mentors/")).tabs()

    assert [(tab.title, tab.is_current, tab.badge) for tab in tabs] == [
        ("Наставляемые", False, 0),
        ("Наставники", True, 3),
    ]


def test_tabs_of_a_lone_room_are_not_drawn():
    house(PAIRS, PEOPLE)

    assert Menu(request_to("/o/five/pairs/")).tabs() == []


def test_sections_bar_holds_seven_and_ends_with_more():
    house(
        PEOPLE,
        PAIRS,
        *(
            Room(key, key, f"s-{key}", scope="any")
            for key in ("today", "roadmap", "documents", "monitoring", "territory")
        ),
    )

    links = Menu(request_to("/s/today/")).sections()

    assert len(links) == 7
    assert links[-1].title == "Ещё"
    assert sum(link.on_phone for link in links) == 5


def test_menu_without_organisation_in_address_leads_to_the_current_place():
    house(PEOPLE, Room("territory", "Учреждения", "territory", scope="territory"))
    places = [Place("А", "a"), Place("Б", "b", is_current=True)]
    navigation.install_places(lambda request: places)

    links = Menu(request_to("/help/", org=None)).sections()

    assert [link.url for link in links] == ["/o/b/people/", "/more/"]


def test_place_leads_to_its_first_room():
    house(PAIRS, PEOPLE, Room("territory", "Учреждения", "territory", scope="territory"))

    assert Place("Школа", "nine").url == "/o/nine/people/"
    assert Place("Край", "land", "territory").url == "/t/land/"


def test_everything_lists_rooms_by_section():
    house(PEOPLE, MENTORS, Room("more", "Помощь", "help", scope="any", icon="info", text="Памятки"))

    found = Menu(request_to("/help/")).everything()

    assert [(section.key, [link.title for link in links]) for section, links in found] == [
        ("people", ["Наставляемые", "Наставники"]),
        ("more", ["Помощь"]),
    ]
    assert found[1][1][0] == Link("Помощь", "/help/", "info", is_current=True, text="Памятки")


def test_register_unknown_section_is_refused():
    with pytest.raises(ValueError, match="unknown section"):
        navigation.register(Room("attic", "Чердак", "help"))


def test_step_leads_back_to_the_room_above_from_its_own_page_only():
    step = Room("people", "Согласия", "people", action="people.view", up="mentors")
    house(MENTORS, step)
    own = Menu(request_to(reverse("people", kwargs={"org": "five"})))
    assert (own.above().title, own.above().url) == (
        "Наставники",
        reverse("mentors", kwargs={"org": "five"}),
    )
    assert Menu(request_to(reverse("mentors", kwargs={"org": "five"}))).above() is None
    refused = request_to(reverse("people", kwargs={"org": "five"}), actions=("consents.view",))
    assert Menu(refused).above() is None
