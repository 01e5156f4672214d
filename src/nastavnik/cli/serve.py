import contextlib

import click


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Адрес, на котором слушать.")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Порт."
)
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(1), help="Сколько процессов."
)
@click.option(
    "--threads", default=4, show_default=True, type=click.IntRange(1), help="Потоков в каждом."
)
@click.option(
    "--with-worker/--without-worker", default=True, help="Запустить рядом фоновые задачи."
)
def command(host: str, port: int, workers: int, threads: int, with_worker: bool) -> None:
    """Рабочий сервер: обновить базу и статические файлы, затем принимать запросы."""
    from nastavnik.cli.django import setup
    from nastavnik.cli.processes import (
        background_worker,
        require_free_port,
        serve,
    )

    setup(production=True)
    from django.core.management import call_command

    require_free_port(host, port)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    click.echo(f"Сервер: http://{host}:{port}/  (остановить — Ctrl+C)")
    with background_worker() if with_worker else contextlib.nullcontext():
        serve(host=host, port=port, workers=workers, threads=threads)
