"""Parts of the card and what the services refuse: representatives, competences, parts, roles."""

from datetime import date

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.audit.queries import history_of
from nastavnik.people.models import ConsentKind, MentorCompetence, Representative
from nastavnik.people.services import persons, profiles, requests
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.neighbours import SYSTEM, actor_as
from tests.people.conftest import TODAY, give_consent, make_mentee, make_mentor, make_pupil

HEAD = actor_as(Role.HEAD)
MOTHER = {"surname": "Ёлкина", "given": "Анна", "patronymic": "Львовна"}


def actions(row) -> list[str]:
    return [event.action for event in history_of(row)]


def test_representative_is_added_edited_and_removed(school) -> None:
    child = make_pupil(school)
    mother = persons.add_representative(actor=SYSTEM, child=child, values=MOTHER)
    persons.edit_representative(actor=SYSTEM, representative=mother, values={"phone": "112233"})
    persons.edit_representative(actor=SYSTEM, representative=mother, values={"phone": "112233"})
    assert child.representatives.get().phone == "112233"
    persons.remove_representative(actor=SYSTEM, representative=mother)
    assert not Representative.objects.exists()
    noted = [name for name in actions(child) if "representative" in name]
    assert sorted(noted) == [
        "people.representative_added",
        "people.representative_edited",
        "people.representative_removed",
    ]


def test_representative_who_gave_a_consent_stays(school) -> None:
    child = make_pupil(school)
    mother = persons.add_representative(actor=SYSTEM, child=child, values=MOTHER)
    give_consent(child, ConsentKind.PD_CHILD)
    child.consents.update(representative=mother)
    with pytest.raises(DomainError) as refused:
        persons.remove_representative(actor=SYSTEM, representative=mother)
    assert refused.value.code == "has_consents"


def test_impossible_value_is_refused_beside_its_field(school) -> None:
    with pytest.raises(DomainError) as refused:
        persons.edit_person(actor=SYSTEM, person=make_pupil(school), values={"email": "не почта"})
    assert (refused.value.code, refused.value.field) == ("invalid", "email")
    assert refused.value.message.startswith("Электронная почта: ")


def test_nobody_is_a_mentee_or_a_mentor_twice(school) -> None:
    mentee, mentor = make_mentee(school), make_mentor(school)
    with pytest.raises(DomainError) as again:
        profiles.add_mentee(actor=SYSTEM, person=mentee.person, today=TODAY)
    assert again.value.code == "already_mentee"
    with pytest.raises(DomainError) as again:
        profiles.add_mentor(actor=SYSTEM, person=mentor.person, today=TODAY)
    assert again.value.code == "already_mentor"


def test_edited_part_counts_as_checked_today(school) -> None:
    later = date(2026, 11, 1)
    mentor = profiles.edit_mentor(
        actor=SYSTEM, mentor=make_mentor(school), today=later, values={"capacity": 5}
    )
    mentee = profiles.edit_mentee(
        actor=SYSTEM, mentee=make_mentee(school), today=later, values={"note": "любит шахматы"}
    )
    assert (mentor.capacity, mentor.confirmed_on) == (5, later)
    assert (mentee.note, mentee.confirmed_on) == ("любит шахматы", later)
    assert actions(mentor)[0] == "people.mentorprofile_edited"


def test_competence_is_confirmed_with_a_topic_of_the_list_and_removed(school) -> None:
    (row,) = requests.add_competence(actor=SYSTEM, mentor=make_mentor(school), text="считает")
    with pytest.raises(DomainError) as refused:
        requests.confirm_competence(actor=SYSTEM, competence=row, topic="нет")
    assert (refused.value.code, refused.value.field) == ("topic_unknown", "topic")
    row = requests.confirm_competence(actor=SYSTEM, competence=row, topic="math")
    assert (row.topic, row.code, row.is_confirmed) == ("math", "math", True)
    requests.remove_competence(actor=SYSTEM, competence=row)
    assert not MentorCompetence.objects.exists()
    assert actions(row.mentor)[:2] == ["people.competence_removed", "people.competence_confirmed"]


@pytest.mark.parametrize(
    ("values", "code"),
    [({"text": " "}, "competence_empty"), ({"text": "а", "topic": "нет"}, "topic_unknown")],
)
def test_bad_competence_is_refused(school, values, code) -> None:
    with pytest.raises(DomainError) as refused:
        requests.add_competence(actor=SYSTEM, mentor=make_mentor(school), **values)
    assert refused.value.code == code


def test_head_changes_nothing_of_a_card(school) -> None:
    child, mentor = make_pupil(school), make_mentor(school)
    mentee = make_mentee(school, "Котов")
    mother = persons.add_representative(actor=SYSTEM, child=child, values=MOTHER)
    (row,) = requests.add_competence(actor=SYSTEM, mentor=mentor, text="", topic="math")
    attempts = (
        lambda: persons.add_representative(actor=HEAD, child=child, values=MOTHER),
        lambda: persons.edit_representative(actor=HEAD, representative=mother, values={}),
        lambda: persons.remove_representative(actor=HEAD, representative=mother),
        lambda: persons.edit_person(actor=HEAD, person=child, values={}),
        lambda: profiles.add_mentee(actor=HEAD, person=child, today=TODAY),
        lambda: profiles.edit_mentee(actor=HEAD, mentee=mentee, today=TODAY, values={}),
        lambda: profiles.add_mentor(actor=HEAD, person=child, today=TODAY),
        lambda: profiles.edit_mentor(actor=HEAD, mentor=mentor, today=TODAY, values={}),
        lambda: profiles.recheck(actor=HEAD, today=TODAY),
        lambda: requests.add_competence(actor=HEAD, mentor=mentor, text="а"),
        lambda: requests.confirm_competence(actor=HEAD, competence=row, topic="math"),
        lambda: requests.remove_competence(actor=HEAD, competence=row),
    )
    for attempt in attempts:
        with pytest.raises(PermissionRefused):
            attempt()
