"""`nastavnik match …`: matching from the command line."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from nastavnik.matching.engine.instance import InstanceError, read_instance
from nastavnik.matching.methods import METHOD_WORDS
from nastavnik.shared.typography import counted

REFUSED = 2


@click.group("match")
def command() -> None:
    """Подбор пар."""


@command.command("solve")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Вывод для программ.")
@click.option(
    "--prefer",
    type=click.Choice(["stable", "total"]),
    default="stable",
    show_default=True,
    help="stable — никто не хотел бы поменяться, total — лучший итог без учёта пожеланий.",
)
def solve_file(file: str, prefer: str, *, as_json: bool) -> None:
    """Решить задачу подбора из файла JSON; «-» читает её со входа."""
    try:
        instance = read_instance(_read(file))
    except InstanceError as fault:
        _refuse(fault.place, fault.message, as_json=as_json)
    # OR-tools is loaded only when there is something to solve.
    from nastavnik.matching.engine.check import check
    from nastavnik.matching.engine.solve import solve

    solution = solve(instance, prefer="total" if prefer == "total" else "stable")
    faults = check(instance, solution)
    if faults:
        _refuse("", f"Решение не прошло проверку: {'; '.join(faults)}", as_json=as_json)
    if as_json:
        click.echo(json.dumps(solution.as_json(), ensure_ascii=False))
    else:
        _show(solution.as_json(), len(instance.mentees))


@command.command("run")
@click.option("--territory", "slug", required=True, help="Короткое имя территории.")
def run_territory(slug: str) -> None:
    """Поставить подбор в очередь для каждого учреждения территории."""
    from nastavnik.cli.django import setup

    setup()
    from nastavnik.pairs.services.region import propose_in_territory

    number = propose_in_territory(slug=slug)
    where = counted(number, "учреждения", "учреждений", "учреждений")
    click.echo(f"Подбор поставлен в очередь для {where}. Считает «nastavnik worker».")


def _read(file: str) -> object:
    try:
        raw = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return json.loads(raw)
    except OSError as error:
        raise InstanceError(file, "Файл не читается.") from error
    except UnicodeDecodeError as error:
        raise InstanceError(file, "Файл не в кодировке UTF-8.") from error
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 0)
        place = f"{file}, строка {line}" if line else file
        raise InstanceError(place, "Это не JSON.") from error


def _refuse(place: str, message: str, *, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"error": message, "place": place}, ensure_ascii=False))
    click.echo(f"{place}: {message}" if place else message, err=True)
    sys.exit(REFUSED)


def _show(answer: dict[str, Any], mentees: int) -> None:
    pairs = counted(answer["matched"], "пара", "пары", "пар")
    click.echo(f"Подобрано: {pairs} из {mentees} (больше {answer['max_size']} не бывает)")
    click.echo(f"Хотели бы поменяться: {answer['blocking_pairs']}")
    click.echo(f"Общая совместимость: {answer['total_fit']:g}".replace(".", ","))
    click.echo(f"Способ: {METHOD_WORDS[answer['method']]}")
    for mentee, mentor in answer["pairs"]:
        click.echo(f"  {mentee} — {mentor}")
    for left in answer["unmatched"]:
        click.echo(f"  {left['mentee']} — {_reason(left, answer['certificates'])}")


def _reason(left: dict[str, Any], certificates: list[dict[str, Any]]) -> str:
    if left["reason"] == "no_edges":
        return "без пары: никто не подходит"
    if left["reason"] == "least":
        return "без пары: группа не набралась"
    shortage = certificates[left["certificate"]]
    requests = counted(len(shortage["mentees"]), "запрос", "запроса", "запросов")
    places = counted(shortage["places"], "место", "места", "мест")
    return f"без пары: {requests}, {places} у подходящих наставников"
