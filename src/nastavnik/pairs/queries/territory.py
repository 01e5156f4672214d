"""How many mentors of a territory are open to other institutions: numbers by topic, no rows."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from nastavnik.accounts.actor import Actor
from nastavnik.library.queries import effective
from nastavnik.matching.engine.problem import MentorSide
from nastavnik.pairs import policies
from nastavnik.pairs.queries.neighbours import SMALL_GROUP, open_mentors
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, Territory
from nastavnik.tenancy.scope import scope

FEW = f"меньше {SMALL_GROUP}"


@dataclass(frozen=True)
class TopicLine:
    """A topic of competence: open mentors and their free places, both hidden where few."""

    title: str
    mentors: str
    places: str


@dataclass(frozen=True)
class OpenMentors:
    """The page of the territory."""

    lines: tuple[TopicLine, ...]
    mentors: str
    institutions: str


def open_mentors_of(actor: Actor, territory: Territory, on: date) -> OpenMentors:
    """The territory's open mentors; below five of anything the number is not told."""
    demand(policies.can_oversee_open_mentors(actor))
    places = Organisation.objects.filter(
        territory__path__startswith=territory.path, is_practice=False
    )
    below = {one.pk: one for one in places}
    owners: dict[int, Organisation] = {}
    with scope(set(below)):
        mentors = open_mentors(on, below, owners)
    return OpenMentors(
        lines=_lines(mentors),
        mentors=_told(len(mentors)),
        institutions=_told(len({owner.pk for owner in owners.values()})),
    )


def _lines(mentors: list[MentorSide]) -> tuple[TopicLine, ...]:
    """Topics with the most mentors first."""
    titles = {code: item.title for code, item in effective("topics").items()}
    able: Counter[str] = Counter()
    free: dict[str, int] = defaultdict(int)
    for mentor in mentors:
        for topic in mentor.competences & titles.keys():
            able[topic] += 1
            free[topic] += mentor.places
    ordered = sorted(able, key=lambda topic: (-max(able[topic], SMALL_GROUP - 1), titles[topic]))
    return tuple(
        TopicLine(
            titles[topic],
            _told(able[topic]),
            FEW if able[topic] < SMALL_GROUP else _told(free[topic]),
        )
        for topic in ordered
    )


def _told(number: int) -> str:
    return str(number) if number == 0 or number >= SMALL_GROUP else FEW
