"""What is ambiguous or unknown in a deadline is asked about, never guessed."""

from datetime import date

import pytest

from nastavnik.roadmaps.engine.deadlines import Deadline, Kind, Period, parse
from tests.roadmaps.engine.telling import (
    SCHOOL_2022,
    TO_2024,
    YEAR_2021,
    YEAR_2022,
    days,
    questions,
    rules,
    told,
)

pytestmark = pytest.mark.unit


def test_a_list_over_new_year_gives_years_and_asks():
    text = "сентябрь, декабрь, февраль 2023 г."

    assert [start for start, _ in days(text)] == ["2022-09-01", "2022-12-01", "2023-02-01"]
    assert questions(text) == [
        "",
        "Месяцы идут через Новый год. Верно ли распределены годы?",
        "",
    ]


@pytest.mark.parametrize("text", ["в соответствии со сроками", "в установленные сроки"])
def test_bare_terms_of_another_document_ask_which_one(text):
    assert parse(text, YEAR_2022) == (
        Deadline(
            Kind.EXTERNAL,
            source_words=text,
            question="Какой документ устанавливает эти сроки?",
        ),
    )


def test_quarterly_and_december_are_both_kept_and_asked_about():
    assert told("ежеквартально декабрь 2021 г.", YEAR_2021) == [
        ("recurring", "2021-01-01", "2021-12-31", "quarterly"),
        ("month", "2021-12-01", "2021-12-31", None),
    ]
    assert questions("ежеквартально декабрь 2021 г.", YEAR_2021) == [
        (
            "Названы и повторение, и отдельное время. Верно ли: повторять весь год, а декабрь — последний срок?"
        ),
        "",
    ]


def test_yearly_permanent_and_may_is_yearly_in_may_and_asked_about():
    text = "Ежегодно, на постоянной основе май"

    assert rules(text, TO_2024) == [("recurring", "yearly, month 5"), ("permanent", None)]
    assert questions(text, TO_2024) == [
        "В одной ячейке названы и «ежегодно», и «постоянно», и месяц. Верно ли: каждый год, май?",
        "",
    ]


def test_yearly_and_permanent_agree():
    text = "Ежегодно, на постоянной основе"

    assert (rules(text, TO_2024), questions(text, TO_2024)) == (
        [("recurring", "yearly"), ("permanent", None)],
        ["", ""],
    )


