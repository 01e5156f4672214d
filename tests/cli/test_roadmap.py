import json

import pytest
from click.testing import CliRunner

from nastavnik.cli.roadmap import command
from tests.roadmaps.engine.tables.builders import HEADERS, ROWS, TITLE, word


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "roadmap.docx"
    path.write_bytes(word(*TITLE, [HEADERS, *ROWS[:2], ["1.2.", "Отчёт", "", "Куратор", ""]]))
    return str(path)


def run(*arguments):
    return CliRunner().invoke(command, ["parse", *arguments])


def test_parse_prints_the_stable_shape(file):
    printed = json.loads(run(file, "--json").output)

    assert printed["items"][1] == {
        "number": "1.1.",
        "section": "1. Подготовка условий",
        "is_group": False,
        "text": ROWS[1][1],
        "responsible": ["Директор"],
        "deadline_text": "до 15 марта 2026 г.",
        "deadlines": [{"kind": "due", "start": None, "end": "2026-03-15", "recurrence": None}],
        "result": "Приказ о рабочей группе",
    }
    assert (list(printed), printed["title"]) == (
        ["title", "period", "items", "problems"],
        " ".join(TITLE),
    )
    assert printed["period"] == {"start": "2026-01-01", "end": "2026-12-31"}
    assert [(p["row"], p["code"]) for p in printed["problems"]] == [
        (2, "no_deadline"),
    ]


def test_parse_speaks_to_people(file):
    assert run(file).output.splitlines()[:3] == [
        " ".join(TITLE),
        "Период: 01.01.2026 – 31.12.2026",
        "      1.  Подготовка условий",
    ]


@pytest.mark.parametrize("arguments", [["--json"], []])
def test_a_file_that_is_no_roadmap_is_refused_in_russian(tmp_path, arguments):
    path = tmp_path / "x.docx"
    path.write_bytes(b"%PDF-1.7 ")

    result = run(str(path), *arguments)

    assert (result.exit_code, "Это файл PDF" in result.output) == (2, True)
