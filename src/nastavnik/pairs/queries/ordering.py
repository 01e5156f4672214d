"""What the page of the order shows: ready pairs, the others by what they lack, the sheet."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse

from nastavnik.pairs.facts import PairFacts
from nastavnik.pairs.models import Pair
from nastavnik.pairs.rules import Blocker, told
from nastavnik.tenancy.models import Organisation

BLOCKER_TITLES = {
    "consent": "нет согласия",
    "certificate": "нет справки",
    "answer": "нет ответа «да»",
    "addendum": "нет дополнительного соглашения",
    "age": "возраст участника",
    "size": "состав группы",
}
# The page where each kind of blocker is mended; the person's card when that room is not open.
PAGES = {"consent": "people:consents", "certificate": "people:certificates"}


@dataclass(frozen=True)
class Obstacle:
    """A blocker with the address of the page that mends it."""

    blocker: Blocker
    url: str
    link: str


@dataclass
class HeldGroup:
    """Pairs that lack the same thing."""

    code: str
    title: str
    pairs: dict[int, tuple[PairFacts, list[Obstacle]]] = field(default_factory=dict)

    @property
    def rows(self) -> list[tuple[PairFacts, list[Obstacle]]]:
        return list(self.pairs.values())


def obstacle(organisation: Organisation, pair: Pair, blocker: Blocker) -> Obstacle:
    """Where to go with a blocker."""
    org = {"org": organisation.slug}
    card = reverse("pairs:card", kwargs={**org, "pk": pair.pk})
    match blocker.code:
        case "answer":
            return Obstacle(blocker, reverse("pairs:answers", kwargs=org), "Отметить ответ")
        case "consent" if blocker.person_id:
            return _consent_page(org, blocker)
        case "certificate" if blocker.person_id:
            page = reverse(
                "people:certificates-enter", kwargs={**org, "person_id": blocker.person_id}
            )
            return Obstacle(blocker, page, "Внести справку")
        case "addendum":
            return Obstacle(blocker, f"{card}#addendum", "Указать соглашение")
        case "size":
            return Obstacle(blocker, f"{card}#members", "Решить, что с группой")
    person = (
        reverse("people:card", kwargs={**org, "person_id": blocker.person_id})
        if blocker.person_id
        else card
    )
    return Obstacle(blocker, person, "Открыть карточку")


def _consent_page(org: dict[str, Any], blocker: Blocker) -> Obstacle:
    """The page of one consent, or the one where several of a person are entered at once."""
    kind = blocker.kind.partition(":")[0]  # «participation_child:own»: the child's own signature
    if kind:
        values = {**org, "person_id": blocker.person_id, "kind": kind}
        return Obstacle(blocker, reverse("people:consent-cell", kwargs=values), "Внести согласие")
    page = f"{reverse('people:consents-receive', kwargs=org)}?p={blocker.person_id}"
    return Obstacle(blocker, page, "Внести согласия")


def held_groups(
    organisation: Organisation,
    held: Sequence[tuple[PairFacts, tuple[Blocker, ...]]],
) -> list[HeldGroup]:
    """Each pair once, under the first thing that it lacks, with everything that it lacks."""
    groups: dict[str, HeldGroup] = {}
    for facts, found in held:
        code = found[0].code if found else "answer"
        group = groups.setdefault(code, HeldGroup(code, BLOCKER_TITLES.get(code, code)))
        obstacles = [obstacle(organisation, facts.pair, blocker) for blocker in told(found)]
        group.pairs[facts.pair.pk] = (facts, obstacles)
    return sorted(groups.values(), key=lambda g: (-len(g.pairs), g.code))


def held_in_words(groups: Sequence[HeldGroup]) -> str:
    """«нет согласия — 3, нет справки — 1»."""
    return ", ".join(f"{group.title} — {len(group.pairs)}" for group in groups)


def page_of(organisation: Organisation, code: str) -> str:
    """The room where papers of this kind are kept, or an empty string while it is not open."""
    try:
        return reverse(PAGES[code], kwargs={"org": organisation.slug})
    except (KeyError, NoReverseMatch):
        return ""


def usual_start(on: date) -> date:
    """Two working days for the head to sign."""
    day, left = on, 2
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return day
