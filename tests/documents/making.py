"""Drafts for the tests of documents."""

import io
from datetime import date

import docx as word

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.permissions import Role
from nastavnik.documents import services
from nastavnik.documents.kinds import example_data
from nastavnik.documents.models import Document
from nastavnik.tenancy.models import Organisation
from tests.neighbours import actor_as

CURATOR = actor_as(Role.CURATOR)
HEAD = actor_as(Role.HEAD, label="Зотов Игорь Павлович")
READER = actor_as(Role.RESPONSIBLE)
KIND = "order_introduction"
DAY = date(2026, 10, 15)


def make_draft(organisation: Organisation, kind: str = KIND, **fields: object) -> Document:
    actor: Actor = fields.pop("actor", CURATOR)
    data = fields.pop("data", None) or example_data(kind)
    return services.prepare_document(
        actor=actor, organisation=organisation, kind=kind, data=data, **fields
    )


def make_waiting(organisation: Organisation, kind: str = KIND, **fields: object) -> Document:
    draft = make_draft(organisation, kind, **fields)
    return services.send_to_sign(actor=CURATOR, document=draft)


def make_signed(organisation: Organisation, kind: str = KIND, **fields: object) -> Document:
    document = make_waiting(organisation, kind, **fields)
    services.sign_document(actor=HEAD, document=document, registered_on=DAY)
    return document


def lines_of(docx: bytes) -> list[str]:
    """Texts of the paragraphs of a Word file, with plain spaces."""
    paragraphs = word.Document(io.BytesIO(docx)).paragraphs
    return [paragraph.text.replace("\u00a0", " ") for paragraph in paragraphs]
