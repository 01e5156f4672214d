"""The cases of a person's name: the curator's own ones first, grammar for the rest."""

from functools import lru_cache

from nastavnik.documents.engine.grammar import (
    Case,
    Gender,
    PersonName,
    decline_name,
    guess_gender,
    with_override,
)
from nastavnik.people.models import Person


def name_forms(person: Person) -> dict[str, str]:
    """Six forms of the full name; only the nominative while the gender is unknown."""
    name = PersonName(person.surname, person.given, person.patronymic)
    if not person.gender:
        return {"nominative": person.full_name} | dict(person.name_cases)
    forms = with_override(decline_name(name, Gender(person.gender)), person.name_cases)
    return {Case(case).value: text for case, text in forms.items()}


@lru_cache(maxsize=16384)
def gender_of(surname: str, given: str, patronymic: str) -> str:
    """`male`, `female`, or "" when the name does not tell: then a person is asked."""
    found = guess_gender(PersonName(surname, given, patronymic))
    return found.value if found else ""
