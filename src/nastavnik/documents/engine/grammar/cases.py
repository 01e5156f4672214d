"""The words every other module of the grammar speaks in: case, gender, forms."""

from collections.abc import Mapping
from enum import StrEnum


class Case(StrEnum):
    """The six cases of Russian, in the order of the school table."""

    NOMINATIVE = "nominative"
    GENITIVE = "genitive"
    DATIVE = "dative"
    ACCUSATIVE = "accusative"
    INSTRUMENTAL = "instrumental"
    PREPOSITIONAL = "prepositional"


class Gender(StrEnum):
    """Grammatical gender of a person."""

    MALE = "male"
    FEMALE = "female"


Forms = dict[Case, str]
OBLIQUE_CASES: tuple[Case, ...] = tuple(case for case in Case if case is not Case.NOMINATIVE)


def same_in_all_cases(text: str) -> Forms:
    """Forms of a text that does not decline."""
    return dict.fromkeys(Case, text)


def with_override(forms: Forms, override: Mapping[str, str]) -> Forms:
    """Replace the cases a person has corrected by hand; blank corrections are ignored.

    Keys are `Case` members or their values ("genitive"); an unknown key raises ValueError.
    """
    corrected = {Case(key): text.strip() for key, text in override.items()}
    return forms | {case: text for case, text in corrected.items() if text}
