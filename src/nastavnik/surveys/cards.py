"""What one participant is shown of another: a name to call by, a picture, never a surname.

A minor sees first names and pictures alone; an adult also sees a child's class and what a mentor can
help with.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nastavnik.people.models import MentorCompetence, Person
from nastavnik.people.queries.codes import topic_title
from nastavnik.surveys.models import Invitation, Side

SHAPES = 6
COLOURS = 5
TOPICS_SHOWN = 2


@dataclass(frozen=True)
class Card:
    """One person to choose."""

    number: int
    name: str
    about: str
    shape: int
    colour: int
    has_namesake: bool

    @property
    def letter(self) -> str:
        return self.name[:1].upper()

    @property
    def label(self) -> str:
        """The name that tells this one from a namesake."""
        return f"{self.name}, № {self.number}" if self.has_namesake else self.name


def first_names(person: Person, on: date) -> str:
    """A child by the first name, an adult by name and patronymic."""
    if person.is_minor_on(on) or not person.patronymic:
        return person.given
    return f"{person.given} {person.patronymic}"


def cards_for(chooser: Person, others: Iterable[Invitation], on: date) -> list[Card]:
    """Cards in the given order; at most one query."""
    rows = list(others)
    is_child = chooser.is_minor_on(on)
    topics = {} if is_child else _topics(rows)
    names = {row.number: first_names(row.person, on) for row in rows}
    times = Counter(names.values())
    return [
        Card(
            number=row.number,
            name=names[row.number],
            about="" if is_child else _about(row.person, topics),
            shape=row.number % SHAPES + 1,
            colour=row.number % COLOURS + 1,
            has_namesake=times[names[row.number]] > 1,
        )
        for row in rows
    ]


def _about(person: Person, topics: dict[int, list[str]]) -> str:
    return ", ".join([*filter(None, [person.class_name]), *topics.get(person.pk, [])])


def _topics(rows: list[Invitation]) -> dict[int, list[str]]:
    """What mentors can help with, by person. Requests of mentees are not told: some are delicate."""
    ids = [row.person_id for row in rows if row.side == Side.MENTOR]
    topics: dict[int, list[str]] = {pk: [] for pk in ids}
    known = MentorCompetence.objects.filter(mentor__person_id__in=ids).exclude(topic="")
    for person_id, topic in known.order_by("id").values_list("mentor__person_id", "topic"):
        title = topic_title(topic).lower()
        if title and title not in topics[person_id] and len(topics[person_id]) < TOPICS_SHOWN:
            topics[person_id].append(title)
    return topics
