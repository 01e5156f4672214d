"""The demonstration: a fictional region that a visitor may change and rebuild."""

import os
import shutil
from pathlib import Path

import click


@click.group("demo")
def command() -> None:
    """Учебная область: собрать и открыть."""


@command.command("build")
@click.option("--fresh", is_flag=True, help="Стереть сделанное и собрать заново.")
def build(fresh: bool) -> None:
    """Собрать учебную область, если её ещё нет."""
    setup_demo(fresh=fresh)
    ready = data_folder() / "ready"
    if ready.exists():
        click.echo("Учебная область уже собрана.")
        return
    update_database()
    build_region()
    ready.write_text("1", encoding="utf-8")


@command.command("serve")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Порт."
)
def serve(port: int) -> None:
    """Открыть учебную область на этом компьютере."""
    from nastavnik.cli import processes

    setup_demo(fresh=False, port=port)
    processes.require_free_port("127.0.0.1", port)
    update_database()
    click.echo(f"\n  УЧЕБНАЯ ОБЛАСТЬ, люди и организации вымышлены\n  http://127.0.0.1:{port}/")
    click.echo("\n  Вход без пароля: на странице входа нажмите на одного из этих людей.")
    for entry in sign_ins():
        click.echo(f"    {entry}")
    click.echo("\n  Попробовать главное дело: куратор школы № 40 (она пуста), «Запуск программы».")
    click.echo("  Собрать заново: run.py demo --fresh. Остановить: Ctrl+C.\n")
    with processes.background_worker():
        processes.serve(host="127.0.0.1", port=port, workers=1, threads=4)


def setup_demo(*, fresh: bool, port: int = 8000) -> None:
    """Configure Django for the demonstration, erasing its data first when asked.

    QR codes and links on paper lead to the port it is served at.
    """
    from nastavnik.cli.django import DEMO, demo_data, setup

    os.environ["DJANGO_SETTINGS_MODULE"] = DEMO
    os.environ.setdefault("NASTAVNIK_DATA", str(demo_data()))
    os.environ.setdefault("NASTAVNIK_URL", f"http://127.0.0.1:{port}")
    if fresh:
        shutil.rmtree(os.environ["NASTAVNIK_DATA"], ignore_errors=True)
    setup()


def build_region() -> None:
    """Fill the empty database with the fictional region."""
    from django.utils import timezone

    from nastavnik.desk.demo.build import build_region as build_all
    from nastavnik.tenancy.models import Territory

    if not Territory.objects.exists():
        build_all(today=timezone.localdate())


def sign_ins() -> list[str]:
    """A line for each button of the sign-in page."""
    from nastavnik.accounts.queries import demo_entries

    return [f"{e.role}: {e.name} — {e.place}" for e in demo_entries()]


def data_folder() -> Path:
    from django.conf import settings

    return Path(settings.DATA_ROOT)


def update_database() -> None:
    """Apply new migrations and copy static files; quick when there is nothing to do."""
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
