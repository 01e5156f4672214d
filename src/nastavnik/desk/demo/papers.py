"""Consents and certificates: complete, missing, and in every other state."""

import datetime as dt
import secrets
from collections.abc import Iterable

from nastavnik.desk.demo.people import Folk
from nastavnik.people.consent_kinds import may_have
from nastavnik.people.models import (
    Certificate,
    CertificateKind,
    CertificateState,
    Consent,
    ConsentKind,
    ConsentState,
    Person,
    Representative,
)
from nastavnik.people.models.person import OWN_SIGNATURE_AGE
from nastavnik.people.requirements import required_certificates, required_consents

HANDED_OUT = {ConsentState.DRAFT, ConsentState.ISSUED}
EXTRA = (
    (ConsentKind.PUBLICATION, 3),
    (ConsentKind.THIRD_PARTY, 4),
    (ConsentKind.TRANSFER_PARTNER, 5),
    (ConsentKind.PERSONAL_FILE, 7),
)
ISSUER = "выдана по запросу (вымышленные данные)"
CLINIC = "поликлиника (вымышленные данные)"


class Papers:
    """Collects the papers of an organisation and writes them at once."""

    def __init__(self, folk: Folk, representatives: dict[int, Representative]) -> None:
        self.folk = folk
        self.representatives = representatives
        self._consents: list[Consent] = []
        self._certificates: list[Certificate] = []

    def complete(self, person: Person, since: dt.date) -> None:
        """Everything that the person's age wants, and now and then more."""
        for kind in required_consents(person, self.folk.today):
            self.consent(person, kind, ConsentState.IN_FORCE, since)
        for kind, one_in in EXTRA:
            turn = len(self._consents) % one_in == 0
            if turn and may_have(person, kind, self.folk.today):
                self.consent(person, kind, ConsentState.IN_FORCE, since)
        for paper in required_certificates(person, self.folk.today, with_minors=True):
            self.certificate(person, paper, CertificateState.VALID, since)

    def consent(
        self, person: Person, kind: ConsentKind, state: ConsentState, on: dt.date, reason: str = ""
    ) -> None:
        age = person.age_on(self.folk.today) or 0
        received = None if state in HANDED_OUT else on
        holds = state == ConsentState.IN_FORCE
        sheet = len(self._consents) + 1
        self._consents.append(
            Consent(
                organisation=self.folk.organisation,
                person=person,
                kind=kind,
                state=state,
                representative=self.representatives.get(person.pk),
                child_signed=bool(received) and age >= OWN_SIGNATURE_AGE,
                text_version="1",
                token=secrets.token_urlsafe(16),
                issued_on=None if state == ConsentState.DRAFT else on - dt.timedelta(days=4),
                received_on=received,
                valid_from=received if holds or state == ConsentState.EXPIRED else None,
                valid_to=on + dt.timedelta(days=365) if state == ConsentState.EXPIRED else None,
                file_place=f"дело 04-{sheet // 60 + 1:02d}, лист {sheet % 60 + 1}"
                if received
                else "",
                attested_by=self.folk.staff[1].full_name if received else "",
                withdrawn_on=on + dt.timedelta(days=60)
                if state == ConsentState.WITHDRAWN
                else None,
                reason=reason,
            )
        )

    def certificate(
        self, person: Person, kind: CertificateKind, state: CertificateState, on: dt.date
    ) -> None:
        known = state not in {CertificateState.REQUIRED, CertificateState.NOT_REQUIRED}
        until = {
            CertificateState.VALID: self.folk.today + dt.timedelta(days=150),
            CertificateState.EXPIRED: self.folk.today - dt.timedelta(days=20),
        }
        checked = known and state != CertificateState.PRESENTED
        self._certificates.append(
            Certificate(
                organisation=self.folk.organisation,
                person=person,
                kind=kind,
                state=state,
                number=f"{len(self._certificates) + 101}-В" if known else "",
                issued_on=on if known else None,
                issuer=(ISSUER if kind == CertificateKind.NO_CRIMINAL_RECORD else CLINIC)
                if known
                else "",
                valid_until=until.get(state),
                checked_by=self.folk.staff[1].full_name if checked else "",
                checked_on=on + dt.timedelta(days=1) if checked else None,
                basis="предъявлена в этом году по основной работе"
                if state == CertificateState.NOT_REQUIRED
                else "",
            )
        )

    def incomplete(self, people: Iterable[Person], on: dt.date) -> None:
        """Those who still wait: each in another stage of the way."""
        stages = (
            (ConsentState.ISSUED, None),
            (ConsentState.RECEIVED, ConsentState.ISSUED),
            (ConsentState.DRAFT, None),
            (ConsentState.IN_FORCE, ConsentState.ISSUED),
            (ConsentState.IN_FORCE, ConsentState.REFUSED),
            (ConsentState.EXPIRED, ConsentState.IN_FORCE),
            (ConsentState.IN_FORCE, ConsentState.WITHDRAWN),
            (None, None),
        )
        for place, person in enumerate(people):
            kinds = required_consents(person, self.folk.today)
            for kind, state in zip(kinds, stages[place % len(stages)], strict=False):
                if state is not None:
                    long_ago = state == ConsentState.EXPIRED
                    day = self.folk.today - dt.timedelta(days=400) if long_ago else on
                    self.consent(person, kind, state, day)

    def replaced(self, person: Person, on: dt.date) -> None:
        """A former consent that a newer one replaced."""
        kind = required_consents(person, self.folk.today)[0]
        self.consent(person, kind, ConsentState.REPLACED, on, "получено новое согласие")

    def save(self) -> None:
        Consent.objects.bulk_create(self._consents)
        Certificate.objects.bulk_create(self._certificates)
        self._consents, self._certificates = [], []
