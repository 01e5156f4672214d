"""What makes a person a mentee or a mentor: entering the registers, editing, yearly re-check."""

from collections.abc import Collection
from datetime import date
from decimal import Decimal
from typing import TypedDict, cast

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.people.models import MenteeProfile, MentorProfile, MentorState, Person
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.rules import demand_mentee, entry_state
from nastavnik.people.services.persons import assign, check
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand


class MenteeValues(TypedDict, total=False):
    strengths: str
    expectations: str
    interests: str
    preferred_form: str
    free_slots: str
    entered_on: date | None
    left_on: date | None
    results: str
    case_link: str
    passed_mark: str
    note: str


class MentorValues(TypedDict, total=False):
    achievements: str
    interests: str
    wanted_age_text: str
    wanted_age_from: int | None
    wanted_age_to: int | None
    time_text: str
    hours_per_week: Decimal | None
    capacity: int
    preferred_form: str
    only_groups: bool
    free_slots: str
    open_to_others: bool
    trained_on: date | None
    entered_on: date | None
    left_on: date | None
    results: str
    case_link: str
    note: str


@transaction.atomic
def add_mentee(
    *, actor: Actor, person: Person, today: date, values: MenteeValues | None = None
) -> MenteeProfile:
    """Enter a person into the register of mentees; waits until the consents are in force.

    Raises DomainError: `already_mentee`, or what `rules.demand_mentee` refuses.
    """
    demand(actor.can("people.edit"))
    if MenteeProfile.objects.filter(person=person).exists():
        raise DomainError("already_mentee", f"{person.full_name} уже в базе наставляемых.")
    demand_mentee(person, person.organisation, today)
    profile = MenteeProfile(
        organisation_id=person.organisation_id,
        person=person,
        state=entry_state(person, papers_of([person.pk])[person.pk], today),
        confirmed_on=today,
        **({"entered_on": today} | dict(values or {})),
    )
    check(profile)
    profile.save()
    audit.record(actor=actor, action="people.mentee_added", subject=profile, to_state=profile.state)
    return profile


@transaction.atomic
def edit_mentee(
    *, actor: Actor, mentee: MenteeProfile, today: date, values: MenteeValues
) -> MenteeProfile:
    """Change the mentee's part; the record counts as checked today."""
    demand(actor.can("people.edit"))
    mentee = MenteeProfile.objects.select_for_update().get(pk=mentee.pk)
    demand_mentee(mentee.person, mentee.organisation, today)
    return cast("MenteeProfile", _edit(actor, mentee, dict(values), today))


@transaction.atomic
def add_mentor(
    *, actor: Actor, person: Person, today: date, values: MentorValues | None = None
) -> MentorProfile:
    """Enter a person into the register of mentors as an applicant.

    Raises DomainError `already_mentor`.
    """
    demand(actor.can("people.edit"))
    if MentorProfile.objects.filter(person=person).exists():
        raise DomainError("already_mentor", f"{person.full_name} уже в базе наставников.")
    profile = MentorProfile(
        organisation_id=person.organisation_id,
        person=person,
        state=MentorState.APPLIED,
        confirmed_on=today,
        **({"entered_on": today} | dict(values or {})),
    )
    check(profile)
    profile.save()
    audit.record(actor=actor, action="people.mentor_added", subject=profile, to_state=profile.state)
    return profile


@transaction.atomic
def edit_mentor(
    *, actor: Actor, mentor: MentorProfile, today: date, values: MentorValues
) -> MentorProfile:
    """Change the mentor's part; the record counts as checked today."""
    demand(actor.can("people.edit"))
    mentor = MentorProfile.objects.select_for_update().get(pk=mentor.pk)
    return cast("MentorProfile", _edit(actor, mentor, dict(values), today))


def _edit(
    actor: Actor, profile: MenteeProfile | MentorProfile, values: dict[str, object], today: date
) -> MenteeProfile | MentorProfile:
    changes = assign(profile, values)
    profile.confirmed_on = today
    check(profile)
    profile.save()
    audit.record(
        actor=actor,
        action=f"people.{profile._meta.model_name}_edited",
        subject=profile,
        details={"fields": sorted(changes)},
    )
    return profile


@transaction.atomic
def recheck(
    *,
    actor: Actor,
    mentee_ids: Collection[int] = (),
    mentor_ids: Collection[int] = (),
    today: date,
) -> int:
    """«Актуализировать»: the marked records were looked at today. Returns how many."""
    demand(actor.can("people.edit"))
    done = 0
    for model, ids in ((MenteeProfile, mentee_ids), (MentorProfile, mentor_ids)):
        rows = list(model.objects.filter(pk__in=ids).select_related("person"))
        for row in rows:
            before = row.confirmed_on
            row.confirmed_on = today
            row.save(update_fields=["confirmed_on"])
            audit.record(
                actor=actor,
                action="people.rechecked",
                subject=row,
                from_state=f"{before:%d.%m.%Y}" if before else "",
                to_state=f"{today:%d.%m.%Y}",
            )
        done += len(rows)
    return done
