import click


@click.command("permissions")
def command() -> None:
    """Таблица ролей и действий; из неё сделан docs/permissions.md."""
    from nastavnik.cli.django import setup

    setup()
    from nastavnik.accounts.permission_table import permission_table

    click.echo(permission_table(), nl=False)
