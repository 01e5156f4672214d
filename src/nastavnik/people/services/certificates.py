"""Certificates of adults who are not staff: shown, checked, found unnecessary; never a scan."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.people.models import Certificate, CertificateKind, CertificateState, Person
from nastavnik.people.models.papers import CERTIFICATE_TRANSITIONS
from nastavnik.people.news import papers_changed
from nastavnik.people.queries.papers import papers_of
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

S = CertificateState
DEFAULT_MONTHS = 12
MONTHS_IN_YEAR = 12


@dataclass(frozen=True)
class Shown:
    """What is copied from a certificate in hand."""

    kind: CertificateKind
    issued_on: date | None
    number: str = ""
    issuer: str = ""
    valid_until: date | None = None


@dataclass(frozen=True)
class Outcome:
    """Changed records and sentences about what followed."""

    certificates: tuple[Certificate, ...]
    sentences: tuple[str, ...] = ()


@transaction.atomic
def present_certificate(*, actor: Actor, person: Person, shown: Shown, today: date) -> Certificate:
    """Copy number, date and issuer. Raises: DomainError without a date, or with one ahead."""
    demand(actor.can("certificates.edit"))
    if shown.issued_on is None:
        raise DomainError(
            "date_missing",
            "Справка предъявлена без даты. Укажите дату выдачи.",
            field=f"{shown.kind}_issued_on",
        )
    if shown.issued_on > today:
        raise DomainError(
            "date_ahead", "Дата выдачи справки ещё не наступила.", field=f"{shown.kind}_issued_on"
        )
    certificate = _waiting(person, shown.kind)
    certificate.number = tidy(shown.number)[:60]
    certificate.issuer = tidy(shown.issuer)[:200]
    certificate.issued_on = shown.issued_on
    certificate.valid_until = shown.valid_until
    if certificate.state == S.PRESENTED:
        _save(actor, certificate, S.PRESENTED)
    else:
        _move(actor, certificate, S.PRESENTED)
    return certificate


@transaction.atomic
def accept_certificate(
    *,
    actor: Actor,
    certificate: Certificate,
    checked_by: str,
    today: date,
    valid_until: date | None = None,
) -> Outcome:
    """The certificate is in order; without a term of its own it holds for the usual one.

    Raises: DomainError when nobody checked it or its term has passed.
    """
    demand(actor.can("certificates.edit"))
    fresh = _locked(certificate)
    _accept(actor, fresh, checked_by, today, valid_until)
    return _told(actor, [fresh], today)


@transaction.atomic
def enter_certificates(
    *, actor: Actor, person: Person, shown: list[Shown], checked_by: str, today: date
) -> Outcome:
    """Several certificates of one person, shown and checked at once."""
    if not shown:
        raise DomainError("nothing", "Заполните хотя бы одну справку.")
    certificates = []
    for one in shown:
        certificate = present_certificate(actor=actor, person=person, shown=one, today=today)
        _accept(actor, certificate, checked_by, today, one.valid_until)
        certificates.append(certificate)
    return _told(actor, certificates, today)


@transaction.atomic
def enter_for_many(
    *,
    actor: Actor,
    people: Sequence[Person],
    shown: Sequence[Shown],
    checked_by: str,
    today: date,
) -> Outcome:
    """The same certificates of several people, shown and checked at once.

    Whoever already holds a valid one of a kind, or needs none, keeps it.
    Raises: DomainError when nobody lacks anything.
    """
    demand(actor.can("certificates.edit"))
    papers = papers_of([person.pk for person in people])
    certificates = []
    for person in people:
        for one in shown:
            if papers[person.pk].certificate_on(one.kind, today) is not None:
                continue
            certificate = present_certificate(actor=actor, person=person, shown=one, today=today)
            _accept(actor, certificate, checked_by, today, one.valid_until)
            certificates.append(certificate)
    if not certificates:
        raise DomainError("nothing", "У выбранных наставников эти справки уже есть.")
    return _told(actor, certificates, today)


@transaction.atomic
def reject_certificate(
    *, actor: Actor, certificate: Certificate, reason: str, today: date
) -> Certificate:
    """The certificate will not do. Raises: DomainError without a reason."""
    demand(actor.can("certificates.edit"))
    fresh = _locked(certificate)
    fresh.basis = _demanded(reason, "Напишите, почему справка не подходит.", "reason")
    fresh.checked_by, fresh.checked_on = actor.label, today
    _move(actor, fresh, S.REJECTED, fresh.basis)
    return fresh


@transaction.atomic
def mark_not_required(
    *, actor: Actor, person: Person, kind: CertificateKind, basis: str, today: date
) -> Outcome:
    """This person needs no such certificate, and here is why."""
    demand(actor.can("certificates.edit"))
    certificate = _waiting(person, kind)
    certificate.basis = _demanded(basis, "Напишите, на каком основании справка не нужна.", "basis")
    if certificate.state == S.PRESENTED:
        certificate = _new(person, kind)
        certificate.basis = tidy(basis)[:200]
    certificate.checked_by, certificate.checked_on = actor.label, today
    _move(actor, certificate, S.NOT_REQUIRED, certificate.basis)
    return _told(actor, [certificate], today)


def months_later(day: date, months: int) -> date:
    """The same day some months on, or the last day of a shorter month."""
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    year, month = index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1
    for shorter in range(4):
        try:
            return date(year, month, day.day - shorter)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def term_of(organisation: Organisation, issued_on: date) -> date:
    """The usual term: twelve months, or the organisation's own number of months."""
    months = int(organisation.settings.get("certificate_months", DEFAULT_MONTHS))
    return months_later(issued_on, months)


