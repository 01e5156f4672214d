"""`nastavnik roadmap …`: a roadmap in a file as the product understands it."""

import json
import sys
from pathlib import Path
from typing import NoReturn

import click

from nastavnik.files.named import read_file
from nastavnik.files.refusals import FileRefused
from nastavnik.roadmaps.engine.tables import Recognised, Source, read_source, recognise
from nastavnik.roadmaps.engine.tables.as_json import around_json, as_json
from nastavnik.roadmaps.engine.tables.reader import MAX_BYTES
from nastavnik.roadmaps.engine.tables.refusals import refuse

REFUSED = 2


@click.group("roadmap")
def command() -> None:
    """Дорожная карта: прочитать файл."""


@command.command("parse")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--plan", type=int, default=None, help="Номер таблицы, если их в файле несколько.")
@click.option("--full", is_flag=True, help="Показать цели, грифы и всё, что не стало строкой.")
@click.option("--json", "in_json", is_flag=True, help="Вывод для программ.")
def parse(file: str, plan: int | None, *, full: bool, in_json: bool) -> None:
    """Разобрать дорожную карту из Word, Excel, OpenDocument или текста."""
    try:
        found = recognise(_source(Path(file)), plan=None if plan is None else plan - 1)
    except FileRefused as refusal:
        _fail(refusal.message, in_json=in_json)
    if in_json:
        answer = as_json(found) | (around_json(found) if full else {})
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    _show(found)


def _source(path: Path) -> Source:
    return read_source(path.name, read_file(path, MAX_BYTES, refuse))


def _fail(message: str, *, in_json: bool) -> NoReturn:
    if in_json:
        click.echo(json.dumps({"error": message}, ensure_ascii=False))
    else:
        click.echo(message, err=True)
    sys.exit(REFUSED)


def _show(found: Recognised) -> None:
    click.echo(found.title or "Без названия")
    if found.period:
        click.echo(f"Период: {found.period.start:%d.%m.%Y} – {found.period.end:%d.%m.%Y}")
    for item in found.items:
        mark = "" if item.is_group else f" — {item.deadline_text or 'без срока'}"
        click.echo(
            f"{item.number:>8}  {' '.join(item.text.split())}{' '.join(mark.split(chr(10)))}"
        )
    for problem in found.problems:
        click.echo(f"  ! {problem.place or 'документ'}: {problem.message}")
