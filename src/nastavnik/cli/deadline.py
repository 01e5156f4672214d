"""`nastavnik deadline`: what a deadline written in words means."""

import json
from typing import NoReturn

import click

from nastavnik.roadmaps.engine.deadlines import Deadline, as_dict, parse, period_of

REFUSED = 2
NO_PERIOD = (
    "Период «{period}» не понят. Напишите год (2022), годы (2021-2024) или учебный год (2022/2023)."
)


@click.command(help="Разобрать срок, написанный словами: «до 15 марта 2022 г.», «ежеквартально».")
@click.argument("text")
@click.option("--period", default="", help="Период дорожной карты: 2022, 2021-2024 или 2022/2023.")
@click.option("--json", "as_json", is_flag=True, help="Вывести ответ в виде JSON.")
def deadline(text: str, period: str, *, as_json: bool) -> None:
    """Print every deadline of the text; a question stands beside what is in doubt."""
    known = period_of(period) if period else None
    if period and known is None:
        _refuse(NO_PERIOD.format(period=period), as_json=as_json)
    found = parse(text, known)
    if as_json:
        click.echo(json.dumps([as_dict(one) for one in found], ensure_ascii=False))
        return
    for one in found:
        click.echo(_line(one))


def _line(found: Deadline) -> str:
    parts = [found.source_words or "—"]
    if found.start:
        parts.append(f"с {found.start:%d.%m.%Y}")
    if found.end:
        parts.append(f"по {found.end:%d.%m.%Y}")
    if found.question:
        parts.append(found.question)
    return "  ".join(parts)


def _refuse(message: str, *, as_json: bool) -> NoReturn:
    if as_json:
        click.echo(json.dumps({"error": message}, ensure_ascii=False))
    click.echo(message, err=True)
    raise click.exceptions.Exit(REFUSED)


command = deadline
