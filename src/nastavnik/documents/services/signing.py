"""Signing: number, file, state and consequences in one transaction."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents import policies
from nastavnik.documents.context import document_context
from nastavnik.documents.effects import Check, Effect, effects_of
from nastavnik.documents.kinds import kind_of
from nastavnik.documents.models import (
    DOCUMENT_TRANSITIONS,
    Document,
    DocumentState,
    Journal,
    Relation,
)
from nastavnik.documents.queries import next_number
from nastavnik.documents.rendering import render, template_for
from nastavnik.documents.services.drafts import locked, mirrored
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand

SCAN_LIMIT = 12 * 1024 * 1024
SCAN_TYPES = {b"%PDF-": "pdf", b"\xff\xd8\xff": "jpg", b"\x89PNG": "png"}
_NUMBER_TEXT = re.compile(r"[0-9A-Za-zА-Яа-яЁё./ -]{1,40}")


@dataclass(frozen=True)
class Scan:
    """A picture of the signed paper."""

    name: str
    content: bytes


@dataclass(frozen=True)
class BatchRow:
    """What became of one document of a batch: the effect, or the words of the refusal."""

    document: Document
    effect: Effect | None
    error: str = ""


def checks_of(document: Document) -> list[Check]:
    """Automatic checks beside the document: the parent's state, then those of the matter itself."""
    checks = []
    if document.is_open and document.relation in {Relation.CANCELS, Relation.AMENDS}:
        parent = document.parent
        if parent is not None and parent.state not in _OPEN_TO_FOLLOWERS:
            checks.append(Check("bad", f"«{parent}» уже не действует."))
    return [*checks, *effects_of(document.kind).checks(document)]


@transaction.atomic
def sign_document(
    *,
    actor: Actor,
    document: Document,
    registered_on: date,
    number: int | str | None = None,
    scan: Scan | None = None,
    signed_on_paper: bool = False,
) -> Effect:
    """Sign: register, freeze the file, put in force, let the consequences happen.

    `number` None takes the next free one. Returns the sentences of what happened.
    Raises: DomainError when a check blocks it, when the number is taken, when the date is ahead, or
    when a consequence is impossible; then nothing has changed.
    """
    draft = locked(document)
    _demand_not_signed(draft)
    demand(policies.can_sign(actor, draft, signed_on_paper=signed_on_paper))
    demand_move(DOCUMENT_TRANSITIONS, draft.state, DocumentState.IN_FORCE, label=f"«{draft.title}»")
    _demand_date(registered_on)
    draft.registered_on = registered_on
    bad = [check.text for check in checks_of(draft) if check.level == "bad"]
    if bad:
        raise DomainError("blocked", "Подписать пока нельзя. " + " ".join(bad))
    before = draft.state
    _give_number(draft, number)
    _freeze(draft, actor, scan=scan, signed_on_paper=signed_on_paper)
    _save_signed(draft)
    record(
        actor=actor,
        action="documents.sign",
        subject=draft,
        from_state=before,
        to_state=DocumentState.IN_FORCE,
        details={"number": draft.number_text, "on_paper": signed_on_paper},
    )
    sentences = (
        *_follow_up(actor, draft).sentences,
        *effects_of(draft.kind).on_sign(actor, draft).sentences,
    )
    draft.outcome = list(sentences)
    draft.save(update_fields=["outcome"])
    mirrored(document, draft)
    return Effect(sentences)


def sign_batch(
    *,
    actor: Actor,
    documents: Sequence[Document],
    registered_on: date,
    first_number: int | None = None,
) -> list[BatchRow]:
    """Sign documents of one kind one after another with consecutive numbers.

    Each stands for itself: a refused one takes no number and does not stop the others.
    Raises: DomainError when the kinds differ.
    """
    if len({document.kind for document in documents}) > 1:
        raise DomainError("mixed_kinds", "Вместе подписывают документы одного вида.")
    rows, number = [], first_number
    for document in documents:
        try:
            effect = sign_document(
                actor=actor, document=document, registered_on=registered_on, number=number
            )
        except DomainError as error:
            rows.append(BatchRow(document, None, error.message))
        else:
            rows.append(BatchRow(document, effect))
            number = number + 1 if number is not None else None
    return rows


@transaction.atomic
def add_scan(*, actor: Actor, document: Document, scan: Scan) -> Document:
    """Attach the picture of the paper to a signed document that has none yet."""
    signed = locked(document)
    demand(policies.can_prepare(actor))
    if not signed.is_signed or signed.scan_name:
        raise DomainError("scan_once", "Скан прикладывают к подписанному документу один раз.")
    signed.scan, signed.scan_name = _checked_scan(scan)
    signed.save(update_fields=["scan", "scan_name"])
    record(actor=actor, action="documents.scan", subject=signed, details={"name": scan.name})
    return mirrored(document, signed)


_OPEN_TO_FOLLOWERS = frozenset({DocumentState.IN_FORCE, DocumentState.AMENDED})


def _demand_not_signed(draft: Document) -> None:
    if draft.is_signed:
        raise DomainError("already_signed", f"Документ уже подписан: {draft}.")


