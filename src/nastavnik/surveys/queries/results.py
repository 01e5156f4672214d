"""What came out of a preference campaign, for the curator alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from nastavnik.people.models import Person
from nastavnik.surveys.models import Campaign, Invitation, Side, Wish
from nastavnik.surveys.queries.consents import taking_part


@dataclass(frozen=True)
class Line:
    """One combination of a mentee and a mentor with the place given by each; 0 is none."""

    mentee: Person
    mentor: Person
    mentee_rank: int
    mentor_rank: int

    @property
    def is_mutual(self) -> bool:
        return bool(self.mentee_rank and self.mentor_rank)

    @property
    def order(self) -> tuple[int, int, str, str]:
        ranks = [rank for rank in (self.mentee_rank, self.mentor_rank) if rank]
        return sum(ranks), max(ranks), self.mentee.search_key, self.mentor.search_key


@dataclass(frozen=True)
class Results:
    """Mutual choices first, then one-sided ones, then those who need the curator's word.

    `chose_nobody` answered so; `not_chosen_yet` nobody named; `avoided` are (chooser, whom).
    Nobody but the holder of `surveys.choices` may see any of it.
    """

    mutual: tuple[Line, ...]
    one_sided: tuple[Line, ...]
    chose_nobody: tuple[Invitation, ...]
    not_chosen_yet: tuple[Invitation, ...]
    avoided: tuple[tuple[Invitation, Invitation], ...]
    reasons: tuple[Invitation, ...]
    asked_by_side: dict[str, int]
    answered_by_side: dict[str, int]
    without_mutual: int

    @property
    def asked(self) -> int:
        return sum(self.asked_by_side.values())

    @property
    def answered(self) -> int:
        return sum(self.answered_by_side.values())

    @property
    def is_empty(self) -> bool:
        return not self.answered


def results(campaign: Campaign, on: date) -> Results:
    """Everything at once; two queries. Nobody without consents in force on the day is in it."""
    rows = {row.pk: row for row in taking_part(campaign, on)}
    wishes = [
        wish
        for wish in Wish.objects.filter(chooser__campaign=campaign).order_by("chooser_id", "rank")
        if wish.chooser_id in rows and wish.about_id in rows
    ]
    lines = _lines(rows, wishes)
    ranked = [wish for wish in wishes if wish.rank]
    choosers, named = {w.chooser_id for w in ranked}, {w.about_id for w in ranked}
    mutual = tuple(line for line in lines if line.is_mutual)
    matched = {p.pk for line in mutual for p in (line.mentee, line.mentor)}
    answered = [row for row in rows.values() if row.answered_at is not None]
    return Results(
        mutual=mutual,
        one_sided=tuple(line for line in lines if not line.is_mutual),
        chose_nobody=tuple(row for row in answered if row.pk not in choosers),
        not_chosen_yet=tuple(row for row in rows.values() if row.pk not in named),
        avoided=tuple((rows[w.chooser_id], rows[w.about_id]) for w in wishes if w.is_not_with),
        reasons=tuple(row for row in answered if row.why),
        asked_by_side=_by_side(rows.values()),
        answered_by_side=_by_side(answered),
        without_mutual=sum(1 for row in rows.values() if row.person_id not in matched),
    )


def _by_side(rows: Iterable[Invitation]) -> dict[str, int]:
    sides = [row.side for row in rows]
    return {side: sides.count(side) for side in Side}


def _lines(rows: dict[int, Invitation], wishes: Iterable[Wish]) -> list[Line]:
    """Combinations that somebody wished, the best first."""
    ranks: dict[tuple[int, int], dict[str, int]] = {}
    for wish in wishes:
        if not wish.rank:
            continue
        chooser, other = rows[wish.chooser_id], rows[wish.about_id]
        key = (chooser.pk, other.pk) if chooser.side == Side.MENTEE else (other.pk, chooser.pk)
        ranks.setdefault(key, {})[chooser.side] = wish.rank
    found = [
        Line(
            mentee=rows[mentee].person,
            mentor=rows[mentor].person,
            mentee_rank=places.get(Side.MENTEE, 0),
            mentor_rank=places.get(Side.MENTOR, 0),
        )
        for (mentee, mentor), places in ranks.items()
    ]
    return sorted(found, key=lambda line: line.order)
