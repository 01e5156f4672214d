"""Whom the main school told this year: two of three audiences are proven, one protocol is late."""

from nastavnik.desk.demo import clock
from nastavnik.desk.demo.names import data
from nastavnik.desk.demo.office import Office
from nastavnik.informing.models import Gathering
from nastavnik.informing.services import campaign, gatherings, letters

OPENED_AGO, SENT_AGO = 66, 40


def tell(office: Office) -> None:
    told = data("informing")
    with clock.at(office.day(OPENED_AGO)):
        year = campaign.open_campaign(
            actor=office.curator, organisation=office.organisation, on=office.folk.today
        )
    for row in told["gathering"]:
        _hold(office, Gathering.objects.get(campaign=year, audience=row["audience"]), row)
    with clock.at(office.day(SENT_AGO)):
        mailing = letters.write_mailing(
            actor=office.curator,
            organisation=office.organisation,
            campaign=year,
            audience="employers",
            addressees=[letters.Addressee(**row) for row in told["addressee"]],
            on=office.day(SENT_AGO),
            first_number="112",
        )
        letters.mark_sent(
            actor=office.curator,
            mailing=mailing,
            on=office.day(SENT_AGO),
            today=office.day(SENT_AGO),
        )


def _hold(office: Office, gathering: Gathering, row: dict[str, str]) -> None:
    on = office.day(int(row["ago"]))
    with clock.at(on):
        gatherings.change_gathering(
            actor=office.curator,
            gathering=gathering,
            kind=gathering.kind,
            on=on,
            present_count=int(row["present"]),
            **{name: row[name] for name in ("place", "agenda", "decisions")},
        )
        if row["number"]:
            gatherings.enter_protocol(
                actor=office.curator, gathering=gathering, number=row["number"], on=on, today=on
            )
