"""Old registers that name lent and borrowed mentors: every place is counted once."""

from datetime import date, timedelta

import pytest

from nastavnik.pairs.models import Pair, PairState
from nastavnik.pairs.queries import used_places
from nastavnik.pairs.services import borrowing
from nastavnik.pairs.services.importing import Importer
from nastavnik.people.models import LoanCall, MentorProfile
from nastavnik.people.services.imports.pairing import PairLine
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.scope import scope
from tests.pairs.making import CURATOR, propose
from tests.pairs.neighbouring import agree, agreed, ask
from tests.people_making import DAY, make_mentee, make_mentor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LENT = ("Соседова", "Мария", "Петровна")


def load(organisation, mentee, **fields):
    """The file says that the mentee is led by «Соседова» under an old order."""
    values = {
        "row": 2,
        "side": "mentee",
        "partners": (LENT,),
        "person_id": mentee.person_id,
        "order_number": "48",
        "order_date": date(2026, 10, 1),
    } | fields
    lines = [PairLine(**values)]
    return Importer().write(actor=CURATOR, organisation=organisation, lines=lines, today=DAY)


def places(mentor_id: int) -> tuple[int, int]:
    """(places, those taken)."""
    return (
        MentorProfile.objects.get(pk=mentor_id).capacity,
        used_places([mentor_id]).get(mentor_id, 0),
    )


def test_old_pair_of_a_lent_mentor_gets_a_place_beside_the_lent_one(school, sibling, mentee):
    agreed(school, sibling, mentee)
    with scope({sibling.pk}):
        mentor = LoanCall.objects.get().mentor
        assert places(mentor.pk) == (1, 1)
        load(sibling, make_mentee(sibling, "Тутова"))
        assert (Pair.objects.get().state, places(mentor.pk)) == (PairState.PAUSED, (2, 2))


def test_mentor_whom_the_old_register_fills_is_lent_no_more(school, sibling, mentee):
    other = make_mentee(school, "Вторая")
    other.requests.create(organisation=school, code="progress", topic="math")
    agreed(school, sibling, mentee, capacity=2)
    ask(school, other)
    with scope({sibling.pk}):
        load(sibling, make_mentee(sibling, "Тутова"))
    with pytest.raises(DomainError) as refused:
        agree(sibling)
    assert refused.value.code == "no_place"


def test_pair_that_is_over_leaves_no_place_behind(school, sibling, mentee):
    agreed(school, sibling, mentee)
    with scope({sibling.pk}):
        mentor = LoanCall.objects.get().mentor
        over = {"starts_on": DAY - timedelta(days=200), "ends_on": DAY - timedelta(days=20)}
        load(sibling, make_mentee(sibling, "Тутова"), **over)
        assert (Pair.objects.get().state, places(mentor.pk)) == (PairState.FINISHED, (1, 1))


def borrowed(school, sibling, mentee) -> MentorProfile:
    row = agreed(school, sibling, mentee)
    return borrowing.enter_mentor(actor=CURATOR, request=row, on=DAY)


def test_old_pair_of_the_borrowed_mentor_takes_the_borrowed_place(school, sibling, mentee):
    mentor = borrowed(school, sibling, mentee)
    load(school, mentee)
    assert (Pair.objects.get().mentor_id, places(mentor.pk)) == (mentor.pk, (1, 1))


def test_place_of_one_who_has_two_mentors_is_counted_once(school, sibling, mentee):
    mentor = borrowed(school, sibling, mentee)
    propose(school, mentor=make_mentor(school, "Своя", category="student"), mentees=[mentee],
            form="student-pupil")  # fmt: skip
    assert places(mentor.pk) == (1, 1)
    load(school, mentee)
    assert (Pair.objects.count(), places(mentor.pk)) == (2, (1, 1))


def test_register_that_gives_the_borrowed_mentor_another_mentee_widens_nothing(
    school, sibling, mentee
):
    mentor = borrowed(school, sibling, mentee)
    load(school, mentee)
    assert load(school, make_mentee(school, "Чужая")) == [[]]
    assert (Pair.objects.count(), places(mentor.pk)) == (1, (1, 1))
