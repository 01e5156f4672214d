"""The period and the goal in a roadmap's title."""

from datetime import date

import pytest

from nastavnik.roadmaps.engine.deadlines import Deadline, Kind, Period, goal_of, period_of

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("text", "start", "end", "academic"),
    [
        ("Дорожная карта внедрения целевой модели на 2022 год", "2022-01-01", "2022-12-31", False),
        ("ДОРОЖНАЯ КАРТА на 2021 год.", "2021-01-01", "2021-12-31", False),
        ("(сентябрь 2022 г. - май 2024 г.)", "2022-09-01", "2024-05-31", True),
        ("на 2020 – 2024 учебный год", "2020-09-01", "2024-08-31", True),
        ("план на 2022-2023 учебный год", "2022-09-01", "2023-08-31", True),
        ("в 2023-2024 годах", "2023-01-01", "2024-12-31", False),
        ("с 2021 по 2024 годы", "2021-01-01", "2024-12-31", False),
        ("с 1 сентября 2022 г. по 31 мая 2023 г.", "2022-09-01", "2023-05-31", True),
        ("утв. распоряжением от 25 декабря 2019 года, на 2021 год", "2021-01-01", "2021-12-31", False),
        ("введение в 2019 году стандарта, карта на 2022 год", "2022-01-01", "2022-12-31", False),
        ("2022", "2022-01-01", "2022-12-31", False),
        ("2021-2024", "2021-01-01", "2024-12-31", False),
        ("2022/2023", "2022-09-01", "2023-08-31", True),
        ("на 2026/27 – 2027/28 учебные годы", "2026-09-01", "2028-08-31", True),
    ],
)  # fmt: skip
def test_the_period_of_a_title(text, start, end, academic):
    assert period_of(text) == Period(date.fromisoformat(start), date.fromisoformat(end), academic)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Дорожная карта",
        "приказ от 25.12.2019 г. № Р-145",
        "целевые показатели на период до 2024 года",
        "10 % к концу 2020 года",
        "2024-2021",
        "«__» _______ 2021 г. № 5",
        "Наставничество в образовании: сборник. – Казань, 2019",
        "май",
    ],
)
def test_a_title_without_a_period_has_none(text):
    assert period_of(text) is None


def test_a_goal_at_the_end_of_a_year():
    assert goal_of("охватить 10 % обучающихся к концу 2020 года") == Deadline(
        Kind.DUE, end=date(2020, 12, 31), source_words="к концу 2020 года"
    )


def test_a_goal_until_a_year_asks():
    assert goal_of("Показатели на период до 2024 года") == Deadline(
        Kind.DUE,
        end=date(2024, 12, 31),
        source_words="на период до 2024 года",
        question="«До 2024 года» понимают по-разному. "
        "Верно ли, что срок — весь 2024 год включительно?",
    )


@pytest.mark.parametrize("text", ["", "на 2022 год", "с 1 сентября 2022 г. по 31 мая 2023 г."])
def test_a_title_without_a_goal_has_none(text):
    assert goal_of(text) is None


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="ends before"):
        Period(date(2022, 1, 2), date(2022, 1, 1))
