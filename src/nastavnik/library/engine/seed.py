"""The dictionaries the product is delivered with, read from the TOML files beside the app.

A dictionary is one file, or a folder of files whose names give their order.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

#: Every dictionary, in the order it is shown, with its Russian name.
DICTIONARIES: dict[str, str] = {
    "forms": "Формы наставничества",
    "role_models": "Ролевые модели",
    "kinds": "Виды наставничества",
    "requests": "Запросы наставляемых",
    "topics": "Темы запросов и компетенций",
    "intents": "Слова намерений",
    "categories": "Категории участников",
    "acts": "Правовые акты",
    "materials": "Методические материалы",
    "stages": "Этапы внедрения",
    "folders": "Папки дела",
    "roadmap_templates": "Шаблоны дорожных карт",
    "roadmap_lines": "Пункты дорожных карт",
}


@cache
def seed(dictionary: str) -> tuple[dict[str, Any], ...]:
    """Return the entries of one dictionary as written; callers must not change them."""
    if dictionary not in DICTIONARIES:
        raise KeyError(dictionary)
    folder = files("nastavnik.library") / "seed"
    parts = folder / dictionary
    if not parts.is_dir():
        return tuple(_entries((folder / f"{dictionary}.toml").read_text("utf-8")))
    named = sorted(parts.iterdir(), key=lambda part: part.name)
    return tuple(e for part in named for e in _entries(part.read_text("utf-8")))


def _entries(text: str) -> list[dict[str, Any]]:
    """The entries of one file; a parent named at its head is the parent of them all."""
    read = tomllib.loads(text)
    shared = {"parent": read["parent"]} if "parent" in read else {}
    return [shared | entry for entry in read["entry"]]
