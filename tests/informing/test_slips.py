"""Slips: handed in once, without contacts, gone after thirty days."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from nastavnik.audit.models import AuditEvent
from nastavnik.informing.evidence_slips import wishes_collected
from nastavnik.informing.models import ClassSheet, Slip
from nastavnik.informing.queries.slips import groups, totals, waiting
from nastavnik.informing.services import sheets, slips
from nastavnik.informing.services.slips import Entry, SheetClosed
from nastavnik.pairs.services.night import every_organisation
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.informing.slips_making import CURATOR, VISITOR, sheet_for, sheets_for, slip_of
from tests.people_making import DAY

MONTH_LATER = DAY + timedelta(days=30)


def test_slip_keeps_what_was_said_and_the_class_of_its_sheet(school):
    slip = slip_of(sheet_for(school), "  Ежов   Тимофей ", class_name="11А")
    slip.refresh_from_db()
    assert (slip.name, slip.class_name, slip.side) == ("Ежов Тимофей", "5Б", "mentee")
    assert (slip.created_on, slip.expires_on, slip.state) == (DAY, MONTH_LATER, "new")


def test_same_form_sent_twice_is_one_slip_and_mends_it(school):
    sheet = sheet_for(school)
    first = slip_of(sheet, once="form-1")
    second = slip_of(sheet, "Ежов Тимоша", once="form-1")
    assert first.pk == second.pk
    assert list(Slip.objects.values_list("name", flat=True)) == ["Ежов Тимоша"]
    actions = AuditEvent.objects.filter(action__startswith="slips.").values_list(
        "action", flat=True
    )
    assert sorted(actions) == ["slips.came", "slips.mended", "slips.sheet"]


def test_same_words_from_a_new_form_are_the_same_slip(school):
    sheet = sheet_for(school)
    first = slip_of(sheet, once="form-1")
    assert slip_of(sheet, "ежов  тимофей", once="form-2").pk == first.pk
    assert slip_of(sheet, once="form-3", side="mentor").pk != first.pk


def test_slip_that_was_worked_on_is_not_mended_from_outside(school):
    sheet = sheet_for(school)
    slip = slip_of(sheet, once="form-1")
    slips.decline(actor=CURATOR, slip=slip)
    slip_of(sheet, "Другой", once="form-1")
    slip.refresh_from_db()
    assert (slip.name, slip.state) == ("Ежов Тимофей", "declined")


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"name": " "}, "no_name", "name"),
        ({"side": "both"}, "no_side", "side"),
        ({"request_code": "teacher-growth"}, "no_code", "request_code"),
        ({"wish": "звони 8 900 123-45-67"}, "contacts", "wish"),
        ({"name": "ezhov@example.org"}, "contacts", "name"),
    ],
)
def test_wrong_answer_is_refused(school, more, code, field):
    sheet = sheet_for(school)
    with pytest.raises(DomainError) as caught:
        slip_of(sheet, **more)
    assert (caught.value.code, caught.value.field) == (code, field)
    assert not Slip.objects.exists()


def test_code_word_with_a_number_is_no_telephone(school):
    assert slip_of(sheet_for(school), "Лиса-12", is_code=True).is_code


@pytest.mark.parametrize("how", ["closed", "late"])
def test_closed_sheet_takes_nothing(school, how):
    sheet = sheet_for(school)
    if how == "closed":
        sheets.close_sheet(actor=CURATOR, sheet=sheet)
    with pytest.raises(SheetClosed):
        slip_of(sheet, today=DAY if how == "closed" else DAY + timedelta(days=15))


def test_flood_is_stopped(school, monkeypatch):
    monkeypatch.setattr(slips, "A_DAY_FROM_CHILDREN", 2)
    sheet = sheet_for(school)
    slip_of(sheet, "Один")
    slip_of(sheet, "Два")
    with pytest.raises(DomainError) as caught:
        slip_of(sheet, "Три")
    assert caught.value.code == "flood"
    assert slip_of(sheet, "Три", today=DAY + timedelta(days=1)).pk


def test_night_erases_names_and_keeps_what_is_counted(school):
    sheet = sheet_for(school)
    slip = slip_of(sheet)
    assert every_organisation(on=MONTH_LATER - timedelta(days=1))["erased_slips"] == 0
    assert every_organisation(on=MONTH_LATER)["erased_slips"] == 1
    assert every_organisation(on=MONTH_LATER)["erased_slips"] == 0
    slip.refresh_from_db()
    assert (slip.name, slip.wish, slip.person, slip.state) == ("", "", None, "erased")
    assert (slip.class_name, slip.side, slip.request_code) == ("5Б", "mentee", "study")
    event = AuditEvent.objects.get(action="slips.erased")
    assert event.details == {"count": 1}
    assert "Ежов" not in str(AuditEvent.objects.values_list("object_label", "details", "reason"))
    assert totals(DAY).total == 1


def test_expired_slip_is_read_by_nobody_even_before_the_night(school):
    slip = slip_of(sheet_for(school))
    assert [len(group.rows) for group in groups(DAY)] == [1]
    assert groups(MONTH_LATER) == []
    assert waiting(MONTH_LATER).number == 0
    Slip.objects.filter(pk=slip.pk).update(expires_on=DAY)
    with pytest.raises(DomainError) as caught:
        slips.decline(actor=CURATOR, slip=slip)
    assert caught.value.code == "erased"


def test_database_itself_keeps_no_name_in_an_erased_slip(school):
    slip = slip_of(sheet_for(school))
    slip.erased_at = "2026-11-10T00:00:00Z"
    with pytest.raises(IntegrityError), transaction.atomic():
        slip.save()


def test_declined_slip_comes_back_and_a_joke_is_not_counted(school):
    sheet = sheet_for(school)
    slip = slip_of(sheet)
    slips.decline(actor=CURATOR, slip=slip)
    assert waiting(DAY).number == 0
    slips.bring_back(actor=CURATOR, slip=slip)
    assert waiting(DAY).number == 1
    slips.remove(actor=CURATOR, slip=slip)
    assert totals(DAY).total == 0


def test_nobody_but_the_curator_decides(school):
    slip = slip_of(sheet_for(school))
    for work in (slips.decline, slips.bring_back, slips.remove):
        with pytest.raises(PermissionRefused):
            work(actor=VISITOR, slip=slip)


def test_paper_slips_come_in_together_or_not_at_all(school):
    sheet = sheet_for(school)
    slip_of(sheet)
    again = Entry(
        name="Ежов Тимофей", side="mentee", request_code="study", wish="после пятого урока"
    )
    rows = {0: again, 3: Entry(name="Пух", side="mentor")}
    assert slips.type_in(actor=CURATOR, sheet=sheet, entries=rows, today=DAY) == (1, 1)
    rows = {0: Entry(name="Сорока", side="mentor"), 5: Entry(name="www.pesok", side="mentor")}
    with pytest.raises(DomainError) as caught:
        slips.type_in(actor=CURATOR, sheet=sheet, entries=rows, today=DAY)
    assert caught.value.field == "name-5"
    assert Slip.objects.filter(way="paper").count() == 1


def test_counts_by_audience_and_the_sentence(school):
    child = sheet_for(school)
    (staff,) = sheets_for(school, audiences=("staff",))
    slip_of(child, "Раз")
    slip_of(child, "Два", side="mentor", request_code="talent")
    slip_of(staff, "Три", request_code="teacher-growth", side="mentor")
    found = totals(DAY)
    assert [(row.title, row.mentees, row.mentors) for row in found.rows] == [
        ("Обучающиеся", 1, 1),
        ("Педагоги", 0, 1),
    ]
    assert found.sentence == (
        "Ответили 3\u00a0человека. Нужен наставник: 1, готовы помогать: 2. "
        "Чаще всего просят о помощи по теме «Учёба»: 1."
    )


def test_same_name_with_other_words_is_marked(school):
    sheet = sheet_for(school)
    slip_of(sheet, once="1")
    slip_of(sheet, once="2", request_code="talent")
    slip_of(sheet, "Пух", once="3")
    assert [row.is_repeated for row in groups(DAY)[0].rows] == [True, True, False]


def test_sheets_are_made_once_a_year_and_opened_again(school):
    first = sheets_for(school, "5Б", "10А", audiences=("parents",))
    sheets.close_sheet(actor=CURATOR, sheet=first[0])
    again = sheets_for(school, "5Б", days=20)
    assert again[0].pk == first[0].pk
    assert (again[0].state, again[0].open_until) == ("open", DAY + timedelta(days=20))
    assert ClassSheet.objects.count() == 3


@pytest.mark.parametrize(
    ("classes", "days", "field"),
    [((), 5, "classes"), (("5Б",), -1, "open_until"), (("5Б",), 200, "open_until")],
)
def test_sheet_for_nobody_or_for_a_wrong_term_is_refused(school, classes, days, field):
    with pytest.raises(DomainError) as caught:
        sheets_for(school, *classes, days=days)
    assert caught.value.field == field


def test_kindergarten_asks_adults_only(school):
    school.kind = "kindergarten"
    with pytest.raises(DomainError):
        sheets_for(school, "Ромашка")
    assert len(sheets_for(school, audiences=("staff", "pupils"))) == 1


def test_wishes_prove_a_line_of_the_roadmap_after_erasure_too(school):
    first, second = sheets_for(school, "5А", "5Б")
    assert wishes_collected({}, DAY) is None
    slip_of(first)
    assert wishes_collected({}, DAY).words == "собрано 1\u00a0запись «Хочу участвовать»"
    assert wishes_collected({"audience": "staff"}, DAY) is None
    assert not wishes_collected({"number": 2}, DAY).is_met
    assert (
        wishes_collected({"audience": "every_class"}, DAY).words
        == "записи собраны в 1 из 2 классов"
    )
    slip_of(second, "Пух")
    assert wishes_collected({"audience": "every_class"}, DAY).is_met
    slips.erase_expired(actor=CURATOR, organisation=school, today=MONTH_LATER)
    assert wishes_collected({"audience": "pupils", "number": 2}, MONTH_LATER).is_met
    assert wishes_collected({"since": DAY + timedelta(days=1)}, MONTH_LATER) is None
