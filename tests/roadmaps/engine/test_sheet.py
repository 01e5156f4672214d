"""A roadmap as a sheet: heading, period, parts."""

from datetime import date

import pytest

from nastavnik.roadmaps.engine.sheet import Row, heading, is_own_body, parts, period_words

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Дорожная карта внедрения целевой модели", "внедрения целевой модели"),
        ("Дорожная карта внедрения модели на 2022 год", "внедрения модели"),
        ("ДОРОЖНАЯ КАРТА реализации модели на 2026/27 учебный год", "реализации модели"),
        ("План мероприятий (дорожная карта) реализации модели", "реализации модели"),
        ("Дорожная карта", ""),
        ("План работы школы", "«План работы школы»"),
    ],
)
def test_heading_goes_on_after_the_words_roadmap(title, words) -> None:
    assert heading(title) == words


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "academic", "words"),
    [
        (date(2026, 9, 1), date(2027, 8, 31), True, "2026/27 учебный год"),
        (date(2026, 9, 1), date(2027, 5, 31), True, "2026/27 учебный год"),
        (date(2026, 8, 1), date(2027, 8, 31), True, "2026/27 учебный год"),
        (date(2027, 1, 10), date(2027, 5, 31), True, "2026/27 учебный год"),
        (date(2026, 9, 1), date(2029, 8, 31), True, "2026/27 – 2028/29 учебные годы"),
        (date(2026, 1, 1), date(2026, 12, 31), False, "2026 год"),
        (date(2026, 1, 1), date(2028, 12, 31), False, "2026–2028 годы"),
        (date(2026, 9, 1), date(2028, 5, 31), False, "период с 01.09.2026 по 31.05.2028"),
    ],
)
def test_period_is_told_as_people_tell_it(starts_on, ends_on, academic, words) -> None:
    assert period_words(starts_on, ends_on, academic=academic) == words


def test_lines_stand_under_sections_and_headings() -> None:
    rows = [
        Row("1", "А", section="Первый"),
        Row("2", "Б", section="Первый"),
        Row("3.", "Раздел", is_group=True),
        Row("3.1", "В", section="Раздел"),
        Row("4", "Пустой раздел", is_group=True),
        Row("5", "Другой", is_group=True),
        Row("5.1", "Г", section="5. Другой"),
        Row("5.2", "Д", section="5. Другой"),
    ]

    assert [(part.title, [row.number for row in part.rows]) for part in parts(rows)] == [
        ("Первый", ["1", "2"]),
        ("3. Раздел", ["3.1"]),
        ("4. Пустой раздел", []),
        ("5. Другой", ["5.1", "5.2"]),
    ]


def test_lines_without_sections_are_one_part() -> None:
    assert [part.title for part in parts([Row("1", "А"), Row("2", "Б")])] == [""]


@pytest.mark.parametrize(
    ("name", "own"),
    [("Педагогический совет", True), ("Управляющий совет", True), ("Экспертный совет", False)],
)
def test_a_council_of_the_institution_accepts(name, own) -> None:
    assert is_own_body(name) is own
