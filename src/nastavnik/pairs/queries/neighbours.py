"""Mentors of the municipality who are open to other institutions: told without names (§ 1.2, line 32).

The one place that reads another institution's mentors. It opens the scope of the neighbours itself,
asks its own policy, and gives out only what names neither a person nor an institution.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min
from django.utils.crypto import salted_hmac

from nastavnik.accounts.actor import Actor
from nastavnik.library.engine.compare import closeness
from nastavnik.library.queries import title_of
from nastavnik.matching import sides
from nastavnik.matching.engine.fit import scale_of, score
from nastavnik.matching.engine.problem import DEFAULT_WEIGHTS, MenteeSide, MentorSide, Problem
from nastavnik.matching.queries import form_rules
from nastavnik.pairs import policies, queries
from nastavnik.people.models import (
    LoanCall,
    LoanRequest,
    LoanState,
    MenteeProfile,
    MentorProfile,
    MentorState,
)
from nastavnik.people.queries.codes import request_title, topic_title
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation, OrganisationKind, TerritoryKind
from nastavnik.tenancy.scope import scope

SMALL_GROUP = 5  # fewer than so many of a kind could be told apart
LEAST_PLACES = 2  # institutions that a told kind must come from
SHOWN = 20
ANSWER_WITHIN = timedelta(days=7)
GOOD_FIT, FAIR_FIT = 70, 40
HIDDEN = ""
_READY = (MentorState.READY, MentorState.PAIRED)
_NODES = (TerritoryKind.MUNICIPALITY, TerritoryKind.DISTRICT)


@dataclass(frozen=True)
class Offer:
    """A mentor of a neighbour as the searching side sees one: nothing that names him.

    `key` is a digest that only this institution can use for this very mentee. `form` and
    `institution` are empty where too few share them.
    """

    key: str
    topics: tuple[str, ...]
    form: str
    institution: str
    places: str
    fit: str
    rank: int


@dataclass(frozen=True)
class Known:
    """The same with what it stands for; never leaves the services."""

    offer: Offer
    mentor_id: int
    organisation_id: int
    form_code: str


def offers(
    actor: Actor, organisation: Organisation, mentee: MenteeProfile, on: date
) -> list[Offer]:
    """Mentors of the neighbours who could help the mentee, best first, without names."""
    return [known.offer for known in known_offers(actor, organisation, mentee, on)]


def known_offers(
    actor: Actor, organisation: Organisation, mentee: MenteeProfile, on: date
) -> list[Known]:
    """For the services only: each offer with the mentor behind it."""
    demand(policies.can_search_neighbours(actor))
    side = sides.mentee_side(mentee, on, has_papers=True)
    forms = form_rules()
    neighbours = neighbours_of(organisation)
    owners: dict[int, Organisation] = {}
    with scope({one.pk for one in neighbours}):
        mentors = open_mentors(on, {one.pk: one for one in neighbours}, owners)
    problem = Problem(
        mentees=(side,), mentors=tuple(mentors), forms=forms, weights=dict(DEFAULT_WEIGHTS)
    )
    told = _Told(mentors, owners, forms)
    scale = scale_of(problem)
    found = []
    for mentor in mentors:
        topics = _answering(side, mentor)
        fit = score(problem, side, mentor, closeness, scale=scale) if topics else None
        if fit is not None and mentor.places:
            offer = Offer(
                key=digest(organisation, mentee.pk, mentor.id),
                topics=tuple(title_of("topics", topic) for topic in topics),
                form=title_of("forms", fit.form) if told.form(fit.form) else HIDDEN,
                institution=told.kind(owners[mentor.id].kind),
                places="несколько мест" if mentor.places > 1 else "одно место",
                fit=_band(fit.total_0_100),
                rank=0 if fit.total_0_100 >= GOOD_FIT else 1 if fit.total_0_100 >= FAIR_FIT else 2,
            )
            found.append(Known(offer, mentor.id, owners[mentor.id].pk, fit.form))
    return sorted(found, key=lambda known: (known.offer.rank, known.offer.key))[:SHOWN]


def neighbours_of(organisation: Organisation) -> list[Organisation]:
    """The other institutions of the same municipality; an example meets only examples."""
    home = organisation.territory
    line = list(type(home).objects.filter(pk__in=home.ancestor_ids))
    nodes = {node.kind: node for node in sorted(line, key=lambda node: len(node.path))}
    node = next((nodes[kind] for kind in _NODES if kind in nodes), None)
    others = Organisation.objects.filter(is_practice=organisation.is_practice)
    near = (
        others.filter(territory=home)
        if node is None
        else others.filter(territory__path__startswith=node.path)
    )
    return list(near.exclude(pk=organisation.pk).select_related("territory"))


def digest(organisation: Organisation, *keys: int) -> str:
    """What stands for rows of others: the same each time, and nobody can read it back."""
    text = ":".join(str(key) for key in (organisation.pk, *keys))
    return salted_hmac("nastavnik.loans", text, algorithm="sha256").hexdigest()[:32]


def free_places(mentor: MentorProfile) -> int:
    """Places that neither our own pairs nor agreed neighbours hold; inside the mentor's scope."""
    return mentor.capacity - queries.used_places([mentor.pk]).get(mentor.pk, 0)


