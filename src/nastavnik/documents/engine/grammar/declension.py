"""Full names in all cases, and with initials in any case."""

import re
from collections.abc import Callable

from nastavnik.documents.engine.grammar import surname_tables, surnames
from nastavnik.documents.engine.grammar.cases import Case, Forms, Gender, same_in_all_cases
from nastavnik.documents.engine.grammar.errors import GenderUnknown
from nastavnik.documents.engine.grammar.names import PersonName, is_initial, short_initials

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
WordDeclension = Callable[[str, Gender], Forms]


def decline_parts(name: PersonName, gender: Gender | None) -> dict[Case, PersonName]:
    """Decline each part of the name separately.

    Raises: GenderUnknown if `gender` is None.
    """
    if gender is None:
        raise GenderUnknown(name.full)
    surname = _decline_words(name.surname, gender, _surname_word)
    given = _decline_words(name.given, gender, surnames.given_word)
    patronymic = (
        same_in_all_cases(name.patronymic)
        if not name.patronymic or is_initial(name.patronymic)
        else surnames.patronymic(name.patronymic, gender)
    )
    return {case: PersonName(surname[case], given[case], patronymic[case]) for case in Case}


def decline_name(name: PersonName, gender: Gender | None) -> Forms:
    """Return "Фамилия Имя Отчество" in all six cases.

    Raises: GenderUnknown if `gender` is None: the user is asked, never guessed for.
    """
    return {case: part.full for case, part in decline_parts(name, gender).items()}


def _surname_word(word: str, gender: Gender) -> Forms:
    return surnames.surname_word(word, gender)


def _decline_words(text: str, gender: Gender, decline: WordDeclension) -> Forms:
    """Decline every word of a part by itself, keeping hyphens, spaces and brackets."""
    if not text or is_initial(text):
        return same_in_all_cases(text)
    words = [match.group() for match in WORD.finditer(text)]
    gaps = WORD.split(text)
    declined = [
        same_in_all_cases(word) if _stays(word, index, len(words)) else decline(word, gender)
        for index, word in enumerate(words)
    ]
    return {
        case: gaps[0]
        + "".join(forms[case] + gap for forms, gap in zip(declined, gaps[1:], strict=True))
        for case in Case
    }


def _stays(word: str, index: int, count: int) -> bool:
    """Tell the undeclined first part of a double name: "Тер-Петросян", "де Голль"."""
    return index < count - 1 and word.lower() in surname_tables.FIRST_PART_INDECLINABLE


def initials_first(
    name: PersonName, *, gender: Gender | None = None, case: Case = Case.NOMINATIVE
) -> str:
    """Write a signature: "М.П. Иванова"; `gender` is needed only outside the nominative."""
    return f"{short_initials(name)} {_surname_in(name, gender, case)}".strip()


def initials_last(
    name: PersonName, *, gender: Gender | None = None, case: Case = Case.NOMINATIVE
) -> str:
    """Write a line of a list: "Иванова М.П.", "Ивановой М.П."."""
    return f"{_surname_in(name, gender, case)} {short_initials(name)}".strip()


def _surname_in(name: PersonName, gender: Gender | None, case: Case) -> str:
    if case is Case.NOMINATIVE:
        return name.surname
    return decline_parts(name, gender)[case].surname
