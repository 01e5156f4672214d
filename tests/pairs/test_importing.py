"""Pairs that come with old registers: the invariants hold by this door too."""

from datetime import date

import pytest

from nastavnik.pairs.models import Pair, PairState
from nastavnik.pairs.queries.registers import pair_facts
from nastavnik.pairs.services.answers import answers_in_sheet
from nastavnik.pairs.services.importing import Importer
from nastavnik.people.services.imports.pairing import PairLine
from tests.pairs.making import CURATOR, order_on, ready_pair, sign
from tests.people_making import DAY, give_consents, make_mentee, make_mentor

pytestmark = pytest.mark.django_db
BELOVA = ("Белова", "Мария", "Петровна")


def line(mentee, **fields) -> PairLine:
    values = {
        "row": 2,
        "side": "mentee",
        "partners": (BELOVA,),
        "person_id": mentee.person_id,
        "order_number": "48",
        "order_date": date(2026, 10, 1),
    } | fields
    return PairLine(**values)


def load(office, *lines):
    return Importer().write(actor=CURATOR, organisation=office, lines=lines, today=DAY)


def test_fixed_pair_without_papers_is_paused_with_what_is_missing(office) -> None:
    mentee = make_mentee(office)
    make_mentor(office)
    refs = load(office, line(mentee))
    pair = Pair.objects.get()
    assert refs == [[["pairs.pair", pair.pk]]]
    assert (pair.state, pair.foreign_order) == (PairState.PAUSED, "№ 48 от 01.10.2026")
    assert "нет согласия" in pair.pause_reason


def test_fixed_pair_becomes_active_when_the_last_answer_comes(office) -> None:
    mentee, mentor = make_mentee(office), make_mentor(office)
    give_consents(mentee.person)
    give_consents(mentor.person)
    load(office, line(mentee))
    pair = Pair.objects.get()
    assert (pair.state, "нет ответа" in pair.pause_reason) == (PairState.PAUSED, True)
    answers_in_sheet(actor=CURATOR, pairs=[pair], on=DAY)
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE


def test_pair_without_an_order_is_only_proposed(office) -> None:
    mentee = make_mentee(office)
    make_mentor(office)
    load(office, line(mentee, order_number="", order_date=None))
    assert Pair.objects.get().state == PairState.PROPOSED


def test_both_registers_name_one_pair(office) -> None:
    mentee, mentor = make_mentee(office), make_mentor(office)
    own = ("Иванова", "М.", "П.")
    other = line(mentee, side="mentor", partners=(own,), person_id=mentor.person_id)
    assert [len(refs) for refs in load(office, line(mentee), other)] == [1, 0]


def test_unknown_side_waits(office) -> None:
    assert load(office, line(make_mentee(office))) == [[]]
    assert Pair.objects.count() == 0


def test_namesakes_are_not_guessed(office) -> None:
    mentee = make_mentee(office)
    make_mentor(office)
    make_mentor(office)
    assert load(office, line(mentee)) == [[]]


def test_mentor_of_more_people_than_places_gets_the_places(office) -> None:
    mentor = make_mentor(office, capacity=1)
    load(office, *(line(make_mentee(office, name)) for name in ("Иванова", "Петрова")))
    mentor.refresh_from_db()
    assert (Pair.objects.count(), mentor.capacity) == (2, 2)


def test_ended_pair_stays_in_the_past(office) -> None:
    mentee = make_mentee(office)
    make_mentor(office)
    load(office, line(mentee, order_date=date(2025, 10, 1), ends_on=date(2026, 5, 31)))
    pair = Pair.objects.get()
    assert (pair.state, pair.ended_on) == (PairState.FINISHED, date(2026, 5, 31))


def test_undo_removes_the_pairs_of_the_file(office) -> None:
    mentee = make_mentee(office)
    make_mentor(office)
    refs = load(office, line(mentee))[0]
    assert Importer().undo(actor=CURATOR, organisation=office, refs=refs) == []
    assert Pair.objects.count() == 0


def test_undo_refuses_a_pair_that_an_order_fixed(office) -> None:
    pair = ready_pair(office)
    sign(order_on(office, pair))
    said = Importer().undo(actor=CURATOR, organisation=office, refs=[["pairs.pair", pair.pk]])
    assert len(said) == 1
    assert Pair.objects.count() == 1


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("side", ["mentee", "mentor"])
def test_facts_for_registers_cost_one_query(office, count, side, django_assert_num_queries) -> None:
    pairs = [ready_pair(office, mentor=make_mentor(office, f"Белова{n}")) for n in range(count)]
    ids = [pair.mentor_id if side == "mentor" else pair.members.get().mentee_id for pair in pairs]
    with django_assert_num_queries(1):
        facts = pair_facts(side, ids)
    assert sorted(facts) == sorted(ids)
    assert facts[ids[0]][0].form == "teacher-pupil"
