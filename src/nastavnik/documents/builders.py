"""Documents that need no other app: introduction of the model, cancelling, registers, inventories."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import User
from nastavnik.accounts.permissions import Role
from nastavnik.documents import names, policies, queries
from nastavnik.documents.engine.grammar import date_words, parse_name
from nastavnik.documents.kinds import (
    FOLDER_INVENTORY,
    FOLDERS,
    ORDER_CANCEL,
    ORDER_INTRODUCTION,
    ORDER_REGISTER,
)
from nastavnik.documents.models import Document, DocumentState, Journal, Relation
from nastavnik.documents.services import prepare_document
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

PAPER, FILE = "бумага", "файл"


def prepare_introduction(
    *,
    actor: Actor,
    organisation: Organisation,
    starts_on: date,
    documents_due: date,
    forms: Sequence[str],
    responsible: Mapping[str, Any],
) -> Document:
    """The order that introduces the target model; `responsible` is a `names.person_context`."""
    return prepare_document(
        actor=actor,
        organisation=organisation,
        kind=ORDER_INTRODUCTION,
        data={
            "starts_on": date_words(starts_on),
            "roadmap_due": date_words(documents_due),
            "forms": list(forms),
            "responsible": dict(responsible),
            "acquaintance": [dict(responsible)],
        },
    )


@transaction.atomic
def prepare_cancellation(
    *,
    actor: Actor,
    document: Document,
    reason: str,
    consequences: Sequence[str] = (),
    responsible: Mapping[str, Any] | None = None,
) -> Document:
    """The draft of the order that cancels a document; signing it does the cancelling.

    Raises: DomainError when the document is not in force or such an order is already prepared.
    """
    demand(policies.can_cancel(actor, document))
    waiting = document.followers.filter(relation=Relation.CANCELS).exclude(
        state=DocumentState.DROPPED
    )
    if waiting.exists():
        raise DomainError("cancel_prepared", "Приказ об отмене этого документа уже составлен.")
    words = tidy(reason).rstrip(".")
    if not words:
        raise DomainError("reason_needed", "Напишите, почему документ отменяется.", field="reason")
    called = named_in_text(document)
    return prepare_document(
        actor=actor,
        organisation=document.organisation,
        kind=ORDER_CANCEL,
        title=f"Приказ об отмене: {document}"[:300],
        data={
            "cancelled": names.phrase_forms(called),
            "reason": words,
            "cancelled_on": "дня подписания этого приказа",
            "consequences": list(consequences),
            "responsible": dict(responsible or worker(actor, document.organisation)),
        },
        parent=document,
        relation=Relation.CANCELS,
    )


def prepare_journal(*, actor: Actor, journal: Journal, year: int) -> Document:
    """A journal of registration for a year as a document."""
    rows = queries.journal_documents(journal, year)
    entries = [
        {
            "number": row.number_text,
            "date": f"{row.registered_on:%d.%m.%Y}",
            "title": row.title,
            "signer": row.signer_name,
            "state": row.get_state_display(),
            "folder": row.folder,
        }
        for row in rows.only(*_LISTED, "signer_name")
    ]
    return prepare_document(
        actor=actor,
        organisation=journal.organisation,
        kind=ORDER_REGISTER,
        title=f"Журнал «{journal.title}», {year} год",
        data={
            "journal_title": journal.title,
            "year": str(year),
            "entries": entries,
            "keeper": worker(actor, journal.organisation),
            "printed_on": date_words(timezone.localdate()),
        },
    )


def prepare_inventory(
    *, actor: Actor, organisation: Organisation, folder: str, school_year: str = ""
) -> Document:
    """The inventory of one folder of «Дело»: signed documents by date."""
    rows = queries.folder_documents(actor, folder, school_year)
    entries = [
        {
            "number": row.number_text,
            "date": f"{row.registered_on:%d.%m.%Y}",
            "title": row.title,
            "sheets": "",
            "form": PAPER if row.signed_on_paper else FILE,
        }
        for row in rows
    ]
    period = f"{school_year} учебный год" if school_year else "все годы"
    return prepare_document(
        actor=actor,
        organisation=organisation,
        kind=FOLDER_INVENTORY,
        title=f"Опись дела {folder} «{FOLDERS[folder]}», {period}",
        data={
            "folder": {"number": folder, "title": FOLDERS[folder], "period": period},
            "entries": entries,
            "keeper": worker(actor, organisation),
            "printed_on": date_words(timezone.localdate()),
        },
    )


_LISTED = ("organisation", "number_text", "registered_on", "title", "state", "folder")


def named_in_text(document: Document) -> str:
    """«приказ от 15 октября 2026 г. № 48 «О закреплении пар»», ready to be declined."""
    word, _, about = document.title.partition(" ")
    number = f" № {document.number_text}" if document.number_text else ""
    day = f" от {date_words(document.registered_on)}" if document.registered_on else ""
    heading = f" «{about[:1].upper()}{about[1:]}»" if about else ""
    return f"{word[:1].lower()}{word[1:]}{day}{number}{heading}"


def worker(actor: Actor, organisation: Organisation) -> dict[str, Any]:
    """The one who acts as a person of a document; the head, when the system acts."""
    user = User.objects.filter(pk=actor.user_id).first() if actor.user_id else None
    if user is None:
        return names.head_forms(organisation)
    return names.person_context(
        surname=user.surname,
        given=user.given,
        patronymic=user.patronymic,
        gender=user.gender,
        post=_post(actor, organisation),
    )


def named_person(full_name: str, post: str, *, gender: str = "") -> dict[str, Any]:
    """A person typed in one line. Raises: GenderNeeded when the name does not tell the gender."""
    name = parse_name(full_name)
    return names.person_context(
        surname=name.surname,
        given=name.given,
        patronymic=name.patronymic,
        gender=gender,
        post=post,
    )


def _post(actor: Actor, organisation: Organisation) -> str:
    if Role.HEAD in actor.roles:
        return organisation.head_post
    return next((Role(role).label.lower() for role in sorted(actor.roles)), "")
