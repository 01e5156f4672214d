"""Night work over one organisation: papers whose term has passed, children who came of age."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.people.models import Certificate, CertificateState, Consent, ConsentState
from nastavnik.people.models.papers import CERTIFICATE_TRANSITIONS, CONSENT_TRANSITIONS
from nastavnik.people.models.person import ADULT_AGE, OWN_SIGNATURE_AGE
from nastavnik.people.news import papers_changed
from nastavnik.people.queries.participation import years_before
from nastavnik.people.queries.people import living_people
from nastavnik.shared.states import demand_move
from nastavnik.tenancy.models import Organisation


@dataclass(frozen=True)
class Expired:
    """How many papers ended and what followed."""

    consents: int
    certificates: int
    sentences: tuple[str, ...]


@transaction.atomic
def expire_papers(*, actor: Actor, organisation: Organisation, today: date) -> Expired:
    """End papers whose last day was before `today`, and tell about them.

    Those who turn 14 or 18 today need another signature or another consent, so they are told about
    as well. Run twice a day, it changes nothing the second time.
    """
    consents = list(
        Consent.objects.select_for_update(of=("self",)).filter(
            organisation=organisation, state=ConsentState.IN_FORCE, valid_to__lt=today
        )
    )
    certificates = list(
        Certificate.objects.select_for_update(of=("self",)).filter(
            organisation=organisation, state=CertificateState.VALID, valid_until__lt=today
        )
    )
    for consent in consents:
        _end(actor, consent, ConsentState.EXPIRED)
    for certificate in certificates:
        _end(actor, certificate, CertificateState.EXPIRED)
    birthdays = [years_before(today, age) for age in (OWN_SIGNATURE_AGE, ADULT_AGE)]
    grown = living_people().filter(organisation=organisation, birth_date__in=birthdays)
    ids = {paper.person_id for paper in (*consents, *certificates)}
    ids.update(grown.values_list("pk", flat=True))
    sentences = (
        papers_changed(actor=actor, organisation=organisation, person_ids=ids, on=today)
        if ids
        else []
    )
    return Expired(len(consents), len(certificates), tuple(sentences))


def _end(actor: Actor, paper: Consent | Certificate, to: ConsentState | CertificateState) -> None:
    table = CONSENT_TRANSITIONS if isinstance(paper, Consent) else CERTIFICATE_TRANSITIONS
    before = paper.state
    demand_move(table, before, to, label=paper.get_kind_display().capitalize())
    paper.state = to
    paper.save(update_fields=["state"])
    name = "consents" if isinstance(paper, Consent) else "certificates"
    audit.record(
        actor=actor, action=f"{name}.expired", subject=paper, from_state=before, to_state=to
    )
