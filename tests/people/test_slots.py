"""Free hours of a profile: ticked or written in a form, loaded from a sheet, told on the card."""

from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.people.engine.sheets.mentoring import parse_slots
from nastavnik.people.forms.slots import SlotsField
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.people.services import imports
from nastavnik.people.services.profiles import edit_mentee, edit_mentor
from nastavnik.shared.errors import DomainError
from nastavnik.shared.forms import Form
from tests.neighbours import SYSTEM, actor_as
from tests.people.engine.sheets.builders import xlsx
from tests.people_making import make_mentee, make_mentor

CURATOR = actor_as(Role.CURATOR)
DAY = date(2026, 11, 10)


class OneField(Form):
    free = SlotsField(label="Свободное время", required=False)


@pytest.mark.parametrize(
    ("query", "slots"),
    [
        ("free=2.15", "2-15 2-16 2-17"),
        ("free=4.18&free_line=ср 15-17", "2-15 2-16 4-18 4-19 4-20"),
        ("", ""),
        ("free=9.99", ""),
    ],
)
def test_ticks_and_words_make_one_line_of_codes(query, slots):
    form = OneField(QueryDict(query))

    assert form.is_valid()
    assert form.cleaned_data["free"] == slots


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("когда-нибудь", "Не понято: «когда», «нибудь». Напишите так: «ср 15:00–17:00; пт с 14»."),
        (
            "ср 3-5",
            "Уточните: «3-5» — приняли за время после полудня? Если так, напишите «ср 15:00–17:00».",
        ),
    ],
)
def test_a_doubtful_line_is_asked_about(line, error):
    form = OneField({"free_line": line})

    assert form.errors == {"free": [error]}
    assert f'value="{line}"' in str(form["free"])


def test_an_edited_profile_shows_its_hours_again():
    form = OneField(initial={"free": "2-15 2-16 2-17 4-13"})

    html = str(form["free"])
    assert html.count(" checked") == 1
    assert 'value="пт 13:00–14:00"' in html


def test_a_cell_with_doubts_is_taken_with_a_warning():
    parsed = parse_slots("ср 3-5")

    assert (parsed.value, parsed.level, parsed.suggestion) == (
        ("2-15", "2-16"),
        "warning",
        "ср 15:00–17:00",
    )
    assert parse_slots("два часа").value is None


@pytest.mark.parametrize(
    ("kind", "head", "rows", "slots"),
    [
        (
            "mentees",
            ["ФИО", "Класс", "Год рождения", "Когда свободен"],
            [
                ["Ёлкин Илья Петрович", "8Б", "12.05.2012", "ср 15:00–17:00; пт после обеда"],
                ["Пихтова Анна Ильинична", "8Б", "10.05.2012", "после 18 часов"],
                ["Дубов Олег Ильич", "8Б", "11.05.2012", ""],
            ],
            [
                "2-15 2-16 4-13 4-14 4-15 4-16 4-17",
                "0-18 0-19 0-20 1-18 1-19 1-20 2-18 2-19 2-20 3-18 3-19 3-20 4-18 4-19 4-20",
                "",
            ],
        ),
        (
            "mentors",
            ["ФИО", "Место работы", "Компетенции", "Ресурс времени", "Удобное время"],
            [
                ["Белова Нина Андреевна", "учитель", "физика", "2 часа в неделю", "пн 9-10"],
                ["Серова Инна Львовна", "учитель", "физика", "вт 16:00-17:00", ""],
                ["Юдина Вера Олеговна", "учитель", "физика", "по субботам 2ч", ""],
            ],
            ["0-09", "1-16", ""],
        ),
    ],
)
def test_a_column_of_free_time_is_loaded(school, kind, head, rows, slots):
    batch = imports.start_import(
        actor=SYSTEM,
        organisation=school,
        kind=kind,
        file_name="реестр.xlsx",
        content=xlsx([head, *rows]),
    )

    check = imports.check_batch(batch, DAY)
    imports.apply_import(actor=SYSTEM, batch=batch, today=DAY, now=timezone.now())

    model = MenteeProfile if kind == "mentees" else MentorProfile
    assert [row.free_slots for row in model.objects.order_by("id")] == slots
    told = [problem for problem in check.analysis.problems if problem.field == "free_slots"]
    assert [problem.message for problem in told] == (
        ["Строка 3: не назван день («после 18 часов»): взяты будни. Принять «пн–пт 18:00–21:00»?"]
        if kind == "mentees"
        else []
    )


def test_codes_from_elsewhere_and_groups_without_places_are_refused(school):
    mentee, mentor = make_mentee(school), make_mentor(school, capacity=1)

    with pytest.raises(DomainError, match="Отметьте свободные часы"):
        edit_mentee(actor=CURATOR, mentee=mentee, today=DAY, values={"free_slots": "9-99"})
    with pytest.raises(DomainError, match="хотя бы два места"):
        edit_mentor(actor=CURATOR, mentor=mentor, today=DAY, values={"only_groups": True})


def test_the_form_of_a_mentor_keeps_hours_and_the_card_tells_them(client, curator, school):
    mentor = make_mentor(school)
    client.force_login(curator)
    address = {"org": school.slug, "person_id": mentor.person_id}
    data = {
        "capacity": 3,
        "free_slots": ["2.15"],
        "free_slots_line": "пт 9-11",
        "only_groups": "on",
    }

    answer = client.post(reverse("people:mentor", kwargs=address), data)

    mentor.refresh_from_db()
    assert answer.status_code == 302
    assert mentor.free_slots == "2-15 2-16 2-17 4-09 4-10"
    card = client.get(reverse("people:card", kwargs=address)).content.decode()
    assert "ср 15:00–18:00; пт 9:00–11:00" in card
    assert "3, только группой" in card