@pytest.mark.parametrize(
    ("text", "period", "found", "question"),
    [
        (
            "май",
            None,
            (None, None),
            "Год не указан ни в сроке, ни в названии дорожной карты. Какой это год?",
        ),
        (
            "май",
            TO_2024,
            (None, None),
            ("В периоде дорожной карты такое время бывает несколько раз: 2021, 2022, 2023, 2024. Какой это год?"),
        ),
        (
            "до 1 июня",
            Period(date(2022, 9, 1), date(2023, 5, 31), academic=True),
            (None, None),
            "Этого времени нет в периоде дорожной карты. Какой это год?",
        ),
        (
            "ноябрь–февраль",
            YEAR_2022,
            (None, None),
            "В периоде дорожной карты такое время бывает несколько раз: 2022, 2023. Какой это год?",
        ),
        (
            "01.09.22",
            None,
            (None, "2022-09-01"),
            "Год записан двумя цифрами. Верно ли, что это 2022 год?",
        ),
        (
            "15 марта 22 г.",
            None,
            (None, "2022-03-15"),
            "Год записан двумя цифрами. Верно ли, что это 2022 год?",
        ),
        (
            "31 февраля 2022",
            None,
            (None, None),
            "Такого дня в календаре нет. Какая дата имелась в виду?",
        ),
        (
            "с 15 по 10 марта 2022",
            None,
            (None, None),
            "Конец раньше начала. Какие даты имелись в виду?",
        ),
        (
            "до 2024 года",
            None,
            (None, "2024-12-31"),
            "«До 2024 года» понимают по-разному. Верно ли, что срок — весь 2024 год включительно?",
        ),
        (
            "до сентября 2022",
            None,
            (None, "2022-08-31"),
            "Срок истекает до начала этого месяца или месяц входит в срок?",
        ),
        (
            "2022-2023",
            None,
            ("2022-01-01", "2023-12-31"),
            "Это календарные годы или учебный год?",
        ),
        (
            "в течение I четверти",
            SCHOOL_2022,
            ("2022-09-01", "2022-10-31"),
            "Даты четвертей устанавливает учреждение. Верно ли: с 01.09.2022 по 31.10.2022?",
        ),
        (
            "весенние каникулы 2023 года",
            None,
            ("2023-03-24", "2023-04-01"),
            "Даты каникул устанавливает учреждение. Верно ли: с 24.03.2023 по 01.04.2023?",
        ),
        (
            "каникулы",
            SCHOOL_2022,
            (None, None),
            "Какие это каникулы и на какие даты они приходятся?",
        ),
        (
            "начало сентября",
            YEAR_2022,
            ("2022-09-01", "2022-09-10"),
            "Срок назван приблизительно. Верно ли: с 01.09.2022 по 10.09.2022?",
        ),
        (
            "до конца учебного года",
            SCHOOL_2022,
            (None, "2023-05-31"),
            "День окончания учебного года задаёт учебный план. Верно ли: по 31.05.2023?",
        ),
        (
            "до конца года",
            SCHOOL_2022,
            (None, None),
            "Имеется в виду конец календарного или учебного года?",
        ),
        ("до конца года", TO_2024, (None, None), "Дорожная карта рассчитана на несколько лет. О каком годе речь?"),
        ("в течение учебного года", YEAR_2022, (None, None), "Какой это учебный год?"),
        ("до 25 числа", YEAR_2022, (None, None), "Это число какого месяца — или каждого?"),
        ("в течение месяца", YEAR_2022, (None, None), "С какого дня отсчитывать этот срок?"),
        (
            "с сентября 2022 г.",
            None,
            ("2022-09-01", None),
            "Указано только начало. До какого дня срок?",
        ),
        (
            "весь период",
            None,
            (None, None),
            "Период дорожной карты неизвестен. На какие даты рассчитан срок?",
        ),
        (
            "1 полугодие 2022 года",
            SCHOOL_2022,
            ("2022-01-01", "2022-06-30"),
            ("Это полугодие календарного или учебного года? Сейчас взято: с 01.01.2022 по 30.06.2022."),
        ),
        (
            "когда получится",
            YEAR_2022,
            (None, None),
            "Не удалось понять: «когда получится». Какой это срок?",
        ),
        ("  ", YEAR_2022, (None, None), "Срок не указан. Так и должно быть?"),
    ],
)  # fmt: skip
def test_what_is_ambiguous_asks(text, period, found, question):
    assert (days(text, period), questions(text, period)) == ([found], [question])


def test_a_year_lent_by_a_neighbour_outside_the_period_is_asked_about():
    text = "март-апрель, сентябрь-октябрь 2022 г."

    assert questions(text, SCHOOL_2022) == [
        (
            "Год взят у соседнего срока, но в период дорожной карты это время не входит. Верно ли: с 01.03.2022 по 30.04.2022?"
        ),
        "",
    ]


def test_unknown_words_are_kept_beside_what_was_understood():
    found = parse("до 15 марта 2022 г., отчёт Иванов", YEAR_2022)

    assert [(deadline.kind, deadline.source_words) for deadline in found] == [
        (Kind.DUE, "до 15 марта 2022 г."),
        (Kind.UNKNOWN, "отчёт Иванов"),
    ]


