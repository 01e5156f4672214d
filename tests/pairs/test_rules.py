"""Plain rules of pairs: terms, kinds, relief, structure."""

from datetime import date

import pytest

from nastavnik.pairs.kinds import kind_rules
from nastavnik.pairs.rules import add_months, earliest_relief, kind_faults, term_faults

pytestmark = pytest.mark.unit

TRADITIONAL = kind_rules(["traditional"])


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 11, 30), 12, date(2027, 11, 30)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 9, 30), 5, date(2027, 2, 28)),
    ],
)
def test_add_months_keeps_the_day_or_takes_the_last(day, months, expected) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        (date(2026, 10, 5), date(2026, 10, 9)),  # Monday → Tue, Wed, Thu → Friday
        (date(2026, 10, 8), date(2026, 10, 14)),  # Thursday → Fri, Mon, Tue → Wednesday
        (date(2026, 10, 10), date(2026, 10, 15)),  # Saturday
    ],
)
def test_relief_takes_three_working_days(stated, expected) -> None:
    assert earliest_relief(stated) == expected


def test_relief_counts_holidays_out() -> None:
    holidays = frozenset({date(2026, 11, 4)})
    assert earliest_relief(date(2026, 11, 2), holidays) == date(2026, 11, 7)


@pytest.mark.parametrize(
    ("starts", "ends", "faults"),
    [
        (date(2026, 10, 15), date(2027, 1, 14), 0),
        (date(2026, 10, 15), date(2027, 1, 13), 1),
        (date(2026, 10, 15), date(2027, 10, 15), 0),
        (date(2026, 10, 15), date(2027, 10, 16), 1),
        (date(2026, 10, 15), date(2026, 10, 15), 1),
        (None, date(2027, 5, 31), 1),
    ],
)
def test_term_is_three_to_twelve_months(starts, ends, faults) -> None:
    assert len(term_faults(TRADITIONAL, starts, ends)) == faults


def test_single_meeting_has_no_term() -> None:
    assert term_faults(kind_rules(["speed"]), None, None) == []


@pytest.mark.parametrize(
    ("kinds", "mentees", "faults"),
    [
        (["traditional"], 1, 0),
        (["traditional"], 2, 1),
        (["group"], 1, 1),
        (["group"], 2, 0),
        (["group", "virtual"], 5, 0),
        (["reverse"], 2, 1),
    ],
)
def test_kinds_bound_the_number_of_mentees(kinds, mentees, faults) -> None:
    assert len(kind_faults(kind_rules(kinds), mentees)) == faults
