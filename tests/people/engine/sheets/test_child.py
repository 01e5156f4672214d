"""The parsing process from inside; from outside it is seen in the tests of the reader."""

import datetime as dt

import pytest

from nastavnik.files.refusals import FileRefused
from nastavnik.people.engine.sheets import child, reader

from .builders import xlsx


def test_every_distinct_value_is_packed_once():
    header, cells = child.pack(xlsx([["да", 7], ["да", dt.date(2026, 9, 15)], [None, 7.5]]))

    assert header["values"] == [None, "да", 7, {"d": "2026-09-15"}, 7.5]
    assert list(cells) == [1, 2, 1, 3, 0, 4]


def test_more_columns_than_a_registry_has_are_too_many():
    with pytest.raises(FileRefused) as refused:
        child.pack(xlsx([["x"] * 300]))

    assert refused.value.code == "too_many_cells"


@pytest.mark.parametrize(
    ("value", "expected"),
    [(" ", None), (2009.0, 2009), (7.5, 7.5), (1e300, "1e+300"), (dt.time(8, 30), "08:30:00")],
)
def test_values_are_made_portable(value, expected):
    assert child._portable(value) == expected


def test_a_reading_that_never_ends_is_stopped(monkeypatch):
    monkeypatch.setattr(reader, "WALL_SECONDS", 0.001)

    with pytest.raises(FileRefused) as refused:
        reader.read_workbook(xlsx([["ФИО"], ["Лис Пётр Ильич"]]))

    assert refused.value.code == "timeout"
