"""Fictional people for tests, with or without the papers that the law wants."""

import secrets
from datetime import date

from nastavnik.people.models import (
    Category,
    Certificate,
    CertificateKind,
    CertificateState,
    Consent,
    ConsentKind,
    ConsentState,
    MenteeProfile,
    MenteeState,
    MentorCompetence,
    MentorProfile,
    MentorState,
    Person,
)
from nastavnik.people.requirements import required_consents
from nastavnik.tenancy.models import Organisation

DAY = date(2026, 11, 10)


def make_person(organisation: Organisation, surname: str, **fields) -> Person:
    values = {
        "given": "Мария",
        "patronymic": "Петровна",
        "gender": "female",
        "category": Category.PUPIL,
        "birth_date": date(2013, 5, 4),
        "class_name": "7А",
    } | fields
    person = Person(organisation=organisation, surname=surname, **values)
    person.save()
    return person


def make_teacher(organisation: Organisation, surname: str, **fields) -> Person:
    values = {
        "category": Category.PEDAGOGUE,
        "birth_date": date(1980, 1, 15),
        "class_name": "",
        "post": "учитель математики",
    } | fields
    return make_person(organisation, surname, **values)


def make_mentee(organisation: Organisation, surname: str = "Иванова", **fields) -> MenteeProfile:
    person = fields.pop("person", None) or make_person(organisation, surname, **fields)
    profile = MenteeProfile(organisation=organisation, person=person, state=MenteeState.IN_BASE)
    profile.save()
    return profile


def make_mentor(
    organisation: Organisation, surname: str = "Белова", *, capacity: int = 3, **fields
) -> MentorProfile:
    person = fields.pop("person", None) or make_teacher(organisation, surname, **fields)
    profile = MentorProfile(
        organisation=organisation, person=person, state=MentorState.READY, capacity=capacity
    )
    profile.save()
    MentorCompetence(
        organisation=organisation, mentor=profile, text="математика", topic="math"
    ).save()
    return profile


def give_consent(person: Person, kind: ConsentKind, **fields) -> Consent:
    values = {"state": ConsentState.IN_FORCE, "received_on": date(2026, 9, 1), "child_signed": True}
    consent = Consent(
        organisation_id=person.organisation_id,
        person=person,
        kind=kind,
        token=secrets.token_hex(12),
        **(values | fields),
    )
    consent.save()
    return consent


def give_consents(person: Person, on: date = DAY) -> None:
    """Everything that this person's age wants."""
    for kind in required_consents(person, on):
        give_consent(person, kind)


def give_certificates(person: Person, valid_until: date = date(2027, 8, 31)) -> None:
    for kind in CertificateKind:
        Certificate(
            organisation_id=person.organisation_id,
            person=person,
            kind=kind,
            state=CertificateState.VALID,
            number="17",
            issued_on=date(2026, 9, 1),
            valid_until=valid_until,
        ).save()
