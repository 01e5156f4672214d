"""From proposals of matching to pairs: accepting, choosing another mentor, making a group."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.matching.draft import changes_of, draft_entries
from nastavnik.matching.explain import parts_in_words
from nastavnik.matching.models import MatchRun, Prefer
from nastavnik.matching.services import make_proposal
from nastavnik.matching.services.draft import lock_pair
from nastavnik.pairs import policies, queries, rules
from nastavnik.pairs.models import OPEN_STATES, Pair, PairSource, PairState
from nastavnik.pairs.services.composing import PairRefused, decline_pair, make_pair
from nastavnik.pairs.services.programme import current_programme
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

Entry = Mapping[str, Any]


@dataclass(frozen=True)
class Accepted:
    """Pairs that were made, and a sentence for each proposal that no longer could be."""

    made: tuple[Pair, ...]
    refused: tuple[str, ...]


@transaction.atomic
def propose_pairs(
    *,
    actor: Actor,
    organisation: Organisation,
    on: date,
    weights: Mapping[str, int] | None = None,
    prefer: str = Prefer.STABLE,
) -> MatchRun:
    """Make a proposal for everybody who stands in no open pair, within the places still free."""
    return make_proposal(
        actor=actor,
        organisation=organisation,
        on=on,
        taken_mentees=queries.taken_mentees(),
        used_places=queries.all_used_places(),
        finished=queries.finished_by_mentor(),
        refused=queries.refused_couples(),
        weights=weights,
        prefer=prefer,
    )


@transaction.atomic
def accept_proposals(
    *,
    actor: Actor,
    organisation: Organisation,
    run: MatchRun,
    on: date,
    mentee_ids: Collection[int] | None = None,
    least_fit: int = 0,
) -> Accepted:
    """Make pairs of the proposals for `mentee_ids` (all by default) with at least `least_fit`.

    Mentees who stand in an open pair by now are passed over without a word.
    """
    demand(policies.can_edit_pairs(actor))
    taken = queries.taken_mentees()
    wanted = [
        entry
        for entry in _draft(run)
        if entry["fit"] >= least_fit
        and entry["mentee"] not in taken
        and (mentee_ids is None or entry["mentee"] in mentee_ids)
    ]
    return _make_all(actor, organisation, wanted, on)


@transaction.atomic
def hold_and_propose_anew(
    *,
    actor: Actor,
    organisation: Organisation,
    run: MatchRun,
    mentee: MenteeProfile,
    mentor: MentorProfile,
    reason: str,
    on: date,
) -> MatchRun:
    """Lock a combination whose place others hold, and give the others new mentors."""
    lock_pair(actor=actor, run=run, mentee=mentee, mentor=mentor, reason=reason)
    return propose_pairs(
        actor=actor, organisation=organisation, on=on, weights=run.weights, prefer=run.prefer
    )


@transaction.atomic
def take_back(*, actor: Actor, mentee_id: int, reason: str) -> None:
    """Undo accepting: the pair is declined and the mentee is free for the proposals again.

    Raises DomainError when no pair of the mentee waits for answers or for the order.
    """
    demand(policies.can_edit_pairs(actor))
    pair = (
        Pair.objects.filter(
            members__mentee_id=mentee_id, members__left_on__isnull=True, state__in=list(OPEN_STATES)
        )
        .order_by("-id")
        .first()
    )
    if pair is None or pair.state not in {PairState.PROPOSED, PairState.AGREED}:
        raise DomainError("not_accepted", "Эту пару уже нельзя вернуть в подбор: она в приказе.")
    decline_pair(actor=actor, pair=pair, reason=reason)


@transaction.atomic
def accept_group(
    *, actor: Actor, organisation: Organisation, run: MatchRun, mentor_id: int, on: date
) -> Pair:
    """One group of all mentees whom the proposal gives to the same mentor in the same form."""
    demand(policies.can_edit_pairs(actor))
    taken = queries.taken_mentees()
    entries = [
        entry
        for entry in _draft(run)
        if entry["mentor"] == mentor_id and entry["mentee"] not in taken
    ]
    alike = [entry for entry in entries if entry["form"] == entries[0]["form"]]
    if len(alike) < 2:
        raise DomainError("no_group", "Для группы нужны хотя бы два предложения одного наставника.")
    return _make_one(actor, organisation, alike, on)


def _draft(run: MatchRun) -> list[Entry]:
    return draft_entries(run, changes_of(run))


def _make_all(
    actor: Actor, organisation: Organisation, entries: Sequence[Entry], on: date
) -> Accepted:
    made, refused = [], []
    for entry in entries:
        try:
            with transaction.atomic():
                made.append(_make_one(actor, organisation, [entry], on))
        except PairRefused as error:
            refused.append(error.message)
    return Accepted(tuple(made), tuple(refused))


def _make_one(actor: Actor, organisation: Organisation, entries: Sequence[Entry], on: date) -> Pair:
    """A pair of one entry, a group of more; the people are read anew, gone ones are refused."""
    mentor = MentorProfile.objects.filter(pk=entries[0]["mentor"]).first()
    found = MenteeProfile.objects.select_related("person").in_bulk([e["mentee"] for e in entries])
    if mentor is None or len(found) != len(entries):
        raise PairRefused(["Этого человека больше нет в базе. Предложите пары заново."])
    mentees = [found[entry["mentee"]] for entry in entries]
    programme = current_programme()
    till = programme.ends_on if programme and programme.ends_on > on else None
    starts_on, ends_on = rules.default_term(on, till)
    is_group = len(entries) > 1
    return make_pair(
        actor=actor,
        organisation=organisation,
        mentor=mentor,
        mentees=mentees,
        form=entries[0]["form"],
        kinds=("group",) if is_group else ("traditional",),
        is_group=is_group,
        starts_on=starts_on,
        ends_on=ends_on,
        programme=programme,
        source=PairSource.PROPOSAL,
        fit_0_100=round(sum(entry["fit"] for entry in entries) / len(entries)),
        reasons=_group_reasons(entries, mentees)
        if is_group
        else parts_in_words(entries[0]["parts"], tells_wishes=False),
    )


def _group_reasons(
    entries: Sequence[Entry], mentees: Sequence[MenteeProfile]
) -> list[dict[str, Any]]:
    """One line a member: the score and the strongest reason."""
    lines = []
    for entry, mentee in zip(entries, mentees, strict=True):
        best = max(
            parts_in_words(entry["parts"], tells_wishes=False), key=lambda part: part["points"]
        )
        text = f"{mentee.person.short_name}: {best['text']}"
        lines.append({"code": "member", "points": entry["fit"], "most": 100, "text": text})
    return lines
