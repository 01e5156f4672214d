"""Persons and profiles: what the services write, what they refuse."""

from datetime import date

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.audit.queries import history_of
from nastavnik.people.models import ConsentKind, MenteeState, MentorState, Person
from nastavnik.people.services import persons, profiles, states
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.shared.states import WrongState
from tests.neighbours import SYSTEM, actor_as
from tests.people.conftest import TODAY, give_consent, make_mentee, make_mentor, make_pupil

CHILD = (ConsentKind.PD_CHILD, ConsentKind.PARTICIPATION_CHILD)


def test_add_person_is_written_and_audited(school):
    person = make_pupil(school)

    assert Person.objects.get().full_name == "Ёлкин Илья Петрович"
    assert [event.action for event in history_of(person)] == ["people.person_added"]


def test_add_person_twice_asks_whether_it_is_a_namesake(school):
    make_pupil(school)
    values = {
        "surname": "елкин",
        "given": "илья",
        "patronymic": "петрович",
        "birth_year": 2012,
        "category": "pupil",
    }

    with pytest.raises(DomainError) as refusal:
        persons.add_person(actor=SYSTEM, organisation=school, values=values)

    assert (refusal.value.code, refusal.value.field) == ("duplicate", "is_namesake")


def test_add_person_by_head_is_refused(school):
    with pytest.raises(PermissionRefused):
        persons.add_person(actor=actor_as(Role.HEAD), organisation=school, values={})


def test_edit_person_keeps_what_was_in_the_journal(school):
    person = make_pupil(school)

    persons.edit_person(actor=SYSTEM, person=person, values={"class_name": "9Б"})

    event = history_of(person)[0]
    assert event.details == {"changes": {"class_name": ["8Б", "9Б"]}}


def test_pupil_without_consents_waits(school):
    assert make_mentee(school).state == MenteeState.AWAITING_CONSENT


def test_pupil_with_consents_enters_the_base(school):
    pupil = make_pupil(school)
    give_consent(pupil, *CHILD)

    mentee = profiles.add_mentee(actor=SYSTEM, person=pupil, today=TODAY)

    assert mentee.state == MenteeState.IN_BASE


@pytest.mark.parametrize(
    ("born", "code"),
    [
        ({"birth_date": date(2016, 10, 2)}, "mentee_too_young"),
        ({"birth_date": None, "birth_year": 2016}, "birth_inexact"),
        ({"birth_date": None, "birth_year": 2017}, "mentee_too_young"),
        ({"birth_date": None, "birth_year": None}, "birth_missing"),
    ],
)
def test_pupil_under_ten_is_refused(school, born, code):
    pupil = make_pupil(school, **born)

    with pytest.raises(DomainError) as refusal:
        profiles.add_mentee(actor=SYSTEM, person=pupil, today=TODAY)

    assert refusal.value.code == code


def test_pupil_of_ten_today_is_taken(school):
    assert make_mentee(school, birth_date=date(2016, 10, 1)).pk


def test_kindergarten_takes_staff_only(school):
    school.kind = "kindergarten"
    school.save()
    child = make_pupil(school)
    teacher = make_pupil(school, "Белова", category="young-specialist", birth_date=date(2000, 1, 1))

    with pytest.raises(DomainError) as refusal:
        profiles.add_mentee(actor=SYSTEM, person=child, today=TODAY)

    assert refusal.value.code == "mentee_not_staff"
    assert profiles.add_mentee(actor=SYSTEM, person=teacher, today=TODAY).pk


def test_move_into_base_without_consent_is_refused(school):
    mentee = make_mentee(school)

    with pytest.raises(DomainError) as refusal:
        states.move_mentee(actor=SYSTEM, mentee=mentee, to=MenteeState.IN_BASE, today=TODAY)

    assert refusal.value.code == "consent_missing"


def test_move_that_the_table_does_not_have_is_refused(school):
    with pytest.raises(WrongState):
        states.move_mentee(
            actor=SYSTEM, mentee=make_mentee(school), to=MenteeState.FINISHED, today=TODAY
        )


def test_move_aside_wants_a_reason(school):
    mentee = make_mentee(school)

    with pytest.raises(DomainError) as refusal:
        states.move_mentee(actor=SYSTEM, mentee=mentee, to=MenteeState.LEFT, today=TODAY)

    assert refusal.value.field == "reason"


def test_stranger_becomes_ready_mentor_only_with_certificates(school):
    mentor = make_mentor(school, category="employee", is_own=False)
    give_consent(mentor.person, ConsentKind.PD_ADULT)

    with pytest.raises(DomainError) as refusal:
        states.move_mentor(actor=SYSTEM, mentor=mentor, to=MentorState.READY, today=TODAY)

    assert refusal.value.code == "papers_missing"


def test_refresh_states_lets_in_and_out(school):
    mentee = make_mentee(school)
    give_consent(mentee.person, *CHILD)

    said = states.refresh_states(SYSTEM, school, [mentee.person_id], TODAY)
    mentee.refresh_from_db()
    assert (mentee.state, said) == (
        MenteeState.IN_BASE,
        ["Ёлкин Илья Петрович: в базе наставляемых"],
    )

    mentee.person.consents.update(state="withdrawn")
    states.refresh_states(SYSTEM, school, [mentee.person_id], TODAY)
    mentee.refresh_from_db()
    assert mentee.state == MenteeState.AWAITING_CONSENT


def test_archive_of_a_person_in_pair_is_refused(school):
    mentee = make_mentee(school)
    mentee.state = MenteeState.PAIRED
    mentee.save()

    with pytest.raises(DomainError) as refusal:
        persons.archive_person(actor=SYSTEM, person=mentee.person, reason="переехал")

    assert refusal.value.code == "in_pair"


def test_archive_archives_the_parts_too(school):
    mentee = make_mentee(school)

    persons.archive_person(actor=SYSTEM, person=mentee.person, reason="переехал")

    mentee.refresh_from_db()
    assert mentee.state == MenteeState.ARCHIVED


def test_recheck_marks_today(school):
    mentee, mentor = make_mentee(school), make_mentor(school)
    day = date(2027, 10, 2)

    done = profiles.recheck(actor=SYSTEM, mentee_ids=[mentee.pk], mentor_ids=[mentor.pk], today=day)

    mentee.refresh_from_db()
    assert (done, mentee.confirmed_on) == (2, day)
