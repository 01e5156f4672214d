import datetime as dt

import pytest

from nastavnik.shared.typography import NBSP, counted, date_words, initials, nbsp_initials, plural


@pytest.mark.unit
@pytest.mark.parametrize(
    ("number", "word"),
    [
        (0, "пар"),
        (1, "пара"),
        (2, "пары"),
        (5, "пар"),
        (11, "пар"),
        (14, "пар"),
        (21, "пара"),
        (112, "пар"),
        (124, "пары"),
    ],
)
def test_plural_number_form(number, word):
    assert plural(number, "пара", "пары", "пар") == word


@pytest.mark.unit
def test_counted_keeps_number_and_noun_together():
    assert counted(3, "пара", "пары", "пар") == f"3{NBSP}пары"


@pytest.mark.unit
@pytest.mark.parametrize(
    ("day", "words"),
    [
        (dt.date(2026, 10, 24), f"24{NBSP}октября"),
        (dt.date(2025, 5, 1), f"1{NBSP}мая 2025{NBSP}г."),
        (dt.datetime(2026, 1, 31, 22, 30, tzinfo=dt.UTC), f"1{NBSP}февраля"),
        (None, ""),
    ],
)
def test_date_words_of_a_day(day, words):
    assert date_words(day, today=dt.date(2026, 11, 22)) == words


@pytest.mark.unit
@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("Белова Н. А.", f"Белова{NBSP}Н.{NBSP}А."),
        ("Н.А. Белова", f"Н.{NBSP}А.{NBSP}Белова"),
        ("приказ № 48", f"приказ №{NBSP}48"),
        ("без сокращений", "без сокращений"),
    ],
)
def test_nbsp_initials_joins(text, joined):
    assert nbsp_initials(text) == joined


@pytest.mark.unit
def test_initials_of_a_name():
    assert initials("Образцова Вера Ивановна") == "ОВ"
