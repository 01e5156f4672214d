"""The registers of people name the other side of a pair."""

from nastavnik.pairs.models import Pair, PairMentee
from nastavnik.people.queries.registers import pair_facts
from nastavnik.people.services.exports import register_now
from tests.neighbours import SYSTEM
from tests.people.conftest import TODAY, make_mentee, make_mentor


def test_registers_name_the_other_side(school):
    mentee, mentor = make_mentee(school), make_mentor(school)
    pair = Pair.objects.create(
        organisation=school, mentor=mentor, form="teacher-pupil", foreign_order="№ 48 от 01.10.2025"
    )
    PairMentee.objects.create(organisation=school, pair=pair, mentee=mentee)

    assert pair_facts("mentee", [mentee.pk])[mentee.pk][0].names == ("Белова Нина Андреевна",)
    assert pair_facts("mentor", [mentor.pk])[mentor.pk][0].places == ("ученик, 8Б класс",)
    row = register_now("mentees", SYSTEM, TODAY).rows[0]
    assert row[7] == "Белова Нина Андреевна (№ 48 от 01.10.2025)"
