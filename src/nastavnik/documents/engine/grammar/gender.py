"""What a name says of the gender; silence is an answer too."""

import re
from functools import lru_cache

from nastavnik.documents.engine.grammar.cases import Gender
from nastavnik.documents.engine.grammar.names import GIVEN_LIKE_SURNAME, PersonName, is_initial
from nastavnik.documents.engine.grammar.words import analyzer

MALE_PATRONYMIC = re.compile(r"(?:ич|оглы|улы|уулу|угли|заде)$", re.IGNORECASE)
FEMALE_PATRONYMIC = re.compile(r"(?:вна|ична|шна|кызы|гызы|кизи)$", re.IGNORECASE)
MALE_SURNAME = re.compile(r"(?:[оеё]в|[кшщхжч]ин|[иы]цын|[сц]кий)$", re.IGNORECASE)
FEMALE_SURNAME = re.compile(r"(?:[оеё]ва|[кшщхж]ина|[иы]цына|[сц]кая)$", re.IGNORECASE)
NOUN_SURNAMES = frozenset(
    [
        "сова",
        "голова",
        "корова",
        "дуброва",
        "подкова",
        "дева",
        "старшина",
        "вершина",
        "дружина",
        "пружина",
        "машина",
        "тишина",
    ]
)
"""Surnames of either sex that only look like women's forms."""
EITHER_GENDER = frozenset(
    [
        "саша",
        "женя",
        "валя",
        "шура",
        "слава",
        "саня",
        "паша",
        "тоша",
        "мика",
        "алекс",
        "ким",
        "сима",
        "вася",
        "ася",
        "лёля",
        "люка",
        "нур",
        "джан",
        "виви",
        "ники",
        "мишель",
        "доминик",
        "николя",
        "андреа",
        "ислам",
        "шамси",
    ]
)
"""Given names borne by both sexes; the dictionary knows some of them as one only."""


def guess_gender(name: PersonName) -> Gender | None:
    """Say the gender only when the name leaves no doubt; None means: ask.

    A patronymic decides alone. Without it the given name (by the dictionary) and the surname (by
    its ending) are heard, and any contradiction or silence of both gives None.
    """
    if name.patronymic and not is_initial(name.patronymic):
        return _by_patronymic(name.patronymic) or _by_other_parts(name)
    return _by_other_parts(name)


def _by_patronymic(patronymic: str) -> Gender | None:
    if FEMALE_PATRONYMIC.search(patronymic):
        return Gender.FEMALE
    return Gender.MALE if MALE_PATRONYMIC.search(patronymic) else None


def _by_other_parts(name: PersonName) -> Gender | None:
    heard = {_by_surname(name.surname), _by_given(name.given)} - {None}
    return heard.pop() if len(heard) == 1 else None


def _by_surname(surname: str) -> Gender | None:
    last = re.split(r"[- ]", surname)[-1]
    if last.lower() in NOUN_SURNAMES | GIVEN_LIKE_SURNAME:
        return None
    if FEMALE_SURNAME.search(last):
        return Gender.FEMALE
    return Gender.MALE if MALE_SURNAME.search(last) else None


@lru_cache(maxsize=20_000)
def _by_given(given: str) -> Gender | None:
    word = given.split("-", maxsplit=1)[0].lower()
    if not word or is_initial(given) or word in EITHER_GENDER:
        return None
    genders = {
        str(parse.tag.gender)
        for parse in analyzer().parse(word)
        if "Name" in parse.tag and {"sing", "nomn"} in parse.tag and parse.is_known
    }
    known = {"masc": Gender.MALE, "femn": Gender.FEMALE}
    return known.get(genders.pop()) if len(genders) == 1 else None
