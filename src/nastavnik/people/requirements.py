"""Which papers the law wants from a person before taking part (PRODUCT.md § 2.3, 2–5).

Plain functions over loaded rows; no queries and no clock, so that the page, the import, the order
and the night work all reach the same verdict.
"""

from dataclasses import dataclass, field
from datetime import date

from nastavnik.people.models import (
    Certificate,
    CertificateKind,
    CertificateState,
    Consent,
    ConsentKind,
    ConsentState,
    Person,
)
from nastavnik.people.models.person import OWN_SIGNATURE_AGE

CHILD_KINDS = (ConsentKind.PARTICIPATION_CHILD, ConsentKind.PD_CHILD)
ADULT_KINDS = (ConsentKind.PD_ADULT,)


@dataclass(frozen=True)
class Missing:
    """One paper that is not there: what it is, in which words, and who can bring it."""

    person: Person
    kind: str
    sentence: str
    who: str


@dataclass(frozen=True)
class Papers:
    """What a person has: consents and certificates, whatever their state."""

    consents: tuple[Consent, ...] = ()
    certificates: tuple[Certificate, ...] = ()
    by_kind: dict[str, Consent] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        latest = {c.kind: c for c in sorted(self.consents, key=lambda c: c.pk or 0)}
        object.__setattr__(self, "by_kind", latest)

    def consent_on(self, kind: str, day: date) -> Consent | None:
        """The consent of this kind in force on `day`."""
        return next((c for c in self.consents if c.kind == kind and consent_holds(c, day)), None)

    def certificate_on(self, kind: str, day: date) -> Certificate | None:
        """A certificate of this kind that is valid, or was found unnecessary, on `day`."""
        return next(
            (c for c in self.certificates if c.kind == kind and certificate_holds(c, day)), None
        )


def consent_holds(consent: Consent, day: date) -> bool:
    return (
        consent.state == ConsentState.IN_FORCE
        and (consent.valid_from is None or consent.valid_from <= day)
        and (consent.valid_to is None or day <= consent.valid_to)
    )


def certificate_holds(certificate: Certificate, day: date) -> bool:
    if certificate.state == CertificateState.NOT_REQUIRED:
        return True
    return certificate.state == CertificateState.VALID and (
        certificate.valid_until is None or day <= certificate.valid_until
    )


def required_consents(person: Person, on: date) -> tuple[ConsentKind, ...]:
    """Kinds without which the person takes no part: a minor's representative, else the adult."""
    return CHILD_KINDS if person.is_minor_on(on) else ADULT_KINDS


def required_certificates(
    person: Person, on: date, *, with_minors: bool
) -> tuple[CertificateKind, ...]:
    """Both certificates for an adult who is not staff and works with minors (ТК ст. 351.1)."""
    if not with_minors or person.is_minor_on(on) or person.is_staff:
        return ()
    return (CertificateKind.NO_CRIMINAL_RECORD, CertificateKind.MEDICAL)


def missing_consents(person: Person, papers: Papers, on: date) -> list[Missing]:
    """Consents that the person lacks on `on`, the child's own signature from 14 included."""
    found = []
    for kind in required_consents(person, on):
        consent = papers.consent_on(kind, on)
        if consent is None:
            found.append(_missing_consent(person, kind, on))
        elif _own_signature_wanted(person, on) and not consent.child_signed:
            found.append(
                Missing(
                    person,
                    f"{kind}:own",
                    f"нет подписи самого ребёнка (с 14 лет) в согласии: {kind.label}",
                    "ребёнок",
                )
            )
    return found


def missing_certificates(
    person: Person, papers: Papers, on: date, *, with_minors: bool
) -> list[Missing]:
    return [
        Missing(person, kind, f"нет действующей справки: {kind.label}", "наставник")
        for kind in required_certificates(person, on, with_minors=with_minors)
        if papers.certificate_on(kind, on) is None
    ]


def missing_employee_consent(mentor: Person, papers: Papers, on: date) -> list[Missing]:
    """The written consent of an employee to mentor a colleague (ТК ст. 351.8)."""
    kind = ConsentKind.EMPLOYEE_MENTOR
    if papers.consent_on(kind, on) is not None:
        return []
    return [Missing(mentor, kind, "нет согласия работника быть наставником", "наставник")]


def _own_signature_wanted(person: Person, on: date) -> bool:
    age = person.age_on(on)
    return person.is_minor_on(on) and age is not None and age >= OWN_SIGNATURE_AGE


def _missing_consent(person: Person, kind: ConsentKind, on: date) -> Missing:
    if person.is_minor_on(on):
        text = f"нет согласия законного представителя: {kind.label}"
        return Missing(person, kind, text, "законный представитель")
    return Missing(person, kind, f"нет согласия: {kind.label}", "участник")
