"""Which papers the law wants, day by day; plain functions over rows that are not saved."""

from datetime import date, timedelta

import pytest

from nastavnik.people.models import (
    Category,
    Certificate,
    CertificateKind,
    CertificateState,
    Consent,
    ConsentKind,
    ConsentState,
    Person,
)
from nastavnik.people.requirements import (
    ADULT_KINDS,
    CHILD_KINDS,
    Papers,
    certificate_holds,
    consent_holds,
    missing_certificates,
    missing_consents,
    missing_employee_consent,
    required_certificates,
    required_consents,
)

pytestmark = pytest.mark.unit

DAY = date(2026, 11, 10)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
BOTH = (CertificateKind.NO_CRIMINAL_RECORD, CertificateKind.MEDICAL)


def aged(years: int, category: Category = Category.PUPIL, **fields) -> Person:
    return Person(category=category, birth_date=DAY.replace(year=DAY.year - years), **fields)


def consent(kind: ConsentKind = ConsentKind.PD_ADULT, **fields) -> Consent:
    return Consent(kind=kind, **({"state": ConsentState.IN_FORCE} | fields))


def certificate(kind: CertificateKind = BOTH[0], **fields) -> Certificate:
    return Certificate(kind=kind, **({"state": CertificateState.VALID} | fields))


@pytest.mark.parametrize("state", ConsentState)
def test_consent_holds_only_in_force(state) -> None:
    assert consent_holds(consent(state=state), DAY) == (state == ConsentState.IN_FORCE)


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [
        (None, None, True),
        (DAY, DAY, True),
        (AFTER, None, False),
        (None, BEFORE, False),
        (BEFORE, AFTER, True),
    ],
)
def test_consent_holds_from_its_first_to_its_last_day(first, last, holds) -> None:
    assert consent_holds(consent(valid_from=first, valid_to=last), DAY) == holds


@pytest.mark.parametrize("state", CertificateState)
def test_certificate_holds_when_valid_or_not_required(state) -> None:
    held = {CertificateState.VALID, CertificateState.NOT_REQUIRED}
    assert certificate_holds(certificate(state=state), DAY) == (state in held)


@pytest.mark.parametrize(("until", "holds"), [(None, True), (DAY, True), (BEFORE, False)])
def test_certificate_holds_to_its_last_day(until, holds) -> None:
    assert certificate_holds(certificate(valid_until=until), DAY) == holds
    unneeded = certificate(state=CertificateState.NOT_REQUIRED, valid_until=until)
    assert certificate_holds(unneeded, DAY)


def test_eighteenth_birthday_changes_the_consents() -> None:
    grown = aged(18)
    assert required_consents(grown, BEFORE) == CHILD_KINDS
    assert required_consents(grown, DAY) == ADULT_KINDS


@pytest.mark.parametrize(
    ("person", "with_minors", "wanted"),
    [
        (aged(40, Category.EMPLOYEE, is_own=False), True, BOTH),
        (aged(40, Category.EMPLOYEE, is_own=False), False, ()),
        (aged(16), True, ()),
        (aged(40, Category.PEDAGOGUE), True, ()),
        (aged(19, Category.STUDENT, is_own=False), True, BOTH),
    ],
)
def test_outside_adult_with_minors_brings_both_certificates(person, with_minors, wanted) -> None:
    assert required_certificates(person, DAY, with_minors=with_minors) == wanted
    missing = missing_certificates(person, Papers(), DAY, with_minors=with_minors)
    assert [m.kind for m in missing] == list(wanted)


def test_certificate_of_the_other_kind_does_not_help() -> None:
    person = aged(40, Category.EMPLOYEE, is_own=False)
    papers = Papers(certificates=(certificate(BOTH[0]), certificate(BOTH[1], valid_until=BEFORE)))
    missing = missing_certificates(person, papers, DAY, with_minors=True)
    assert [m.kind for m in missing] == [BOTH[1]]


def test_missing_consent_names_who_brings_it() -> None:
    told = missing_consents(aged(12), Papers(), DAY)
    assert {m.who for m in told} == {"законный представитель"}
    assert [m.kind for m in told] == list(CHILD_KINDS)
    (adult,) = missing_consents(aged(18), Papers(), DAY)
    assert (adult.kind, adult.who) == (ConsentKind.PD_ADULT, "участник")


@pytest.mark.parametrize(
    ("years", "signed", "missing"),
    [(13, False, 0), (14, False, 2), (14, True, 0), (17, False, 2)],
)
def test_child_signs_from_fourteen(years, signed, missing) -> None:
    papers = Papers(consents=tuple(consent(kind, child_signed=signed) for kind in CHILD_KINDS))
    told = missing_consents(aged(years), papers, DAY)
    assert [(m.kind, m.who) for m in told] == [(f"{k}:own", "ребёнок") for k in CHILD_KINDS][
        :missing
    ]


def test_pupil_of_unknown_age_wants_the_representative_but_no_own_signature() -> None:
    papers = Papers(consents=tuple(consent(kind, child_signed=False) for kind in CHILD_KINDS))
    assert missing_consents(Person(category=Category.PUPIL), papers, DAY) == []
    assert len(missing_consents(Person(category=Category.PUPIL), Papers(), DAY)) == 2


def test_adult_signs_for_himself_alone() -> None:
    papers = Papers(consents=(consent(child_signed=False),))
    assert missing_consents(aged(18), papers, DAY) == []


def test_colleague_gives_a_consent_of_his_own() -> None:
    mentor = aged(40, Category.PEDAGOGUE)
    (missing,) = missing_employee_consent(mentor, Papers(consents=(consent(),)), DAY)
    assert (missing.kind, missing.who) == (ConsentKind.EMPLOYEE_MENTOR, "наставник")
    given = Papers(consents=(consent(ConsentKind.EMPLOYEE_MENTOR),))
    assert missing_employee_consent(mentor, given, DAY) == []


def test_latest_consent_of_a_kind_stands_for_it() -> None:
    first, second = consent(pk=1), consent(pk=2)
    assert Papers(consents=(second, first)).by_kind == {ConsentKind.PD_ADULT: second}
    unsaved = consent()
    assert Papers(consents=(first, unsaved)).by_kind == {ConsentKind.PD_ADULT: first}


def test_withdrawn_consent_is_missing() -> None:
    withdrawn = Papers(consents=(consent(state=ConsentState.WITHDRAWN),))
    assert [m.kind for m in missing_consents(aged(18), withdrawn, DAY)] == [ConsentKind.PD_ADULT]
