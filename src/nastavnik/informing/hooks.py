"""What informing tells the apps below at start-up."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.documents.effects import DocumentEffects, Link, register
from nastavnik.informing import papers
from nastavnik.informing.queries.campaign import LATE_AFTER, without_protocol
from nastavnik.shared.today import Card, register_card
from nastavnik.shared.typography import date_words


def register_hooks() -> None:
    register_card(Role.CURATOR, protocol_cards)
    register(papers.PROTOCOL, DocumentEffects(links=protocol_links))


def protocol_cards(request: HttpRequest) -> Iterator[Card]:
    """The earliest gathering whose protocol is not there five days later; one query."""
    organisation: Any = getattr(request, "organisation", None)
    if organisation is None:
        return
    row = without_protocol(timezone.localdate())
    if row is None:
        return
    yield Card(
        title="Внесите протокол",
        text=f"{row.name.capitalize()}, {date_words(row.on)}: о программе рассказали, "
        "протокола пока нет.",
        url=reverse(
            "informing:gathering", kwargs={"org": organisation.slug, "gathering_id": row.pk}
        ),
        button="Открыть встречу",
        level="wait",
        due=row.on + LATE_AFTER,
    )


def protocol_links(_actor: Any, document: Any) -> list[Link]:
    """From the protocol back to its gathering."""
    if not document.subject_id:
        return []
    where = {"org": document.organisation.slug, "gathering_id": document.subject_id}
    return [Link("Открыть встречу", reverse("informing:gathering", kwargs=where))]
