"""The rooms of documents in the menu and the card of the head in «Сегодня»."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse

from nastavnik.documents.models import Document, DocumentState
from nastavnik.shared.navigation import Room, register
from nastavnik.shared.today import Card, register_card
from nastavnik.shared.typography import counted


def open_rooms() -> None:
    for order, (title, url_name, text) in enumerate(
        (
            ("Документы", "documents:register", "Все документы учреждения"),
            ("На подпись", "documents:inbox", "Что ждёт руководителя"),
            ("Дело", "documents:file", "Папки подписанных документов и описи"),
            ("Шаблоны", "documents:templates", "Файлы Word, по которым составляются документы"),
        ),
        start=1,
    ):
        register(
            Room(
                "documents",
                title,
                url_name,
                action="documents.view",
                order=order * 10,
                badge=waiting if url_name == "documents:inbox" else None,
                text=text,
            )
        )
    register(
        Room(
            "territory",
            "Шаблоны документов",
            "documents:territory_templates",
            action="documents.template",
            order=60,
            scope="territory",
            text="Файлы Word для всех учреждений территории",
        )
    )
    register_card("head", sign_card)
    register_card("curator", returned_card)


def waiting(request: HttpRequest) -> int:
    """How many documents wait; only the one who signs sees the number."""
    if getattr(request, "organisation", None) is None:
        return 0
    if not request.actor.can("documents.sign"):  # type: ignore[attr-defined]
        return 0
    return _count(DocumentState.TO_SIGN)


def sign_card(request: HttpRequest) -> Iterator[Card]:
    number = waiting(request)
    if number:
        yield Card(
            title=f"Подпишите {counted(number, 'документ', 'документа', 'документов')}",
            text="Проверки уже сделаны, лист показан таким, каким напечатается.",
            url=_address(request, "documents:inbox"),
            button="Открыть «На подпись»",
            level="wait",
        )


def returned_card(request: HttpRequest) -> Iterator[Card]:
    """What the head gave back."""
    if getattr(request, "organisation", None) is None:
        return
    number = _count(DocumentState.RETURNED)
    if number:
        yield Card(
            title=f"Исправьте {counted(number, 'документ', 'документа', 'документов')}",
            text="Руководитель вернул и написал, что исправить.",
            url=f"{_address(request, 'documents:register')}?state=returned",
            button="Открыть возвращённые",
            level="wait",
        )


def _count(state: DocumentState) -> int:
    return int(Document.objects.filter(state=state).count())


def _address(request: HttpRequest, name: str) -> str:
    return reverse(name, kwargs={"org": request.organisation.slug})  # type: ignore[attr-defined]
