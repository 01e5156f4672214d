"""The `nastavnik` command: one subcommand a module of this package, loaded when it is called."""

import importlib
import pkgutil
import sys

import click
from django.core.exceptions import ImproperlyConfigured

import nastavnik
from nastavnik import cli
from nastavnik.config.env import BadSetting
from nastavnik.shared.errors import DomainError

HELPERS = {"main", "django", "processes"}


class Commands(click.Group):
    """Finds commands by module name; a trailing underscore keeps a module off a keyword."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = {module.name for module in pkgutil.iter_modules(cli.__path__)} - HELPERS
        return sorted(name.rstrip("_").replace("_", "-") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        stem = cmd_name.replace("-", "_")
        present = {module.name for module in pkgutil.iter_modules(cli.__path__)}
        module = importlib.import_module(f"nastavnik.cli.{stem if stem in present else stem + '_'}")
        command: click.Command = module.command
        return command


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(nastavnik.__version__, message="%(version)s")
def root() -> None:
    """Наставничество: сервер, фоновые задачи, загрузка данных, проверка и копии."""


def main() -> None:
    """Run; an expected failure is one Russian sentence and a non-zero exit."""
    try:
        root(prog_name="nastavnik")
    except (DomainError, BadSetting, ImproperlyConfigured) as refusal:
        click.echo(str(refusal), err=True)
        sys.exit(2)
