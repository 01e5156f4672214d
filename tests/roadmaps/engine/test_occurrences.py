"""Deadlines laid out over the roadmap's period."""

from datetime import date

import pytest

from nastavnik.roadmaps.engine.deadlines import (
    Deadline,
    Kind,
    Occurrence,
    Period,
    due_after,
    event_words,
    occurrences,
    parse,
)
from nastavnik.roadmaps.engine.deadlines.recurrence import read_offset, read_recurrence
from tests.roadmaps.engine.telling import SCHOOL_2022, TO_2024, YEAR_2021, YEAR_2022

pytestmark = pytest.mark.unit


def dues(text, period=YEAR_2022, **more):
    found = occurrences(parse(text, period), period, **more)
    return " ".join(f"{one.due:%d.%m.%y}" if one.due else "-" for one in found)


def labels(text, period=YEAR_2022):
    return [one.label for one in occurrences(parse(text, period), period)]


@pytest.mark.parametrize(
    ("text", "period", "expected"),
    [
        ("до 15 марта 2022 г.", YEAR_2022, "15.03.22"),
        ("25.06.2021 25.03.2021", YEAR_2021, "25.03.21 25.06.21"),
        ("до 1 июня, до 1 июня", YEAR_2022, "01.06.22"),
        ("май, август 2022 г.", YEAR_2022, "31.05.22 31.08.22"),
        ("март — декабрь 2022 г.", YEAR_2022, "31.12.22"),
        ("ежеквартально", YEAR_2022, "31.03.22 30.06.22 30.09.22 31.12.22"),
        ("ежеквартально декабрь 2021 г.", YEAR_2021, "31.03.21 30.06.21 30.09.21 31.12.21 31.12.21"),
        ("ежемесячно с сентября по ноябрь", YEAR_2022, "30.09.22 31.10.22 30.11.22"),
        ("до 10 числа месяца, следующего за отчётным кварталом", YEAR_2022,
         "10.04.22 10.07.22 10.10.22 10.01.23"),
        ("раз в полгода", YEAR_2022, "30.06.22 31.12.22"),
        ("раз в полгода", SCHOOL_2022, "31.12.22 31.05.23"),
        ("1 раз в четверть", SCHOOL_2022, "31.10.22 31.12.22 31.03.23 31.05.23"),
        ("раз в две четверти", SCHOOL_2022, "31.10.22 31.03.23"),
        ("раз в три месяца", YEAR_2022, "31.03.22 30.06.22 30.09.22 31.12.22"),
        ("ежегодно", TO_2024, "31.12.21 31.12.22 31.12.23 31.12.24"),
        ("ежегодно", SCHOOL_2022, "31.08.23"),
        ("не реже одного раза в календарный год", SCHOOL_2022, "31.12.22 31.08.23"),
        ("раз в учебный год", YEAR_2022, "31.08.22 31.12.22"),
        ("раз в три года", TO_2024, "31.12.21 31.12.24"),
        ("ежегодно, май", TO_2024, "31.05.21 31.05.22 31.05.23 31.05.24"),
        ("до 1 сентября ежегодно", TO_2024, "01.09.21 01.09.22 01.09.23 01.09.24"),
        ("ежегодно, ноябрь-февраль", TO_2024, "28.02.21 28.02.22 28.02.23 29.02.24"),
        ("2 раза в год", YEAR_2022, "31.12.22 31.12.22"),
        ("в течение года", YEAR_2022, "31.12.22"),
        ("весь период", TO_2024, "31.12.21 31.12.22 31.12.23 31.12.24"),
        ("на 2020 – 2022 учебный год", TO_2024, "31.08.21 31.08.22"),
        ("постоянно", TO_2024, "- - - -"),
        ("ежедневно", YEAR_2022, "-"),
        ("ежегодно, на постоянной основе", YEAR_2022, "31.12.22"),
        ("постоянно", None, ""),
        ("ежемесячно", None, ""),
        ("по мере необходимости", YEAR_2022, ""),
        ("согласно графику", YEAR_2022, ""),
        ("", YEAR_2022, ""),
    ],
)  # fmt: skip
def test_due_days_of_a_line(text, period, expected):
    assert dues(text, period) == expected


def test_monthly_on_a_day_has_twelve():
    found = dues("Ежемесячно 25 числа 2021 года", YEAR_2021).split()

    assert found == [f"25.{month:02}.21" for month in range(1, 13)]


def test_a_day_that_a_month_lacks_is_its_last():
    assert dues("31 числа каждого месяца, январь-апрель 2022") == (
        "31.01.22 28.02.22 31.03.22 30.04.22"
    )


