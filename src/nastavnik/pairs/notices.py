"""Notices to the participants of an order on pairs: one sheet for everybody in every pair."""

from datetime import date
from typing import Any

from django.urls import reverse

from nastavnik.accounts.actor import Actor
from nastavnik.documents import rendering
from nastavnik.documents.context import document_address
from nastavnik.documents.effects import Link
from nastavnik.documents.engine.grammar import date_words
from nastavnik.documents.models import Document, DocumentState
from nastavnik.pairs import order_data
from nastavnik.pairs.facts import PairFacts, load_facts
from nastavnik.pairs.models import HOLDING_STATES, Pair
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.models import Organisation

NOTICE = "notice_participant"
ORDER_KINDS = frozenset({"order_pairs", "order_pairs_additional", "order_pairs_replace"})
MENTOR_STEPS = (
    "Провести первую встречу и познакомиться.",
    "Вместе с наставляемым составить программу пары.",
    "После каждой встречи сделать запись в дневнике.",
)
MENTEE_STEPS = (
    "Прийти на первую встречу и познакомиться.",
    "Вместе с наставником составить программу пары.",
    "После каждой встречи оставить короткий отзыв.",
)


def has_notices(document: Document) -> bool:
    """Whether the document is an order on pairs that is in force."""
    in_force = {DocumentState.IN_FORCE, DocumentState.AMENDED}
    return document.kind in ORDER_KINDS and document.state in in_force


def notices_docx(organisation: Organisation, document: Document) -> bytes:
    """All notices of the order in one file, pair by pair, the mentor first.

    Raises: DomainError when it is not an order on pairs in force, or none of its pairs still works.
    """
    if not has_notices(document):
        raise DomainError("no_notices", "Уведомления есть только у действующего приказа о парах.")
    pairs = Pair.objects.filter(order=document, state__in=list(HOLDING_STATES)).order_by("id")
    loaded = load_facts(pairs)
    if not loaded:
        raise DomainError("no_notices", "Пары этого приказа уже не действуют.")
    papers = notice_data(organisation, document, loaded)
    return rendering.blanks_docx(organisation, [(NOTICE, data) for data in papers])


def notice_data(
    organisation: Organisation, document: Document, loaded: list[PairFacts]
) -> list[dict[str, Any]]:
    """Merge data of every notice."""
    curator = order_data.curator_data(organisation, order_data.today())
    common = {
        "order": {
            "date": date_words(document.registered_on) if document.registered_on else "",
            "number": document.number_text,
        },
        "curator": curator,
        "curator_contact": _contact(organisation),
        "first_meeting": "",
        "qr_url": document_address(document.token),
    }
    rows = order_data.pair_rows(organisation, loaded)
    found = []
    for facts, row in zip(loaded, rows, strict=True):
        shared = {**common, "form": row["form"], "kind": row["kind"], **_term(facts.pair, document)}
        found.append(shared | _for_mentor(row))
        found += [shared | _for_mentee(mentee, row) for mentee in row["mentees"]]
    return found


def links(actor: Actor, document: Document) -> list[Link]:
    """What the card of an order on pairs offers to download."""
    if not has_notices(document) or not actor.can("pairs.view"):
        return []
    where = {"org": document.organisation.slug, "document_id": document.pk}
    return [Link("Скачать уведомления", reverse("pairs:notices", kwargs=where))]


def _for_mentor(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "participant": row["mentor"],
        "role": "наставник",
        "statement": "вы назначены наставником",
        "partners": row["mentees"],
        "steps": list(MENTOR_STEPS),
    }


def _for_mentee(mentee: dict[str, Any], row: dict[str, Any]) -> dict[str, Any]:
    return {
        "participant": mentee,
        "role": "наставляемый",
        "statement": "за вами закреплён наставник",
        "partners": [row["mentor"]],
        "steps": list(MENTEE_STEPS),
    }


def _term(pair: Pair, document: Document) -> dict[str, str]:
    """The term in words; a single meeting begins and ends on one day."""
    start: date = pair.starts_on or document.registered_on or order_data.today()
    return {"starts_on": date_words(start), "ends_on": date_words(pair.ends_on or start)}


def _contact(organisation: Organisation) -> str:
    if organisation.phone:
        return f"телефон {organisation.phone}"
    return f"электронная почта {organisation.email}" if organisation.email else "в учреждении"
