"""Consents: blanks are issued, signed papers received, refused, withdrawn or replaced.

Only a paper with the signatures that the law wants comes into force; whatever begins or ceases to
hold is told to the apps above in the same transaction.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.documents.rendering import blanks_docx, template_for
from nastavnik.people.consent_kinds import Cell, wants_child_signature
from nastavnik.people.models import Consent, ConsentKind, ConsentState, Person, Representative
from nastavnik.people.models.papers import CONSENT_TRANSITIONS
from nastavnik.people.news import papers_changed
from nastavnik.people.services.blanks import consent_data
from nastavnik.people.services.consent_records import (
    blank_record,
    demand_applicable,
    locked,
    only_representative,
    open_records,
    people_of,
    printing_order,
    valid_records,
)
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

S = ConsentState


@dataclass(frozen=True)
class Receipt:
    """What the curator attests about papers in hand.

    `by_representative`: a legal representative signed for every minor among them; a known
    `representative` says the same by name. `child_signed`: from 14 the children signed as well.
    """

    received_on: date
    file_place: str = ""
    attested_by: str = ""
    by_representative: bool = False
    representative: Representative | None = None
    child_signed: bool = False
    valid_to: date | None = None


@dataclass(frozen=True)
class Issued:
    """Printed blanks: the records, one DOCX, and words about those that could not be printed."""

    consents: tuple[Consent, ...]
    docx: bytes
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outcome:
    """Changed records and sentences about what followed from the change."""

    consents: tuple[Consent, ...]
    sentences: tuple[str, ...] = ()


@transaction.atomic
def issue_blanks(
    *, actor: Actor, organisation: Organisation, cells: Collection[Cell], today: date
) -> Issued:
    """Print consents as one DOCX by class, surname and kind; each leads by its QR to its record.

    A blank that was issued before is printed again with the same record. Raises: DomainError when
    nothing can be printed.
    """
    demand(actor.can("consents.print"))
    persons = people_of(cells)
    known = open_records(persons)
    papers, consents, refusals = [], [], []
    for cell in sorted(cells, key=lambda cell: printing_order(persons[cell.person_id], cell.kind)):
        person = persons[cell.person_id]
        demand_applicable(person, cell.kind, today)
        consent = known.get(cell) or blank_record(person, cell.kind, organisation)
        consent.representative = consent.representative or only_representative(person)
        try:
            data = consent_data(
                person,
                cell.kind,
                organisation=organisation,
                token=consent.token,
                on=today,
                representative=consent.representative,
            )
        except DomainError as error:
            refusals.append(error)
            continue
        papers.append((f"consent_{cell.kind}", data))
        consents.append(consent)
    if not papers:
        raise refusals[0] if refusals else _nothing("Печатать нечего: все согласия получены.")
    _save_issued(actor, consents, organisation, today)
    left_out = tuple(dict.fromkeys(error.message for error in refusals))
    return Issued(tuple(consents), blanks_docx(organisation, papers), left_out)


@transaction.atomic
def mark_received(
    *,
    actor: Actor,
    organisation: Organisation,
    cells: Collection[Cell],
    receipt: Receipt,
    today: date,
) -> Outcome:
    """Take signed papers, one or many; those with all their signatures come into force.

    A former consent of the same kind is replaced. Raises: DomainError when nobody attests a
    representative's signature under a minor's consent, or the date is ahead.
    """
    demand(actor.can("consents.edit"))
    if receipt.received_on > today:
        raise DomainError("future", "Дата получения ещё не наступила.", field="received_on")
    persons = people_of(cells)
    known, valid = open_records(persons), valid_records(persons)
    changed = []
    for cell in cells:
        person = persons[cell.person_id]
        demand_applicable(person, cell.kind, receipt.received_on)
        signer = _signer(person, receipt)
        current = valid.get(cell)
        consent = known.get(cell)
        if consent is None and current is not None and not current.child_signed:
            consent, current = current, None
        if consent is None:
            consent = blank_record(person, cell.kind, organisation)
        if current is not None:
            _move(actor, current, S.REPLACED, "получено новое согласие")
        consent.person, consent.organisation = person, organisation
        consent.representative = signer or consent.representative
        _receive(actor, consent, receipt)
        changed.append(consent)
    if not changed:
        raise _nothing("Отмечать нечего: выберите людей, у которых согласия ещё нет.")
    return _told(actor, organisation, changed, today)


@transaction.atomic
def refuse_consent(*, actor: Actor, consent: Consent, on: date, reason: str = "") -> Consent:
    """The person, or the representative, does not agree; a later «да» is a new record."""
    demand(actor.can("consents.edit"))
    fresh = locked(consent)
    fresh.reason = tidy(reason)[:300]
    fresh.received_on = on
    _move(actor, fresh, S.REFUSED, fresh.reason)
    return fresh


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent: Consent, on: date, reason: str = "") -> Outcome:
    """At once and for good: from this moment the consent does not hold.

    Pairs and publications follow in the same transaction; the sentences say how.
    """
    demand(actor.can("consents.edit"))
    fresh = locked(consent)
    fresh.reason = tidy(reason)[:300]
    fresh.withdrawn_on = on
    _move(actor, fresh, S.WITHDRAWN, fresh.reason)
    return _told(actor, fresh.organisation, [fresh], on)


@transaction.atomic
def replace_consent(*, actor: Actor, consent: Consent, receipt: Receipt, today: date) -> Outcome:
    """A new signed paper instead of one in force, for example with a new term or representative."""
    fresh = locked(consent)
    if fresh.state != S.IN_FORCE:
        raise DomainError("not_in_force", "Заменить можно только действующее согласие.")
    _move(actor, fresh, S.REPLACED, "получено новое согласие")
    return mark_received(
        actor=actor,
        organisation=fresh.organisation,
        cells=[Cell(fresh.person_id, ConsentKind(fresh.kind))],
        receipt=receipt,
        today=today,
    )


def _save_issued(
    actor: Actor, consents: list[Consent], organisation: Organisation, today: date
) -> None:
    versions: dict[str, str] = {}
    for consent in consents:
        if consent.state != S.DRAFT:
            continue
        if consent.kind not in versions:
            versions[consent.kind] = _version(consent.kind, organisation)
        consent.text_version = versions[consent.kind]
        consent.issued_on = today
        _move(actor, consent, S.ISSUED, "")
    audit.record(
        actor=actor,
        action="consents.printed",
        subject=organisation,
        details={"consents": [consent.pk for consent in consents]},
    )


def _version(kind: str, organisation: Organisation) -> str:
    """Which text was signed: the mark of the template's content."""
    content = template_for(f"consent_{kind}", organisation).content
    return hashlib.sha256(content).hexdigest()[:12]


