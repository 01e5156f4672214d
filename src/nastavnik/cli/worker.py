import click


@click.command("worker")
@click.option("--once", is_flag=True, help="Выполнить накопившееся и закончить.")
def command(once: bool) -> None:
    """Фоновые задачи: загрузка файлов, документы, рассылки."""
    from nastavnik.cli.django import setup
    from nastavnik.config.parent import end_with_parent

    setup()
    from django.core.management import call_command

    end_with_parent()
    call_command("db_worker", queue_name="*", batch=once, reload=False, verbosity=0)
