"""A draft from its first line to the head's desk."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents import policies
from nastavnik.documents.context import school_year, short_person
from nastavnik.documents.effects import Effect, effects_of
from nastavnik.documents.kinds import kind_of
from nastavnik.documents.models import DOCUMENT_TRANSITIONS, Document, DocumentState
from nastavnik.documents.services.journals import ensure_journals
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation


@transaction.atomic
def prepare_document(
    *,
    actor: Actor,
    organisation: Organisation,
    kind: str,
    data: Mapping[str, Any],
    title: str | None = None,
    choices: Mapping[str, Any] | None = None,
    subject_id: int | None = None,
    parent: Document | None = None,
    relation: str = "",
) -> Document:
    """Make a draft.

    `data` holds the fields of the kind's blank; organisation, head, date, number, acts and the
    address of the QR code are added by itself. `choices` is for the app that made the draft: it
    gets them back in its effects. `relation` says what signing does to `parent`.
    """
    demand(policies.can_prepare(actor))
    spec = kind_of(kind)
    own = {"executor": _executor(actor, organisation), **data}
    document = Document(
        organisation=organisation,
        kind=kind,
        title=tidy(title or spec.title)[:300],
        folder=spec.folder,
        school_year=school_year(timezone.localdate()),
        journal=ensure_journals(organisation=organisation)[spec.journal] if spec.journal else None,
        data=own,
        choices=dict(choices or {}),
        subject_id=subject_id,
        parent=parent,
        relation=relation,
        token=secrets.token_urlsafe(16),
        created_by=actor.label,
    )
    document.full_clean(exclude=("file", "scan", "organisation"))
    document.save()
    record(actor=actor, action="documents.prepare", subject=document, to_state=document.state)
    return document


@transaction.atomic
def update_draft(
    *,
    actor: Actor,
    document: Document,
    data: Mapping[str, Any] | None = None,
    choices: Mapping[str, Any] | None = None,
    title: str | None = None,
) -> Document:
    """Replace the fields of a draft; fields that are not named stay."""
    draft = locked(document)
    demand(policies.can_edit(actor, draft))
    if data is not None:
        draft.data = {**draft.data, **data}
    if choices is not None:
        draft.choices = dict(choices)
    if title is not None:
        draft.title = tidy(title)[:300]
    draft.save(update_fields=["data", "choices", "title"])
    record(actor=actor, action="documents.edit", subject=draft, to_state=draft.state)
    return mirrored(document, draft)


@transaction.atomic
def send_to_sign(*, actor: Actor, document: Document) -> Document:
    """Put the draft into the head's «На подпись»."""
    draft = locked(document)
    demand(policies.can_send(actor, draft))
    _move(actor, draft, DocumentState.TO_SIGN, "documents.send")
    return mirrored(document, draft)


@transaction.atomic
def return_document(*, actor: Actor, document: Document, reason: str) -> Document:
    """Give the document back with the words of what to mend. Raises: DomainError without them."""
    draft = locked(document)
    demand(policies.can_return(actor, draft))
    words = tidy(reason)[:500]
    if not words:
        raise DomainError("reason_needed", "Напишите, что исправить.", field="reason")
    draft.return_reason = words
    _move(actor, draft, DocumentState.RETURNED, "documents.return", reason=words)
    return mirrored(document, draft)


@transaction.atomic
def drop_draft(*, actor: Actor, document: Document) -> Effect:
    """Throw a draft away; what it held is let go by the app that owns the matter."""
    draft = locked(document)
    demand(policies.can_drop(actor, draft))
    _move(actor, draft, DocumentState.DROPPED, "documents.drop")
    effect = effects_of(draft.kind).on_drop(actor, draft)
    mirrored(document, draft)
    return effect


def locked(document: Document) -> Document:
    """The document as it is now, held until the end of the transaction."""
    fresh: Document = Document.objects.select_for_update().get(pk=document.pk)
    fresh.organisation = document.organisation
    return fresh


def mirrored(document: Document, fresh: Document) -> Document:
    """Bring the caller's copy up to date; it may have been read without the heavy fields."""
    document.__dict__.update(fresh.__dict__)
    return document


def _move(
    actor: Actor, draft: Document, target: DocumentState, action: str, *, reason: str = ""
) -> None:
    before = draft.state
    demand_move(DOCUMENT_TRANSITIONS, before, target, label=f"«{draft.title}»")
    draft.state = target
    if target != DocumentState.RETURNED:
        draft.return_reason = ""
    draft.save(update_fields=["state", "return_reason"])
    record(
        actor=actor,
        action=action,
        subject=draft,
        from_state=before,
        to_state=target,
        reason=reason,
    )


def _executor(actor: Actor, organisation: Organisation) -> str:
    if actor.is_system or not actor.label:
        return ""
    return ", ".join(part for part in (short_person(actor.label), organisation.phone) if part)
