"""What the review needs besides the run, in two questions: standing pairs and rules; the people."""

from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import CharField, F, Q, Value

from nastavnik.matching.models import MatchRule, RuleKind
from nastavnik.pairs.models import BEFORE_ORDER, OPEN_STATES, PairMentee, PairSource
from nastavnik.people.models import MenteeProfile, MentorProfile, Person


@dataclass(frozen=True)
class OpenPair:
    """The open pair of a mentee, as far as the review shows it."""

    pk: int
    mentor_id: int
    state: str
    source: str
    accepted_in: str

    @property
    def is_before_order(self) -> bool:
        return self.state in BEFORE_ORDER

    @property
    def is_from_proposal(self) -> bool:
        return self.source == PairSource.PROPOSAL


@dataclass(frozen=True)
class StandingRule:
    """A lock or a prohibition that holds in every run."""

    pk: int
    mentee_id: int
    mentor_id: int
    kind: str
    reason: str

    @property
    def is_forbidding(self) -> bool:
        return self.kind == RuleKind.FORBID


def open_pairs_and_rules() -> tuple[dict[int, OpenPair], list[StandingRule]]:
    """Open pairs by mentee and the rules, the latest first; one query for both."""
    places = (
        PairMentee.objects.filter(left_on__isnull=True, pair__state__in=list(OPEN_STATES))
        .order_by()
        .annotate(of=Value("pair", CharField()))
        .values_list(
            "of", "pair_id", "mentee_id", "pair__mentor_id", "pair__state", "accepted_in", "pair__source"
        )
    )  # fmt: skip
    rules = (
        MatchRule.objects.order_by()
        .annotate(of=Value("rule", CharField()), source=Value("", CharField()))
        .values_list("of", "id", "mentee_id", "mentor_id", "kind", "reason", "source")
    )
    pairs: dict[int, OpenPair] = {}
    found: list[StandingRule] = []
    for of, pk, mentee, mentor, state, words, source in places.union(rules, all=True):
        if of == "pair":
            pairs[mentee] = OpenPair(pk, mentor, state, source, words)
        else:
            found.append(StandingRule(pk, mentee, mentor, state, words))
    return pairs, sorted(found, key=lambda rule: -rule.pk)


@dataclass
class People:
    """Profiles by their keys, each with its person; `said` are (topic, words) of requests."""

    mentees: dict[int, MenteeProfile] = field(default_factory=dict)
    mentors: dict[int, MentorProfile] = field(default_factory=dict)
    said: dict[int, list[tuple[str, str]]] = field(default_factory=dict)


def people_of(mentee_ids: Collection[int], mentor_ids: Collection[int]) -> People:
    """The named mentees with their requests, and the named mentors; one query for all."""
    mentees = MenteeProfile.objects.filter(pk__in=sorted(mentee_ids))
    mentors = MentorProfile.objects.filter(pk__in=sorted(mentor_ids))
    rows = (
        Person.objects.filter(
            Q(pk__in=mentees.values("person_id")) | Q(pk__in=mentors.values("person_id"))
        )
        .select_related("mentee", "mentor")
        .annotate(topic=F("mentee__requests__topic"), words=F("mentee__requests__text"))
        .order_by("pk", "mentee__requests__id")
    )
    found = People()
    for person in rows:
        mentee, mentor = getattr(person, "mentee", None), getattr(person, "mentor", None)
        if mentee is not None:
            found.mentees.setdefault(mentee.pk, mentee)
            if person.topic is not None:
                found.said.setdefault(mentee.pk, []).append((person.topic, person.words))
        if mentor is not None:
            found.mentors.setdefault(mentor.pk, mentor)
    return found
