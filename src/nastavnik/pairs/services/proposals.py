"""Proposals of matching: making them, and giving the others new mentors round a locked pair."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.matching.models import MatchRun, Prefer
from nastavnik.matching.services import make_proposal
from nastavnik.matching.services.draft import lock_pair
from nastavnik.pairs import queries
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.tenancy.models import Organisation


@transaction.atomic
def propose_pairs(
    *,
    actor: Actor,
    organisation: Organisation,
    on: date,
    weights: Mapping[str, int] | None = None,
    prefer: str = Prefer.STABLE,
    needs_papers: bool = False,
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
        needs_papers=needs_papers,
    )


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
        actor=actor,
        organisation=organisation,
        on=on,
        weights=run.weights,
        prefer=run.prefer,
        needs_papers=run.needs_papers,
    )
