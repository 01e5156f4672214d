"""The place of roadmaps in the menu and their cards in «Сегодня»."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nastavnik.roadmaps import cards_upper, queries
from nastavnik.roadmaps.evidence import Work, register_document_work
from nastavnik.roadmaps.models import CommentKind, ItemComment, Roadmap, RoadmapState
from nastavnik.shared import navigation
from nastavnik.shared.navigation import Room
from nastavnik.shared.today import Card, register_card
from nastavnik.shared.typography import counted, plural

ROOMS = (
    Room(
        "roadmap",
        "Дорожная карта",
        "roadmaps:current",
        action="roadmaps.view",
        order=10,
        text="Пункты закрываются сами, когда появляется документ",
    ),
    Room(
        "roadmap",
        "Согласование карт",
        "roadmaps:queue",
        action="roadmaps.view",
        order=20,
        scope="territory",
    ),
    Room(
        "roadmap",
        "Своя карта",
        "roadmaps:own",
        action="roadmaps.view",
        order=25,
        scope="territory",
    ),
    Room(
        "roadmap",
        "Ход карт",
        "roadmaps:grid",
        action="roadmaps.view",
        order=30,
        scope="territory",
    ),
)
LINES = ("пункт", "пункта", "пунктов")


def register_all() -> None:
    for room in ROOMS:
        navigation.register(room)
    for role in ("curator", "head", "responsible"):
        register_card(role, late_card)
    for role in ("curator", "responsible"):
        register_card(role, soon_card)
        register_card(role, returned_card)
        register_card(role, remark_card)
    cards_upper.register_all()
    for kind in ("order_roadmap", "roadmap"):
        register_document_work(kind, Work("Открыть дорожную карту", "roadmaps:current"))


def late_card(request: HttpRequest) -> Iterator[Card]:
    """What should have been done already."""
    if (address := _address(request)) is None:
        return
    late, _, _ = queries.pressing(timezone.localdate())
    if late:
        verb = plural(late, "Просрочен", "Просрочены", "Просрочено")
        yield Card(
            title=f"{verb} {counted(late, *LINES)} дорожной карты",
            text="Приложите документ или отметьте выполненным с пояснением.",
            url=f"{address}?show=late",
            button="Открыть просроченные",
            level="bad",
        )


def soon_card(request: HttpRequest) -> Iterator[Card]:
    """What falls due within 14 days."""
    if (address := _address(request)) is None:
        return
    _, soon, nearest = queries.pressing(timezone.localdate())
    if soon:
        verb = plural(soon, "Подходит срок", "Подходят сроки", "Подходят сроки")
        of = counted(soon, "пункта", "пунктов", "пунктов")
        yield Card(
            title=f"{verb} {of} дорожной карты",
            text="Ближайшие 14 дней.",
            url=f"{address}?show=soon",
            button="Открыть ближайшие",
            level="wait",
            due=nearest,
        )


def returned_card(request: HttpRequest) -> Iterator[Card]:
    if (address := _address(request)) is None:
        return
    if Roadmap.objects.filter(state=RoadmapState.RETURNED).exists():
        yield Card(
            title="Исправьте дорожную карту",
            text="Её вернули с замечаниями к пунктам.",
            url=address,
            button="Открыть замечания",
            level="wait",
        )


def remark_card(request: HttpRequest) -> Iterator[Card]:
    """What the level above wrote to a line of a roadmap that is carried out already."""
    if _address(request) is None:
        return
    said = (
        ItemComment.objects.filter(
            kind=CommentKind.REMARK,
            resolved=False,
            item__roadmap__state__in=(RoadmapState.AGREED, RoadmapState.IN_FORCE),
        )
        .order_by("id")
        .values_list("item_id", flat=True)
    )
    if lines := sorted(set(said)):
        yield Card(
            title=f"Ответьте на замечание к {counted(len(lines), 'пункту', 'пунктам', 'пунктам')}",
            text="Координатор написал, что пункт нужен.",
            url=_item_address(request, lines[0]),
            button="Открыть пункт",
            level="wait",
        )


def _address(request: HttpRequest) -> str | None:
    organisation = getattr(request, "organisation", None)
    if organisation is None:
        return None
    return reverse("roadmaps:current", kwargs={"org": organisation.slug})


def _item_address(request: HttpRequest, item_id: int) -> str:
    kwargs = {"org": request.organisation.slug, "item_id": item_id}  # type: ignore[attr-defined]
    return reverse("roadmaps:item", kwargs=kwargs) + "#comments"
