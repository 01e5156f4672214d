"""Lines close themselves when their proof appears and open again when it falls.

One pass reads an organisation's open roadmaps in four queries, asks every kind of evidence once for
all its lines, and writes only the lines whose answer changed. A line that a person settled by hand
is left alone. A line with several occurrences asks for each within its own days, so that the report
of March does not close June.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor, system_actor
from nastavnik.audit.services import record
from nastavnik.roadmaps.evidence import (
    LINK,
    SINCE,
    STARTS,
    UNTIL,
    Evidence,
    find_for,
    registered_kinds,
)
from nastavnik.roadmaps.models import OPEN_STATES, ItemState, Occurrence, RoadmapItem
from nastavnik.roadmaps.services.happenings import learn
from nastavnik.tenancy.scope import scope

QUIET = ("roadmaps.item_closed", "roadmaps.item_reopened")
BY_HAND = frozenset({ItemState.DONE_BY_HAND, ItemState.NOT_APPLICABLE})
_COLUMNS = ("state", "evidence_words", "evidence_on", "evidence_document_id")


@dataclass
class _Asked:
    """A line with its occurrences and the proofs found for each of them."""

    item: RoadmapItem
    occurrences: list[Occurrence]
    rules: list[Mapping[str, Any]] = field(default_factory=list)
    asked: list[Occurrence | None] = field(default_factory=list)
    answers: list[Evidence | None] = field(default_factory=list)


@transaction.atomic
def reevaluate(*, organisation_id: int, on: date, actor: Actor | None = None) -> int:
    """Bring every line of the organisation's open roadmaps in line with what is true on the day.

    Runs inside the organisation's scope. Returns how many lines changed.
    """
    learn(organisation_id)
    rows = list(_lines(organisation_id))
    if not rows:
        return 0
    asked = _asked(rows, on)
    for kind in {row.item.evidence_kind for row in asked}:
        of_kind = [row for row in asked if row.item.evidence_kind == kind]
        found = iter(find_for(kind, [rule for row in of_kind for rule in row.rules], on))
        for row in of_kind:
            row.answers = [next(found) for _ in row.rules]
    changed = [row.item for row in asked if _settle(row, on)]
    _write(changed, actor or system_actor("Дорожная карта"))
    return len(changed)


def forget_proof(item: RoadmapItem, *, actor: Actor) -> None:
    """The rule has changed: what the former one found proves nothing; marks of people stay."""
    item.occurrences.filter(met_by_hand=False).update(met_on=None, met_words="", met_document=None)
    if item.state in BY_HAND:
        return
    occurrences = list(item.occurrences.all())
    if len(occurrences) > 1:
        _judge_many(item, occurrences, None)
    else:
        _set(item, _idle(item), "", None, None)
    _write([item], actor)


def _lines(organisation_id: int) -> Iterable[RoadmapItem]:
    """Lines that can close by themselves; of a replaced version none."""
    rows: Iterable[RoadmapItem] = (
        RoadmapItem.objects.filter(
            organisation_id=organisation_id,
            roadmap__state__in=OPEN_STATES,
            evidence_kind__in=registered_kinds(),
            is_group=False,
        )
        .exclude(state__in=BY_HAND)
        .select_related("roadmap")
    )
    return rows


def _asked(items: Sequence[RoadmapItem], on: date) -> list[_Asked]:
    by_item: dict[int, list[Occurrence]] = {}
    for row in Occurrence.objects.filter(item__in=[item.pk for item in items]).order_by("ordinal"):
        by_item.setdefault(row.item_id, []).append(row)
    found = []
    for item in items:
        asked = _Asked(item, by_item.get(item.pk, []))
        for rule, occurrence in _rules(item, asked.occurrences, on):
            asked.rules.append(rule)
            asked.asked.append(occurrence)
        found.append(asked)
    return found


def _rules(
    item: RoadmapItem, occurrences: Sequence[Occurrence], on: date
) -> Iterable[tuple[Mapping[str, Any], Occurrence | None]]:
    """What to ask: once for the line, or once for each occurrence whose days have begun."""
    base = {**item.evidence_parameters, STARTS: item.roadmap.starts_on, LINK: item.link}
    if len(occurrences) < 2:
        yield base, occurrences[0] if occurrences else None
        return
    since = item.roadmap.starts_on
    for occurrence in occurrences:
        until = occurrence.due_on or item.roadmap.ends_on
        if since <= on and not occurrence.met_by_hand:
            yield {**base, SINCE: since, UNTIL: until}, occurrence
        since = until + timedelta(days=1)


def _settle(row: _Asked, on: date) -> bool:
    """Set the new state of the line and of its occurrences; whether the line itself changed."""
    before = tuple(getattr(row.item, name) for name in _COLUMNS)
    touched = []
    for occurrence, answer in zip(row.asked, row.answers, strict=True):
        if occurrence is not None and _meet(occurrence, answer, on):
            touched.append(occurrence)
    if touched:
        Occurrence.objects.bulk_update(touched, ["met_on", "met_words", "met_document"])
    _judge(row, on)
    return tuple(getattr(row.item, name) for name in _COLUMNS) != before


def _meet(occurrence: Occurrence, answer: Evidence | None, on: date) -> bool:
    """An occurrence is met by a proof and unmet when it falls; a past one met by a count stays."""
    proof = answer if answer is not None and answer.is_met else None
    past = occurrence.due_on is not None and occurrence.due_on < on
    if occurrence.met_by_hand or (
        proof is None and past and occurrence.met_on and occurrence.met_document_id is None
    ):
        return False
    wanted = (
        (occurrence.met_on or proof.on or on, proof.words[:500], proof.document_id)
        if proof
        else (None, "", None)
    )
    if proof and proof.on:
        wanted = (proof.on, *wanted[1:])
    if (occurrence.met_on, occurrence.met_words, occurrence.met_document_id) == wanted:
        return False
    occurrence.met_on, occurrence.met_words, occurrence.met_document_id = wanted
    return True


def _judge(row: _Asked, on: date) -> None:
    item = row.item
    proofs = [a for a in row.answers if a is not None and a.is_met]
    on_the_way = next((a for a in row.answers if a is not None and not a.is_met), None)
    if len(row.occurrences) > 1:
        _judge_many(item, row.occurrences, on_the_way)
    elif proofs:
        proof = proofs[0]
        day = proof.on or (item.evidence_on if item.state == ItemState.DONE else None) or on
        _set(item, ItemState.DONE, proof.words, day, proof.document_id)
    elif on_the_way:
        _set(item, ItemState.IN_PROGRESS, on_the_way.words, None, on_the_way.document_id)
    else:
        _set(item, _idle(item), "", None, None)


def _judge_many(
    item: RoadmapItem, occurrences: Sequence[Occurrence], on_the_way: Evidence | None
) -> None:
    """Done when every occurrence is; otherwise the latest proof and how many of them there are."""
    met = [row for row in occurrences if row.met_on is not None]
    if met:
        state = ItemState.DONE if len(met) == len(occurrences) else ItemState.IN_PROGRESS
        last = met[-1]
        words = f"{last.met_words} ({len(met)} из {len(occurrences)})"
        _set(item, state, words, last.met_on, last.met_document_id)
    elif on_the_way:
        _set(item, ItemState.IN_PROGRESS, on_the_way.words, None, on_the_way.document_id)
    else:
        _set(item, _idle(item), "", None, None)


def _idle(item: RoadmapItem) -> ItemState:
    """Without any proof a line is in progress only when something of its checklist is done."""
    begun = any(entry.get("done") for entry in item.checklist)
    return ItemState.IN_PROGRESS if begun else ItemState.NOT_STARTED


def _set(
    item: RoadmapItem, state: ItemState, words: str, on: date | None, document_id: int | None
) -> None:
    item.former_state = item.state  # type: ignore[attr-defined]
    item.state, item.evidence_words = state, words[:500]
    item.evidence_on, item.evidence_document_id = on, document_id


def _write(items: Sequence[RoadmapItem], actor: Actor) -> None:
    """Save what changed; a line that closed or opened again is told to the journal."""
    if not items:
        return
    RoadmapItem.objects.bulk_update(
        items, ["state", "evidence_words", "evidence_on", "evidence_document"]
    )
    for item in items:
        before: str = item.former_state  # type: ignore[attr-defined]
        if item.state == before or ItemState.DONE not in {item.state, before}:
            continue
        closed = item.state == ItemState.DONE
        if closed:
            record(
                actor=actor,
                action="roadmaps.item_closed",
                subject=item,
                from_state=before,
                to_state=item.state,
                details={"words": item.evidence_words},
            )
        else:
            record(
                actor=actor,
                action="roadmaps.item_reopened",
                subject=item,
                from_state=before,
                to_state=item.state,
            )


def after_change(organisation_id: int) -> None:
    """Something changed in the organisation and is committed: look at its lines again."""
    with scope({organisation_id}):
        reevaluate(organisation_id=organisation_id, on=timezone.localdate())
