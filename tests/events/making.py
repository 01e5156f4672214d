"""Meetings for tests."""

from datetime import date, time

from django.utils import timezone

from nastavnik.events.models import Event, EventKind, Participant
from nastavnik.events.services import meetings
from nastavnik.events.services.attendance import mark_by_list
from nastavnik.events.tokens import PURPOSE
from nastavnik.shared.tokens import token_of
from nastavnik.tenancy.models import Organisation
from tests.pairs.making import CURATOR
from tests.people_making import DAY, give_consents, make_mentee, make_mentor

MENTEES = ("Иванова", "Петрова", "Сидорова")
MENTORS = ("Белова", "Котова")


def people(organisation: Organisation) -> None:
    """Three pupils and two teachers with their papers."""
    for surname in MENTEES:
        give_consents(make_mentee(organisation, surname).person)
    for surname in MENTORS:
        give_consents(make_mentor(organisation, surname).person)


def plan(organisation: Organisation, on: date = DAY, **fields) -> Event:
    values = {
        "kind": EventKind.GROUP_MEETING,
        "starts_at": time(15, 0),
        "place": "Актовый зал",
    } | fields
    return meetings.plan_meeting(actor=CURATOR, organisation=organisation, on=on, **values)


def going(organisation: Organisation) -> Event:
    """A meeting that goes on today with everybody invited."""
    people(organisation)
    event = meetings.announce(actor=CURATOR, event=plan(organisation))
    return meetings.start(actor=CURATOR, event=event, today=DAY)


def row_of(event: Event, surname: str) -> Participant:
    return event.participants.select_related("person").get(person__surname=surname)


def token(row) -> str:
    return token_of(PURPOSE, row.nonce, row.token_hash)


def everybody_comes(event: Event) -> None:
    ids = list(event.participants.values_list("pk", flat=True))
    mark_by_list(actor=CURATOR, event=event, present_ids=ids, now=timezone.now())
