import json

import pytest
from click.testing import CliRunner

from nastavnik.cli.people import command
from tests.people.engine.sheets.builders import PEOPLE, TABLE, xlsx


@pytest.fixture
def registry(tmp_path):
    path = tmp_path / "registry.xlsx"
    path.write_bytes(xlsx([*TABLE, [4, "Лис Пётр"]]))
    return str(path)


def run(*arguments):
    return CliRunner().invoke(command, ["import", *arguments, "--today", "2026-11-22"])


def test_a_dry_run_prints_people_and_problems(registry):
    result = run(registry, "--kind", "mentees", "--dry-run", "--json")

    printed = json.loads(result.output)
    assert (result.exit_code, printed["rows"], printed["ready"]) == (0, 4, 3)
    assert [(p["sheet"], p["row"], p["column"], p["level"]) for p in printed["problems"]] == [
        ("Лист1", 5, "B", "warning"),
        ("Лист1", 5, "D", "error"),
    ]
    assert [record["full_name"] for record in printed["records"][:3]] == [row[1] for row in PEOPLE]


def test_a_dry_run_speaks_to_people_without_json(registry):
    result = run(registry, "--kind", "mentees", "--dry-run")

    assert result.output.splitlines()[:2] == [
        "Лист «Лист1», заголовки в строке 1",
        "Найдено людей: 4, можно загрузить: 3",
    ]


def test_a_refused_file_exits_with_two(tmp_path):
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"%PDF-1.4")

    result = run(str(path), "--kind", "staff", "--dry-run", "--json")

    assert result.exit_code == 2
    assert json.loads(result.output) == {
        "error": "Это файл PDF, а не таблица. Загрузите исходный файл Excel, ODS или CSV"
    }


def test_loading_needs_an_organisation(registry):
    assert run(registry, "--kind", "mentees").exit_code == 2
