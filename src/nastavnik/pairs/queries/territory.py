"""How many mentors of a territory are open to other institutions: numbers, no rows.

A number is told when at least five mentors of at least two institutions stand behind it.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from nastavnik.accounts.actor import Actor
from nastavnik.library.queries import effective, title_of
from nastavnik.matching.engine.problem import MentorSide
from nastavnik.matching.queries import form_rules
from nastavnik.pairs import policies
from nastavnik.pairs.queries.neighbours import LEAST_PLACES, SMALL_GROUP, open_mentors
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope

CLOSED = "скрыто"
FEW = f"меньше {SMALL_GROUP}"


@dataclass(frozen=True)
class Line:
    """A topic of competence or a form: open mentors and their free places, both hidden where few."""

    title: str
    mentors: str
    places: str


@dataclass(frozen=True)
class OpenMentors:
    """The page of the territory."""

    topics: tuple[Line, ...]
    forms: tuple[Line, ...]
    mentors: str
    institutions: str


def open_mentors_of(actor: Actor, territory: Territory, on: date) -> OpenMentors:
    """The territory's open mentors; below five of anything the number is not told."""
    demand(policies.can_oversee_open_mentors(actor))
    below = institutions_below(territory)
    owners: dict[int, Organisation] = {}
    with scope(set(below)):
        mentors = open_mentors(on, below, owners)
    return OpenMentors(
        topics=_by_topic(mentors, owners),
        forms=_by_form(mentors, owners),
        mentors=_told(len(mentors)),
        institutions=_told(len({owner.pk for owner in owners.values()})),
    )


def institutions_below(territory: Territory) -> dict[int, Organisation]:
    """Institutions of the territory without examples, by key."""
    rows = Organisation.objects.filter(
        territory__path__startswith=territory.path, is_practice=False
    )
    return {one.pk: one for one in rows}


def _by_topic(
    mentors: Sequence[MentorSide], owners: Mapping[int, Organisation]
) -> tuple[Line, ...]:
    titles = {code: item.title for code, item in effective("topics").items()}
    groups: dict[str, list[MentorSide]] = defaultdict(list)
    for mentor in mentors:
        for topic in mentor.competences & titles.keys():
            groups[titles[topic]].append(mentor)
    return _lines(groups, owners)


def _by_form(mentors: Sequence[MentorSide], owners: Mapping[int, Organisation]) -> tuple[Line, ...]:
    """A mentor stands in every form that his category may lead."""
    groups = {
        title_of("forms", rule.code): [one for one in mentors if one.category in rule.mentors]
        for rule in form_rules()
    }
    return _lines({title: found for title, found in groups.items() if found}, owners)


def _lines(
    groups: Mapping[str, Sequence[MentorSide]], owners: Mapping[int, Organisation]
) -> tuple[Line, ...]:
    """The most mentors first; those whose number is hidden follow by title."""
    found = []
    for title, mentors in groups.items():
        is_told = len(mentors) >= SMALL_GROUP and _places(mentors, owners) >= LEAST_PLACES
        free = sum(mentor.places for mentor in mentors)
        line = (
            Line(title, str(len(mentors)), _told(free)) if is_told else Line(title, CLOSED, CLOSED)
        )
        found.append((-len(mentors) if is_told else 0, title, line))
    return tuple(line for *_, line in sorted(found, key=lambda one: one[:2]))


def _places(mentors: Sequence[MentorSide], owners: Mapping[int, Organisation]) -> int:
    return len({owners[mentor.id].pk for mentor in mentors})


def _told(number: int) -> str:
    return str(number) if number == 0 or number >= SMALL_GROUP else FEW
