"""What the registers of people say about pairs."""

from collections.abc import Collection, Iterable
from typing import Any

from django.urls import reverse

from nastavnik.pairs.models import OPEN_STATES, Pair, PairMentee, PairState
from nastavnik.people.models import Person
from nastavnik.people.queries.official import place_of
from nastavnik.people.queries.registers import PairFact, Side


def pair_facts(side: Side, profile_ids: Collection[int]) -> dict[int, list[PairFact]]:
    """Pairs of each profile, the latest first; two queries whatever the number of profiles."""
    rows = PairMentee.objects.exclude(pair__state=PairState.DECLINED).select_related(
        "pair__mentor__person", "pair__order", "pair__organisation", "mentee__person"
    )
    if side == "mentee":
        found = rows.filter(mentee_id__in=list(profile_ids)).order_by("-pair_id")
        facts: dict[int, list[PairFact]] = {}
        for row in found:
            facts.setdefault(row.mentee_id, []).append(
                _fact(row.pair, [row.pair.mentor.person], row.mentee.results)
            )
        return facts
    return _by_mentor(rows.filter(pair__mentor_id__in=list(profile_ids)).order_by("-pair_id", "id"))


def _by_mentor(rows: Iterable[PairMentee]) -> dict[int, list[PairFact]]:
    people: dict[int, tuple[Pair, list[Person]]] = {}
    for row in rows:
        people.setdefault(row.pair_id, (row.pair, []))[1].append(row.mentee.person)
    facts: dict[int, list[PairFact]] = {}
    for pair, mentees in people.values():
        facts.setdefault(pair.mentor_id, []).append(_fact(pair, mentees, pair.mentor.results))
    return facts


def _fact(pair: Pair, people: Collection[Person], results: str) -> PairFact:
    org: dict[str, Any] = {"org": pair.organisation.slug, "pk": pair.pk}
    order = pair.order
    in_words = (
        f"приказ № {order.number_text} от {order.registered_on:%d.%m.%Y}"
        if order and order.registered_on
        else pair.foreign_order
    )
    return PairFact(
        names=tuple(person.full_name for person in people),
        form=pair.form,
        places=tuple(filter(None, map(place_of, people))),
        starts_on=pair.starts_on,
        ends_on=pair.ended_on or pair.ends_on,
        results=results,
        order=in_words,
        state=pair.get_state_display(),
        url=reverse("pairs:card", kwargs=org),
        is_open=pair.state in OPEN_STATES,
    )