def test_the_last_working_day_passes_over_a_weekend():
    assert dues("последний рабочий день месяца, апрель-май 2022") == "29.04.22 31.05.22"


def test_weeks_end_on_sunday_or_on_the_day_said():
    may = Period(date(2022, 5, 4), date(2022, 5, 24))

    assert dues("еженедельно", may) == "08.05.22 15.05.22 22.05.22 24.05.22"
    assert dues("по средам", may) == "04.05.22 11.05.22 18.05.22"
    assert dues("раз в две недели", may) == "15.05.22 24.05.22"


def test_weekdays_by_their_number_in_the_month():
    autumn = Period(date(2022, 9, 1), date(2022, 10, 31))

    assert dues("последняя пятница месяца", autumn) == "30.09.22 28.10.22"
    assert dues("каждый второй вторник месяца", autumn) == "13.09.22 11.10.22"


def test_a_relative_line_waits_for_its_event():
    text = "в течение двух недель с даты определения модели"

    assert dues(text) == "-"
    assert dues(text, events={"model_defined": date(2022, 9, 20)}) == "04.10.22"


@pytest.mark.parametrize(
    ("text", "happened", "due"),
    [
        ("через месяц после утверждения программы", date(2022, 1, 31), date(2022, 2, 28)),
        ("за две недели до встречи", date(2022, 1, 10), date(2021, 12, 27)),
        ("в течение 3 рабочих дней со дня подписания приказа", date(2021, 12, 31), date(2022, 1, 12)),
        ("за 2 рабочих дня до встречи", date(2022, 5, 10), date(2022, 5, 5)),
        ("через 3 года после подписания приказа", date(9999, 1, 1), None),
        ("до 1 июня", date(2022, 1, 1), None),
    ],
)  # fmt: skip
def test_days_after_an_event(text, happened, due):
    (found,) = parse(text, YEAR_2022)

    assert due_after(found, happened) == due


def test_events_are_called_by_their_names():
    assert (event_words("order_signed"), event_words("other: вручения ключей")) == (
        "подписание приказа",
        "вручения ключей",
    )


def test_labels_say_which_time_it_is():
    assert labels("до 15 марта, май, с 1 по 9 июня") == [
        "до 15.03.2022",
        "май 2022 г.",
        "01.06.2022 – 09.06.2022",
    ]
    assert labels("2 раза в квартал, 1 полугодие") == [
        "I квартал 2022 г. (1 из 2)",
        "I квартал 2022 г. (2 из 2)",
        "II квартал 2022 г. (1 из 2)",
        "II квартал 2022 г. (2 из 2)",
    ]
    assert labels("1 раз в четверть", SCHOOL_2022)[2:] == [
        "III четверть 2022/2023 учебного года",
        "IV четверть 2022/2023 учебного года",
    ]
    assert labels("раз в полгода", SCHOOL_2022) == [
        "I полугодие 2022/2023 учебного года",
        "II полугодие 2022/2023 учебного года",
    ]
    assert labels("постоянно", SCHOOL_2022) == ["проверка раз в год: 2022/2023 учебный год"]
    assert labels("ежедневно") == ["ежедневно: 2022 год"]


def test_a_long_life_of_weeks_is_cut():
    life = Period(date(1, 1, 1), date(9999, 12, 31))

    assert len(occurrences(parse("еженедельно", life), life)) == 500


def test_an_occurrence_keeps_its_beginning():
    given = [Deadline(Kind.RANGE, date(2022, 9, 1), date(2022, 9, 15))]

    assert occurrences(given, None) == (
        Occurrence(date(2022, 9, 1), date(2022, 9, 15), 1, "01.09.2022 – 15.09.2022"),
    )


def test_the_end_of_the_calendar_ends_the_list():
    end = Period(date(9999, 12, 20), date(9999, 12, 31))

    assert dues("еженедельно", end).split()[-1] == "31.12.99"
    assert dues("не позднее 25 числа месяца, следующего за отчётным", end) == ""


def test_a_day_outside_the_period_is_not_due():
    assert dues("25 числа каждого месяца", Period(date(2022, 5, 26), date(2022, 7, 1))) == (
        "25.06.22"
    )


@pytest.mark.parametrize("text", ["often", "monthly, sunny", ""])
def test_another_notation_is_refused(text):
    with pytest.raises(ValueError, match="not a"):
        read_recurrence(text)


def test_another_offset_is_refused():
    with pytest.raises(ValueError, match="not an offset"):
        read_offset("event(meeting)+1 moons")
