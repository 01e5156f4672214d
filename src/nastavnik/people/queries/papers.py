"""Reading consents and certificates of many people at once."""

from collections import defaultdict
from collections.abc import Iterable

from nastavnik.people.models import Certificate, Consent, ConsentState
from nastavnik.people.requirements import Papers
from nastavnik.tenancy.bulk import new_row

# All that the rules ask of a consent.
_VERDICT = ("id", "person_id", "kind", "state", "valid_from", "valid_to", "child_signed")


def papers_of(person_ids: Iterable[int]) -> dict[int, Papers]:
    """Papers by person id, empty ones included; two queries whatever the number of people."""
    ids = list(set(person_ids))
    consents: dict[int, list[Consent]] = defaultdict(list)
    certificates: dict[int, list[Certificate]] = defaultdict(list)
    for consent in Consent.objects.filter(person_id__in=ids).order_by("id"):
        consents[consent.person_id].append(consent)
    for certificate in Certificate.objects.filter(person_id__in=ids).order_by("id"):
        certificates[certificate.person_id].append(certificate)
    return {pk: Papers(tuple(consents[pk]), tuple(certificates[pk])) for pk in ids}


def consents_in_force(person_ids: Iterable[int]) -> dict[int, Papers]:
    """The same for the verdict on consents alone: those in force, one query."""
    found: dict[int, list[Consent]] = defaultdict(list)
    rows = Consent.objects.filter(person_id__in=list(person_ids), state=ConsentState.IN_FORCE)
    for values in rows.order_by().values_list(*_VERDICT):
        consent = new_row(Consent, **dict(zip(_VERDICT, values, strict=True)))
        found[consent.person_id].append(consent)
    return {pk: Papers(tuple(consents)) for pk, consents in found.items()}
