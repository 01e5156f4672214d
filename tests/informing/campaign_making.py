"""Campaigns for tests."""

from datetime import date

from nastavnik.informing.models import Gathering, InformingCampaign
from nastavnik.informing.services import campaign as services
from nastavnik.informing.services import gatherings
from nastavnik.tenancy.models import Organisation
from tests.pairs.making import CURATOR
from tests.people_making import DAY

HELD = date(2026, 9, 10)


def opened(organisation: Organisation) -> InformingCampaign:
    return services.open_campaign(actor=CURATOR, organisation=organisation, on=DAY)


def gathering(campaign: InformingCampaign, audience: str) -> Gathering:
    return Gathering.objects.filter(campaign=campaign, audience=audience).order_by("id").first()


def held(row: Gathering, on: date = HELD, **fields) -> Gathering:
    values = {"kind": row.kind, "agenda": "О программе", "decisions": "Начать"} | fields
    return gatherings.change_gathering(actor=CURATOR, gathering=row, on=on, **values)


def proven(row: Gathering, number: str = "3", on: date = HELD) -> Gathering:
    return gatherings.enter_protocol(
        actor=CURATOR, gathering=held(row, on), number=number, on=on, today=DAY
    )
