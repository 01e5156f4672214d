import click


@click.command("worker")
@click.option("--once", is_flag=True, help="Выполнить накопившееся и закончить.")
@click.option("--with-parent", is_flag=True, hidden=True)
def command(once: bool, with_parent: bool) -> None:
    """Фоновые задачи: загрузка файлов, документы, рассылки."""
    from nastavnik.cli.django import setup
    from nastavnik.cli.processes import end_with_parent

    setup()
    from django.core.management import call_command

    if with_parent:
        end_with_parent()
    call_command("db_worker", queue_name="*", batch=once, reload=False, verbosity=0)
