"""What meetings tell the apps below at start-up."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.events.models import OPEN_STATES, Event, EventState
from nastavnik.events.services.invited import on_papers_changed
from nastavnik.people.news import listen
from nastavnik.shared.today import Card, register_card
from nastavnik.shared.typography import date_words

AHEAD_DAYS = 7


def register_hooks() -> None:
    listen(on_papers_changed)
    register_card(Role.CURATOR, meeting_cards)


def meeting_cards(request: HttpRequest) -> Iterator[Card]:
    """The nearest meeting that is not over; one query."""
    organisation: Any = getattr(request, "organisation", None)
    if organisation is None:
        return
    today = timezone.localdate()
    event = (
        Event.objects.filter(
            state__in=list(OPEN_STATES), on__lte=today + timedelta(days=AHEAD_DAYS)
        )
        .only("pk", "state", "on", "starts_at", "place", "title", "organisation")
        .order_by("on", "id")
        .first()
    )
    if event is None:
        return
    url = reverse("events:card", kwargs={"org": organisation.slug, "pk": event.pk})
    when = f"{date_words(event.on)}, {event.starts_at:%H:%M}"
    where = f", {event.place}" if event.place else ""
    if event.state == EventState.DRAFT:
        title, button = "Объявите групповую встречу", "Открыть встречу"
    elif event.on < today:
        title, button = "Завершите групповую встречу", "Отметить пришедших"
    else:
        title, button = "Проведите групповую встречу", "Открыть встречу"
    yield Card(
        title=title,
        text=f"{when}{where}.",
        url=url,
        button=button,
        level="wait" if event.on < today else "go",
        due=event.on,
    )
