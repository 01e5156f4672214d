"""Reading consents and certificates of many people at once."""

from collections import defaultdict
from collections.abc import Iterable

from nastavnik.people.models import Certificate, Consent
from nastavnik.people.requirements import Papers


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
