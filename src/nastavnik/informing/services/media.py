"""What the media wrote about the programme."""

from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.informing import policies
from nastavnik.informing.audiences import Audience
from nastavnik.informing.models import InformingCampaign, Publication
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation


@transaction.atomic
def add_publication(
    *,
    actor: Actor,
    organisation: Organisation,
    campaign: InformingCampaign,
    title: str,
    outlet: str,
    published_on: date,
    today: date,
    address: str = "",
) -> Publication:
    """Write down an item that has appeared; the outside audience is told by it."""
    demand(policies.can_edit(actor))
    if published_on > today:
        raise DomainError("date_ahead", "Этот день ещё не наступил.", field="published_on")
    row = Publication(
        organisation=organisation,
        campaign=campaign,
        title=tidy(title),
        outlet=tidy(outlet),
        address=tidy(address),
        published_on=published_on,
    )
    row.save()
    if Audience.OUTSIDE not in campaign.audiences:
        campaign.audiences = [*campaign.audiences, str(Audience.OUTSIDE)]
        campaign.save(update_fields=["audiences"])
    record(actor=actor, action="informing.media", subject=row)
    return row


@transaction.atomic
def remove_publication(*, actor: Actor, publication: Publication) -> None:
    """It was written down by mistake."""
    demand(policies.can_edit(actor))
    record(actor=actor, action="informing.media_remove", subject=publication)
    publication.delete()
