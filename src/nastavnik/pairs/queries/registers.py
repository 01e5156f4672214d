"""What the registers of people say about pairs."""

from collections.abc import Collection, Iterator
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from nastavnik.pairs.models import OPEN_STATES, PairMentee, PairState
from nastavnik.people.models import Person
from nastavnik.people.queries.official import place_of
from nastavnik.people.queries.registers import PairFact, Side
from nastavnik.tenancy.bulk import new_row

_PAIR = (
    "pair_id",
    "pair__form",
    "pair__state",
    "pair__starts_on",
    "pair__ends_on",
    "pair__ended_on",
    "pair__foreign_order",
    "pair__order__number_text",
    "pair__order__registered_on",
    "pair__organisation__slug",
)
_PERSON = ("surname", "given", "patronymic", "category", "class_name", "post", "workplace")
_STATE_WORDS = dict(PairState.choices)


class _Row(NamedTuple):
    """One member of a pair from the side of `profile`, with the one on the other side."""

    profile: int
    results: str
    pair: int
    form: str
    state: str
    starts_on: date | None
    ends_on: date | None
    ended_on: date | None
    foreign_order: str
    order_number: str | None
    order_date: date | None
    slug: str
    other: tuple[str, ...]


def pair_facts(side: Side, profile_ids: Collection[int]) -> dict[int, list[PairFact]]:
    """Pairs of each profile, the latest first; one query whatever the number of profiles."""
    pairs: dict[tuple[int, int], list[_Row]] = {}
    for row in _rows(side, profile_ids):
        pairs.setdefault((row.profile, row.pair), []).append(row)
    facts: dict[int, list[PairFact]] = {}
    for (profile, _), rows in pairs.items():
        facts.setdefault(profile, []).append(_fact(rows))
    return facts


def _rows(side: Side, profile_ids: Collection[int]) -> Iterator[_Row]:
    """Plain values: a page shows fifty people and needs none of the models behind them."""
    own, other = ("mentee", "pair__mentor") if side == "mentee" else ("pair__mentor", "mentee")
    names = [f"{own}_id", f"{own}__results", *_PAIR]
    names += [f"{other}__person__{name}" for name in _PERSON]
    found = (
        PairMentee.objects.exclude(pair__state=PairState.DECLINED)
        .filter(**{f"{own}_id__in": list(profile_ids)})
        .order_by("-pair_id", "id")
    )
    count = len(_Row._fields) - 1
    for values in found.values_list(*names):
        yield _Row._make((*values[:count], values[count:]))


def _fact(rows: list[_Row]) -> PairFact:
    row = rows[0]
    in_words = (
        f"приказ № {row.order_number} от {row.order_date:%d.%m.%Y}"
        if row.order_date
        else row.foreign_order
    )
    people = [_person(one.other) for one in rows]
    return PairFact(
        names=tuple(person.full_name for person in people),
        form=row.form,
        places=tuple(filter(None, map(place_of, people))),
        starts_on=row.starts_on,
        ends_on=row.ended_on or row.ends_on,
        results=row.results,
        order=in_words,
        state=_STATE_WORDS.get(row.state, row.state),
        url=reverse("pairs:card", kwargs={"org": row.slug, "pk": row.pair}),
        is_open=row.state in OPEN_STATES,
    )


def _person(values: tuple[str, ...]) -> Person:
    return new_row(Person, **dict(zip(_PERSON, values, strict=True)))
