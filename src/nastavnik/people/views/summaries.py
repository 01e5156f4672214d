"""Facts of a card as rows of a summary list, limited to what the reader may see."""

from collections.abc import Collection
from typing import Any

from nastavnik.people.models import MenteeProfile, MentorProfile, Person
from nastavnik.people.queries.codes import form_title
from nastavnik.shared.columns import shown

Rows = list[dict[str, Any]]


def person_facts(person: Person, fields: Collection[str], *, may_edit: bool) -> Rows:
    rows = [
        ("category", "Кто это", person.get_category_display()),
        ("gender", "Пол", person.get_gender_display() if person.gender else "не указан — спросите"),
        ("birth_date", "Рождение", shown(person.birth_date) or person.birth_year or ""),
        ("class_name", "Класс или группа", person.class_name),
        ("post", "Должность", person.post),
        ("department", "Подразделение, специальность", person.department),
        ("workplace", "Место работы или учёбы", person.workplace),
        ("phone", "Телефон", person.phone),
        ("email", "Электронная почта", person.email),
        ("address", "Адрес", person.address),
    ]
    wanted = {"category", "birth_date", "gender"}
    facts = [
        {"title": title, "value": value}
        for name, title, value in rows
        if name in fields and (value or name in wanted)
    ]
    if may_edit:
        confirmed = bool(person.name_cases)
        facts.append(
            {
                "title": "Имя по падежам",
                "value": "проверено" if confirmed else "ещё не проверено",
                "url": "names/",
            }
        )
    return facts


def mentee_facts(profile: MenteeProfile, fields: Collection[str]) -> Rows:
    rows = [
        ("form", "Форма наставничества", form_title(profile.preferred_form)),
        ("entered_on", "Дата вхождения", shown(profile.entered_on)),
        ("strengths", "Сильные стороны", profile.strengths),
        ("expectations", "Ожидания", profile.expectations),
        ("interests", "Интересы", profile.interests),
        ("time_resource", "Свободен", profile.free_words),
        ("left_on", "Дата завершения", shown(profile.left_on)),
        ("results", "Результаты", profile.results),
        ("case_link", "Кейс или отзыв", profile.case_link),
        ("passed_mark", "Отметка о прохождении", profile.passed_mark),
        ("confirmed_on", "Сведения проверены", shown(profile.confirmed_on)),
        ("note", "Заметка куратора", profile.note),
    ]
    return _seen(rows, fields)


def mentor_facts(profile: MentorProfile, fields: Collection[str]) -> Rows:
    rows = [
        ("form", "Форма наставничества", form_title(profile.preferred_form)),
        ("capacity", "Может вести", _capacity(profile)),
        ("achievements", "Достижения", profile.achievements),
        ("interests", "Интересы", profile.interests),
        ("wanted_age", "Желаемый возраст", profile.wanted_age_text or _ages(profile)),
        ("time_resource", "Ресурс времени", profile.time_text),
        ("time_resource", "Свободен", profile.free_words),
        ("entered_on", "Дата вхождения", shown(profile.entered_on)),
        ("left_on", "Дата завершения", shown(profile.left_on)),
        ("results", "Результаты", profile.results),
        ("case_link", "Кейс или отзыв", profile.case_link),
        ("confirmed_on", "Сведения проверены", shown(profile.confirmed_on)),
        ("note", "Заметка куратора", profile.note),
    ]
    return _seen(rows, fields)


def _seen(rows: list[tuple[str, str, str]], fields: Collection[str]) -> Rows:
    return [
        {"title": title, "value": value} for name, title, value in rows if name in fields and value
    ]


def _capacity(profile: MentorProfile) -> str:
    return f"{profile.capacity}, только группой" if profile.only_groups else str(profile.capacity)


def _ages(profile: MentorProfile) -> str:
    low, high = profile.wanted_age_from, profile.wanted_age_to
    if low and high:
        return f"{low}–{high}"
    return f"от {low}" if low else f"до {high}" if high else ""
