"""Group meetings of an organisation: one held before the pairs were made, one announced."""

import datetime as dt

from django.utils import timezone

from nastavnik.desk.demo import clock
from nastavnik.desk.demo.cast import Cast
from nastavnik.desk.demo.office import Office
from nastavnik.documents import services
from nastavnik.events import queries
from nastavnik.events.models import Event, EventKind
from nastavnik.events.services import meetings
from nastavnik.events.services.attendance import mark_by_list
from nastavnik.events.services.ending import end_meeting
from nastavnik.events.services.invited import set_participants
from nastavnik.events.services.talks import make_rotation

HELD, PLANNED = 118, -6
ABSENT = 2
ROUNDS = 8
SUMMARY = "Наставники рассказали, чем могут помочь, наставляемые — чему хотят научиться."


def tell(office: Office, cast: Cast) -> None:
    """The meeting before this year's pairs and the next one."""
    _held(office, cast)
    with clock.at(office.day(4)):
        event = _plan(office, office.day(PLANNED), dt.time(15, 0), "Актовый зал")
        meetings.announce(actor=office.curator, event=event)


def _held(office: Office, cast: Cast) -> None:
    on = office.day(HELD)
    with clock.at(on):
        event = _plan(office, on, dt.time(14, 30), "Библиотека")
        wanted = [m.person_id for part in ("active", "group") for m in cast.mentees[part]]
        wanted += [m.person_id for m in cast.working]
        able = {c.person.pk for c in queries.candidates(event.kind, on) if c.has_consent}
        set_participants(actor=office.curator, event=event, person_ids=able & set(wanted))
        event = meetings.announce(actor=office.curator, event=event)
        event = meetings.start(actor=office.curator, event=event, today=on)
        came = list(event.participants.values_list("pk", flat=True))[:-ABSENT]
        now = timezone.now()
        mark_by_list(actor=office.curator, event=event, present_ids=came, now=now)
        event = make_rotation(
            actor=office.curator,
            organisation=office.organisation,
            event=event,
            minutes=3,
            most_rounds=ROUNDS,
        )
        event = end_meeting(
            actor=office.curator,
            organisation=office.organisation,
            event=event,
            now=now,
            summary=SUMMARY,
        )
        for paper in (event.protocol, event.attendance_list):
            assert paper is not None
            services.sign_document(actor=office.curator, document=paper, registered_on=on)


def _plan(office: Office, on: dt.date, at: dt.time, place: str) -> Event:
    return meetings.plan_meeting(
        actor=office.curator,
        organisation=office.organisation,
        kind=EventKind.GROUP_MEETING,
        on=on,
        starts_at=at,
        place=place,
    )
