"""People of the own school; every name is fictional."""

from datetime import date

import pytest

from nastavnik.people.models import Consent, ConsentKind, ConsentState, Person, Representative
from nastavnik.people.services.persons import add_person
from nastavnik.people.services.profiles import add_mentee, add_mentor
from nastavnik.tenancy.models import Organisation
from tests.neighbours import SYSTEM

TODAY = date(2026, 10, 1)


@pytest.fixture
def today() -> date:
    return TODAY


def make_pupil(school: Organisation, surname: str = "Ёлкин", **values) -> Person:
    given = {
        "surname": surname,
        "given": "Илья",
        "patronymic": "Петрович",
        "gender": "male",
        "birth_date": date(2012, 5, 6),
        "category": "pupil",
        "class_name": "8Б",
    } | values
    return add_person(actor=SYSTEM, organisation=school, values=given, is_namesake=True)


def make_mentee(school: Organisation, surname: str = "Ёлкин", **values):
    return add_mentee(actor=SYSTEM, person=make_pupil(school, surname, **values), today=TODAY)


def make_mentor(school: Organisation, surname: str = "Белова", **values):
    given = {
        "given": "Нина",
        "patronymic": "Андреевна",
        "gender": "female",
        "birth_date": date(1985, 2, 3),
        "category": "pedagogue",
        "class_name": "",
        "post": "учитель физики",
    } | values
    return add_mentor(actor=SYSTEM, person=make_pupil(school, surname, **given), today=TODAY)


def give_consent(person: Person, *kinds: ConsentKind, child_signed: bool = True) -> None:
    for kind in kinds:
        Consent.objects.create(
            organisation_id=person.organisation_id,
            person=person,
            kind=kind,
            state=ConsentState.IN_FORCE,
            valid_from=date(2026, 9, 1),
            child_signed=child_signed,
            token=f"{person.pk}-{kind}-{Consent.objects.count()}",
        )


def make_mother(child: Person) -> Representative:
    return Representative.objects.create(
        organisation_id=child.organisation_id,
        child=child,
        surname="Ёлкина",
        given="Анна",
        patronymic="Ильинична",
        relation="мать",
        phone="+79000000001",
    )
