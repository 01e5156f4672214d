"""The registers in their official forms: columns by PRODUCT.md § 6.3, rows as a report."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from nastavnik.people.models import Category, MenteeProfile, MentorProfile, Person
from nastavnik.people.models.person import STAFF_CATEGORIES
from nastavnik.people.queries.codes import form_title
from nastavnik.people.queries.registers import (
    PairFact,
    competence_texts_of,
    pair_facts,
    representative_contacts,
    request_texts_of,
)

Cell = str | int | date | None


@dataclass(frozen=True)
class OfficialColumn:
    """A column of the form; `field` is the name by which `policies.visible_fields` knows it."""

    title: str
    field: str
    value: Callable[["Row"], Cell]


@dataclass(frozen=True)
class Row:
    """One line of a register with everything its columns may need."""

    number: int
    profile: Any
    person: Person
    words: str
    contact: str
    pairs: tuple[PairFact, ...]


@dataclass(frozen=True)
class OfficialRegister:
    title: str
    columns: tuple[OfficialColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]


def birth_of(person: Person) -> Cell:
    return person.birth_date or person.birth_year


def own_contact(person: Person) -> str:
    return ", ".join(part for part in (person.phone, person.email) if part)


def place_of(person: Person) -> str:
    """Class, group, post and workplace in an order that our own import reads back."""
    if person.category == Category.PUPIL:
        return f"ученик, {person.class_name} класс" if person.class_name else "ученик"
    if person.category == Category.STUDENT:
        return ", ".join(p for p in ("студент", person.class_name, person.workplace) if p)
    if person.category in STAFF_CATEGORIES:
        return ", ".join(part for part in (person.post, person.workplace) if part)
    return ", ".join(part for part in (person.workplace, person.post) if part)


def class_or_post(person: Person) -> str:
    return person.class_name or person.post


def _partners(row: Row) -> str:
    return "\n".join(_with_order(fact) for fact in row.pairs)


def _with_order(fact: PairFact) -> str:
    names = "; ".join(fact.names)
    return f"{names} ({fact.order})" if fact.order and names else names


def _forms(row: Row) -> str:
    own = [row.profile.preferred_form] if row.profile.preferred_form else []
    codes = [fact.form for fact in row.pairs if fact.form] or own
    return "; ".join(dict.fromkeys(form_title(code) for code in codes))


def _places(row: Row) -> str:
    return "; ".join(dict.fromkeys(place for fact in row.pairs for place in fact.places))


def _left(row: Row) -> Cell:
    if row.profile.left_on:
        return date.fromisoformat(str(row.profile.left_on))
    ended = [fact.ends_on for fact in row.pairs if fact.ends_on and not fact.is_open]
    return max(ended) if ended else None


def _results(row: Row) -> str:
    return row.profile.results or "; ".join(fact.results for fact in row.pairs if fact.results)


_NUMBER = OfficialColumn("№ п/п", "full_name", lambda row: row.number)

MENTEE_COLUMNS = (
    _NUMBER,
    OfficialColumn("ФИО наставляемого", "full_name", lambda row: row.person.full_name),
    OfficialColumn(
        "Контактные данные для связи (данные представителя)", "contact", lambda row: row.contact
    ),
    OfficialColumn("Год рождения наставляемого", "birth_year", lambda row: birth_of(row.person)),
    OfficialColumn("Класс (должность)", "class_name", lambda row: class_or_post(row.person)),
    OfficialColumn("Основной запрос наставляемого", "requests", lambda row: row.words),
    OfficialColumn("Дата вхождения в программу", "entered_on", lambda row: row.profile.entered_on),
    OfficialColumn("ФИО наставника", "pair", _partners),
    OfficialColumn("Форма наставничества", "form", _forms),
    OfficialColumn("Место работы/учебы наставника", "pair", _places),
    OfficialColumn("Дата завершения программы", "left_on", _left),
    OfficialColumn("Результаты программы", "results", _results),
    OfficialColumn(
        "Ссылка на кейс/отзыв наставляемого, размещенные на сайте организации",
        "case_link",
        lambda row: row.profile.case_link,
    ),
    OfficialColumn(
        "Отметка о прохождении программы", "passed_mark", lambda row: row.profile.passed_mark
    ),
)

MENTOR_COLUMNS = (
    _NUMBER,
    OfficialColumn("ФИО наставника", "full_name", lambda row: row.person.full_name),
    OfficialColumn("Контактные данные для связи", "contact", lambda row: row.contact),
    OfficialColumn("Место работы/учебы наставника", "workplace", lambda row: place_of(row.person)),
    OfficialColumn("Основные компетенции наставника", "competences", lambda row: row.words),
    OfficialColumn(
        "Важные для программы достижения наставника",
        "achievements",
        lambda row: row.profile.achievements,
    ),
    OfficialColumn("Интересы наставника", "interests", lambda row: row.profile.interests),
    OfficialColumn(
        "Желаемый возраст наставляемых", "wanted_age", lambda row: row.profile.wanted_age_text
    ),
    OfficialColumn(
        "Ресурс времени на программу наставничества",
        "time_resource",
        lambda row: row.profile.time_text,
    ),
    OfficialColumn("Дата вхождения в программу", "entered_on", lambda row: row.profile.entered_on),
    OfficialColumn("ФИО наставляемого (наставляемых)", "pair", _partners),
    OfficialColumn("Форма наставничества", "form", _forms),
    OfficialColumn("Место работы/учебы наставляемого", "pair", _places),
    OfficialColumn("Дата завершения программы", "left_on", _left),
    OfficialColumn("Результаты программы", "results", _results),
    OfficialColumn(
        "Ссылка на кейс/отзыв наставника, размещенные на сайте организации",
        "case_link",
        lambda row: row.profile.case_link,
    ),
)


def official_mentees(
    rows: "QuerySet[MenteeProfile]", visible: Collection[str], today: date
) -> OfficialRegister:
    """The register of mentees with the columns that `visible` allows."""
    profiles = list(rows.select_related("person").order_by("person__search_key", "pk"))
    ids = [profile.pk for profile in profiles]
    words, pairs = request_texts_of(ids), pair_facts("mentee", ids)
    guardians = representative_contacts([profile.person_id for profile in profiles])
    lines = [
        Row(
            number,
            profile,
            profile.person,
            words.get(profile.pk, ""),
            guardians.get(profile.person_id) or own_contact(profile.person),
            tuple(pairs.get(profile.pk, ())),
        )
        for number, profile in enumerate(profiles, start=1)
    ]
    return _register(f"База наставляемых на {today:%d.%m.%Y}", MENTEE_COLUMNS, lines, visible)


def official_mentors(
    rows: "QuerySet[MentorProfile]", visible: Collection[str], today: date
) -> OfficialRegister:
    """The register of mentors with the columns that `visible` allows."""
    profiles = list(rows.select_related("person").order_by("person__search_key", "pk"))
    ids = [profile.pk for profile in profiles]
    words, pairs = competence_texts_of(ids), pair_facts("mentor", ids)
    lines = [
        Row(
            number,
            profile,
            profile.person,
            words.get(profile.pk, ""),
            own_contact(profile.person),
            tuple(pairs.get(profile.pk, ())),
        )
        for number, profile in enumerate(profiles, start=1)
    ]
    return _register(f"База наставников на {today:%d.%m.%Y}", MENTOR_COLUMNS, lines, visible)


def _register(
    title: str, columns: tuple[OfficialColumn, ...], lines: list[Row], visible: Collection[str]
) -> OfficialRegister:
    shown = tuple(column for column in columns if column.field in visible)
    return OfficialRegister(
        title, shown, tuple(tuple(column.value(line) for column in shown) for line in lines)
    )
