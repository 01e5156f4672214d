"""`nastavnik people …`: registries from the command line."""

import datetime as dt
import importlib
import json
import sys
from typing import NoReturn

import click

from nastavnik.cli.django import setup
from nastavnik.files.refusals import FileRefused
from nastavnik.people.engine.sheets.export import record_as_json
from nastavnik.people.engine.sheets.reader import read_workbook
from nastavnik.people.engine.sheets.rows import Analysis, analyse
from nastavnik.shared.errors import DomainError

REFUSED = 2


@click.group("people")
def command() -> None:
    """Участники: проверить и загрузить реестры."""


@command.command("import")
@click.argument("file", type=click.Path(dir_okay=False))
@click.option("--kind", type=click.Choice(["mentees", "mentors", "staff"]), required=True)
@click.option("--organisation", "slug", default="", help="Короткое имя учреждения.")
@click.option("--dry-run", is_flag=True, help="Только проверить, ничего не записывать.")
@click.option("--json", "as_json", is_flag=True, help="Вывод для программ.")
@click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=None,
    help="Считать возраст на учебный год этого дня.",
)
def import_file(
    file: str, kind: str, slug: str, today: dt.datetime | None, *, dry_run: bool, as_json: bool
) -> None:
    """Проверить реестр из файла Excel, ODS или CSV или загрузить его в учреждение."""
    day = today.date() if today else dt.datetime.now(tz=dt.UTC).astimezone().date()
    try:
        analysis = analyse(read_workbook(file), kind, today=day)
    except FileRefused as refusal:
        _fail(refusal.message, as_json=as_json)
    if not dry_run:
        _load(file, kind, slug, day, as_json=as_json)
        return
    _show(analysis, as_json=as_json)


def _fail(message: str, *, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"error": message}, ensure_ascii=False))
    else:
        click.echo(message, err=True)
    sys.exit(REFUSED)


def _load(file: str, kind: str, slug: str, today: dt.date, *, as_json: bool) -> None:
    if not slug:
        _fail("Укажите учреждение: --organisation", as_json=as_json)
    setup()
    # The service needs a configured Django; the check above does not.
    imports = importlib.import_module("nastavnik.people.services.imports")
    try:
        applied = imports.import_registry(path=file, kind=kind, organisation_slug=slug, today=today)
    except DomainError as refusal:
        _fail(refusal.message, as_json=as_json)
    if as_json:
        click.echo(json.dumps(applied.as_json(), ensure_ascii=False))
        return
    click.echo(
        f"Добавлено: {applied.added}, обновлено: {applied.changed}, "
        f"уже были: {applied.unchanged}, осталось на доработку: {applied.left}"
    )


def _show(analysis: Analysis, *, as_json: bool) -> None:
    if as_json:
        for piece in _json_pieces(analysis):
            click.echo(piece)
        return
    click.echo(f"Лист «{analysis.sheet}», заголовки в строке {analysis.header_row}")
    click.echo(f"Найдено людей: {len(analysis.records)}, можно загрузить: {analysis.ready}")
    for problem in analysis.problems:
        place = f"{problem.column}{problem.row}" if problem.column else str(problem.row)
        click.echo(f"  {place:>7}  {problem.message}")


def _json_pieces(analysis: Analysis) -> list[str]:
    problems = [
        {"sheet": p.sheet, "row": p.row, "column": p.column, "level": p.level, "message": p.message}
        for p in analysis.problems
    ]
    result = {
        "rows": len(analysis.records),
        "ready": analysis.ready,
        "problems": problems,
        "records": [record_as_json(record) for record in analysis.records],
    }
    return [json.dumps(result, ensure_ascii=False, indent=1)]
