"""«Сегодня» of a territory: roadmaps that wait, lines asked to be left out, everything overdue."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import TERRITORY_ROLES, Role
from nastavnik.roadmaps.queries import agreement, asked, progress
from nastavnik.shared.today import Card, register_card
from nastavnik.shared.typography import counted, plural
from nastavnik.tenancy.models import Territory

LINES = ("пункт", "пункта", "пунктов")
PLACES = ("учреждении", "учреждениях", "учреждениях")


def register_all() -> None:
    for role in (Role.COORDINATOR, Role.CENTRE):
        register_card(role, waiting_card)
        register_card(role, asked_card)
    for role in TERRITORY_ROLES:
        register_card(role, overdue_card)


def waiting_card(request: HttpRequest) -> Iterator[Card]:
    """How many roadmaps wait for an answer."""
    if (territory := _territory(request)) is None:
        return
    audiences = request.actor.audiences  # type: ignore[attr-defined]
    today = timezone.localdate()
    if waiting := agreement.waiting_count(territory, on=today, audiences=audiences):
        number = counted(waiting, "дорожную карту", "дорожные карты", "дорожных карт")
        yield Card(
            title=f"Согласуйте {number}",
            text="Карты без замечаний согласует одна кнопка.",
            url=reverse("roadmaps:queue", kwargs={"territory": territory.slug}),
            button="Открыть карты",
            level="wait",
        )


def asked_card(request: HttpRequest) -> Iterator[Card]:
    if (territory := _territory(request)) is None:
        return
    if number := asked.asked_count(territory, on=timezone.localdate()):
        lines = counted(number, *LINES)
        yield Card(
            title=f"Просят не применять {lines} дорожных карт",
            text="Эти пункты обязательны по муниципальной карте: согласуйте или откажите.",
            url=reverse("roadmaps:queue", kwargs={"territory": territory.slug}) + "#asked",
            button="Открыть просьбы",
            level="wait",
        )


def overdue_card(request: HttpRequest) -> Iterator[Card]:
    if (territory := _territory(request)) is None:
        return
    lines, places = progress.overdue_count(territory, on=timezone.localdate())
    if lines:
        verb = plural(lines, "Просрочен", "Просрочены", "Просрочено")
        yield Card(
            title=f"{verb} {counted(lines, *LINES)} дорожных карт",
            text=f"В {counted(places, *PLACES)}.",
            url=reverse("roadmaps:overdue", kwargs={"territory": territory.slug}),
            button="Открыть просроченное",
            level="bad",
        )


def _territory(request: HttpRequest) -> Territory | None:
    found: Territory | None = getattr(request, "territory", None)
    return found
