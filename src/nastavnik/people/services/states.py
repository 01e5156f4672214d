"""Moves of mentees and mentors along their state tables, by hand and after papers changed."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.people.models import MenteeProfile, MenteeState, MentorProfile, MentorState
from nastavnik.people.models.profiles import MENTEE_TRANSITIONS, MENTOR_TRANSITIONS
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.requirements import missing_consents
from nastavnik.people.rules import mentor_papers_missing
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

TAKING_PART = frozenset({MenteeState.IN_BASE, MenteeState.MATCHING, MenteeState.PAIRED})
MENTEE_REASON_WANTED = frozenset(
    {MenteeState.SUSPENDED, MenteeState.REFUSED, MenteeState.LEFT, MenteeState.ARCHIVED}
)
MENTOR_REASON_WANTED = frozenset(
    {
        MentorState.RESERVE,
        MentorState.REJECTED,
        MentorState.SUSPENDED,
        MentorState.RELIEVED,
        MentorState.ARCHIVED,
    }
)


@transaction.atomic
def move_mentee(
    *, actor: Actor, mentee: MenteeProfile, to: MenteeState, today: date, reason: str = ""
) -> MenteeProfile:
    """One step of the mentee's path.

    Raises WrongState for a step that the table does not have; DomainError `reason_missing`, or
    `consent_missing` for a step into the programme without consents in force.
    """
    demand(actor.can("people.edit"))
    mentee = MenteeProfile.objects.select_for_update().select_related("person").get(pk=mentee.pk)
    demand_move(MENTEE_TRANSITIONS, mentee.state, to, label=mentee.person.full_name)
    _demand_reason(reason, wanted=to in MENTEE_REASON_WANTED)
    if to in TAKING_PART:
        papers = papers_of([mentee.person_id])[mentee.person_id]
        missing = missing_consents(mentee.person, papers, today)
        if missing:
            raise DomainError(
                "consent_missing", f"{mentee.person.full_name}: {missing[0].sentence}."
            )
    _move(actor, mentee, to, reason)
    return mentee


@transaction.atomic
def move_mentor(
    *, actor: Actor, mentor: MentorProfile, to: MentorState, today: date, reason: str = ""
) -> MentorProfile:
    """One step of the mentor's path.

    Raises WrongState; DomainError `reason_missing`, or `papers_missing` for a step into the base
    without the papers that the law wants.
    """
    demand(actor.can("people.edit"))
    mentor = MentorProfile.objects.select_for_update().select_related("person").get(pk=mentor.pk)
    demand_move(MENTOR_TRANSITIONS, mentor.state, to, label=mentor.person.full_name)
    _demand_reason(reason, wanted=to in MENTOR_REASON_WANTED)
    if to in {MentorState.READY, MentorState.PAIRED}:
        papers = papers_of([mentor.person_id])[mentor.person_id]
        missing = mentor_papers_missing(mentor.person, papers, mentor.organisation, today)
        if missing:
            raise DomainError("papers_missing", f"{mentor.person.full_name}: {missing[0]}.")
    _move(actor, mentor, to, reason)
    return mentor


@transaction.atomic
def refresh_states(
    actor: Actor, organisation: Organisation, person_ids: Collection[int], on: date
) -> list[str]:
    """After papers changed: who waited enters the base, who lacks a consent now leaves it.

    People in pairs are left to the apps above, which pause the pair as well. Returns sentences
    about what happened.
    """
    papers = papers_of(person_ids)
    said = []
    waiting, free = MenteeState.AWAITING_CONSENT, {MenteeState.MATCHING, MenteeState.UNPAIRED}
    mentees = MenteeProfile.objects.filter(
        person_id__in=person_ids, state__in=[waiting, MenteeState.IN_BASE, *free]
    ).select_related("person")
    for mentee in mentees:
        missing = missing_consents(mentee.person, papers[mentee.person_id], on)
        if missing and mentee.state != waiting:
            _move(actor, mentee, waiting, missing[0].sentence)
            said.append(f"{mentee.person.full_name}: ожидает согласия")
        elif not missing and mentee.state == waiting:
            _move(actor, mentee, MenteeState.IN_BASE, "согласия получены")
            said.append(f"{mentee.person.full_name}: в базе наставляемых")
    mentors = MentorProfile.objects.filter(
        person_id__in=person_ids, state__in=[MentorState.PAPERS, MentorState.READY]
    ).select_related("person")
    for mentor in mentors:
        lacks = mentor_papers_missing(mentor.person, papers[mentor.person_id], organisation, on)
        if lacks and mentor.state == MentorState.READY:
            _move(actor, mentor, MentorState.SUSPENDED, lacks[0])
            said.append(f"{mentor.person.full_name}: наставник приостановлен")
        elif not lacks and mentor.state == MentorState.PAPERS:
            _move(actor, mentor, MentorState.READY, "документы в порядке")
            said.append(f"{mentor.person.full_name}: готов к подбору")
    return said


def _move(
    actor: Actor,
    profile: MenteeProfile | MentorProfile,
    to: MenteeState | MentorState,
    reason: str,
) -> None:
    before, profile.state = profile.state, to
    profile.save(update_fields=["state"])
    name = "mentee" if isinstance(profile, MenteeProfile) else "mentor"
    audit.record(
        actor=actor,
        action=f"people.{name}_moved",
        subject=profile,
        from_state=before,
        to_state=to,
        reason=reason,
    )


def _demand_reason(reason: str, *, wanted: bool) -> None:
    if wanted and not reason.strip():
        raise DomainError("reason_missing", "Напишите причину.", field="reason")
