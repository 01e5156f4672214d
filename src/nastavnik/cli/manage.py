import click


@click.command("manage", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def command(arguments: tuple[str, ...]) -> None:
    """Служебные команды Django: migrate, shell, createsuperuser и другие."""
    from nastavnik.cli.django import setup

    setup()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["nastavnik manage", *arguments])
