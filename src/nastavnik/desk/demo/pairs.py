"""Pairs and groups as the curator would make them, written at once with their answers."""

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from nastavnik.desk.demo.people import Folk
from nastavnik.pairs.models import (
    AnswerWay,
    InstitutionProgramme,
    Pair,
    PairAnswer,
    PairMentee,
    PairSource,
    PairState,
)
from nastavnik.people.models import Category, MenteeProfile, MentorProfile, Person

ROLE_MODELS = {
    "pupil-pupil": "achiever-underachiever",
    "student-pupil": "student-achiever-underachiever",
    "employer-pupil": "active-professional-indifferent-pupil",
    "employer-student": "employer-future-employee",
    "pedagogue-pedagogue": "pedagogue-experienced-young",
}
FORMS = {
    Category.PUPIL: "pupil-pupil",
    Category.STUDENT: "student",
    Category.EMPLOYEE: "employer",
    Category.ALUMNUS: "employer",
    Category.PARENT: "parent",
}
ANSWERED = {PairState.AGREED, PairState.ACTIVE}


@dataclass(frozen=True)
class Term:
    made_on: dt.date
    starts_on: dt.date
    ends_on: dt.date


def form_of(mentor: Person, mentee: Person) -> str:
    if mentee.is_staff:
        return "pedagogue-pedagogue"
    whom = "student" if mentee.category == Category.STUDENT else "pupil"
    who = FORMS.get(Category(mentor.category), "teacher")
    return who if who == "pupil-pupil" else f"{who}-{whom}"


def make_pairs(
    folk: Folk,
    couples: Sequence[tuple[MentorProfile, Sequence[MenteeProfile]]],
    term: Term,
    *,
    state: PairState = PairState.AGREED,
    programme: InstitutionProgramme | None = None,
    replaces: Pair | None = None,
    foreign_order: str = "",
) -> list[Pair]:
    """One pair, or a group when there are several mentees, for each couple."""
    rows = []
    for mentor, mentees in couples:
        form = form_of(mentor.person, mentees[0].person)
        is_staff = mentees[0].person.is_staff
        is_group = len(mentees) > 1
        rows.append(
            Pair(
                organisation=folk.organisation,
                mentor=mentor,
                programme=programme,
                form=form,
                kinds=["group"] if is_group else ["traditional"],
                role_model=ROLE_MODELS.get(form, ""),
                is_group=is_group,
                state=state,
                starts_on=term.starts_on,
                ends_on=term.ends_on,
                source=PairSource.IMPORT if foreign_order else PairSource.MANUAL,
                addendum=_addendum(mentor, term) if is_staff and mentor.person.is_staff else "",
                replaces=replaces,
                foreign_order=foreign_order,
            )
        )
    made = Pair.objects.bulk_create(rows)
    _seat(folk, made, couples, term, state)
    return made


def _addendum(mentor: MentorProfile, term: Term) -> str:
    return f"№ {mentor.pk % 90 + 1} от {term.made_on:%d.%m.%Y}"


def _seat(
    folk: Folk,
    made: Sequence[Pair],
    couples: Sequence[tuple[MentorProfile, Sequence[MenteeProfile]]],
    term: Term,
    state: PairState,
) -> None:
    places, answers = [], []
    for pair, (mentor, mentees) in zip(made, couples, strict=True):
        places += [PairMentee(organisation=folk.organisation, pair=pair, mentee=m) for m in mentees]
        people = [mentor.person_id, *(mentee.person_id for mentee in mentees)]
        for place, person_id in enumerate(people):
            yes = _answer(state, place)
            answers.append(
                PairAnswer(
                    organisation=folk.organisation,
                    pair=pair,
                    person_id=person_id,
                    is_yes=yes,
                    way="" if yes is None else AnswerWay.SHEET if place else AnswerWay.SPOKEN,
                    answered_on=None if yes is None else term.made_on,
                    noted_by="" if yes is None else folk.staff[1].full_name,
                    token=secrets.token_urlsafe(18),
                )
            )
    PairMentee.objects.bulk_create(places)
    PairAnswer.objects.bulk_create(answers)


def _answer(state: PairState, place: int) -> bool | None:
    """Both agreed; one refused; or the mentor has agreed and the mentee has yet to say."""
    if state in ANSWERED:
        return True
    if state == PairState.DECLINED:
        return place == 0
    return True if place == 0 else None


def couples_of(
    mentors: Sequence[MentorProfile], mentees: Sequence[MenteeProfile], start: int = 0
) -> list[tuple[MentorProfile, list[MenteeProfile]]]:
    """Give each mentee a mentor in turn; a pupil gets the youngest who are left."""
    left = sorted(mentees, key=lambda m: (m.person.birth_date or dt.date.min, m.pk))
    found = []
    for place in range(len(mentees)):
        mentor = mentors[(start + place) % len(mentors)]
        young = mentor.person.category in {Category.PUPIL, Category.STUDENT}
        found.append((mentor, [left.pop(-1 if young else 0)]))
    return found
