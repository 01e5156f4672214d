"""What a pair's state means for the states of its mentor and mentees."""

from datetime import date

from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.pairs.facts import PairFacts
from nastavnik.pairs.models import HOLDING_STATES, Pair, PairMentee, PairState
from nastavnik.people.models import MenteeProfile, MenteeState, MentorProfile, MentorState


def follow_profiles(*, actor: Actor, facts: PairFacts) -> None:
    """Bring the people's states in line with the pair's new state, each change noted."""
    state = facts.pair.state
    for member in facts.members:
        mentee = MenteeProfile.objects.get(pk=member.mentee_id)
        _set_mentee(actor, mentee, _mentee_target(mentee, state))
    mentor = MentorProfile.objects.get(pk=facts.pair.mentor_id)
    _set_mentor(actor, mentor, _mentor_target(mentor))


def follow_leaver(*, actor: Actor, mentee: MenteeProfile) -> None:
    """Who left a group goes back to the base, unless another pair holds."""
    if mentee.state in {MenteeState.PAIRED, MenteeState.SUSPENDED}:
        _set_mentee(actor, mentee, _mentee_target(mentee, PairState.ENDED_EARLY))


def _mentee_target(mentee: MenteeProfile, state: str) -> str:
    if holds_another(mentee):
        return MenteeState.PAIRED
    match state:
        case PairState.PAUSED:
            return MenteeState.SUSPENDED
        case PairState.FINISHED:
            return MenteeState.FINISHED
        case PairState.AGREED | PairState.ENDED_EARLY:
            return MenteeState.IN_BASE
        case _:
            return mentee.state


def holds_another(mentee: MenteeProfile) -> bool:
    """Is the mentee at work in an active pair?"""
    return PairMentee.objects.filter(
        mentee=mentee, left_on__isnull=True, pair__state__in=(PairState.ACTIVE, PairState.FINISHING)
    ).exists()


def _mentor_target(mentor: MentorProfile) -> str:
    states = set(
        Pair.objects.filter(mentor=mentor, state__in=list(HOLDING_STATES)).values_list(
            "state", flat=True
        )
    )
    if states - {PairState.PAUSED}:
        return MentorState.PAIRED
    if states:
        return MentorState.SUSPENDED
    return (
        MentorState.READY
        if mentor.state in {MentorState.PAIRED, MentorState.SUSPENDED}
        else mentor.state
    )


def _set_mentee(actor: Actor, mentee: MenteeProfile, target: str) -> None:
    if mentee.state == target or mentee.state in {MenteeState.LEFT, MenteeState.ARCHIVED}:
        return
    before, mentee.state = mentee.state, target
    if target == MenteeState.PAIRED and mentee.entered_on is None:
        mentee.entered_on = _today()
    mentee.save(update_fields={"state", "entered_on"})
    record(
        actor=actor,
        action="people.move_mentee",
        subject=mentee,
        from_state=before,
        to_state=target,
        reason="состояние пары изменилось",
    )


def _set_mentor(actor: Actor, mentor: MentorProfile, target: str) -> None:
    if mentor.state == target or mentor.state in {MentorState.RELIEVED, MentorState.ARCHIVED}:
        return
    before, mentor.state = mentor.state, target
    mentor.save(update_fields={"state"})
    record(
        actor=actor,
        action="people.move_mentor",
        subject=mentor,
        from_state=before,
        to_state=target,
        reason="состояние пары изменилось",
    )


def _today() -> date:
    return timezone.localdate()
