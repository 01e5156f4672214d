"""The command `nastavnik match solve`."""

import json

import pytest
from click.testing import CliRunner

from nastavnik.cli.match import command

pytestmark = pytest.mark.unit

INSTANCE = {
    "mentees": ["Аня", "Боря", "Вера"],
    "mentors": [{"id": "Пётр", "capacity": 1}],
    "edges": [
        {"mentee": "Аня", "mentor": "Пётр", "fit": 60},
        {"mentee": "Боря", "mentor": "Пётр", "fit": 72.5},
    ],
}


def run(tmp_path, data, *options):
    file = tmp_path / "instance.json"
    file.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    return CliRunner().invoke(command, ["solve", str(file), *options])


def test_solve_json_gives_pairs_figures_and_reasons(tmp_path):
    result = run(tmp_path, INSTANCE, "--json")

    answer = json.loads(result.output)
    assert answer.pop("seconds") >= 0
    assert answer == {
        "pairs": [["Боря", "Пётр"]],
        "matched": 1,
        "max_size": 1,
        "blocking_pairs": 0,
        "total_fit": 72.5,
        "method": "flow",
        "unmatched": [
            {"mentee": "Аня", "reason": "capacity", "certificate": 0},
            {"mentee": "Вера", "reason": "no_edges"},
        ],
        "certificates": [{"mentees": ["Аня", "Боря"], "mentors": ["Пётр"], "places": 1}],
    }


def test_solve_prints_lines_for_people(tmp_path):
    result = run(tmp_path, INSTANCE)

    assert result.output.replace("\u00a0", " ").splitlines() == [
        "Подобрано: 1 пара из 3 (больше 1 не бывает)",
        "Хотели бы поменяться: 0",
        "Общая совместимость: 72,5",
        "Способ: доказано: пар больше не бывает, и при этом общая совместимость наибольшая",
        "  Боря — Пётр",
        "  Аня — без пары: 2 запроса, 1 место у подходящих наставников",
        "  Вера — без пары: никто не подходит",
    ]


def test_a_wrong_instance_is_refused_with_its_place(tmp_path):
    wrong = {**INSTANCE, "mentors": [{"id": "Пётр", "capacity": -1}]}

    result = run(tmp_path, wrong)
    as_json = run(tmp_path, wrong, "--json")

    message = "Ожидается целое число от 0 до 1000000000."
    assert (result.exit_code, result.stderr) == (2, f"mentors[0].capacity: {message}\n")
    assert json.loads(as_json.stdout) == {"error": message, "place": "mentors[0].capacity"}


@pytest.mark.parametrize("text", ["{", "[1, 2]", "\ufeff{}"])
def test_what_is_no_instance_is_refused(tmp_path, text):
    assert run(tmp_path, text).exit_code == 2


def test_a_missing_file_is_refused(tmp_path):
    assert CliRunner().invoke(command, ["solve", str(tmp_path / "no.json")]).exit_code == 2
