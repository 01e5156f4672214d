"""People who were asked by mistake leave an open survey."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.shared.verdict import demand
from nastavnik.surveys import policies
from nastavnik.surveys.models import Campaign, Invitation, Side, Wish

Place = tuple[Side, int]


@transaction.atomic
def uninvite(
    *, actor: Actor, campaign: Campaign, people: Collection[Place], on: date
) -> list[Invitation]:
    """Take back the invitations of these (side, person), with their links, from an open survey.

    Whoever has answered stays, and so does whoever is named in another's answer: no answer that was
    given is lost. Returns those who stay. Of a closed survey nothing changes.
    """
    demand(policies.can_run(actor))
    held: Campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if not held.is_open_on(on):
        return []
    named = Wish.objects.filter(about=OuterRef("pk"))
    rows = [
        row
        for row in Invitation.objects.select_for_update(of=("self",))
        .filter(campaign=held, person_id__in=[person for _, person in people])
        .annotate(is_named=Exists(named))
        .select_related("person")
        if (row.side, row.person_id) in people
    ]
    staying = [row for row in rows if row.answered_at is not None or row.is_named]
    leaving = [row for row in rows if row not in staying]
    left = [place for place in held.held_back if tuple(place) not in people]
    if leaving or left != held.held_back:
        Invitation.objects.filter(pk__in=[row.pk for row in leaving]).delete()
        held.held_back = left
        held.save(update_fields=["held_back"])
        record(
            actor=actor,
            action="surveys.uninvite",
            subject=held,
            details={"left": len(leaving), "stay": len(staying)},
        )
    return staying
