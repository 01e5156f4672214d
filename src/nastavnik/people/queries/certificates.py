"""Who must show certificates, and how those certificates stand."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from nastavnik.people.models import (
    Certificate,
    CertificateKind,
    CertificateState,
    Person,
)
from nastavnik.people.models.person import STAFF_CATEGORIES
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.queries.participation import minor_on
from nastavnik.people.queries.people import living_people
from nastavnik.people.queries.registers import MENTORS_GONE
from nastavnik.people.requirements import Papers
from nastavnik.shared.columns import shown
from nastavnik.tenancy.models import Organisation

WARNING_DAYS = 30


@dataclass(frozen=True)
class CertificateStanding:
    """One certificate of one person: the word, its shape, the latest record."""

    kind: CertificateKind
    title: str
    text: str
    shape: str
    certificate: Certificate | None


def outside_mentors(today: date) -> "QuerySet[Person]":
    """Grown-up mentors who are not staff: those who must show certificates."""
    staff = Q(is_own=True, category__in=STAFF_CATEGORIES)
    rows = living_people().filter(mentor__isnull=False).exclude(mentor__state__in=MENTORS_GONE)
    return rows.exclude(staff).exclude(minor_on(today, prefix="")).select_related("mentor")


def certificate_rows(today: date) -> list[tuple[Person, list[CertificateStanding]]]:
    """Everybody who must show certificates with their states; three queries."""
    people = list(outside_mentors(today).order_by("search_key", "id"))
    papers = papers_of([person.pk for person in people])
    return [(person, certificate_standings(papers[person.pk], today)) for person in people]


def certificate_standings(papers: Papers, today: date) -> list[CertificateStanding]:
    return [_standing(papers, kind, today) for kind in CertificateKind]


def _standing(papers: Papers, kind: CertificateKind, today: date) -> CertificateStanding:
    own = sorted((c for c in papers.certificates if c.kind == kind), key=lambda c: c.pk)
    row = papers.certificate_on(kind, today) or (own[-1] if own else None)
    title = kind.label[0].upper() + kind.label[1:]
    return CertificateStanding(kind, title, *_words(row, today), row)


def _words(row: Certificate | None, today: date) -> tuple[str, str]:
    if row is None or row.state == CertificateState.REQUIRED:
        return "нет", "bad"
    if row.state == CertificateState.VALID:
        if row.valid_until is not None and row.valid_until < today:
            return "истекла", "bad"
        until = f" до {shown(row.valid_until)}" if row.valid_until else ""
        soon = row.valid_until is not None and (row.valid_until - today).days <= WARNING_DAYS
        return (f"истекает{until[3:]}" if soon else f"действует{until}"), "wait" if soon else "ok"
    if row.state == CertificateState.NOT_REQUIRED:
        return "не требуется", "ok"
    waiting = row.state == CertificateState.PRESENTED
    return ("предъявлена, не проверена" if waiting else row.get_state_display()), (
        "wait" if waiting else "bad"
    )


def lacking_certificates(organisation: Organisation, today: date) -> "QuerySet[Person]":
    """Mentors without one of the certificates; nobody where no children learn."""
    people = outside_mentors(today)
    if not organisation.teaches_children:
        return people.none()
    whole = Q()
    for kind in CertificateKind:
        whole &= Q(Exists(_holding(kind, today).filter(person_id=OuterRef("pk"))))
    return people.exclude(whole)


def expiring_count(today: date) -> int:
    """Certificates that end within thirty days."""
    last = today + timedelta(days=WARNING_DAYS)
    rows = Certificate.objects.filter(
        state=CertificateState.VALID, valid_until__range=(today, last), person__mentor__isnull=False
    )
    return rows.count()


def _holding(kind: str, on: date) -> "QuerySet[Certificate]":
    valid = Q(state=CertificateState.VALID) & (Q(valid_until__isnull=True) | Q(valid_until__gte=on))
    rows: QuerySet[Certificate] = Certificate.objects.filter(
        valid | Q(state=CertificateState.NOT_REQUIRED), kind=kind
    )
    return rows
