"""The registries that schools really send, wherever they lie beside the repository."""

import datetime as dt
from pathlib import Path

from nastavnik.people.engine.sheets.reader import read_workbook
from nastavnik.people.engine.sheets.rows import analyse

SAMPLES = Path(__file__).resolve().parents[5] / "shared" / "realdata"
TODAY = dt.date(2026, 11, 22)
EXPECTED = {
    ("registry-mentees-school.xlsx", "mentees"): (25, 23, ["D13", "D16", "B20", "B25", "E29"]),
    ("registry-mentors-school.xlsx", "mentors"): (12, 12, []),
    ("registry-college-cp1251.csv", "mentees"): (30, 30, []),
}
PRESENT = {case: found for case, found in EXPECTED.items() if (SAMPLES / case[0]).exists()}


def outcome(name, kind):
    analysis = analyse(read_workbook(SAMPLES / name), kind, today=TODAY)
    places = [f"{problem.column}{problem.row}" for problem in analysis.problems]
    return len(analysis.records), analysis.ready, places


def test_real_registries_give_their_people_and_their_faults():
    assert {case: outcome(*case) for case in PRESENT} == PRESENT
