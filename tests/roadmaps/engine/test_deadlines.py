"""Deadlines of real roadmaps, phrase by phrase."""

from datetime import date

import pytest

from nastavnik.roadmaps.engine.deadlines import Deadline, Kind, Period, parse

pytestmark = pytest.mark.unit

YEAR_2022 = Period(date(2022, 1, 1), date(2022, 12, 31))


def told(text, period=YEAR_2022):
    """Kind, first day, last day and repetition of each deadline; days as ISO text."""
    return [
        (
            deadline.kind.value,
            deadline.start and deadline.start.isoformat(),
            deadline.end and deadline.end.isoformat(),
            deadline.recurrence,
        )
        for deadline in parse(text, period)
    ]


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("до 15 марта 2022 г.", "2022-03-15"),
        ("до 24.04.2022 г.", "2022-04-24"),
        ("до 19.02.2021г.", "2021-02-19"),
        ("до 30.12.2021", "2021-12-30"),
        ("до 05.03.2021г.", "2021-03-05"),
        ("не позднее 30.06.2021г.", "2021-06-30"),
        ("не позднее 30.10.2021г", "2021-10-30"),
        ("12 января2022 г.", "2022-01-12"),
        ("«23 » августа 2021 г.", "2021-08-23"),
        ("руководители / не позднее 30.09.2021г.", "2021-09-30"),
    ],
)
def test_a_date_is_due_that_day_inclusive(text, end):
    assert told(text) == [("due", None, end, None)]


def test_an_empty_cell_asks():
    assert parse("  ", None) == (
        Deadline(Kind.EMPTY, question="Срок не указан. Так и должно быть?"),
    )
