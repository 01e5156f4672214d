"""The registries that schools really send, when they lie beside the repository."""

import datetime as dt
from pathlib import Path

import pytest

from nastavnik.people.engine.sheets.reader import read_workbook
from nastavnik.people.engine.sheets.rows import analyse

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "realdata"
TODAY = dt.date(2026, 11, 22)
EXPECTED = [
    ("registry-mentees-school.xlsx", "mentees", 25, 23, ["D13", "D16", "B20", "B25", "E29"]),
    ("registry-mentors-school.xlsx", "mentors", 12, 12, []),
    ("registry-college-cp1251.csv", "mentees", 30, 30, []),
]
PRESENT = [case for case in EXPECTED if (SAMPLES / case[0]).exists()]


@pytest.mark.parametrize(("name", "kind", "rows", "ready", "places"), PRESENT)
def test_a_real_registry_gives_its_people_and_its_faults(name, kind, rows, ready, places):
    analysis = analyse(read_workbook(SAMPLES / name), kind, today=TODAY)

    found = [f"{problem.column}{problem.row}" for problem in analysis.problems]
    assert (len(analysis.records), analysis.ready, found) == (rows, ready, places)
