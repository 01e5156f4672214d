"""The repository keeps its own rules: sizes, documents, locks, templates."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

from nastavnik.cli.main import root as cli_root

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted(path for top in ("src", "tests", "bench") for path in (ROOT / top).rglob("*.py"))
TEMPLATES = sorted((ROOT / "src").rglob("templates/**/*.html"))
LOCKS = sorted(ROOT.glob("requirements*.lock"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def text(name):
    return (ROOT / name).read_text(encoding="utf-8")


def pins(lock):
    return set(re.findall(r"^([a-z0-9._-]+==\S+)", lock.read_text(encoding="utf-8"), re.MULTILINE))


def declared():
    lines = PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["test"]
    return {re.split(r"[\[<>=;! ]", line)[0] for line in lines}


def test_no_python_file_is_over_500_lines():
    long = {str(p.relative_to(ROOT)): p.read_text(encoding="utf-8").count("\n") for p in SOURCES}
    written = {name: lines for name, lines in long.items() if "/migrations/" not in name}
    assert {name: lines for name, lines in written.items() if lines > 500} == {}


def test_no_file_names_a_folder_of_somebodys_machine():
    home = re.compile(r"(?<![\w.~])/(?:home|Users|root|opt|work)/[\w.-]+")
    listed = subprocess.run(
        ["git", "-C", ROOT, "ls-files"], capture_output=True, text=True, check=True
    )
    found = {}
    for name in listed.stdout.split("\n"):
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".md", ".lock", ".html", ".css", ".js", ".json", ".tsv"}:
            hits = home.findall(path.read_text(encoding="utf-8")) if path.exists() else []
            if hits:
                found[name] = hits
    assert found == {}


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_holds_only_pins_and_hashes(lock):
    line = re.compile(
        r"([a-z0-9._-]+(\[[a-z,]+\])?==[\w.+!]+( ; .+?)?|    --hash=sha256:[0-9a-f]{64})( \\)?"
    )
    odd = [row for row in lock.read_text(encoding="utf-8").splitlines() if not line.fullmatch(row)]
    assert odd == []


def test_the_test_lock_holds_every_runtime_pin():
    assert pins(ROOT / "requirements.lock") - pins(ROOT / "requirements-test.lock") == set()


def test_every_declared_dependency_is_locked():
    locked = {pin.split("==")[0] for pin in pins(ROOT / "requirements-test.lock")}
    assert declared() - locked == set()


def test_every_dependency_has_a_line_of_reason():
    reasons = set(re.findall(r"^\| `([\w.-]+)` \| \S", text("docs/architecture.md"), re.MULTILINE))
    assert declared() - reasons == set()


def test_every_app_of_ours_is_in_the_architecture_and_in_the_layers():
    ours = {app.label for app in apps.get_app_configs() if app.name.startswith("nastavnik.")}
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    described = set(re.findall(r"^\| `(\w+)` \|", text("docs/architecture.md"), re.MULTILINE))
    assert (ours - set(layers), ours - described) == (set(), set())


def test_every_command_is_in_the_operations_guide():
    described = set(re.findall(r"^\| `([\w-]+)` \|", text("docs/operations.md"), re.MULTILINE))
    assert set(cli_root.list_commands(None)) - described == set()


def test_every_setting_is_in_the_operations_guide():
    code = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "src").rglob("config/**/*.py"))
    names = set(re.findall(r"env_(?:str|bool|int|list|secret)\(\"(\w+)\"", code))
    guide = text("docs/operations.md")
    assert {n for n in names - {"SECRET_KEY_DEFAULT"} if f"NASTAVNIK_{n}`" not in guide} == set()


def test_the_changelog_names_the_current_version():
    assert f"## {PROJECT['project']['version']} " in text("CHANGELOG.md")


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("another host", r"""\b(?:src|href|action)\s*=\s*["']?(?:https?:)?//"""),
        ("inline style", r"<[^>]*\sstyle\s*=|<style\b"),
        ("event attribute", r"<[^>]*\son[a-z]+\s*=\s*[\"']"),
        ("inline script", r"<script\b(?![^>]*\bsrc=)"),
    ],
)
def test_no_template_has(name, pattern):
    bad = re.compile(pattern, re.IGNORECASE)
    found = {
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if bad.search(line)
    }
    assert (name, found) == (name, set())


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_production_has_no_debug():
    assert settings.DEBUG is False
