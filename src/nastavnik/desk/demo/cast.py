"""Who takes part in an organisation's story: mentees and mentors with their papers, by the part."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from nastavnik.accounts.actor import Actor
from nastavnik.desk.demo import history, people, profiles
from nastavnik.desk.demo.papers import Papers
from nastavnik.desk.demo.people import Folk
from nastavnik.people.models import (
    Category,
    CertificateKind,
    CertificateState,
    ConsentKind,
    ConsentState,
    MenteeProfile,
    MenteeState,
    MentorProfile,
    MentorState,
    Person,
)
from nastavnik.tenancy.models import OrganisationKind

S, M = MenteeState, MentorState
# part: (state, how many in an organisation of size one, days ago, whether the papers are complete)
MENTEES: dict[str, tuple[MenteeState, int, int, bool]] = {
    "past": (S.IN_BASE, 10, 495, True),
    "active": (S.IN_BASE, 16, 130, True),
    "group": (S.IN_BASE, 4, 130, True),
    "added": (S.IN_BASE, 6, 90, True),
    "recalled": (S.IN_BASE, 1, 60, True),
    "in_order": (S.MATCHING, 3, 25, True),
    "agreed": (S.MATCHING, 3, 25, True),
    "proposed": (S.MATCHING, 5, 25, True),
    "declined": (S.IN_BASE, 2, 60, True),
    "ready": (S.IN_BASE, 9, 40, True),
    "matching": (S.MATCHING, 3, 40, True),
    "unpaired": (S.UNPAIRED, 2, 300, True),
    "request": (S.REQUEST, 4, 6, False),
    "clarifying": (S.CLARIFYING, 3, 9, False),
    "awaiting": (S.AWAITING_CONSENT, 10, 20, False),
    "refused": (S.REFUSED, 1, 200, False),
    "left": (S.LEFT, 1, 250, True),
    "archived": (S.ARCHIVED, 1, 480, False),
}
AT_LEAST = {
    "past": 2,
    "active": 5,
    "group": 3,
    "added": 2,
    "in_order": 1,
    "agreed": 1,
    "recalled": 1,
}
MENTORS: dict[str, tuple[MentorState, int, int, bool]] = {
    "employee": (M.INTERVIEW, 4, 500, True),
    "student": (M.INTERVIEW, 4, 500, True),
    "pupil": (M.READY, 4, 495, True),
    "alumnus": (M.INTERVIEW, 2, 500, True),
    "parent": (M.READY, 1, 490, True),
    "free": (M.READY, 2, 60, True),
    "applied": (M.APPLIED, 2, 5, False),
    "review": (M.REVIEW, 1, 15, False),
    "interview": (M.INTERVIEW, 1, 18, False),
    "papers": (M.PAPERS, 3, 21, False),
    "training": (M.TRAINING, 1, 28, True),
    "reserve": (M.INTERVIEW, 1, 165, False),
    "rejected": (M.INTERVIEW, 1, 165, False),
    "relieved": (M.RELIEVED, 1, 400, True),
    "suspended": (M.SUSPENDED, 1, 300, False),
    "archived": (M.ARCHIVED, 1, 520, False),
}
WHO = {
    "employee": Category.EMPLOYEE,
    "student": Category.STUDENT,
    "alumnus": Category.ALUMNUS,
    "parent": Category.PARENT,
}
LOOSE = (Category.EMPLOYEE, Category.STUDENT, Category.ALUMNUS)
TEACHERS = 6


@dataclass
class Cast:
    """Mentees and mentors by the part they play."""

    folk: Folk
    papers: Papers
    mentees: dict[str, list[MenteeProfile]]
    mentors: dict[str, list[MentorProfile]]

    @property
    def working(self) -> list[MentorProfile]:
        """Mentors of children, of all kinds in turn."""
        kinds = [self.mentors[k] for k in ("teacher", "employee", "pupil", "student", "alumnus")]
        longest = max(len(kind) for kind in kinds)
        return [kind[i] for i in range(longest) for kind in kinds if i < len(kind)]


def make_cast(folk: Folk, size: float, actor: Actor) -> Cast:
    """People first, then their profiles and papers; each entered on a day of the story."""
    learners = {
        part: [
            people.learner(folk, adult=part in {"past", "active", "added", "group"})
            for _ in range(max(AT_LEAST.get(part, 1), round(number * size)))
        ]
        for part, (_, number, _, _) in MENTEES.items()
    }
    strangers = {part: _strangers(folk, part, size) for part in MENTORS}
    young = people.young_specialists(folk, max(2, round(6 * size)))
    Person.objects.bulk_create([p for part in learners.values() for p in part])
    Person.objects.bulk_create([p for part in strangers.values() for p in part])
    Person.objects.bulk_create(young)
    minors = [p for group in (learners, strangers) for part in group.values() for p in part]
    papers = Papers(folk, people.make_representatives(folk, minors))
    cast = Cast(folk, papers, {}, {})
    _enter_mentees(cast, learners, young, actor)
    _enter_mentors(cast, strangers, actor)
    papers.save()
    return cast


def make_staff_cast(folk: Folk, number: int, actor: Actor) -> Cast:
    """Where no children take part: young specialists and colleagues who help them."""
    young = Person.objects.bulk_create(people.young_specialists(folk, number))
    cast = Cast(folk, Papers(folk, {}), {}, {})
    _enter_mentees(cast, {}, young, actor)
    _enter_mentors(cast, {}, actor)
    cast.papers.save()
    return cast


def _strangers(folk: Folk, part: str, size: float) -> list[Person]:
    number = max(1, round(MENTORS[part][1] * size))
    if part == "pupil" and folk.organisation.kind != OrganisationKind.COLLEGE:
        return [_senior(folk) for _ in range(number)]
    if part == "pupil":
        return [people.learner(folk, adult=True) for _ in range(number)]
    return [
        people.outsider(folk, WHO.get(part, LOOSE[(place + len(part)) % 3]))
        for place in range(number)
    ]


def _senior(folk: Folk) -> Person:
    age = folk.chance.choice((16, 17))
    class_name = f"{age - 6}{folk.chance.choice(people.LETTERS)}"
    return folk.person(folk.namer.name(), Category.PUPIL, age, class_name=class_name)


def _enter_mentees(
    cast: Cast, learners: dict[str, list[Person]], young: Sequence[Person], actor: Actor
) -> None:
    folk = cast.folk
    for part, persons in learners.items():
        state, _, ago, complete = MENTEES[part]
        on = folk.today - dt.timedelta(days=ago)
        made = profiles.make_mentees(folk, persons, [state] * len(persons), [on] * len(persons))
        cast.mentees[part] = made
        if complete:
            for person in persons:
                cast.papers.complete(person, on)
        elif part == "awaiting":
            cast.papers.incomplete(persons, on)
        history.write(actor, _mentee_notes(part, made, on))
    on = folk.today - dt.timedelta(days=150)
    states = [S.IN_BASE] * len(young)
    cast.mentees["young"] = profiles.make_mentees(folk, young, states, [on] * len(young))
    for person in young:
        cast.papers.complete(person, on)
    if learners:
        cast.papers.replaced(cast.mentees["past"][0].person, folk.today - dt.timedelta(days=540))


REASONS = {
    "refused": "родители передумали",
    "left": "переехал в другой город",
    "archived": "окончил школу",
    "relieved": "по собственному желанию",
    "suspended": "истёк срок справки",
}


def _mentee_notes(part: str, made: Sequence[MenteeProfile], on: dt.date) -> list[history.Note]:
    state = MENTEES[part][0]
    first = state if part in {"request", "awaiting"} else S.REQUEST
    notes = [history.Note(on, "people.mentee_added", m, to_state=first) for m in made]
    if state != first:
        moved, reason = on + dt.timedelta(days=3), REASONS.get(part, "")
        notes += [history.Note(moved, "people.mentee_moved", m, first, state, reason) for m in made]
    return notes


def _enter_mentors(cast: Cast, strangers: dict[str, list[Person]], actor: Actor) -> None:
    folk = cast.folk
    teachers = [p for p in folk.staff[3:] if p.category in {Category.PEDAGOGUE, Category.STAFF}]
    groups = {"teacher": teachers[:TEACHERS], **strangers}
    for part, persons in groups.items():
        state, _, ago, complete = MENTORS.get(part, (M.READY, 0, 500, True))
        on = folk.today - dt.timedelta(days=ago)
        made = profiles.make_mentors(folk, persons, [state] * len(persons), [on] * len(persons))
        cast.mentors[part] = made
        if complete:
            for person in persons:
                cast.papers.complete(person, on)
        elif part != "applied":
            _unfinished(cast.papers, part, persons, on)
        history.write(actor, _mentor_notes(part, made, on, state))
    for person in groups["teacher"]:
        day = folk.today - dt.timedelta(days=200)
        cast.papers.consent(person, ConsentKind.EMPLOYEE_MENTOR, ConsentState.IN_FORCE, day)


def _unfinished(papers: Papers, part: str, persons: Sequence[Person], on: dt.date) -> None:
    """A mentor whose certificates are on their way, refused or out of date."""
    record, medical = CertificateKind.NO_CRIMINAL_RECORD, CertificateKind.MEDICAL
    C = CertificateState  # noqa: N806 -- a short name for a table
    states = {
        "papers": ((C.PRESENTED, C.REQUIRED), (C.VALID, C.PRESENTED), (C.REQUIRED, C.NOT_REQUIRED)),
        "rejected": ((C.REJECTED, C.REQUIRED),),
        "suspended": ((C.EXPIRED, C.VALID),),
    }.get(part, ((C.REQUIRED, C.REQUIRED),))
    for place, person in enumerate(persons):
        papers.consent(person, ConsentKind.PD_ADULT, ConsentState.IN_FORCE, on)
        first, second = states[place % len(states)]
        papers.certificate(person, record, first, on)
        papers.certificate(person, medical, second, on)


def _mentor_notes(
    part: str, made: Sequence[MentorProfile], on: dt.date, state: MentorState
) -> list[history.Note]:
    notes = [history.Note(on, "people.mentor_added", m, to_state=M.APPLIED) for m in made]
    if state != M.APPLIED:
        moved, reason = on + dt.timedelta(days=2), REASONS.get(part, "")
        notes += [
            history.Note(moved, "people.mentor_moved", m, M.APPLIED, state, reason) for m in made
        ]
    return notes
