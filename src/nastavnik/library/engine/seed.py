"""The dictionaries the product is delivered with, read from the TOML files beside the app."""

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
}


@cache
def seed(dictionary: str) -> tuple[dict[str, Any], ...]:
    """Return the entries of one dictionary as written; callers must not change them."""
    if dictionary not in DICTIONARIES:
        raise KeyError(dictionary)
    text = (files("nastavnik.library") / "seed" / f"{dictionary}.toml").read_text("utf-8")
    entries = tomllib.loads(text)["entry"]
    return tuple(entries)