def _accept(
    actor: Actor,
    certificate: Certificate,
    checked_by: str,
    today: date,
    valid_until: date | None,
) -> None:
    if certificate.issued_on is None:
        raise DomainError("date_missing", "Справка предъявлена без даты. Укажите дату выдачи.")
    certificate.checked_by = _demanded(checked_by, "Напишите, кто проверил справку.", "checked_by")
    certificate.checked_on = today
    certificate.valid_until = (
        valid_until
        or certificate.valid_until
        or term_of(certificate.organisation, certificate.issued_on)
    )
    if certificate.valid_until < today:
        raise DomainError(
            "expired",
            f"Срок справки вышел {certificate.valid_until:%d.%m.%Y}. Нужна новая.",
            field=f"{certificate.kind}_issued_on",
        )
    _move(actor, certificate, S.VALID)


def _waiting(person: Person, kind: CertificateKind) -> Certificate:
    """The record that still waits for a certificate, or a new one."""
    row: Certificate | None = (
        Certificate.objects.select_for_update(of=("self",))
        .filter(person=person, kind=kind, state__in=(S.REQUIRED, S.PRESENTED))
        .select_related("person", "organisation")
        .order_by("-id")
        .first()
    )
    return row or _new(person, kind)


def _new(person: Person, kind: CertificateKind) -> Certificate:
    return Certificate(organisation=person.organisation, person=person, kind=kind)


def _locked(certificate: Certificate) -> Certificate:
    rows = Certificate.objects.select_for_update(of=("self",)).select_related(
        "person", "organisation"
    )
    fresh: Certificate = rows.get(pk=certificate.pk)
    return fresh


def _demanded(text: str, refusal: str, field: str) -> str:
    words = tidy(text)[:200]
    if not words:
        raise DomainError("words_missing", refusal, field=field)
    return words


def _move(actor: Actor, certificate: Certificate, to: CertificateState, reason: str = "") -> None:
    before = certificate.state
    label = certificate.get_kind_display().capitalize()
    demand_move(CERTIFICATE_TRANSITIONS, before, to, label=label)
    certificate.state = to
    _save(actor, certificate, before, reason)


def _save(actor: Actor, certificate: Certificate, before: str, reason: str = "") -> None:
    certificate.save()
    audit.record(
        actor=actor,
        action=f"certificates.{certificate.state}",
        subject=certificate,
        from_state=before,
        to_state=certificate.state,
        reason=reason,
    )


def _told(actor: Actor, certificates: list[Certificate], on: date) -> Outcome:
    sentences = papers_changed(
        actor=actor,
        organisation=certificates[0].organisation,
        person_ids={certificate.person_id for certificate in certificates},
        on=on,
    )
    return Outcome(tuple(certificates), tuple(sentences))
