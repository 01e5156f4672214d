"""What a withdrawn consent does to an answer: it is erased in the same transaction."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.people.models import Consent, ConsentState
from nastavnik.people.requirements import ADULT_KINDS, CHILD_KINDS
from nastavnik.shared.typography import counted
from nastavnik.surveys.models import Invitation, Wish
from nastavnik.surveys.queries.consents import takes_part
from nastavnik.tenancy.models import Organisation

ANSWERS = ("ответ", "ответа", "ответов")


@transaction.atomic
def on_papers_changed(
    actor: Actor, organisation: Organisation, person_ids: Collection[int], on: date
) -> list[str]:
    """Listener of `people.news`: without a consent that was withdrawn no answer is kept.

    An expired consent erases nothing: queries pass over the answer until there is a new one.
    """
    del organisation
    withdrawn = Consent.objects.filter(
        person_id__in=list(person_ids),
        kind__in=(*CHILD_KINDS, *ADULT_KINDS),
        state=ConsentState.WITHDRAWN,
    )
    rows = Invitation.objects.filter(
        person_id__in=withdrawn.values("person_id"), answered_at__isnull=False
    ).exclude(pk__in=Invitation.objects.filter(takes_part(on)).values("pk"))
    answers = list(rows.select_related("person"))
    if not answers:
        return []
    Wish.objects.filter(chooser__in=answers).delete()
    for row in answers:
        row.answered_at, row.way, row.why = None, "", ""
        record(actor=actor, action="surveys.erase", subject=row, reason="согласие отозвано")
    Invitation.objects.bulk_update(answers, ["answered_at", "way", "why"])
    return [f"Из опросов предпочтений удалено: {counted(len(answers), *ANSWERS)}."]
