"""Invariants 1–10 and 12 tried through every door: the services, the pages, the import of a register.

Each case breaks one rule; whatever the door answers, no active pair may break it. The first case
breaks nothing and must come through all doors, or the others would prove nothing. Invariant 11 waits
for the personal programmes it speaks of.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from nastavnik.documents.models import Document
from nastavnik.pairs.facts import facts_of
from nastavnik.pairs.models import Pair, PairState
from nastavnik.pairs.rules import LONGEST_TERM_MONTHS, add_months
from nastavnik.pairs.services.answers import answers_in_sheet
from nastavnik.pairs.services.importing import Importer
from nastavnik.people.models import Category, ConsentKind, MenteeProfile, MentorProfile
from nastavnik.people.services.imports.pairing import PairLine
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.models import OrganisationKind
from tests.pairs.making import CURATOR, ENDS, order_on, propose, sign
from tests.people_making import (
    DAY,
    give_consent,
    give_consents,
    make_mentee,
    make_mentor,
    make_teacher,
)

DAY_TEXT = f"{DAY:%d.%m.%Y}"
SIGNED = {
    "number": "1",
    "registered_on_day": DAY.day,
    "registered_on_month": DAY.month,
    "registered_on_year": DAY.year,
}


@dataclass
class Attempt:
    """Who is to form a pair and how; `says_yes`: both sides agree when asked."""

    mentor: MentorProfile
    mentee: MenteeProfile
    form: str = "teacher-pupil"
    ends_on: date = ENDS
    is_group: bool = False
    kinds: tuple[str, ...] = ("traditional",)
    says_yes: bool = True
    is_ordered: bool = True
    breaks: Callable[[Pair], bool] = field(default=lambda _pair: True)


def _with_papers(attempt: Attempt) -> Attempt:
    people = {person.pk: person for person in (attempt.mentor.person, attempt.mentee.person)}
    for person in people.values():
        give_consents(person)
    return attempt


def fine(office) -> Attempt:
    return _with_papers(Attempt(make_mentor(office), make_mentee(office)))


def no_order(office) -> Attempt:
    attempt = fine(office)
    attempt.is_ordered = False
    return attempt


def no_consent_of_the_mentee(office) -> Attempt:
    attempt = Attempt(make_mentor(office), make_mentee(office))
    give_consents(attempt.mentor.person)
    return attempt


def no_consent_of_a_minor_mentor(office) -> Attempt:
    minor = {"category": Category.PUPIL, "birth_date": date(2010, 3, 1), "class_name": "10А"}
    attempt = Attempt(make_mentor(office, **minor, post=""), make_mentee(office), "pupil-pupil")
    give_consents(attempt.mentee.person)
    return attempt


def one_consent_for_another(office) -> Attempt:
    attempt = no_consent_of_the_mentee(office)
    give_consent(attempt.mentee.person, ConsentKind.PUBLICATION)
    give_consent(attempt.mentee.person, ConsentKind.PD_CHILD)
    return attempt


def no_certificates(office) -> Attempt:
    mentor = make_mentor(office, category=Category.EMPLOYEE, is_own=False, post="инженер")
    return _with_papers(Attempt(mentor, make_mentee(office), "employer-pupil"))


def no_addendum_of_a_colleague(office) -> Attempt:
    mentee = make_mentee(office, person=make_teacher(office, "Панова"))
    attempt = _with_papers(Attempt(make_mentor(office), mentee, "teacher-teacher"))
    give_consent(attempt.mentor.person, ConsentKind.EMPLOYEE_MENTOR)
    return attempt


def mentee_under_ten(office) -> Attempt:
    mentee = make_mentee(office, birth_date=date(2017, 1, 1))
    return _with_papers(Attempt(make_mentor(office), mentee))


def child_of_a_kindergarten(office) -> Attempt:
    attempt = fine(office)
    office.kind = OrganisationKind.KINDERGARTEN
    office.save()
    return attempt


def longer_than_a_year(office) -> Attempt:
    attempt = fine(office)
    attempt.ends_on = date(2028, 5, 31)
    attempt.breaks = _is_longer_than_a_year
    return attempt


def _is_longer_than_a_year(pair: Pair) -> bool:
    return pair.ends_on > add_months(pair.starts_on, LONGEST_TERM_MONTHS)


def group_of_one(office) -> Attempt:
    attempt = fine(office)
    attempt.is_group, attempt.kinds = True, ("group",)
    attempt.breaks = lambda pair: pair.is_group
    return attempt


def more_than_places(office) -> Attempt:
    attempt = _with_papers(Attempt(make_mentor(office, capacity=1), make_mentee(office)))
    propose(office, mentor=attempt.mentor, mentees=[make_mentee(office, "Чащина")])
    attempt.breaks = _exceeds_places
    return attempt


def _exceeds_places(pair: Pair) -> bool:
    mentor = MentorProfile.objects.get(pk=pair.mentor_id)
    return Pair.objects.filter(mentor=mentor).count() > mentor.capacity


def second_pair_of_the_form(office) -> Attempt:
    attempt = fine(office)
    propose(office, mentor=make_mentor(office, "Котова"), mentees=[attempt.mentee])
    return attempt


def own_mentor(office) -> Attempt:
    mentor = make_mentor(office)
    mentee = make_mentee(office, person=mentor.person)
    return _with_papers(Attempt(mentor, mentee, "teacher-teacher"))


def nobody_asked(office) -> Attempt:
    attempt = fine(office)
    attempt.says_yes = False
    return attempt


BROKEN = [
    no_order,  # 1
    no_consent_of_the_mentee,  # 2
    no_consent_of_a_minor_mentor,  # 2
    one_consent_for_another,  # 3
    no_certificates,  # 4
    no_addendum_of_a_colleague,  # 5
    mentee_under_ten,  # 6
    child_of_a_kindergarten,  # 6
    longer_than_a_year,  # 7
    group_of_one,  # 8
    more_than_places,  # 9
    second_pair_of_the_form,  # 9
    own_mentor,  # 9
    nobody_asked,  # 10
]


def by_services(office, _client, attempt: Attempt) -> None:
    try:
        pair = propose(
            office,
            mentor=attempt.mentor,
            mentees=[attempt.mentee],
            form=attempt.form,
            kinds=attempt.kinds,
            is_group=attempt.is_group,
            starts_on=DAY,
            ends_on=attempt.ends_on,
        )
        if attempt.says_yes:
            answers_in_sheet(actor=CURATOR, pairs=[pair], on=DAY)
        document = order_on(office, pair)
        if attempt.is_ordered:
            sign(document)
    except DomainError:
        pass


def by_pages(office, client, attempt: Attempt) -> None:
    """The curator's posts and the head's signature, whatever each page answers."""

    def post(name: str, data: dict[str, Any], **more: Any) -> None:
        client.post(reverse(name, kwargs={"org": office.slug, **more}), data)

    client.force_login(client.curator)
    data = {
        "mentor": attempt.mentor.pk,
        "mentees": [attempt.mentee.pk],
        "form": attempt.form,
        "kinds": list(attempt.kinds),
        "starts_on": DAY_TEXT,
        "ends_on": f"{attempt.ends_on:%d.%m.%Y}",
    }
    post("pairs:new", data | ({"is_group": "on"} if attempt.is_group else {}))
    if attempt.says_yes:
        post("pairs:answers-mark", {"all": "on", "on": DAY_TEXT, "attested": "on"})
    keys = list(Pair.objects.values_list("pk", flat=True))
    post("pairs:order-prepare", {"p": keys, "starts_on": DAY_TEXT})
    for document in Document.objects.all():
        post("documents:send", {}, pk=document.pk)
        if attempt.is_ordered:
            client.force_login(client.head)
            post("documents:sign", SIGNED, pk=document.pk)


def by_import(office, _client, attempt: Attempt) -> None:
    """A register that names the pair as fixed; then the sheet, as after any import."""
    mentor = attempt.mentor.person
    line = PairLine(
        row=2,
        side="mentee",
        partners=((mentor.surname, mentor.given, mentor.patronymic),),
        person_id=attempt.mentee.person_id,
        form=attempt.form,
        order_number="48" if attempt.is_ordered else "",
        order_date=DAY if attempt.is_ordered else None,
        starts_on=DAY,
        ends_on=attempt.ends_on,
    )
    Importer().write(actor=CURATOR, organisation=office, lines=[line], today=DAY)
    if attempt.says_yes:
        answers_in_sheet(actor=CURATOR, pairs=Pair.objects.all(), on=DAY)


DOORS = pytest.mark.parametrize(
    "door", [by_services, by_pages, by_import], ids=lambda door: door.__name__
)


@pytest.fixture
def people_at_work(client, office, curator, head):
    client.curator, client.head = curator, head
    return client


def active_pairs(attempt: Attempt) -> list[Pair]:
    mine = Pair.objects.filter(mentor=attempt.mentor, members__mentee=attempt.mentee)
    return list(mine.filter(state=PairState.ACTIVE))


@DOORS
def test_pair_that_breaks_nothing_becomes_active(people_at_work, office, door) -> None:
    attempt = fine(office)

    door(office, people_at_work, attempt)

    (pair,) = active_pairs(attempt)
    facts = facts_of(pair)
    assert (facts.mentor.pk, [m.pk for m in facts.mentees]) == (
        attempt.mentor.person_id,
        [attempt.mentee.person_id],
    )


@DOORS
@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.__name__)
def test_no_door_lets_a_broken_pair_become_active(people_at_work, office, door, case) -> None:
    attempt = case(office)

    door(office, people_at_work, attempt)

    assert [pair for pair in active_pairs(attempt) if attempt.breaks(pair)] == []


def test_12_number_of_an_order_stands_once_whatever_the_door(people_at_work, office) -> None:
    """The import registers nothing: a former order stays words on the pair."""
    first, second = (
        fine(office),
        _with_papers(Attempt(make_mentor(office, "Котова"), make_mentee(office, "Чащина"))),
    )
    by_import(office, None, first)
    assert Document.objects.count() == 0

    by_services(office, None, second)

    assert [d.number_text for d in Document.objects.all()] == ["1"]
    assert Pair.objects.get(mentor=first.mentor).foreign_order == f"№ 48 от {DAY_TEXT}"
