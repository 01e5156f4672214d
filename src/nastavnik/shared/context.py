"""What every page needs around its content. Nothing is computed until the template asks."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from nastavnik.shared.display import Display
from nastavnik.shared.navigation import Link, Menu, Place, places_of


def address_or_nothing(name: str) -> str:
    """The address of a page that may not be built yet."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class Frame:
    """The surroundings of a page: menu, switcher, look, person."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def display(self) -> Display:
        return Display.of(self.request)

    @cached_property
    def menu(self) -> Menu:
        return Menu(self.request)

    @cached_property
    def sections(self) -> list[Link]:
        return self.menu.sections()

    @cached_property
    def tabs(self) -> list[Link]:
        return self.menu.tabs()

    @cached_property
    def above(self) -> Link | None:
        return self.menu.above()

    @cached_property
    def here(self) -> str:
        """The title of the room that the page belongs to."""
        room = self.menu.current_room()
        return room.title if room else ""

    @cached_property
    def places(self) -> Sequence[Place]:
        return places_of(self.request)

    @cached_property
    def place(self) -> str:
        """What the switcher says: the open organisation or territory, else the current place."""
        for name in ("organisation", "territory"):
            node: Any = getattr(self.request, name, None)
            if node is not None:
                return str(getattr(node, "short_name", "") or node)
        current = [place.title for place in self.places if place.is_current]
        return current[0] if current else ""

    @cached_property
    def person(self) -> str:
        """The name of the signed-in person, or nothing."""
        user: Any = getattr(self.request, "user", None)
        if user is None or not user.is_authenticated:
            return ""
        return str(getattr(user, "full_name", "") or user.get_username())

    @cached_property
    def is_demo(self) -> bool:
        return bool(settings.DEMO)

    @cached_property
    def search_url(self) -> str:
        return address_or_nothing("search")

    @cached_property
    def sign_in_url(self) -> str:
        return address_or_nothing("accounts:login")

    @cached_property
    def sign_out_url(self) -> str:
        return address_or_nothing("accounts:logout")

    @cached_property
    def own_data_url(self) -> str:
        return address_or_nothing("accounts:me")

    @cached_property
    def has_messages(self) -> bool:
        return hasattr(self.request, "_messages")


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor: one `frame` per request, shared by its fragments."""
    known = getattr(request, "nastavnik_frame", None)
    if known is None:
        known = Frame(request)
        request.nastavnik_frame = known  # type: ignore[attr-defined]
    return {"frame": known}
