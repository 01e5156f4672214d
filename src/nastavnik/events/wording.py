"""How people are called at a meeting: least data in public, full names in the papers."""

import re
from datetime import date

from nastavnik.people.models import MenteeRequest, MentorCompetence, Person
from nastavnik.people.queries.codes import request_title, topic_title

NOUNS = ("участник", "участника", "участников")
TOPICS_SHOWN = 2
_GRADE = re.compile(r"\d{1,3}")


def called(person: Person, on: date) -> str:
    """A child by the first name, an adult by name and patronymic; never a surname."""
    if person.is_minor_on(on):
        return person.given
    return " ".join(part for part in (person.given, person.patronymic) if part)


def class_key(person: Person) -> tuple[bool, int, str, str]:
    """Classes as people count them, 4В before 10А; those without a class come last."""
    found = _GRADE.match(person.class_name)
    grade = int(found.group()) if found else 0
    return (not person.class_name, grade, person.class_name, person.search_key)


def asks_about(requests: list[MenteeRequest]) -> str:
    """Topics of requests by the classifier: a child's own words do not go on a badge."""
    return _joined([topic_title(r.topic) or request_title(r.code) for r in requests])


def helps_with(competences: list[MentorCompetence]) -> str:
    return _joined([topic_title(c.topic) or request_title(c.code) for c in competences])


def _joined(titles: list[str]) -> str:
    shown = [title for title in dict.fromkeys(titles) if title][:TOPICS_SHOWN]
    return ", ".join(shown)