def described(mentee: MenteeProfile, on: date) -> str:
    """The mentee for the other side: an age band or a category, and the request; no name."""
    topics = dict.fromkeys(
        topic_title(r.topic) or request_title(r.code)
        for r in mentee.requests.all()
        if r.topic or r.code
    )
    return f"{_age_band(mentee, on)}; запрос: {', '.join(filter(None, topics)).lower()}"


@dataclass(frozen=True)
class LoanNumbers:
    """What waits for the curator: calls to answer and by when, agreed mentors to enter."""

    to_answer: int
    answer_by: date | None
    to_enter: int


def loan_numbers() -> LoanNumbers:
    """Two queries, for «Сегодня»."""
    calls = LoanCall.objects.filter(state=LoanState.ASKED).aggregate(
        number=Count("pk"), oldest=Min("came_on")
    )
    return LoanNumbers(
        calls["number"],
        calls["oldest"] + ANSWER_WITHIN if calls["oldest"] else None,
        LoanRequest.objects.filter(state=LoanState.AGREED, mentor__isnull=True).count(),
    )


def open_mentors(
    on: date, neighbours: dict[int, Organisation], owners: dict[int, Organisation]
) -> list[MentorSide]:
    """Sides of open mentors of the base in the scope; `owners` learns whose each is.

    For queries with a policy of their own only.
    """
    found = (
        MentorProfile.objects.filter(
            open_to_others=True, state__in=_READY, person__archived_at__isnull=True
        )
        .select_related("person")
        .prefetch_related("competences")
        .order_by("id")
    )
    rows = [row for row in found if not row.person.is_minor_on(on)]  # children are not lent
    used = queries.used_places(row.pk for row in rows)
    owners.update({row.pk: neighbours[row.organisation_id] for row in rows})
    return [
        sides.mentor_side(row, on, used=used.get(row.pk, 0), finished=0, has_papers=True)
        for row in rows
    ]


def _answering(mentee: MenteeSide, mentor: MentorSide) -> list[str]:
    """Competences of the mentor that answer a request; the others are not told."""
    return sorted(
        topic
        for topic in mentor.competences
        if any(closeness(need.code, need.topic, topic) > 0 for need in mentee.needs)
    )


def _band(fit_0_100: int) -> str:
    if fit_0_100 >= GOOD_FIT:
        return "подходит хорошо"
    return "подходит" if fit_0_100 >= FAIR_FIT else "подходит отчасти"


class _Told:
    """Which forms and kinds of institution so many share that they point at nobody."""

    def __init__(
        self, mentors: Collection[MentorSide], owners: dict[int, Organisation], forms: Any
    ) -> None:
        self._mentors, self._owners = mentors, owners
        self._forms = {rule.code: rule.mentors for rule in forms}

    def form(self, code: str) -> bool:
        categories = self._forms.get(code, frozenset())
        return self._many(lambda mentor: mentor.category in categories)

    def kind(self, kind: str) -> str:
        alike = self._many(lambda mentor: self._owners[mentor.id].kind == kind)
        return OrganisationKind(kind).label if alike else HIDDEN

    def _many(self, is_one: Callable[[MentorSide], bool]) -> bool:
        by_owner: dict[int, int] = defaultdict(int)
        for mentor in filter(is_one, self._mentors):
            by_owner[self._owners[mentor.id].pk] += 1
        return sum(by_owner.values()) >= SMALL_GROUP and len(by_owner) >= LEAST_PLACES


def _age_band(mentee: MenteeProfile, on: date) -> str:
    person = mentee.person
    age = person.age_on(on)
    if not person.is_minor_on(on):
        return person.get_category_display()
    if age is None:
        return "обучающийся"
    low, high = next((band for band in ((10, 13), (14, 15)) if age <= band[1]), (16, 17))
    return f"обучающийся {low}–{high} лет"