def _receive(actor: Actor, consent: Consent, receipt: Receipt) -> None:
    """Into force with every signature; otherwise the paper waits for the child's own."""
    consent.received_on = receipt.received_on
    consent.valid_from = consent.valid_from or receipt.received_on
    consent.valid_to = receipt.valid_to or consent.valid_to
    consent.file_place = tidy(receipt.file_place)[:120] or consent.file_place
    consent.attested_by = tidy(receipt.attested_by)[:200] or actor.label
    consent.child_signed = consent.child_signed or receipt.child_signed
    consent.valid_to = consent.valid_to or _term(consent.organisation)
    whole = consent.child_signed or not wants_child_signature(
        consent.person, consent.kind, receipt.received_on
    )
    if consent.state == S.IN_FORCE:
        _save(actor, consent, consent.state, "consents.child_signed", "")
    elif not (consent.state == S.RECEIVED and not whole):
        _move(actor, consent, S.IN_FORCE if whole else S.RECEIVED, "")
    else:
        consent.save()


def _term(organisation: Organisation) -> date | None:
    own = str(organisation.settings.get("consent_valid_to", ""))
    return date.fromisoformat(own) if own else None


def _signer(person: Person, receipt: Receipt) -> Representative | None:
    """The representative who signed for a minor. Raises: DomainError when nobody is attested."""
    if not person.is_minor_on(receipt.received_on):
        return None
    named = receipt.representative
    if named is not None and named.child_id == person.pk:
        return named
    if not receipt.by_representative:
        raise DomainError(
            "representative_needed",
            f"{person.full_name}: за несовершеннолетнего подписывает законный представитель. "
            "Отметьте, что его подпись есть.",
            field="by_representative",
        )
    return only_representative(person)


def _nothing(text: str) -> DomainError:
    return DomainError("nothing", text)


def _move(actor: Actor, consent: Consent, to: ConsentState, reason: str) -> None:
    before = consent.state
    demand_move(CONSENT_TRANSITIONS, before, to, label=consent.get_kind_display().capitalize())
    consent.state = to
    _save(actor, consent, before, f"consents.{to}", reason)


def _save(actor: Actor, consent: Consent, before: str, action: str, reason: str) -> None:
    consent.save()
    audit.record(
        actor=actor,
        action=action,
        subject=consent,
        from_state=before,
        to_state=consent.state,
        reason=reason,
    )


def _told(actor: Actor, organisation: Organisation, consents: list[Consent], on: date) -> Outcome:
    ids = {consent.person_id for consent in consents}
    sentences = papers_changed(actor=actor, organisation=organisation, person_ids=ids, on=on)
    return Outcome(tuple(consents), tuple(sentences))