def _demand_date(registered_on: date) -> None:
    if registered_on > timezone.localdate():
        raise DomainError("date_ahead", "Дата документа ещё не наступила.", field="registered_on")


def _give_number(draft: Document, number: int | str | None) -> None:
    """Fill journal year and number, holding the journal against a second signer."""
    assert draft.registered_on is not None
    if draft.journal_id is None:
        return
    journal: Journal = Journal.objects.select_for_update().get(pk=draft.journal_id)
    year = draft.registered_on.year
    free = next_number(journal, year)
    draft.year = year
    draft.number, draft.number_text = _read_number(journal, number, free)
    _demand_free(draft, journal, free)


def _demand_free(draft: Document, journal: Journal, free: int) -> None:
    assert draft.year is not None
    same = Q(number_text=draft.number_text)
    if draft.number is not None:
        same |= Q(number=draft.number)
    if Document.objects.filter(same, journal=journal, year=draft.year).exists():
        raise _taken(draft.number_text, journal, draft.year, free)


def _read_number(journal: Journal, number: int | str | None, free: int) -> tuple[int | None, str]:
    """The number and its spelling; a number with a letter or a slash stands outside the row."""
    text = tidy(str(free if number is None else number)).removeprefix("№").strip()
    plain = text
    before, _, after = journal.number_format.partition("{number}")
    if before or after:
        plain = text.removeprefix(before).removesuffix(after)
    if plain.isascii() and plain.isdigit() and 0 < int(plain) < 2_000_000_000:
        return int(plain), journal.number_format.format(number=int(plain))
    if not _NUMBER_TEXT.fullmatch(text) or not any(sign.isdigit() for sign in text):
        raise DomainError("number_wrong", "Впишите номер, например 48 или 48-од.", field="number")
    return None, text


def _taken(text: str, journal: Journal, year: int, free: int) -> DomainError:
    return DomainError(
        "number_taken",
        f"Номер {text} уже занят в журнале «{journal.title}» за {year} год. "
        f"Следующий свободный — {free}.",
        field="number",
    )


def _freeze(draft: Document, actor: Actor, *, scan: Scan | None, signed_on_paper: bool) -> None:
    """The snapshot of all that was merged, and the file made of it."""
    context = document_context(draft, on=timezone.localdate())
    template = template_for(draft.kind, draft.organisation)
    draft.data = context
    draft.template_key = template.key
    draft.file = render(draft.kind, template.content, context)
    signer = context.get("head" if kind_of(draft.kind).is_order else "keeper")
    if signer is not None:
        draft.signer_name = signer["name"]["nominative"][:200]
        draft.signer_post = signer["post"]["nominative"][:160]
    draft.signed_by_id = actor.user_id
    draft.signed_at = timezone.now()
    draft.signed_on_paper = signed_on_paper
    if scan is not None:
        draft.scan, draft.scan_name = _checked_scan(scan)
    draft.state = DocumentState.IN_FORCE


def _save_signed(draft: Document) -> None:
    """Write it; the constraint has the last word when two sign at once."""
    try:
        with transaction.atomic():
            draft.save()
    except IntegrityError as error:
        journal = draft.journal
        if journal is None or draft.year is None:
            raise
        free = next_number(journal, draft.year)
        raise _taken(draft.number_text, journal, draft.year, free) from error


def _checked_scan(scan: Scan) -> tuple[bytes, str]:
    if len(scan.content) > SCAN_LIMIT:
        raise DomainError("scan_large", "Скан больше 12 МБ. Уменьшите его.", field="scan")
    kind = next((kind for sign, kind in SCAN_TYPES.items() if scan.content.startswith(sign)), "")
    if not kind:
        raise DomainError("scan_type", "Скан — это файл PDF, JPG или PNG.", field="scan")
    stem = re.sub(r"[^\w -]", "", scan.name.rpartition(".")[0] or scan.name)[:120].strip()
    return scan.content, f"{stem or 'Скан'}.{kind}"


def _follow_up(actor: Actor, draft: Document) -> Effect:
    """Cancel or amend the parent, if that is what the document is for."""
    if draft.parent_id is None or draft.relation not in {Relation.CANCELS, Relation.AMENDS}:
        return Effect()
    parent = locked(draft.parent)  # type: ignore[arg-type]
    cancels = draft.relation == Relation.CANCELS
    target = DocumentState.CANCELLED if cancels else DocumentState.AMENDED
    before = parent.state
    if before != target:
        demand_move(DOCUMENT_TRANSITIONS, before, target, label=f"«{parent.title}»")
        parent.state = target
        parent.save(update_fields=["state"])
    record(
        actor=actor,
        action="documents.cancel" if cancels else "documents.amend",
        subject=parent,
        from_state=before,
        to_state=target,
        reason=str(draft),
    )
    if not cancels:
        return Effect((f"Изменён документ: {parent}.",))
    undone = effects_of(parent.kind).on_cancel(actor, parent)
    return Effect((f"Отменён документ: {parent}.", *undone.sentences))
