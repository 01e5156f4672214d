"""Papers of councils that a territory keeps: sent to the office's head, or entered as signed."""

from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.councils import policies
from nastavnik.documents.effects import Effect
from nastavnik.documents.models import Document
from nastavnik.documents.services import drop_draft, send_to_sign, sign_document
from nastavnik.shared.verdict import demand


@transaction.atomic
def send_paper(*, actor: Actor, document: Document) -> Document:
    demand(policies.can_edit(actor))
    return send_to_sign(actor=actor, document=document)


@transaction.atomic
def register_paper(*, actor: Actor, document: Document, number: str, registered_on: date) -> Effect:
    """Enter number and date of a paper that was signed by hand; what it does happens now."""
    demand(policies.can_edit(actor))
    return sign_document(
        actor=actor,
        document=document,
        registered_on=registered_on,
        number=number,
        signed_on_paper=True,
    )


@transaction.atomic
def drop_paper(*, actor: Actor, document: Document) -> Effect:
    demand(policies.can_edit(actor))
    return drop_draft(actor=actor, document=document)
