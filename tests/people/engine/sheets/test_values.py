"""Every spelling of a cell that registries hold."""

import datetime as dt

import pytest

from nastavnik.people.engine.sheets import contacts, dates, mentoring, names, values


def date(raw):
    parsed = dates.parse_date(raw, pivot_year=2026)
    return parsed.value.iso if parsed.value else parsed.level


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (2009, "2009"), (2009.0, "2009"), ("2011", "2011"), ("2011 г.р.", "2011"), ("2011г.", "2011"),
        ("2010 года рождения", "2010"), ("2009.0", "2009"), (dt.date(2014, 10, 14), "2014-10-14"),
        ("15.09.2026", "2026-09-15"), ("15/09/26", "2026-09-15"), ("15-9-2026", "2026-09-15"),
        ("12.07.10", "2010-07-12"), ("12.07.67", "1967-07-12"), ("2026-09-15", "2026-09-15"),
        ("2026-09-15 00:00:00", "2026-09-15"), ("06.05.2009 г.", "2009-05-06"), ("сентябрь 2026", "2026-09"),
        ("сентябрь 2026 г.", "2026-09"), ("09.2026", "2026-09"), (9.2026, "2026-09"), ("«1» мая 2010 г.", "2010-05-01"),
        ("14 марта 2010", "2010-03-14"), ("с 1 сентября 2026", "2026-09-01"), (39940, "2009-05-07"), ("39940", "2009-05-07"),
        ("15092026", "2026-09-15"), ("31.02.2010", "error"), ("03.25.2010", "2010-03-25"), ("2101", "error"),
        ("скоро", "error"), (12, "error"), ("1.1.1800", "error"), (None, "ok"),
    ],
)  # fmt: skip
def test_dates(raw, expected):
    assert date(raw) == expected


def test_swapped_day_and_month_are_offered_for_acceptance():
    parsed = dates.parse_date("03.25.2010", pivot_year=2026)

    assert (parsed.level, parsed.suggestion) == ("warning", "25.03.2010")


@pytest.mark.parametrize(
    ("raw", "expected", "level"),
    [
        ("Ветрова Анна Игоревна", "Ветрова Анна Игоревна", "ok"),
        ("ВЕТРОВА  АННА  ИГОРЕВНА", "Ветрова Анна Игоревна", "ok"),
        ("ветрова анна игоревна", "Ветрова Анна Игоревна", "ok"),
        ("Ветрова-Лис Анна Игоревна", "Ветрова-Лис Анна Игоревна", "ok"),
        ("ВЕТРОВА-ЛИС АННА ИГОРЕВНА", "Ветрова-Лис Анна Игоревна", "ok"),
        ("Мамедов Али Вагиф оглы", "Мамедов Али Вагиф оглы", "ok"),
        ("Абрамович Иван Петрович", "Абрамович Иван Петрович", "ok"),
        ("1. Ветрова Анна Игоревна", "Ветрова Анна Игоревна", "ok"),
        ("Ветрова Анна", "Ветрова Анна", "warning"),
        ("Анна Игоревна Ветрова", "Ветрова Анна Игоревна", "warning"),
        ("Ветрова А.И.", "Ветрова А. И.", "warning"),
        ("Ветрова А. И", "Ветрова А. И.", "warning"),
        ("Вeтрова Aнна Игоревна", "Ветрова Анна Игоревна", "warning"),
        ("Ветрова", "Ветрова", "error"),
        ("12345", "None", "error"),
        ("Ветрова Анна Игоревна, Гордеев Пётр Львович", "None", "error"),
    ],
)
def test_names(raw, expected, level):
    parsed = names.parse_name(raw)

    assert (str(parsed.value), parsed.level) == (expected, level)


