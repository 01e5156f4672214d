"""What the curator is told about a pair, and the plain rules of its structure and term."""

from datetime import date, timedelta

import pytest

from nastavnik.pairs.facts import PairFacts
from nastavnik.pairs.kinds import kind_rules
from nastavnik.pairs.models import Pair, PairAnswer
from nastavnik.pairs.rules import (
    blockers,
    default_term,
    is_staff_pair,
    structure_faults,
    term_faults,
    warnings,
)
from nastavnik.people.models import Category, MentorProfile, Person
from nastavnik.tenancy.models import Organisation, OrganisationKind

pytestmark = pytest.mark.unit

DAY = date(2026, 11, 10)
SCHOOL, KINDERGARTEN = (
    Organisation(kind=kind) for kind in (OrganisationKind.SCHOOL, OrganisationKind.KINDERGARTEN)
)
TRADITIONAL, REVERSE = kind_rules(["traditional"]), kind_rules(["reverse"])


def pupil(pk: int, surname: str = "Иванова", **fields) -> Person:
    values = {"category": Category.PUPIL, "birth_year": 2013} | fields
    return Person(pk=pk, surname=surname, given="Мария", **values)


def teacher(pk: int = 1, surname: str = "Белов", **fields) -> Person:
    return pupil(pk, surname, **({"category": Category.PEDAGOGUE, "birth_year": 1980} | fields))


def facts(mentor: Person, *mentees: Person, trained_on: date | None = DAY, **fields) -> PairFacts:
    profile = MentorProfile(person=mentor, trained_on=trained_on)
    people = (mentor, *mentees)
    said = {person.pk: PairAnswer(person=person, is_yes=True) for person in people}
    return PairFacts(Pair(mentor=profile, **fields), mentor, mentees, (), said, {})


def codes(found: PairFacts) -> set[tuple[str, int | None]]:
    return {(b.code, b.person_id) for b in blockers(found, DAY) if b.code != "consent"}


def test_trained_teacher_and_a_pupil_give_no_warnings() -> None:
    assert warnings(facts(teacher(), pupil(2)), TRADITIONAL) == []


def test_untrained_mentor_is_told() -> None:
    assert warnings(facts(teacher(), pupil(2), trained_on=None), TRADITIONAL) == [
        "Белов\u00a0М.: наставник не обучен"
    ]


@pytest.mark.parametrize(
    ("mentor", "mentee", "told"),
    [("Юдин", "Юдина", 1), ("Юдина", "Юдин", 1), ("Юдин", "Юдин", 1), ("Юдин", "Юрин", 0)],
)
def test_one_surname_may_mean_relatives(mentor, mentee, told) -> None:
    assert len(warnings(facts(teacher(1, mentor), pupil(2, mentee)), TRADITIONAL)) == told


def test_head_who_mentors_a_subordinate_is_told() -> None:
    head = teacher(category=Category.HEAD)
    assert len(warnings(facts(head, teacher(2, "Юрьев")), TRADITIONAL)) == 1
    assert warnings(facts(head, pupil(2)), TRADITIONAL) == []
    assert warnings(facts(teacher(), teacher(2, "Юрьев")), TRADITIONAL) == []


@pytest.mark.parametrize(
    ("mentor_year", "mentee_year", "told"),
    [(1980, 1990, 1), (1990, 1980, 0), (1980, 1980, 0), (None, 1990, 0), (1980, None, 0)],
)
def test_reverse_mentor_is_younger(mentor_year, mentee_year, told) -> None:
    pair = facts(teacher(birth_year=mentor_year), teacher(2, "Юрьев", birth_year=mentee_year))
    assert len(warnings(pair, REVERSE)) == told
    assert warnings(pair, TRADITIONAL) == []


def test_only_colleagues_make_a_staff_pair() -> None:
    assert is_staff_pair(facts(teacher(), teacher(2)))
    assert is_staff_pair(facts(teacher(), pupil(2), teacher(3)))
    assert not is_staff_pair(facts(teacher(), pupil(2)))
    assert not is_staff_pair(facts(pupil(1), teacher(2)))
    assert not is_staff_pair(facts(pupil(1), pupil(2)))


