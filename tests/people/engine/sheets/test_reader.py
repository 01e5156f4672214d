"""Honest files: the same table from every format, encoding and delimiter."""

import datetime as dt

import pytest

from nastavnik.people.engine.sheets.reader import read_workbook

from .builders import TABLE, csv_text, ods, xls, xlsx

NAMES = [row[1] for row in TABLE]


def names(data):
    return [row[1] for row in read_workbook(data, "r").sheets[0].rows]


@pytest.mark.parametrize("make", [xlsx, xls, ods])
def test_every_workbook_format_gives_the_same_names(make):
    assert names(make(TABLE)) == NAMES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_text_in_any_encoding_and_with_any_delimiter_gives_the_same_names(encoding, delimiter):
    assert names(csv_text(TABLE, delimiter).encode(encoding, "replace")) == NAMES


def test_utf_16_without_a_mark_is_recognised():
    assert names(csv_text(TABLE).encode("utf-16-le")) == NAMES


def test_a_separator_line_is_obeyed_and_keeps_the_row_numbers():
    sheet = read_workbook(b"sep=|\nA|B\n1|2\n", "r.csv").sheets[0]

    assert (sheet.rows, sheet.row_number(0)) == ([["A", "B"], ["1", "2"]], 2)


def test_a_quoted_cell_may_hold_delimiters_and_lines():
    sheet = read_workbook('ФИО;Запрос\nВетрова Анна;"учёба;\nдрузья"\n'.encode(), "r.csv").sheets[0]

    assert sheet.rows[1] == ["Ветрова Анна", "учёба;\nдрузья"]


def test_a_quote_that_never_closes_does_not_swallow_people():
    text = (
        'ФИО;Класс;Запрос\nВетрова Анна;5А;"учёба\nГордеев Пётр;7А;друзья\nДёмина Рита;8Б;спорт\n'
    )

    rows = read_workbook(text.encode(), "r.csv").sheets[0].rows

    assert [row[0] for row in rows] == ["ФИО", "Ветрова Анна", "Гордеев Пётр", "Дёмина Рита"]


def test_dates_numbers_and_yes_come_as_values():
    rows = (
        read_workbook(xlsx([["д", 7, 7.5, dt.date(2026, 9, 15), True, 1, 0, False, " "]]), "r")
        .sheets[0]
        .rows
    )

    assert rows == [["д", 7, 7.5, dt.date(2026, 9, 15), "да", 1, 0, "нет", None]]


def test_a_value_merged_down_belongs_to_every_row():
    rows = [["ФИО", "Класс"], ["Ветрова Анна", "5А"], ["Гордеев Пётр", None], ["Дёмина Рита", "6Б"]]

    sheet = read_workbook(xlsx(rows, merges=["B2:B3"]), "r").sheets[0]

    assert [row[1] for row in sheet.rows] == ["Класс", "5А", "5А", "6Б"]


def test_row_numbers_are_those_of_the_file():
    sheet = read_workbook(xlsx([[], [], [], ["ФИО"], ["Ветрова Анна"]]), "r").sheets[0]

    assert [sheet.row_number(i) for i, row in enumerate(sheet.rows) if row[0]] == [4, 5]
