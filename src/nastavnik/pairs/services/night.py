"""Night work: each organisation in its own scope and transaction, so that one cannot stop the rest."""

import logging
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import system_actor
from nastavnik.pairs.services.standing import review_organisation
from nastavnik.people.services.expiry import expire_papers
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope

log = logging.getLogger(__name__)


def every_organisation(*, on: date) -> dict[str, int]:
    """End papers whose term passed and bring the pairs in line; run twice, it changes nothing more.

    Returns how many organisations were done, papers ended and pairs changed.
    """
    total = {"organisations": 0, "consents": 0, "certificates": 0, "pairs": 0, "failed": 0}
    for organisation in Organisation.objects.order_by("id").iterator():
        try:
            done = _one(organisation, on)
        except Exception:
            log.exception("night work failed for organisation %s", organisation.pk)
            total["failed"] += 1
            continue
        total["organisations"] += 1
        for name, number in done.items():
            total[name] += number
    return total


@transaction.atomic
def _one(organisation: Organisation, on: date) -> dict[str, int]:
    actor = system_actor("Ночная проверка")
    with scope({organisation.pk}):
        ended = expire_papers(actor=actor, organisation=organisation, today=on)
        told = review_organisation(actor=actor, on=on)
    return {
        "consents": ended.consents,
        "certificates": ended.certificates,
        "pairs": len(ended.sentences) + len(told),
    }
