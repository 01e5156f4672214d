"""Finding persons."""

from typing import Any

from django.db.models import Q, QuerySet

from nastavnik.people.models import Person
from nastavnik.shared.text import search_key

FIND_LIMIT = 30


def people() -> "QuerySet[Person]":
    """Persons of the organisations in scope, without records merged into others."""
    rows: QuerySet[Person] = Person.objects.filter(merged_into__isnull=True)
    return rows


def living_people() -> "QuerySet[Person]":
    """The same without the archive."""
    return people().filter(archived_at__isnull=True)


def same_people(person: Person) -> "QuerySet[Person]":
    """Other records with the same name and the same, or no, year of birth."""
    namesakes = people().filter(search_key=search_key(person.full_name)).exclude(pk=person.pk)
    year = person.birth_date.year if person.birth_date else person.birth_year
    if year is None:
        return namesakes
    return namesakes.filter(Q(birth_year=year) | Q(birth_year__isnull=True))


def find_people(text: str) -> list[Person]:
    """People whose names hold every word of `text` at the beginning of a part of the name."""
    words = search_key(text).split()
    if not words:
        return []
    rows = people().select_related("mentee", "mentor")
    for word in words:
        rows = rows.filter(name_has(word))
    return list(rows.order_by("archived_at", "search_key", "id")[:FIND_LIMIT])


def name_has(word: str, prefix: str = "") -> Q:
    """Some part of the name begins with `word` (already a search key)."""
    field = f"{prefix}search_key"
    conditions: dict[str, Any] = {f"{field}__startswith": word}
    return Q(**conditions) | Q(**{f"{field}__contains": f" {word}"})
