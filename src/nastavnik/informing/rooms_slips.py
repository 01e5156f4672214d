"""Slips on «Сегодня»."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.informing.queries.slips import SOON, waiting
from nastavnik.shared.today import Card, register_card
from nastavnik.shared.typography import counted, date_words


def register_rooms() -> None:
    register_card(Role.CURATOR, slip_cards)


def slip_cards(request: HttpRequest) -> Iterator[Card]:
    """Slips that wait for a word, urgent when the first of them is erased soon; one query."""
    organisation: Any = getattr(request, "organisation", None)
    if organisation is None:
        return
    today = timezone.localdate()
    found = waiting(today)
    if not found.number or found.first_erased_on is None:
        return
    is_soon = found.first_erased_on - today <= SOON
    yield Card(
        title=f"Ответьте желающим: {counted(found.number, 'запись', 'записи', 'записей')}",
        text=f"Первые записи «Хочу участвовать» сотрутся {date_words(found.first_erased_on)}.",
        url=reverse("informing:slips", kwargs={"org": organisation.slug}),
        button="Кто хочет участвовать",
        level="bad" if is_soon else "wait",
        due=found.first_erased_on,
    )
