from pathlib import Path

import click


@click.command("backup")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def command(file: Path) -> None:
    """Сохранить копию базы в ФАЙЛ; сервер при этом может работать."""
    from nastavnik.cli.django import setup

    setup()
    from nastavnik.config.copies import backup

    backup(file)
    click.echo(f"Копия базы: {file} ({file.stat().st_size // 1024} КБ).")
