"""Start Django for the commands that need it; `decline` and `--help` do without."""

import os
from pathlib import Path

import click

from nastavnik.config.env import BadSetting, env_str

PRODUCTION = "nastavnik.config.settings.base"
DEMO = "nastavnik.config.settings.demo"
HOW_TO_START = (
    "Не задан секретный ключ. Запишите длинную случайную строку в файл и укажите его путь "
    "в переменной NASTAVNIK_SECRET_KEY_FILE (или саму строку в NASTAVNIK_SECRET_KEY). "
    "Создать строку: python3 -c 'import secrets; print(secrets.token_urlsafe(64))'. "
    "Для знакомства без настройки есть учебная область: python3 run.py demo."
)


def demo_data() -> Path:
    return Path(env_str("HOME") or Path.cwd()) / "var" / "demo"


def choose_settings(*, production: bool) -> str:
    """Named settings win; then production when it has a secret; then the demonstration if built."""
    named = os.environ.get("DJANGO_SETTINGS_MODULE")
    if named:
        return named
    if env_str("SECRET_KEY") or env_str("SECRET_KEY_FILE"):
        return PRODUCTION
    if production or not (demo_data() / "ready").exists():
        raise BadSetting(HOW_TO_START)
    click.echo("Работаем с учебной областью (var/demo).", err=True)
    os.environ.setdefault("NASTAVNIK_DATA", str(demo_data()))
    return DEMO


def setup(*, production: bool = False) -> None:
    """Configure Django; `production` refuses to fall back on the demonstration."""
    os.environ["DJANGO_SETTINGS_MODULE"] = choose_settings(production=production)
    import django
    from django.conf import settings

    Path(settings.DATA_ROOT).mkdir(parents=True, exist_ok=True)
    django.setup()
