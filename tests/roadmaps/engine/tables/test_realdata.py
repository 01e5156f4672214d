"""Roadmaps as they exist in Word: lines and deadlines as a person reads them."""

import csv
from pathlib import Path

import pytest

from nastavnik.roadmaps.engine.tables import read_source, recognise

from .accounting import lost_words

ROOT = Path(__file__).resolve().parents[4]
SAMPLES = ROOT.parent / "shared" / "realdata"
EXPECTED = ROOT / "tests" / "fixtures" / "roadmaps"
NAMES = ["dzerzhinsk-2021", "kirov-college-2021", "spb-kindergarten-2022", "ust-ilimsk-2021"]

pytestmark = pytest.mark.realdata


def recognised(name):
    path = SAMPLES / f"{name}.docx"
    return recognise(read_source(path.name, path.read_bytes()))


def expected(name):
    with (EXPECTED / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        return [
            (r["number"], r["kind"], r["section"], int(r["parties"]), r["deadlines"])
            for r in csv.DictReader(file, delimiter="\t")
        ]


def written(deadline):
    days = [day.isoformat() if day else "-" for day in (deadline.start, deadline.end)]
    repeated = deadline.recurrence if deadline.kind not in {"external", "permanent"} else None
    return " ".join([deadline.kind.value, *days, *([repeated] if repeated else [])])


def summary(item):
    return (
        item.number,
        "group" if item.is_group else "task",
        item.section.split(" ")[0],
        len(item.responsible),
        "; ".join(written(deadline) for deadline in item.deadlines),
    )


@pytest.mark.parametrize("name", NAMES)
def test_every_line_and_every_deadline_is_read_as_a_person_reads_them(name):
    assert [summary(item) for item in recognised(name).items] == expected(name)


@pytest.mark.parametrize("name", NAMES)
def test_no_word_of_the_document_is_lost(name):
    path = SAMPLES / f"{name}.docx"
    source = read_source(path.name, path.read_bytes())

    assert lost_words(source, recognise(source)) == []


def test_titles_and_periods_come_from_the_lines_above_the_table():
    found = {name: recognised(name) for name in NAMES}

    assert {
        name: (r.title.split(" ")[0], r.period and r.period.start.year) for name, r in found.items()
    } == {
        "dzerzhinsk-2021": ("План", 2021),
        "kirov-college-2021": ("Дорожная", None),
        "spb-kindergarten-2022": ("ПРИМЕРНАЯ", None),
        "ust-ilimsk-2021": ("Раздел", None),
    }


def test_targets_of_the_header_and_of_the_indicators_are_offered():
    college, town = recognised("kirov-college-2021"), recognised("ust-ilimsk-2021")

    assert [(g.value, g.due and g.due.isoformat()) for g in college.goals] == [
        ("не менее 10%", "2020-12-31"),
        ("не менее 70%", "2024-12-31"),
    ]
    assert [(g.value, g.due.year) for g in town.goals[:4]] == [
        ("10,0", 2021),
        ("70,0", 2024),
        ("2,0", 2021),
        ("10,0", 2024),
    ]
    assert len(town.goals) == 16


def test_doubts_are_named():
    assert {
        name: sorted({problem.code for problem in recognised(name).problems}) for name in NAMES
    } == {
        "dzerzhinsk-2021": ["deadline_question", "markup", "mixed_alphabet"],
        "kirov-college-2021": ["deadline_question", "no_period", "no_responsible"],
        "spb-kindergarten-2022": [
            "list_start",
            "markup",
            "no_deadline_column",
            "no_period",
            "no_responsible_column",
        ],
        "ust-ilimsk-2021": ["deadline_question", "no_period", "other_plan"],
    }


def test_the_sample_form_of_the_enclosure_is_a_second_plan_with_35_lines_without_dates():
    path = SAMPLES / "ust-ilimsk-2021.docx"

    form = recognise(read_source(path.name, path.read_bytes()), plan=1)

    assert (len(form.items), {d.kind.value for i in form.items for d in i.deadlines}) == (
        34,
        {"empty"},
    )
