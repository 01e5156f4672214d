"""Group meetings of the main school and what people wished after them, told as one story.

In summer a meeting led to this year's first pairs; a fortnight ago another one led to those that
are being agreed now; after yesterday's the survey still goes on; one more is announced for those
who could not come.
"""

import datetime as dt
import random
from collections.abc import Collection, Sequence

from django.utils import timezone

from nastavnik.desk.demo import clock, surveys
from nastavnik.desk.demo.cast import Cast
from nastavnik.desk.demo.office import Office
from nastavnik.documents import services
from nastavnik.events import queries
from nastavnik.events.models import Event, EventKind
from nastavnik.events.services import meetings
from nastavnik.events.services.attendance import mark_by_list
from nastavnik.events.services.ending import end_meeting
from nastavnik.events.services.invited import set_participants
from nastavnik.events.services.survey import open_survey
from nastavnik.events.services.talks import make_rotation
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.surveys.models import Campaign

SUMMER, LED_TO_PAIRS, YESTERDAY, NEXT = 118, 14, 1, -6
DAYS_OF_SURVEY = 3
ABSENT = 2
ROUNDS = 8
HALL, LIBRARY = "Актовый зал", "Библиотека"
SUMMARY = "Наставники рассказали, чем могут помочь, наставляемые — чему хотят научиться."


def tell(office: Office, cast: Cast) -> None:
    """Everybody answered the earlier surveys; in the last one a few are still silent."""
    chance = random.Random("surveys")  # noqa: S311 -- a story, not a secret
    mentors = [*cast.working[:8], *cast.mentors["free"]]
    _led_to_pairs(office, SUMMER, _of(cast, ("active", "group"), cast.working), LIBRARY, chance)
    parts = ("in_order", "agreed", "proposed", "declined")
    _led_to_pairs(office, LED_TO_PAIRS, _of(cast, parts, mentors), HALL, chance)
    came = _yesterday(office, cast, mentors, chance)
    with clock.at(office.day(0)):
        event = _plan(office, NEXT, dt.time(15, 0), HALL)
        usual = [c for c in queries.candidates(event.kind, event.on) if c.by_default]
        others = {c.person.pk for c in usual if c.has_consent and c.person.pk not in came}
        wanted = others | {
            m.person_id for m in mentors if m.person_id in {c.person.pk for c in usual}
        }
        set_participants(actor=office.curator, event=event, person_ids=wanted)
        meetings.announce(actor=office.curator, event=event)


def _led_to_pairs(
    office: Office, ago: int, wanted: Collection[int], place: str, chance: random.Random
) -> None:
    """Held, signed; everybody answered; the analysis lies in the file."""
    event = _hold(office, ago, wanted, place)
    with clock.at(office.day(ago)):
        for paper in (event.protocol, event.attendance_list):
            assert paper is not None
            services.sign_document(
                actor=office.curator, document=paper, registered_on=office.day(ago)
            )
    campaign = _ask(office, ago, event)
    surveys.answer_all(office, campaign, ago - 1, chance, share=1.0)
    surveys.close(office, campaign, ago - DAYS_OF_SURVEY)


def _yesterday(
    office: Office, cast: Cast, mentors: Sequence[MentorProfile], chance: random.Random
) -> set[int]:
    """The survey is open, its protocol waits; two more could not be asked without a consent.

    Returns who came.
    """
    wanted = _of(cast, ("ready", "matching", "unpaired"), mentors)
    event = _hold(office, YESTERDAY, wanted, LIBRARY)
    campaign = _ask(office, YESTERDAY, event)
    surveys.ask_more(office, campaign, YESTERDAY, cast.mentees["awaiting"][:2])
    surveys.answer_all(office, campaign, YESTERDAY, chance, share=0.7)
    here = event.participants.filter(arrived_at__isnull=False)
    return set(here.values_list("person_id", flat=True))


def _of(cast: Cast, parts: Sequence[str], mentors: Sequence[MentorProfile]) -> set[int]:
    """Persons of these parts and mentors."""
    mentees: list[MenteeProfile] = [row for part in parts for row in cast.mentees[part]]
    return {row.person_id for row in mentees} | {row.person_id for row in mentors}


def _hold(office: Office, ago: int, wanted: Collection[int], place: str) -> Event:
    """Everybody wanted who has consents is invited, all but two come and talk."""
    on = office.day(ago)
    with clock.at(on):
        event = _plan(office, ago, dt.time(14, 30), place)
        able = {c.person.pk for c in queries.candidates(event.kind, on) if c.has_consent}
        set_participants(actor=office.curator, event=event, person_ids=able & set(wanted))
        event = meetings.announce(actor=office.curator, event=event)
        event = meetings.start(actor=office.curator, event=event, today=on)
        came = list(event.participants.values_list("pk", flat=True))[ABSENT:]
        now = timezone.now()
        mark_by_list(actor=office.curator, event=event, present_ids=came, now=now)
        event = make_rotation(
            actor=office.curator,
            organisation=office.organisation,
            event=event,
            minutes=3,
            most_rounds=ROUNDS,
        )
        return end_meeting(
            actor=office.curator,
            organisation=office.organisation,
            event=event,
            now=now,
            summary=SUMMARY,
        )


def _ask(office: Office, ago: int, event: Event) -> Campaign:
    with clock.at(office.day(ago)):
        return open_survey(
            actor=office.curator,
            organisation=office.organisation,
            event=event,
            closes_on=office.day(ago - DAYS_OF_SURVEY),
        )


def _plan(office: Office, ago: int, at: dt.time, place: str) -> Event:
    return meetings.plan_meeting(
        actor=office.curator,
        organisation=office.organisation,
        kind=EventKind.GROUP_MEETING,
        on=office.day(ago),
        starts_at=at,
        place=place,
    )
