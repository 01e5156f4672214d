"""Reading group meetings and those who may be invited."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from nastavnik.documents.context import school_year
from nastavnik.events.models import (
    Event,
    EventKind,
    EventState,
    MeetingWaiver,
    Participant,
    Side,
    WrongCode,
)
from nastavnik.events.wording import class_key
from nastavnik.pairs.models import HOLDING_STATES, PairMentee
from nastavnik.pairs.queries import all_used_places, taken_mentees
from nastavnik.people.models import (
    MenteeProfile,
    MenteeState,
    MentorProfile,
    MentorState,
    Person,
)
from nastavnik.people.queries.participation import consents_in_order
from nastavnik.shared.tokens import hash_of
from nastavnik.tenancy.scope import scopes_disabled

YEAR = timedelta(days=366)
MENTEES_TOLD = (
    MenteeState.AWAITING_CONSENT,
    MenteeState.IN_BASE,
    MenteeState.MATCHING,
    MenteeState.PAIRED,
    MenteeState.UNPAIRED,
)
MENTORS_TOLD = (MentorState.READY, MentorState.PAIRED)


@dataclass(frozen=True)
class Candidate:
    """A person who may be invited: `by_default` unless the curator decides otherwise."""

    person: Person
    side: str
    by_default: bool
    has_consent: bool


def events_found(*, state: str = "") -> "QuerySet[Any]":
    rows: QuerySet[Any] = Event.objects.annotate(
        invited=Count("participants"),
        came=Count("participants", filter=Q(participants__arrived_at__isnull=False)),
    )
    return rows.filter(state=state) if state else rows


def meeting_of_year(on: date) -> Any:
    """The group meeting of the school year that has gone furthest, with its counts and papers.

    One that was ended comes before one that is planned; cancelled ones do not count.
    """
    rows = events_found().filter(kind=EventKind.GROUP_MEETING, on__gte=on - YEAR)
    rows = rows.exclude(state=EventState.CANCELLED).select_related("protocol", "survey")
    rows = rows.defer("protocol__file", "protocol__data", "protocol__scan")
    own = [row for row in rows.order_by("-on", "-id") if school_year(row.on) == school_year(on)]
    return min(own, key=lambda row: row.state != EventState.ENDED, default=None)


def waiver_of_year(on: date) -> MeetingWaiver | None:
    found: MeetingWaiver | None = MeetingWaiver.objects.filter(school_year=school_year(on)).first()
    return found


def candidates(kind: str, on: date) -> list[Candidate]:
    """Everybody in the base on the day, by class and name, mentees first; four queries.

    Without the consents that the law wants nobody stands in a list of a meeting (invariant 2).
    """
    mentees = _with_consent(MenteeProfile.objects.filter(state__in=MENTEES_TOLD), on)
    mentors = _with_consent(MentorProfile.objects.filter(state__in=MENTORS_TOLD), on)
    if kind == EventKind.FINAL_MEETING:
        usual_mentees, usual_mentors = _working()
    else:
        usual_mentees, usual_mentors = _free(mentees, mentors)
    found = [
        Candidate(profile.person, Side.MENTEE, profile.pk in usual_mentees, profile.has_consent)
        for profile in mentees
    ]
    seen = {candidate.person.pk for candidate in found}
    found += [
        Candidate(profile.person, Side.MENTOR, profile.pk in usual_mentors, profile.has_consent)
        for profile in mentors
        if profile.person_id not in seen
    ]
    return found


def _with_consent(profiles: Any, on: date) -> list[Any]:
    rows = profiles.filter(person__archived_at__isnull=True).select_related("person")
    rows = rows.annotate(has_consent=consents_in_order(on))
    return sorted(rows, key=lambda profile: (class_key(profile.person), profile.pk))


def _free(
    mentees: Iterable[MenteeProfile], mentors: Iterable[MentorProfile]
) -> tuple[set[int], set[int]]:
    """Mentees in the base without a pair, mentors with a free place."""
    taken, used = taken_mentees(), all_used_places()
    return (
        {m.pk for m in mentees if m.state != MenteeState.PAIRED and m.pk not in taken},
        {m.pk for m in mentors if m.capacity > used.get(m.pk, 0)},
    )


def _working() -> tuple[set[int], set[int]]:
    """Mentees and mentors whose pairs work."""
    rows = PairMentee.objects.filter(pair__state__in=list(HOLDING_STATES), left_on__isnull=True)
    places = list(rows.values_list("mentee_id", "pair__mentor_id"))
    return {mentee for mentee, _ in places}, {mentor for _, mentor in places}


def without_consent(person_ids: Iterable[int], on: date) -> set[int]:
    """Who of these people lacks a consent on the day."""
    ids = set(person_ids)
    rows = Person.objects.filter(pk__in=ids).filter(consents_in_order(on, person="pk", prefix=""))
    return ids - set(rows.values_list("pk", flat=True))


def participants_of(event: Event, *, with_topics: bool = False) -> list[Participant]:
    """By class and name, mentees first; topics cost two queries more whatever the number."""
    rows = Participant.objects.filter(event=event).select_related("person")
    if with_topics:
        rows = rows.select_related("person__mentee", "person__mentor").prefetch_related(
            "person__mentee__requests", "person__mentor__competences"
        )
    return sorted(rows, key=lambda row: (row.is_mentor, class_key(row.person), row.pk))


def asked_though_absent(event: Event) -> list[Person]:
    """Who was not there and yet stands in the survey: he answered it, or somebody named him."""
    if event.survey_id is None:
        return []
    absent = event.participants.filter(
        arrived_at__isnull=True,
        person__survey_invitations__campaign=event.survey_id,
        person__survey_invitations__side=F("side"),
    )
    return [row.person for row in absent.select_related("person").order_by("number")]


def counted(event: Event) -> tuple[int, int]:
    """How many came, of how many invited; one query."""
    found = Participant.objects.filter(event=event).aggregate(
        came=Count("id", filter=Q(arrived_at__isnull=False)), invited=Count("id")
    )
    return found["came"], found["invited"]


def behind_token(token: str) -> tuple[int, int, int | None] | None:
    """(organisation, event, participant) behind a QR code; a meeting's own code names nobody."""
    key = hash_of(token)
    with scopes_disabled(reason="the QR code of a meeting names no organisation"):
        mine = Participant.objects.filter(token_hash=key)
        row = mine.values_list("organisation_id", "event_id", "pk").first()
        if row is None:
            found = Event.objects.filter(token_hash=key)
            of_event = found.values_list("organisation_id", "pk").first()
            row = (*of_event, None) if of_event else None
    return row


def wrong_codes(event: Event, origin: str, now: datetime, minutes: int) -> tuple[int, int]:
    """Wrong codes of late: from this origin, from all; one query."""
    rows = WrongCode.objects.filter(event=event, at__gt=now - timedelta(minutes=minutes))
    found = rows.aggregate(mine=Count("id", filter=Q(origin=origin)), all=Count("id"))
    return found["mine"], found["all"]


def is_day_of(event: Event, today: date) -> bool:
    """Whether people may check in: the meeting goes on, or it is announced for this very day."""
    return event.state == EventState.GOING or (
        event.state == EventState.ANNOUNCED and event.on == today
    )
