"""Rooms of the house: apps register their pages at start-up, a reader sees the ones open to them.

A section is a place in the bar, a room is a page in it. Rooms of one section are its tabs. Rooms
that are not registered or not permitted leave no trace.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.http import HttpRequest
from django.urls import NoReverseMatch, get_urlconf, reverse

Scope = Literal["organisation", "territory", "any"]
Badge = Callable[[HttpRequest], int]

BAR_LIMIT = 7
PHONE_LIMIT = 5


@dataclass(frozen=True)
class Section:
    """A place in the bar; `phone` keeps it in the bottom bar of a phone."""

    key: str
    title: str
    icon: str
    phone: bool = True


SECTIONS: tuple[Section, ...] = (
    Section("today", "Сегодня", "today"),
    Section("people", "Люди", "people"),
    Section("pairs", "Пары", "pair"),
    Section("roadmap", "Дорожная карта", "map", phone=False),
    Section("documents", "Документы", "doc"),
    Section("monitoring", "Мониторинг", "chart", phone=False),
    Section("territory", "Территория", "pin"),
    Section("more", "Ещё", "more"),
)


@dataclass(frozen=True)
class Room:
    """A page of the menu.

    `up` names the room that this one is a step of: its page leads back there. `action` is a name
    from the permission registry; empty means every signed-in person. `badge` counts what waits
    inside; `shown` hides a room from whom it has nothing for. Either runs on every page of its
    section, so it must cost one cheap query at most. `url_name` takes the keyword `org` or
    `territory` according to `scope`.
    """

    section: str
    title: str
    url_name: str
    action: str = ""
    order: int = 100
    icon: str = ""
    badge: Badge | None = None
    shown: Callable[[HttpRequest], bool] | None = None
    scope: Scope = "organisation"
    text: str = ""
    up: str = ""


@dataclass(frozen=True)
class Place:
    """An organisation or a territory a person works in; an entry of the switcher."""

    title: str
    slug: str
    scope: Scope = "organisation"
    is_current: bool = False

    @property
    def url(self) -> str:
        """The first room of the place, in the order of the bar."""
        order = [section.key for section in SECTIONS]
        own = [room for room in rooms() if room.scope == self.scope]
        for room in sorted(own, key=lambda room: order.index(room.section)):
            if address := address_of(room, {self.scope: self.slug}):
                return address
        return "/"


@dataclass(frozen=True)
class Link:
    """A room or a section, ready for the template."""

    title: str
    url: str
    icon: str = ""
    is_current: bool = False
    badge: int = 0
    on_phone: bool = True
    text: str = ""


PlacesOf = Callable[[HttpRequest], Sequence[Place]]
_KWARGS = {"organisation": "org", "territory": "territory"}
_rooms: dict[str, Room] = {}
_places: list[PlacesOf] = []


def register(room: Room) -> None:
    """Add a room; the same address registered again replaces the former one."""
    if room.section not in {section.key for section in SECTIONS}:
        raise ValueError(f"unknown section {room.section}")
    _rooms[room.url_name] = room


def install_places(places_of: PlacesOf) -> None:
    """`accounts` tells here how to list the places of the person behind a request."""
    _places[:] = [places_of]


def places_of(request: HttpRequest) -> Sequence[Place]:
    return _places[0](request) if _places else ()


def rooms() -> list[Room]:
    return sorted(_rooms.values(), key=lambda room: (room.order, room.title))


def address_of(room: Room, slugs: Mapping[str, str]) -> str:
    """The address of a room in the given places; empty when the page is not built or has no place."""
    if room.scope == "any":
        return _address(get_urlconf(), room.url_name, "", "")
    if room.scope not in slugs:
        return ""
    return _address(get_urlconf(), room.url_name, _KWARGS[room.scope], slugs[room.scope])


@lru_cache(maxsize=4096)
def _address(urlconf: str | None, name: str, keyword: str, slug: str) -> str:
    """Every page asks for the addresses of all its rooms: found once a process and place."""
    try:
        return reverse(name, urlconf, kwargs={keyword: slug} if keyword else {})
    except NoReverseMatch:
        return ""


class Menu:
    """The menu of one request, computed once and only when a template asks."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._slugs = self._working_slugs()
        self._open: list[tuple[Room, str]] | None = None
        self._here: Room | None = None

    @property
    def open_rooms(self) -> list[tuple[Room, str]]:
        """Rooms with their addresses that exist and that the person may enter."""
        if self._open is None:
            found = (
                (room, address_of(room, self._slugs)) for room in rooms() if self._allowed(room)
            )
            self._open = [(room, url) for room, url in found if url]
        return self._open

    def sections(self) -> list[Link]:
        """The bar: at most seven places, the last one leads to all the rooms."""
        here = self.current_room()
        links = []
        for section in SECTIONS[:-1]:
            own = [(room, url) for room, url in self.open_rooms if room.section == section.key]
            if own:
                links.append(
                    Link(
                        title=section.title,
                        url=own[0][1],
                        icon=section.icon,
                        is_current=here is not None and here.section == section.key,
                        badge=sum(self._badge(room) for room, _ in own),
                        on_phone=section.phone,
                    )
                )
        more = SECTIONS[-1]
        at_more = self._path() == reverse("shared:more") or (
            here is not None and here.section == more.key
        )
        last = Link(more.title, reverse("shared:more"), more.icon, is_current=at_more)
        return [*links[: BAR_LIMIT - 1], last]

    def tabs(self) -> list[Link]:
        """Rooms of the section we are in; a lone room needs no tabs."""
        here = self.current_room()
        if here is None or here.section == "more":
            return []
        own = [(room, url) for room, url in self.open_rooms if room.section == here.section]
        return [self._link(room, url, here) for room, url in own] if len(own) > 1 else []

    def everything(self) -> list[tuple[Section, list[Link]]]:
        """All the rooms by section, for the page «Ещё»."""
        here = self.current_room()
        grouped = []
        for section in SECTIONS:
            own = [pair for pair in self.open_rooms if pair[0].section == section.key]
            if own:
                grouped.append((section, [self._link(room, url, here) for room, url in own]))
        return grouped

    def current_room(self) -> Room | None:
        """The open room whose address is the longest beginning of the path; found once."""
        if self._here is None:
            self._here = self._find_room()
        return self._here

    def above(self) -> Link | None:
        """The open room that the page of the current one leads back to."""
        here = self.current_room()
        if here is None or not here.up:
            return None
        at = {room.url_name: (room, url) for room, url in self.open_rooms}
        if self._path() != at[here.url_name][1] or here.up not in at:
            return None
        room, url = at[here.up]
        return Link(room.title, url)

    def _find_room(self) -> Room | None:
        path = self._path()
        inside = [(len(url), room) for room, url in self.open_rooms if path.startswith(url)]
        return max(inside, key=lambda pair: pair[0])[1] if inside else None

    def _link(self, room: Room, url: str, here: Room | None) -> Link:
        icon = room.icon or next(s.icon for s in SECTIONS if s.key == room.section)
        return Link(room.title, url, icon, room is here, self._badge(room), text=room.text)

    def _badge(self, room: Room) -> int:
        return room.badge(self._request) if room.badge else 0

    def _path(self) -> str:
        return self._request.path

    def _allowed(self, room: Room) -> bool:
        actor: Any = getattr(self._request, "actor", None)
        if actor is None:
            return False
        may = not room.action or bool(actor.can(room.action))
        return may and (room.shown is None or room.shown(self._request))

    def _working_slugs(self) -> dict[str, str]:
        """Which organisation and territory the links lead to: the open one, else the current place."""
        slugs: dict[str, str] = {}
        for scope in ("organisation", "territory"):
            node = getattr(self._request, scope, None)
            if node is not None:
                slugs[scope] = node.slug
        if not slugs and getattr(self._request, "actor", None) is not None:
            for place in sorted(places_of(self._request), key=lambda place: not place.is_current):
                slugs.setdefault(place.scope, place.slug)
        return slugs
