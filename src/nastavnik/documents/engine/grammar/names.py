"""A person's name: how it is read from one line and how it is written with initials."""

import re
from dataclasses import dataclass

from nastavnik.documents.engine.grammar.errors import NameEmpty

INITIAL = re.compile(r"[А-ЯЁ]\.(?:-[А-ЯЁ]\.)?", re.IGNORECASE)
PATRONYMIC = re.compile(r"(?:[ое]вич|[ое]вна|ична|инична|[иь]ич|[тмкв]ич)$", re.IGNORECASE)
PATRONYMIC_PARTICLES = frozenset({"оглы", "кызы", "улы", "уулу", "угли", "гызы", "кизи", "заде"})
SURNAME_PARTICLES = frozenset(
    {"де", "да", "ди", "дель", "дю", "дос", "фон", "ван", "дер", "ла", "ле", "аль", "эль", "ибн"}
)
SURE_SURNAME = re.compile(r"(?:[оеё]ва?|[кшщхж]ина?|[сц]кий|[сц]кая|енко)$", re.IGNORECASE)
GIVEN_LIKE_SURNAME = frozenset({"лев", "яков", "иаков", "ева"})
"""Given names that end as surnames do."""


@dataclass(frozen=True)
class PersonName:
    """A full name in the nominative; `given` and `patronymic` may be initials ("М.") or empty."""

    surname: str
    given: str
    patronymic: str = ""

    @property
    def full(self) -> str:
        """Return "Фамилия Имя Отчество"; initials stand together: "Иванова М.П."."""
        if is_initial(self.given):
            return f"{self.surname} {self.given}{self.patronymic}"
        return " ".join(part for part in (self.surname, self.given, self.patronymic) if part)


def is_initial(part: str) -> bool:
    """Tell whether the part of a name is an initial such as "М." or "А.-М."."""
    return INITIAL.fullmatch(part) is not None


def parse_name(text: str) -> PersonName:
    """Read "Фамилия Имя Отчество", also with initials, in capitals or with the surname last.

    Raises: NameEmpty if the text has no letters.
    """
    spaced = re.sub(r"([А-ЯЁа-яё])\.(?=[А-ЯЁа-яё])", r"\1. ", text.replace("\u00a0", " "))
    tokens = [_recase(token) for token in spaced.split() if re.search(r"[^\W\d_]", token)]
    if not tokens:
        raise NameEmpty
    tokens = _join_particles(tokens)
    tokens = _surname_first(tokens)
    surname, *others = tokens
    if len(others) > 2 and PATRONYMIC.search(others[-1]):
        return PersonName(surname, " ".join(others[:-1]), others[-1])
    return PersonName(surname, "".join(others[:1]), " ".join(others[1:]))


def _recase(token: str) -> str:
    """Give "ИВАНОВА-ПЕТРОВА" and "иванова" capital first letters; leave mixed case alone."""
    token = token.strip(",;")
    if is_initial(token):
        return token.upper()
    lower = token.lower()
    if lower in PATRONYMIC_PARTICLES:
        return lower
    if token.islower() and lower in SURNAME_PARTICLES:
        return token
    if len(token) > 1 and (token.isupper() or token.islower()):
        pieces = re.split(r"([-'’(])", lower)
        return "".join(
            piece if piece in PATRONYMIC_PARTICLES else piece.capitalize() for piece in pieces
        )
    return token


def _join_particles(tokens: list[str]) -> list[str]:
    """Join what belongs together: "де" + surname, surname + "(прежняя)", name + "оглы"."""
    joined: list[str] = []
    for token in tokens:
        previous = joined[-1] if joined else ""
        follows_particle = previous.split(" ")[-1] in SURNAME_PARTICLES
        belongs_to_previous = token.startswith("(") or token in PATRONYMIC_PARTICLES
        if previous and (follows_particle or belongs_to_previous):
            joined[-1] = f"{previous} {token}"
        else:
            joined.append(token)
    return joined


def _surname_first(tokens: list[str]) -> list[str]:
    """Move the surname to the front of "Мария Петровна Иванова" and "М.П. Иванова"."""
    *others, last = tokens
    if not others or is_initial(last):
        return tokens
    if all(is_initial(part) for part in others):
        return [last, *others]
    first = others[0].lower()
    if len(tokens) == 3 and PATRONYMIC.search(others[1]):
        return [last, *others]
    if (
        len(tokens) == 2
        and SURE_SURNAME.search(last)
        and last.lower() not in GIVEN_LIKE_SURNAME
        and (first in GIVEN_LIKE_SURNAME or not SURE_SURNAME.search(first))
    ):
        return [last, *others]
    return tokens


def short_initials(name: PersonName) -> str:
    """Return the initials alone: "М.П.", "А.-М."."""
    return "".join(_initial(part) for part in (name.given, name.patronymic) if part)


def _initial(part: str) -> str:
    if is_initial(part):
        return part
    pieces = part.split(" ", maxsplit=1)[0].split("-")
    return "-".join(
        f"{piece[0]}." for piece in pieces if piece and piece not in PATRONYMIC_PARTICLES
    )
