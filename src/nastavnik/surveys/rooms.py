"""The place of surveys in the menu and on «Сегодня»."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.shared.navigation import Room, register
from nastavnik.shared.today import Card, register_card
from nastavnik.surveys.queries import open_on


def register_rooms() -> None:
    register(
        Room(
            "pairs",
            "Опрос",
            "surveys:list",
            action="surveys.view",
            order=15,
            text="С кем участники хотят работать: ответы после встречи",
        )
    )
    register_card(Role.CURATOR, survey_cards)


def survey_cards(request: HttpRequest) -> Iterator[Card]:
    """Open surveys that still wait for answers; one query."""
    organisation: Any = getattr(request, "organisation", None)
    if organisation is None:
        return
    for found in open_on(timezone.localdate())[:2]:
        if found.answered < found.asked:
            yield Card(
                title=f"Соберите ответы: {found.answered} из {found.asked}",
                text=f"{found.title}.",
                url=reverse("surveys:campaign", kwargs={"org": organisation.slug, "pk": found.pk}),
                button="Кто не ответил",
                level="wait",
                due=found.closes_on,
            )
