"""The command `nastavnik deadline`."""

import json

import pytest
from click.testing import CliRunner

from nastavnik.cli.deadline import command

pytestmark = pytest.mark.unit


def run(*arguments):
    return CliRunner().invoke(command, arguments)


def test_json_is_a_list_of_deadlines():
    result = run("ежегодно, май", "--period", "2021-2024", "--json")

    assert json.loads(result.output) == [
        {
            "kind": "recurring",
            "start": None,
            "end": None,
            "recurrence": "yearly, month 5",
            "source_words": "ежегодно, май",
        }
    ]


def test_the_year_comes_from_the_period():
    result = run("ноябрь–февраль", "--period", "2022/2023", "--json")

    (found,) = json.loads(result.output)
    assert (found["kind"], found["start"], found["end"]) == (
        "month-range",
        "2022-11-01",
        "2023-02-28",
    )


def test_a_doubt_carries_its_question():
    result = run("до 2024 года", "--json")

    (found,) = json.loads(result.output)
    assert found["question"] == (
        "«До 2024 года» понимают по-разному. Верно ли, что срок — весь 2024 год включительно?"
    )


def test_without_json_people_read_lines():
    result = run("май, август 2022 г., и что-то ещё")

    assert (result.exit_code, result.output.splitlines()) == (
        0,
        [
            "май  с 01.05.2022  по 31.05.2022",
            "август 2022 г.  с 01.08.2022  по 31.08.2022",
            "что-то ещё  Не удалось понять: «что-то ещё». Какой это срок?",
        ],
    )


def test_a_period_that_is_not_one_is_refused():
    result = run("май", "--period", "скоро", "--json")

    message = (
        "Период «скоро» не понят. "
        "Напишите год (2022), годы (2021-2024) или учебный год (2022/2023)."
    )
    assert (result.exit_code, json.loads(result.stdout), result.stderr) == (
        2,
        {"error": message},
        message + "\n",
    )