@pytest.mark.parametrize(
    ("raw", "value", "level"),
    [
        ("8 Б", "8Б", "ok"), ("9а", "9А", "ok"), ("11 А", "11А", "ok"), (10, "10", "ok"), ("5-б", "5Б", "ok"),
        ("7 «В»", "7В", "ok"), ("8 класс", "8", "ok"), ("5 б класс", "5Б", "ok"), ("6 б кл.", "6Б", "ok"),
        ("5 б клас", "5Б", "warning"), ("5б классс", "5Б", "warning"), ("ФП-21", "ФП-21", "ok"),
        ("учитель математики", "учитель математики", "ok"), ("15 А", "15 А", "warning"), (None, None, "ok"),
    ],
)  # fmt: skip
def test_classes(raw, value, level):
    parsed = mentoring.parse_class(raw)

    assert (parsed.value, parsed.level) == (value, level)


def test_a_misspelt_class_is_a_suggestion_to_accept():
    parsed = mentoring.parse_class("5 б клас")

    assert (parsed.suggestion, parsed.message) == (
        "5Б",
        "«5 б клас» — похоже на класс 5Б. Принять?",
    )


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("8-981-233-1620", "+79812331620"), ("+7 (943) 217-22-41", "+79432172241"), ("9127180798", "+79127180798"),
        (89636321101, "+79636321101"), (9636321101.0, "+79636321101"), ("8(3953)51-22-33", "+73953512233"),
        ("дом. 8 900 111 22 33, 8 900 444 55 66", "+79001112233"), ("12345", ""), ("нет", ""),
    ],
)  # fmt: skip
def test_phones(raw, value):
    assert contacts.parse_phone(raw).value == value


@pytest.mark.parametrize(
    ("raw", "relation", "name", "phone", "email"),
    [
        ("мать: Ветрова Ольга Петровна, 8-900-111-2233", "мать", "Ветрова Ольга Петровна", "+79001112233", ""),
        ("Ветрова Ольга Петровна (мама), тел. 89001112233", "мать", "Ветрова Ольга Петровна", "+79001112233", ""),
        ("опекун Лис Пётр Ильич lis@mail.example", "опекун", "Лис Пётр Ильич", "", "lis@mail.example"),
        ("+7 (957) 877-25-38, N01@mail.example", "", "None", "+79578772538", "n01@mail.example"),
        ("законный представитель - Лис Пётр Ильич\n8 900 111 22 33", "законный представитель", "Лис Пётр Ильич", "+79001112233", ""),
    ],
)  # fmt: skip
def test_contacts(raw, relation, name, phone, email):
    contact = contacts.parse_contact(raw).value

    assert (contact.relation, str(contact.name), contact.phone, contact.email) == (
        relation,
        name,
        phone,
        email,
    )


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("ученик-ученик", "pupil-pupil"), ("ученик – ученик", "pupil-pupil"), ("Учитель - Учитель", "teacher-teacher"),
        ("педагог – педагог", "teacher-teacher"), ("студент-ученик", "student-pupil"), ("работодатель – ученик", "employer-pupil"),
        ("работодатель-студент", "employer-student"), ("учитель-ученик", "teacher-pupil"), ("педагог–обучающийся", "teacher-pupil"),
        ("форма «ученик – ученик»", "pupil-pupil"), ("вместе", None),
    ],
)  # fmt: skip
def test_forms(raw, code):
    parsed = mentoring.parse_form(raw)

    assert (parsed.value, parsed.level) == (code, "ok" if code else "warning")


@pytest.mark.parametrize(
    ("raw", "category", "class_name", "organisation", "post"),
    [
        ("ученик 10 класса", "pupil", "10", "", ""), ("ученица 9 «Б» класса", "pupil", "9Б", "", ""),
        ("10А", "pupil", "10А", "", ""), ("11 кл.", "pupil", "11", "", ""), ("ученица", "pupil", "", "", ""),
        ("учитель, школа", "teacher", "", "", "учитель"), ("педагог-психолог", "teacher", "", "", "педагог-психолог"),
        ("ООО «Энергоремонт», инженер", "employer", "", "ООО «Энергоремонт»", "инженер"),
        ("студент 2 курса", "student", "", "", ""), ("пенсионер", "other", "", "", ""),
    ],
)  # fmt: skip
def test_places(raw, category, class_name, organisation, post):
    place = mentoring.parse_place(raw).value

    assert (place.category, place.class_name, place.organisation, place.post) == (
        category,
        class_name,
        organisation,
        post,
    )


