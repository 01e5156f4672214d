"""Who may take part, and in which state a person enters the registers (PRODUCT.md § 2.3, 6).

Plain functions over loaded rows, called by services, whatever the door: page, import or command.
"""

from datetime import date

from nastavnik.people.models import Category, MenteeState, MentorState, Person
from nastavnik.people.models.person import MENTEE_MIN_AGE, STAFF_CATEGORIES
from nastavnik.people.requirements import Papers, missing_certificates, missing_consents
from nastavnik.shared.errors import DomainError
from nastavnik.shared.typography import plural
from nastavnik.tenancy.models import Organisation


def demand_mentee(person: Person, organisation: Organisation, on: date) -> None:
    """Refuse a pupil under ten, a pupil of unknown age, and anyone but staff where no children learn."""
    problem = mentee_problem(person, organisation, on)
    if problem is not None:
        raise problem


def mentee_problem(person: Person, organisation: Organisation, on: date) -> DomainError | None:
    """Why the person may not be a mentee on `on`; None when nothing stands in the way."""
    if not organisation.teaches_children and person.category not in STAFF_CATEGORIES:
        return DomainError(
            "mentee_not_staff",
            "В этом учреждении наставляемыми могут быть только сотрудники.",
            field="category",
        )
    if person.category != Category.PUPIL:
        return None
    age = person.age_on(on)
    if age is None:
        return DomainError(
            "birth_missing",
            "Не указан год рождения, а он нужен: участвовать можно с 10 лет.",
            field="birth",
        )
    if age >= MENTEE_MIN_AGE:
        return None
    if person.birth_date is None and age == MENTEE_MIN_AGE - 1 and (on.month, on.day) != (12, 31):
        return DomainError(
            "birth_inexact",
            f"По году рождения {person.birth_year} не видно, есть ли ребёнку 10 лет на {on:%d.%m.%Y}. "
            "Впишите дату рождения полностью.",
            field="birth",
        )
    years = plural(age, "год", "года", "лет")
    return DomainError(
        "mentee_too_young",
        f"На {on:%d.%m.%Y} ребёнку {age} {years}. Участвовать можно с {MENTEE_MIN_AGE} лет.",
        field="birth",
    )


def entry_state(person: Person, papers: Papers, on: date) -> MenteeState:
    """A mentee waits until the consents are in force."""
    return (
        MenteeState.AWAITING_CONSENT
        if missing_consents(person, papers, on)
        else MenteeState.IN_BASE
    )


def mentor_papers_missing(
    person: Person, papers: Papers, organisation: Organisation, on: date
) -> list[str]:
    """What a mentor lacks, in sentences: consents, and certificates of strangers among children."""
    wanted = missing_consents(person, papers, on) + missing_certificates(
        person, papers, on, with_minors=organisation.teaches_children
    )
    return [missing.sentence for missing in wanted]


def mentor_entry_state(
    person: Person, papers: Papers, organisation: Organisation, on: date
) -> MentorState:
    """A mentor of an existing register is ready once the papers are there."""
    if mentor_papers_missing(person, papers, organisation, on):
        return MentorState.PAPERS
    return MentorState.READY
