from pathlib import Path

import click


@click.command("restore")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--yes", is_flag=True, help="Не спрашивать подтверждения.")
def command(file: Path, yes: bool) -> None:
    """Вернуть базу из копии ФАЙЛ; сервер перед этим остановить."""
    from nastavnik.cli.django import setup

    setup()
    from nastavnik.config.copies import restore

    if not yes:
        click.confirm("Нынешняя база будет заменена копией. Сервер остановлен?", abort=True)
    kept = restore(file)
    click.echo("База возвращена из копии." + (f" Прежняя сохранена: {kept}" if kept else ""))