def test_the_rest_of_an_endless_cell_is_named_unknown():
    found = parse("до 1 июня " + " " * 2000 + "хвост", YEAR_2022)

    assert [(deadline.kind, deadline.source_words) for deadline in found] == [
        (Kind.DUE, "до 1 июня"),
        (Kind.UNKNOWN, "хвост"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "ДО администрации города",
        "Соглашения с организациями-партнёрами",
        "от участников программы",
        "г.о.г. Приозёрск",
        "до 35 числа",
    ],
)
def test_words_that_only_look_like_time_are_unknown(text):
    assert parse(text, YEAR_2022) == (
        Deadline(
            Kind.UNKNOWN,
            source_words=text,
            question=f"Не удалось понять: «{text}». Какой это срок?",
        ),
    )


@pytest.mark.parametrize(
    ("text", "found", "question"),
    [
        (
            "1 раз в месяц по средам",
            ("recurring", None, None, "monthly, wednesday"),
            "Какой по счёту день недели в месяце? Пока взят последний.",
        ),
        (
            "середина октября",
            ("range", "2022-10-11", "2022-10-20", None),
            "Срок назван приблизительно. Верно ли: с 11.10.2022 по 20.10.2022?",
        ),
        ("в середине года", ("range", None, None, None), "«Середина» — это какие даты?"),
        (
            "в начале 2 квартала",
            ("range", "2022-04-01", "2022-04-30", None),
            "Срок назван приблизительно. Верно ли: с 01.04.2022 по 30.04.2022?",
        ),
        (
            "последняя неделя мая",
            ("range", "2022-05-25", "2022-05-31", None),
            "Срок назван приблизительно. Верно ли: с 25.05.2022 по 31.05.2022?",
        ),
        (
            "к концу 2022/2023 учебного года",
            ("due", None, "2023-05-31", None),
            "День окончания учебного года задаёт учебный план. Верно ли: по 31.05.2023?",
        ),
        (
            "01.13.2022",
            ("due", None, None, None),
            "Такого дня в календаре нет. Какая дата имелась в виду?",
        ),
        (
            "зимой 2022 года",
            ("month-range", "2022-12-01", "2023-02-28", None),
            "Зима начинается в одном году и кончается в другом. Верно ли: с 01.12.2022 по 28.02.2023?",
        ),
        (
            "до 2024-2021 годов",
            ("due", None, "2021-12-31", None),
            "«До 2021 года» понимают по-разному. Верно ли, что срок — весь 2021 год включительно?",
        ),
    ],
)
def test_a_usual_reading_stands_beside_its_question(text, found, question):
    assert (told(text), questions(text)) == ([found], [question])


def test_a_repetition_until_a_date_is_asked_about():
    text = "ежемесячно до 15 декабря 2022 г."

    assert told(text) == [
        ("recurring", "2022-01-01", "2022-12-31", "monthly"),
        ("due", None, "2022-12-15", None),
    ]
    assert questions(text)[0] == (
        "Названы и повторение, и дата. Верно ли, что повторять нужно до этой даты?"
    )


def test_a_month_of_several_years_is_asked_about():
    text = "март 2021-2024 гг."

    assert told(text, TO_2024) == [
        ("month", None, None, None),
        ("period", "2021-01-01", "2024-12-31", None),
    ]
    assert questions(text, TO_2024)[0].startswith("В периоде дорожной карты такое время бывает")


@pytest.mark.parametrize("text", ["с 1 сентября", "в течение учебного года"])
def test_without_any_year_nothing_is_dated(text):
    assert [(one.start, one.end) for one in parse(text, None)] == [(None, None)]


def test_a_day_of_the_month_does_not_fit_a_week():
    assert rules("еженедельно, до 25 числа") == [("recurring", "weekly"), ("due", None)]


@pytest.mark.parametrize(
    "text",
    ["1 раз в 20 месяцев", "последний день", "третья среда", "0 дней", "в среду", "из ряда вон"],
)
def test_half_said_repetitions_are_unknown(text):
    assert [one.kind for one in parse(text, YEAR_2022)] == [Kind.UNKNOWN]
