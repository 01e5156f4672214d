"""The curve of those served at each cut-off: numbers found by hand."""

import pytest

from nastavnik.pairs.queries.curve import curve_of, usual_cut_off

pytestmark = pytest.mark.unit


def test_curve_tells_share_and_table() -> None:
    curve = curve_of([80, 60, 60, 30], 5, 60)
    assert curve.sentence == "При пороге 60 наставника получат 3 из 5\xa0запросов: 60\xa0%."
    assert curve.rows[6] == (60, 3, "60\xa0%")
    assert curve.rows[7] == (70, 1, "20\xa0%")
    assert curve.rows[10] == (100, 0, "0\xa0%")
    assert (curve.x, curve.y) == (156.0, 54.0)


def test_nobody_asked_has_no_curve() -> None:
    assert curve_of([], 0, 60) is None


@pytest.mark.parametrize(
    ("fits", "expected"),
    [([], 60), ([80, 70, 20], 60), ([56, 48, 47, 30], 40), ([9, 8], 0), ([60, 10], 60)],
)
def test_usual_cut_off_keeps_half(fits, expected) -> None:
    assert usual_cut_off(fits) == expected