@pytest.mark.parametrize(
    ("raw", "low", "high"),
    [
        ("10-13", 10, 13), ("11–15 лет", 11, 15), ("любой", None, None), ("с 5 по 8 класс", 11, 15), ("от 12", 12, None),
        ("до 14 лет", None, 14), ("14+", 14, None), ("12", 12, 12), ("7 класс", 13, 14), ("дружные", None, None),
    ],
)  # fmt: skip
def test_wanted_ages(raw, low, high):
    ages = mentoring.parse_wanted_age(raw).value

    assert (ages.low, ages.high, ages.text) == (low, high, raw)


@pytest.mark.parametrize(
    ("raw", "hours", "capacity"),
    [
        ("2 часа в неделю", 2.0, None), ("1 ч/нед.", 1.0, None), ("по субботам 2ч", 2.0, None), ("раз в две недели", None, None),
        ("до 3 чел., 3 часа", 3.0, 3), ("1,5 часа", 1.5, None), ("40 мин в неделю", 0.67, None), ("4 часа в месяц", 1.0, None),
        ("2 часа раз в две недели", 1.0, None), (2, 2.0, None),
    ],
)  # fmt: skip
def test_time_resources(raw, hours, capacity):
    resource = mentoring.parse_time(raw).value

    assert (resource.hours_per_week, resource.capacity) == (hours, capacity)


@pytest.mark.parametrize(
    ("raw", "people", "number", "day"),
    [
        ("Ковалёв Иван Ильич", ["Ковалёв Иван Ильич"], None, None),
        (
            "Ковалёв Иван Ильич\nЛис Анна Петровна",
            ["Ковалёв Иван Ильич", "Лис Анна Петровна"],
            None,
            None,
        ),
        ("1) Ковалёв Иван; 2) Лис Анна", ["Ковалёв Иван", "Лис Анна"], None, None),
        ("Ковалёв И.И. (приказ № 45 от 01.10.2026)", ["Ковалёв И. И."], "45", "2026-10-01"),
        (
            "Ковалёв Иван Ильич, приказ от 1 октября 2026 г. № 45-ОД",
            ["Ковалёв Иван Ильич"],
            "45-ОД",
            "2026-10-01",
        ),
        ("Ковалёв Иван Ильич, учитель физики", ["Ковалёв Иван Ильич"], None, None),
        ("Ковалёв Иван Ильич № 7/1", ["Ковалёв Иван Ильич"], "7/1", None),
    ],
)
def test_people_in_one_cell_and_their_order(raw, people, number, day):
    parsed = mentoring.parse_people(raw, pivot_year=2036)

    order = parsed.value.order
    assert [str(name) for name in parsed.value.names] == people
    assert ((order.number, order.date and order.date.iso) if order else (None, None)) == (
        number,
        day,
    )
    assert parsed.level == "ok"


def test_the_same_request_said_twice_is_kept_once():
    assert (
        values.parse_text("хочет  выступать\nтакже: хочет выступать\nещё: спорт").value
        == "хочет выступать\nспорт"
    )


@pytest.mark.parametrize(
    ("raw", "years", "since"),
    [
        ("5 лет", 5, None),
        (12, 12, None),
        ("2010", None, "2010"),
        ("с 01.09.2015", None, "2015-09-01"),
    ],
)
def test_experience(raw, years, since):
    found = values.parse_experience(raw, pivot_year=2026).value

    assert (found.years, found.since and found.since.iso) == (years, since)


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("+", True),
        ("да", True),
        ("пройдена", True),
        ("нет", False),
        ("-", False),
        ("частично", "частично"),
    ],
)
def test_marks(raw, value):
    assert values.parse_mark(raw).value == value


@pytest.mark.parametrize(
    ("raw", "value"), [("м", "m"), ("Муж.", "m"), ("Ж", "f"), ("девочка", "f"), ("?", None)]
)
def test_genders(raw, value):
    assert values.parse_gender(raw).value == value
