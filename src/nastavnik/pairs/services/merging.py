"""Two records of one human being become one: when their pairs allow it, and what follows."""

from collections.abc import Collection

from nastavnik.accounts.actor import Actor
from nastavnik.pairs import order_data, queries
from nastavnik.pairs.facts import PairFacts, load_facts
from nastavnik.pairs.models import Pair, PairState
from nastavnik.pairs.services.profiles import follow_profiles
from nastavnik.pairs.services.standing import review_pairs
from nastavnik.people.models import MentorProfile, Person


def merge_obstacle(keep: Person, drop: Person) -> str:
    """Why the records must stay apart because of their open pairs (invariants 9 and 12); "" if nothing."""
    loaded = load_facts(
        queries.pairs_of_people([keep.pk, drop.pk]).select_related("mentor__person")
    )
    both = {keep.pk, drop.pk}
    for facts in loaded:
        inside = both & {person.pk for person in facts.people}
        if len(inside) > 1:
            return (
                f"Обе записи стоят в одной паре: {order_data.pair_in_words(facts)}. "
                "Сначала завершите её или уберите одного участника."
            )
        if facts.pair.state == PairState.IN_ORDER and drop.pk in inside:
            return (
                f"{drop.short_name} стоит в проекте приказа. "
                "Сначала подпишите проект или удалите его."
            )
    return _double_form(loaded, both) or _places(keep, drop)


def _double_form(loaded: Collection[PairFacts], people: Collection[int]) -> str:
    """A mentee has one open pair of a form."""
    seen: dict[str, PairFacts] = {}
    for facts in loaded:
        if not any(mentee.pk in people for mentee in facts.mentees):
            continue
        other = seen.setdefault(facts.pair.form, facts)
        if other is not facts:
            return (
                "У наставляемого окажется две пары одной формы: "
                f"{order_data.pair_in_words(other)}; {order_data.pair_in_words(facts)}. "
                "Сначала завершите одну из них."
            )
    return ""


def _places(keep: Person, drop: Person) -> str:
    """The mentor who stays has a place for the mentees of both."""
    profiles = {m.person_id: m for m in MentorProfile.objects.filter(person__in=[keep, drop])}
    if len(profiles) < 2:
        return ""
    used = sum(queries.used_places(m.pk for m in profiles.values()).values())
    capacity = profiles[keep.pk].capacity
    if used <= capacity:
        return ""
    return (
        f"У наставника окажется наставляемых: {used}, а мест: {capacity}. "
        "Сначала увеличьте число мест в карточке, которая останется."
    )


def follow_merge(actor: Actor, person: Person) -> None:
    """The joined record stands in the pairs of both: its state and theirs follow."""
    pairs = list(queries.pairs_of_people([person.pk]).select_related("mentor__person"))
    review_pairs(actor=actor, pairs=pairs, on=order_data.today())
    fresh = Pair.objects.filter(pk__in=[p.pk for p in pairs]).select_related("mentor__person")
    for facts in load_facts(fresh):
        follow_profiles(actor=actor, facts=facts)
