import click


@click.command("check")
def command() -> None:
    """Проверить настройки, базу и готовность к работе."""
    from nastavnik.cli.django import setup

    setup()
    from django.core.management import call_command

    import nastavnik.config.checks  # noqa: F401 -- registers itself

    call_command("check", deploy=True, databases=["default"], fail_level="ERROR")
