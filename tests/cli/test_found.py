"""A new installation begins with one command."""

from click.testing import CliRunner

from nastavnik.accounts.models import RoleGrant
from nastavnik.cli.found import command
from nastavnik.tenancy.models import Territory

WHO = ["--surname", "Лещёва", "--given", "Ольга", "--gender", "female"]


def test_found_makes_a_region_and_a_link(db, client) -> None:
    told = CliRunner().invoke(command, ["--name", "Лесная область", "--slug", "les", *WHO])
    assert told.exit_code == 0, told.output
    assert Territory.objects.get().path == f"/{Territory.objects.get().pk}/"
    assert RoleGrant.objects.get().role == "region"
    path = told.output.split("http://127.0.0.1:8000")[1].strip()
    assert client.get(path).status_code == 200


def test_found_twice_is_refused_in_words(db) -> None:
    CliRunner().invoke(command, ["--name", "Лесная область", "--slug", "les", *WHO])
    told = CliRunner().invoke(command, ["--name", "Иная область", "--slug", "les", *WHO])
    assert told.exit_code == 1
    assert "уже занят" in told.output
