"""«Сегодня»: what a role should do now. Apps register providers of cards at start-up."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from django.http import HttpRequest

CARD_LIMIT = 7
Level = Literal["bad", "wait", "go"]
_RANK: dict[Level, int] = {"bad": 0, "wait": 1, "go": 2}
_ICON: dict[Level, str] = {"bad": "alert", "wait": "clock", "go": "right"}


@dataclass(frozen=True)
class Card:
    """One thing to do: a title of verb and object, a sentence, a button.

    `level` is `bad` for urgent, `wait` for waiting, `go` for possible now.
    """

    title: str
    text: str
    url: str
    button: str
    level: Level = "go"
    due: dt.date | None = None
    icon: str = ""

    @property
    def sign(self) -> str:
        return self.icon or _ICON[self.level]


Provider = Callable[[HttpRequest], Iterable[Card]]
_providers: dict[str, list[Provider]] = {}


def register_card(role: str, provider: Provider) -> None:
    """`provider(request)` yields the cards of one kind for a reader who holds `role`."""
    registered = _providers.setdefault(role, [])
    if provider not in registered:
        registered.append(provider)


def cards_for(roles: Iterable[str], request: HttpRequest) -> list[Card]:
    """At most seven cards of the roles: urgent first, then by date; a provider runs once."""
    providers: dict[Provider, None] = {}
    for role in roles:
        providers.update(dict.fromkeys(_providers.get(role, [])))
    cards = dict.fromkeys(card for provider in providers for card in provider(request))
    ordered = sorted(cards, key=lambda card: (_RANK[card.level], card.due or dt.date.max))
    return ordered[:CARD_LIMIT]
