"""Fictional names, easy and hard ones to decline."""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

HARD_SHARE = 0.12


@cache
def data(name: str) -> dict[str, Any]:
    """A list of the demo's invented data."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text("utf-8"))


@dataclass(frozen=True)
class Name:
    surname: str
    given: str
    patronymic: str
    gender: str

    def parts(self) -> dict[str, str]:
        return {
            "surname": self.surname,
            "given": self.given,
            "patronymic": self.patronymic,
            "gender": self.gender,
        }


class Namer:
    """Gives names, no full name twice."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 -- invented names, not secrets
        self._used: set[tuple[str, str, str]] = set()

    def name(self, gender: str = "", surname: str = "") -> Name:
        """A new name; `surname` is a pair «male|female» when relatives share one."""
        while True:
            made = self._name(gender, surname)
            key = (made.surname, made.given, made.patronymic)
            if key not in self._used:
                self._used.add(key)
                return made

    def surname(self) -> str:
        kind = "hard" if self._random.random() < HARD_SHARE else "surnames"
        return str(self._random.choice(data("names")[kind]))

    def _name(self, gender: str, surname: str) -> Name:
        pick, words = self._random.choice, data("names")
        gender = gender or pick(("male", "female"))
        side = 0 if gender == "male" else 1
        return Name(
            surname=(surname or self.surname()).split("|")[side],
            given=pick(words[f"{gender}_given"]),
            patronymic=pick(words["patronymics"]).split("|")[side],
            gender=gender,
        )
