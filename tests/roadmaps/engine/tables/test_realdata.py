"""Roadmaps as they exist in Word: lines and deadlines as a person reads them."""

import csv
import itertools
import random
from pathlib import Path

import pytest

from nastavnik.roadmaps.engine.tables import (
    Cell,
    Paragraph,
    Source,
    Table,
    read_source,
    recognise,
)

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


COLUMNS = {
    "number": ["№ п/п", "№"],
    "text": ["Мероприятия", "Наименование мероприятий", "Действия"],
    "deadline": ["Сроки", "Срок реализации", "Дата проведения"],
    "responsible": ["Ответственные", "Исполнитель", "Ответственный за исполнение"],
    "result": ["Результат", "Вид документа", "Документы, закрепляющие результат"],
}


def variant(found, dice):
    """The same roadmap typed anew: columns in another order, two cells joined, pages elsewhere."""
    order = dice.sample(list(COLUMNS), 5)
    names = {name: dice.choice(words) for name, words in COLUMNS.items()}
    joint = dice.random() < 0.4
    rows = [[names[name] for name in order]]
    for item in found.items:
        cells = {
            "number": item.number,
            "text": item.text,
            "deadline": item.deadline_text,
            "responsible": "; ".join(item.responsible),
            "result": item.result,
        }
        rows.append([cells[name] for name in order])
    if joint:
        rows = [joined_cells(row, order, first=index == 0) for index, row in enumerate(rows)]
    pages = sorted(dice.sample(range(2, len(rows)), 3)) if len(rows) > 8 else []
    edges = [0, *pages, len(rows)]
    return [rows[start:end] for start, end in itertools.pairwise(edges)]


def joined_cells(row, order, *, first):
    """Performer and deadline in one cell, as some towns write them."""
    who, when = row[order.index("responsible")], row[order.index("deadline")]
    kept = [
        text
        for name, text in zip(order, row, strict=True)
        if name not in {"responsible", "deadline"}
    ]
    joint = "Исполнитель / Сроки" if first else f"{who} / {when}"
    return [*kept, joint if first or when else ""]


@pytest.mark.parametrize("seed", range(15))
def test_fifteen_variants_of_the_documents_give_the_same_lines_and_deadlines(seed):
    found = recognised(["dzerzhinsk-2021", "kirov-college-2021", "ust-ilimsk-2021"][seed % 3])
    pages = variant(found, random.Random(seed))
    tables = (Table(tuple(tuple(Cell(text) for text in row) for row in page)) for page in pages)
    source = Source("x.docx", "docx", (Paragraph(found.title), *tables))

    again = recognise(source)

    def lines(read):
        return [
            (
                i.number,
                i.text,
                i.result,
                [(d.kind, d.start, d.end, d.recurrence) for d in i.deadlines],
            )
            for i in read.items
        ]

    assert (lines(again), lost_words(source, again)) == (lines(found), [])
