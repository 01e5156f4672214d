"""The place of councils in the menu and their cards in «Сегодня»."""

from collections.abc import Iterator
from datetime import timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.councils import queries
from nastavnik.councils.models import Sitting, SittingState
from nastavnik.shared.navigation import Room, register
from nastavnik.shared.today import Card, register_card
from nastavnik.shared.typography import counted, date_words
from nastavnik.tenancy.scope import scope

SITTINGS = ("заседание", "заседания", "заседаний")
ROOMS = (
    Room(
        "more",
        "Советы и группы",
        "councils:list",
        action="councils.view",
        order=20,
        icon="people",
        text="Рабочая и творческая группы, советы: состав, план, протоколы",
    ),
    Room(
        "more",
        "Мои советы и группы",
        "councils:mine",
        action="councils.mine",
        order=21,
        icon="people",
        text="Где вы состоите, когда заседания и что решили",
    ),
    Room(
        "territory",
        "Совет кураторов",
        "councils:territory",
        action="councils.view",
        order=40,
        scope="territory",
    ),
)


def register_all() -> None:
    for room in ROOMS:
        register(room)
    register_card(Role.CURATOR, protocol_cards)
    for role in (Role.COORDINATOR, Role.CENTRE):
        register_card(role, territory_cards)


def protocol_cards(request: HttpRequest) -> Iterator[Card]:
    """A sitting that was held or planned, five days ago and more, without a protocol; one query."""
    organisation = getattr(request, "organisation", None)
    if organisation is not None:
        yield from _cards("councils:sitting", {"org": organisation.slug})


def territory_cards(request: HttpRequest) -> Iterator[Card]:
    """The same for councils that the offices of a territory keep; two queries."""
    territory = getattr(request, "territory", None)
    if territory is None:
        return
    with scope([office.pk for office in queries.authorities(territory)]):
        yield from list(_cards("councils:territory-sitting", {"territory": territory.slug}))


def _cards(page: str, where: dict[str, str]) -> Iterator[Card]:
    rows = list(queries.sittings_without_protocol(timezone.localdate())[:20])
    if not rows:
        return
    first = rows[0]
    more = f" И ещё {counted(len(rows) - 1, *SITTINGS)}." if rows[1:] else ""
    yield Card(
        title=task_title(first),
        text=f"{first.council.name}: {first.topic}.{more}",
        url=reverse(page, kwargs={**where, "sitting_id": first.pk}),
        button="Открыть заседание",
        level="wait",
        due=first.day + timedelta(days=queries.PROTOCOL_DAYS),
    )


def task_title(sitting: Sitting) -> str:
    """What is to be done with a sitting that lacks its protocol."""
    day = date_words(sitting.day)
    if sitting.state == SittingState.PLANNED:
        return f"Запишите, прошло ли заседание {day}"
    if sitting.protocol is None:
        return f"Составьте протокол заседания {day}"
    return f"Подпишите протокол заседания {day}"
