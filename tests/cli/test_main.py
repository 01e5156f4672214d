import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from nastavnik.cli.main import root
from nastavnik.cli.processes import require_free_port
from nastavnik.shared.errors import DomainError


def nastavnik(*arguments, **environment):
    """The real command in a process of its own, as a person starts it."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("NASTAVNIK_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "nastavnik", *arguments],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
        env={**clean, "PYTHONUTF8": "1", **environment},
    )


@pytest.mark.parametrize("name", root.list_commands(None))
def test_every_command_explains_itself(name):
    result = CliRunner().invoke(root, [name, "--help"] if name != "manage" else ["--help"])

    assert (result.exit_code, "Usage:" in result.output) == (0, True)


def test_an_unknown_command_is_refused():
    assert CliRunner().invoke(root, ["nothing"]).exit_code == 2


def test_help_does_not_start_django():
    code = (
        "import sys; from nastavnik.cli.main import root; root(['--help'], standalone_mode=False);"
    )
    code += "sys.exit(int('django.db' in sys.modules))"

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def test_serve_without_a_secret_says_what_to_do(tmp_path):
    done = nastavnik("serve", NASTAVNIK_HOME=str(tmp_path))

    assert (done.returncode, done.stderr.split(".")[0]) == (2, "Не задан секретный ключ")


def test_links_of_the_demonstration_lead_to_its_port(tmp_path):
    code = (
        "from nastavnik.cli.demo import setup_demo; setup_demo(fresh=False, port=8123);"
        "from nastavnik.shared.tokens import whole_address; print(whole_address('/s/1/'))"
    )
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("NASTAVNIK_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**clean, "NASTAVNIK_HOME": str(tmp_path)},
    )

    assert done.stdout == "http://127.0.0.1:8123/s/1/\n"


def test_a_taken_port_is_said_in_words():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DomainError) as refused:
            require_free_port("127.0.0.1", port)

    assert refused.value.message.startswith(f"Порт {port} на адресе 127.0.0.1 занят")
