"""Names: reading, gender, all six cases against the table `names.tsv` (invented people)."""

import csv
import time
from pathlib import Path

import pytest

from nastavnik.documents.engine.grammar import (
    Case,
    Gender,
    GenderUnknown,
    NameEmpty,
    PersonName,
    decline_name,
    guess_gender,
    initials_first,
    initials_last,
    parse_name,
    with_override,
)

pytestmark = pytest.mark.unit

with (Path(__file__).parent / "names.tsv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table, delimiter="\t"))
BY_PATRONYMIC = [row for row in ROWS if parse_name(row["name"]).patronymic.rstrip("В.")]


@pytest.mark.parametrize("row", ROWS, ids=[row["name"] for row in ROWS])
def test_decline_name_gives_the_forms_of_the_table(row):
    forms = decline_name(parse_name(row["name"]), Gender(row["gender"]))

    assert forms == {
        Case.NOMINATIVE: row["name"],
        **{case: row[case] for case in Case if case is not Case.NOMINATIVE},
    }


@pytest.mark.parametrize("row", BY_PATRONYMIC, ids=[row["name"] for row in BY_PATRONYMIC])
def test_guess_gender_with_patronymic_is_always_right(row):
    assert guess_gender(parse_name(row["name"])) == row["gender"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ким Саша", None),
        ("Шевченко Женя", None),
        ("Шевченко М.П.", None),
        ("Ли Вэй", None),
        ("Старшина Саша", None),
        ("Рощин Мария", None),
        ("Шевченко Мария", Gender.FEMALE),
        ("Рощин Саша", Gender.MALE),
        ("Лескова Женя", Gender.FEMALE),
        ("Белых Валентин", Gender.MALE),
        ("Дюма Никита", Gender.MALE),
        ("Лескова М.П.", Gender.FEMALE),
        ("Лев", None),
    ],
)
def test_guess_gender_without_patronymic_asks_when_in_doubt(text, expected):
    assert guess_gender(parse_name(text)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Иванова Мария Петровна", PersonName("Иванова", "Мария", "Петровна")),
        ("ИВАНОВА  МАРИЯ   ПЕТРОВНА", PersonName("Иванова", "Мария", "Петровна")),
        ("иванова мария петровна", PersonName("Иванова", "Мария", "Петровна")),
        ("ЛЕСНОЙ-РОЩИН ИЛЬЯ", PersonName("Лесной-Рощин", "Илья")),
        ("Мария Петровна Иванова", PersonName("Иванова", "Мария", "Петровна")),
        ("Анна-Мария Иванова", PersonName("Иванова", "Анна-Мария")),
        ("Лев Рощин", PersonName("Рощин", "Лев")),
        ("Ирина Рощина", PersonName("Рощина", "Ирина")),
        ("Иванов Лев", PersonName("Иванов", "Лев")),
        ("Иванова М. П.", PersonName("Иванова", "М.", "П.")),
        ("М.П. Иванова", PersonName("Иванова", "М.", "П.")),
        ("АЛИЕВ РАШИД МАМЕД ОГЛЫ", PersonName("Алиев", "Рашид", "Мамед оглы")),
        ("де Лирак Шарль", PersonName("де Лирак", "Шарль")),
        ("Иванова (Лескова) Мария", PersonName("Иванова (Лескова)", "Мария")),
        ("Иванова Мария Анна Петровна", PersonName("Иванова", "Мария Анна", "Петровна")),
        ("О'ЛИРИ НИЛ", PersonName("О'Лири", "Нил")),
        ("Иванова", PersonName("Иванова", "")),
    ],
)
def test_parse_name_reads_the_usual_ways_of_writing(text, expected):
    assert parse_name(text) == expected


@pytest.mark.parametrize("text", ["", "  ", "— 5"])
def test_parse_name_without_letters_raises(text):
    with pytest.raises(NameEmpty):
        parse_name(text)


def test_decline_name_with_unknown_gender_raises():
    with pytest.raises(GenderUnknown) as refusal:
        decline_name(PersonName("Ким", "Саша"), None)

    assert str(refusal.value) == "По имени «Ким Саша» нельзя определить пол. Укажите пол."


def test_initials_stand_before_or_after_the_surname():
    name = PersonName("Лескова", "Мария", "Петровна")

    assert initials_first(name) == "М.П. Лескова"
    assert initials_last(name) == "Лескова М.П."


def test_initials_with_declined_surname():
    name = PersonName("Лесков", "Иван", "Ильич")

    written = initials_last(name, gender=Gender.MALE, case=Case.INSTRUMENTAL)

    assert written == "Лесковым И.И."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (PersonName("Лескова", "Анна-Мария"), "А.-М. Лескова"),
        (PersonName("Алиева", "Лейла", "Рашид-кызы"), "Л.Р. Алиева"),
        (PersonName("Лескова", "М.", "П."), "М.П. Лескова"),
        (PersonName("Лескова", ""), "Лескова"),
    ],
)
def test_initials_of_unusual_names(name, expected):
    assert initials_first(name) == expected


def test_override_replaces_only_the_given_cases():
    forms = decline_name(parse_name("Соловей Илья"), Gender.MALE)

    mended = with_override(forms, {"genitive": " Соловея Ильи ", "dative": ""})

    assert mended == forms | {Case.GENITIVE: "Соловея Ильи"}


def test_override_of_unknown_case_raises():
    with pytest.raises(ValueError, match="vocative"):
        with_override({}, {"vocative": "Илья"})


def test_thousand_names_take_less_than_a_second():
    names = [f"{row['name']} {index}" for index in range(18) for row in ROWS][:1000]
    started = time.process_time()

    for text in names:
        name = parse_name(text)
        decline_name(name, guess_gender(name) or Gender.FEMALE)

    assert time.process_time() - started < 1.0
