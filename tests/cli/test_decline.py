"""The command `nastavnik decline`."""

import json

import pytest
from click.testing import CliRunner

from nastavnik.cli.decline import command

pytestmark = pytest.mark.unit


def run(*arguments):
    return CliRunner().invoke(command, arguments)


def test_decline_json_gives_gender_and_six_cases():
    result = run("ЛЕСКОВА МАРИЯ ПЕТРОВНА", "--json")

    assert result.exit_code == 0
    assert json.loads(result.output) == {
        "name": "Лескова Мария Петровна",
        "gender": "female",
        "cases": {
            "nominative": "Лескова Мария Петровна",
            "genitive": "Лесковой Марии Петровны",
            "dative": "Лесковой Марии Петровне",
            "accusative": "Лескову Марию Петровну",
            "instrumental": "Лесковой Марией Петровной",
            "prepositional": "Лесковой Марии Петровне",
        },
    }


def test_decline_prints_lines_for_people():
    result = run("Ким Саша", "--gender", "male")

    assert result.exit_code == 0
    assert result.output.splitlines() == [
        "пол           мужской",
        "именительный  Ким Саша",
        "родительный   Кима Саши",
        "дательный     Киму Саше",
        "винительный   Кима Сашу",
        "творительный  Кимом Сашей",
        "предложный    Киме Саше",
    ]


def test_decline_unknown_gender_names_the_option():
    result = run("Ким Саша")

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr == (
        "По имени «Ким Саша» нельзя определить пол. "
        "Повторите команду с --gender male или --gender female.\n"
    )


def test_decline_unknown_gender_json_has_error():
    result = run("Ким Саша", "--json")

    assert result.exit_code == 2
    assert json.loads(result.output) == {
        "name": "Ким Саша",
        "gender": None,
        "cases": None,
        "error": "По имени «Ким Саша» нельзя определить пол. "
        "Повторите команду с --gender male или --gender female.",
    }


def test_decline_empty_text_refuses():
    result = run(" ")

    assert (result.exit_code, result.stderr) == (2, "Укажите фамилию и имя.\n")


def test_decline_phrase_declines_a_post():
    result = run("учитель физики", "--phrase", "--json")

    assert json.loads(result.output)["cases"]["instrumental"] == "учителем физики"
