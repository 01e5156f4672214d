"""Everything known about a pair that its rules need, loaded at once for many pairs."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from nastavnik.pairs.models import Pair, PairAnswer, PairMentee
from nastavnik.people.models import MenteeProfile, Person
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.requirements import Papers


@dataclass(frozen=True)
class PairFacts:
    """A pair with its people, their answers and their papers; no query is needed after loading."""

    pair: Pair
    mentor: Person
    mentees: tuple[Person, ...]
    members: tuple[PairMentee, ...]
    answers: dict[int, PairAnswer]
    papers: dict[int, Papers]

    @property
    def people(self) -> tuple[Person, ...]:
        return (self.mentor, *self.mentees)

    def has_minors(self, on: date) -> bool:
        return any(mentee.is_minor_on(on) for mentee in self.mentees)

    def papers_for(self, person: Person) -> Papers:
        return self.papers.get(person.pk, Papers())


def load_facts(pairs: Iterable[Pair]) -> list[PairFacts]:
    """Facts in the order of `pairs`; six queries whatever their number."""
    found = list(pairs)
    rows = _members([pair.pk for pair in found]).select_related("mentee__person")
    return _facts(found, list(rows), _mentors(found))


def load_facts_by_keys(keys: Iterable[int]) -> list[PairFacts]:
    """Facts of the pairs with these keys, read together with their members: four queries."""
    ids = list(keys)
    rows = list(_members(ids).select_related("mentee__person", "pair__mentor__person"))
    known = {member.pair_id: member.pair for member in rows}
    if others := set(ids) - known.keys():  # nobody is left in them
        missing = Pair.objects.filter(pk__in=others).select_related("mentor__person")
        known |= {pair.pk: pair for pair in missing}
    found = [known[pk] for pk in ids if pk in known]
    return _facts(found, rows, {pair.pk: pair.mentor.person for pair in found})


def _members(ids: list[int]) -> "QuerySet[PairMentee]":
    """A pair that is over is still told by those who were in it to the last day."""
    present = Q(left_on__isnull=True) | Q(left_on=F("pair__ended_on"))
    rows: QuerySet[PairMentee] = PairMentee.objects.filter(present, pair_id__in=ids)
    return rows.order_by("id")


def _facts(
    found: list[Pair], rows: list[PairMentee], mentors: dict[int, Person]
) -> list[PairFacts]:
    members: dict[int, list[PairMentee]] = {pair.pk: [] for pair in found}
    for member in rows:
        members[member.pair_id].append(member)
    answers: dict[int, dict[int, PairAnswer]] = {pair.pk: {} for pair in found}
    for answer in PairAnswer.objects.filter(pair_id__in=list(answers)):
        answers[answer.pair_id][answer.person_id] = answer
    everyone = {mentor.pk for mentor in mentors.values()}
    everyone |= {member.mentee.person_id for member in rows}
    papers = papers_of(everyone)
    return [
        PairFacts(
            pair=pair,
            mentor=mentors[pair.pk],
            mentees=tuple(m.mentee.person for m in members[pair.pk]),
            members=tuple(members[pair.pk]),
            answers=answers[pair.pk],
            papers=papers,
        )
        for pair in found
    ]


def _mentors(pairs: list[Pair]) -> dict[int, Person]:
    """The mentor of each pair; one query for those that were not read together with the pair."""
    known = {pair.pk: pair.mentor.person for pair in pairs if _has_mentor(pair)}
    others = [pair.pk for pair in pairs if pair.pk not in known]
    if others:
        rows = Pair.objects.filter(pk__in=others).select_related("mentor__person")
        known |= {pair.pk: pair.mentor.person for pair in rows}
    return known


def _has_mentor(pair: Pair) -> bool:
    return Pair.mentor.is_cached(pair) and type(pair.mentor).person.is_cached(pair.mentor)


def facts_of(pair: Pair) -> PairFacts:
    return load_facts([pair])[0]


def profiles_of(facts: PairFacts) -> list[MenteeProfile]:
    return [member.mentee for member in facts.members]
