"""Mentees and mentors with what they ask for and what they offer."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from nastavnik.desk.demo.names import data
from nastavnik.desk.demo.people import Folk
from nastavnik.people.engine.slots import read_slots
from nastavnik.people.models import (
    MenteeProfile,
    MenteeRequest,
    MentorCompetence,
    MentorProfile,
    Person,
)

CAPACITY, GROUP_CAPACITY = 4, 8
#: Every third mentee has not told any.
FREE_TIMES = ("ср 15:00–18:00; сб утром", "", "будни после уроков; сб утром")


def make_mentees(
    folk: Folk, people: Sequence[Person], states: Sequence[str], entered: Sequence[dt.date]
) -> list[MenteeProfile]:
    """Profiles in the order of `people`, each with one or two requests."""
    pick, words = folk.chance.choice, data("words")["words"]
    rows = [
        MenteeProfile(
            organisation=folk.organisation,
            person=person,
            state=state,
            strengths=pick(words["strengths"]),
            expectations=pick(words["expectations"]),
            interests=", ".join(folk.chance.sample(words["interests"], 2)),
            free_slots=" ".join(read_slots(FREE_TIMES[number % len(FREE_TIMES)]).slots),
            entered_on=day,
            confirmed_on=max(day, folk.today - dt.timedelta(days=folk.chance.randint(5, 400))),
        )
        for number, (person, state, day) in enumerate(zip(people, states, entered, strict=True))
    ]
    made = MenteeProfile.objects.bulk_create(rows)
    MenteeRequest.objects.bulk_create(row for mentee in made for row in _requests(folk, mentee))
    return made


def _requests(folk: Folk, mentee: MenteeProfile) -> list[MenteeRequest]:
    kind = "teacher_request" if mentee.person.is_staff else "request"
    number = 2 if folk.chance.random() < 0.25 else 1
    return [
        MenteeRequest(
            organisation=folk.organisation,
            mentee=mentee,
            text=word["text"],
            code=word["code"],
            topic=word["topic"],
            is_confirmed=folk.chance.random() < 0.9,
            source=folk.chance.choice(("анкета", "классный руководитель", "родители")),
            noted_on=mentee.entered_on,
        )
        for word in folk.chance.sample(data("words")[kind], number)
    ]


def make_mentors(
    folk: Folk, people: Sequence[Person], states: Sequence[str], entered: Sequence[dt.date]
) -> list[MentorProfile]:
    """Profiles in the order of `people`, each with one or two competences."""
    pick, words = folk.chance.choice, data("words")["words"]
    rows = [
        MentorProfile(
            organisation=folk.organisation,
            person=person,
            state=state,
            achievements=pick(words["achievements"]),
            interests=", ".join(folk.chance.sample(words["interests"], 2)),
            wanted_age_text="10–17 лет",
            wanted_age_from=10,
            wanted_age_to=17,
            time_text=pick(words["times"]),
            hours_per_week=Decimal(pick(("1.0", "1.5", "2.0"))),
            capacity=CAPACITY,
            open_to_others=folk.chance.random() < 0.2,
            trained_on=day + dt.timedelta(days=10) if folk.chance.random() < 0.85 else None,
            entered_on=day,
            confirmed_on=max(day, folk.today - dt.timedelta(days=folk.chance.randint(5, 400))),
        )
        for person, state, day in zip(people, states, entered, strict=True)
    ]
    for mentor in rows:  # «среда после уроков» names hours, «по договорённости» does not
        reading = read_slots(mentor.time_text)
        mentor.free_slots = "" if reading.doubts or reading.unknown else " ".join(reading.slots)
    made = MentorProfile.objects.bulk_create(rows)
    MentorCompetence.objects.bulk_create(row for mentor in made for row in _offers(folk, mentor))
    return made


def _offers(folk: Folk, mentor: MentorProfile) -> list[MentorCompetence]:
    words = data("words")
    kinds = list(words["competence"])
    if mentor.person.is_staff:
        kinds += words["teacher_competence"]
    return [
        MentorCompetence(
            organisation=folk.organisation,
            mentor=mentor,
            text=word["text"],
            topic=word["topic"],
            code=_request_of(word["topic"]),
            is_confirmed=folk.chance.random() < 0.9,
        )
        for word in folk.chance.sample(kinds, 2)
    ]


def _request_of(topic: str) -> str:
    words = data("words")
    rows = [*words["request"], *words["teacher_request"]]
    return next((str(row["code"]) for row in rows if row["topic"] == topic), "")