def test_staff_pair_wants_an_addendum() -> None:
    assert codes(facts(teacher(), teacher(2, "Юрьев"))) == {("addendum", 1)}
    assert codes(facts(teacher(), teacher(2, "Юрьев"), addendum="№ 4")) == set()
    assert codes(facts(teacher(), pupil(2))) == set()


@pytest.mark.parametrize(
    ("mentee", "blocked"),
    [
        (pupil(2, birth_date=DAY.replace(year=2016), birth_year=2016), False),
        (pupil(2, birth_date=date(2016, 11, 11), birth_year=2016), True),
        (pupil(2, birth_year=None), True),
        (pupil(2, category=Category.STUDENT, birth_year=None), True),
        (teacher(2, "Юрьев", birth_year=None), False),
    ],
)
def test_pupil_takes_part_from_ten(mentee, blocked) -> None:
    found = codes(facts(teacher(), mentee, addendum="№ 4"))
    assert found == ({("age", 2)} if blocked else set())


@pytest.mark.parametrize("said", [None, PairAnswer(is_yes=None), PairAnswer(is_yes=False)])
@pytest.mark.parametrize("pk", [1, 2])
def test_each_side_says_yes(said, pk) -> None:
    pair = facts(teacher(), pupil(2))
    if said is None:
        del pair.answers[pk]
    else:
        pair.answers[pk] = said
    assert codes(pair) == {("answer", pk)}
    who = next(b.who for b in blockers(pair, DAY) if b.code == "answer")
    assert who == ("куратор" if said is not None and said.is_yes is False else "участник")


@pytest.mark.parametrize(
    ("size", "is_group", "blocked"),
    [(1, False, False), (2, False, True), (0, False, True), (1, True, True), (2, True, False)],
)
def test_pair_has_one_mentee_and_a_group_two(size, is_group, blocked) -> None:
    mentees = [pupil(2 + n) for n in range(size)]
    expected = {("size", None)} if blocked else set()
    assert codes(facts(teacher(), *mentees, is_group=is_group)) == expected


@pytest.mark.parametrize(
    ("mentees", "is_group", "faults"),
    [
        ([2], False, 0),
        ([2, 3], True, 0),
        ([2], True, 1),
        ([2, 3], False, 1),
        ([], False, 1),
        ([1], False, 1),
        ([2, 2], True, 1),
    ],
)
def test_structure_of_a_pair_and_of_a_group(mentees, is_group, faults) -> None:
    people = [pupil(pk) for pk in mentees]
    assert len(structure_faults(SCHOOL, teacher(), people, is_group=is_group)) == faults


@pytest.mark.parametrize(
    ("category", "faults"),
    [(Category.PUPIL, 1), (Category.STUDENT, 1), (Category.PEDAGOGUE, 0)],
)
def test_kindergarten_mentors_its_staff(category, faults) -> None:
    mentee = pupil(2, category=category)
    found = structure_faults(KINDERGARTEN, teacher(), [mentee], is_group=False)
    assert len(found) == faults
    assert structure_faults(SCHOOL, teacher(), [mentee], is_group=False) == []


@pytest.mark.parametrize(
    ("on", "till", "ends"),
    [
        (date(2026, 5, 31), None, date(2026, 8, 31)),
        (date(2026, 6, 1), None, date(2027, 5, 31)),
        (date(2026, 11, 16), None, date(2027, 5, 31)),
        (date(2027, 3, 1), None, date(2027, 6, 1)),
        (date(2026, 11, 16), date(2027, 4, 1), date(2027, 4, 1)),
        (date(2026, 11, 16), date(2026, 12, 1), date(2027, 2, 16)),
        (date(2026, 11, 16), date(2028, 5, 31), date(2027, 11, 16)),
    ],
)
def test_proposed_term_ends_with_the_school_year_within_the_law(on, till, ends) -> None:
    assert default_term(on, till) == (on, ends)


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (None, DAY, "Укажите"),
        (DAY, None, "Укажите"),
        (DAY, DAY, "позже даты начала"),
        (DAY, DAY + timedelta(days=1), "меньше трёх месяцев"),
        (DAY, DAY + timedelta(days=400), "больше года"),
    ],
)
def test_refused_term_says_why(starts, ends, said) -> None:
    (fault,) = term_faults(TRADITIONAL, starts, ends)
    assert said in fault
    assert term_faults([*TRADITIONAL, *kind_rules(["speed"])], starts, ends) == []
