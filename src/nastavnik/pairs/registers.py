"""What the registers of people say of pairs: names, form, places, dates, order."""

from collections import defaultdict
from collections.abc import Collection

from nastavnik.pairs.models import OPEN_STATES, Pair, PairMentee, PairState
from nastavnik.people.models import Person
from nastavnik.people.queries.official import place_of
from nastavnik.people.queries.registers import PairFact, Side, register_pair_facts

NEVER_WERE = (PairState.DECLINED,)


def register_facts() -> None:
    register_pair_facts(pair_facts_of)


def pair_facts_of(side: Side, profile_ids: Collection[int]) -> dict[int, list[PairFact]]:
    """Pairs by mentee or by mentor, the latest first; one query."""
    key = "mentee_id" if side == "mentee" else "pair__mentor_id"
    rows = (
        PairMentee.objects.filter(**{f"{key}__in": list(profile_ids)})
        .exclude(pair__state__in=NEVER_WERE)
        .select_related("pair__mentor__person", "pair__order", "mentee__person")
        .order_by("-pair_id", "id")
    )
    groups: dict[tuple[int, int], list[PairMentee]] = defaultdict(list)
    for row in rows:
        owner = row.mentee_id if side == "mentee" else row.pair.mentor_id
        groups[owner, row.pair_id].append(row)
    facts: dict[int, list[PairFact]] = defaultdict(list)
    for (owner, _), members in groups.items():
        pair = members[0].pair
        others = [pair.mentor.person] if side == "mentee" else [m.mentee.person for m in members]
        facts[owner].append(_fact(pair, others))
    return facts


def _fact(pair: Pair, others: list[Person]) -> PairFact:
    return PairFact(
        names=tuple(person.full_name for person in others),
        form=pair.form,
        places=tuple(filter(None, map(place_of, others))),
        starts_on=pair.starts_on,
        ends_on=pair.ends_on,
        order=_order_words(pair),
        state=pair.get_state_display(),
        is_open=pair.state in OPEN_STATES,
    )


def _order_words(pair: Pair) -> str:
    if pair.foreign_order:
        return pair.foreign_order
    order = pair.order
    if order is None or not order.number_text or order.registered_on is None:
        return ""
    return f"приказ № {order.number_text} от {order.registered_on:%d.%m.%Y}"
