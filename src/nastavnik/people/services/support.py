"""A psychologist or another specialist beside mentees who wait for a mentor."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.people.models import MenteeProfile, MenteeState, Support, SupportTalk
from nastavnik.people.queries.support import Specialist, own_supports
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

OVER = (
    MenteeState.PAIRED,
    MenteeState.FINISHED,
    MenteeState.REFUSED,
    MenteeState.LEFT,
    MenteeState.ARCHIVED,
)
HANDED_OVER = "назначен другой специалист"


@transaction.atomic
def assign_support(
    *, actor: Actor, mentees: Sequence[MenteeProfile], specialist: Specialist, on: date
) -> int:
    """Ask the specialist to support the mentees; whoever did so before hands them over.

    Returns for how many the specialist is new. Raises DomainError `own_support` when the specialist
    is the mentee.
    """
    demand(actor.can("people.edit"))
    done = 0
    for mentee in mentees:
        if specialist.person is not None and specialist.person.pk == mentee.person_id:
            raise DomainError(
                "own_support",
                f"{mentee.person.short_name}: человек не может сопровождать сам себя.",
                field="specialist",
            )
        former = Support.objects.select_for_update().filter(mentee=mentee, ends_on__isnull=True)
        before = former.first()
        if before is not None:
            if (before.person_id, before.user_id) == _keys(specialist):
                continue
            _end(actor, before, on, HANDED_OVER)
        row = Support(
            organisation_id=mentee.organisation_id,
            mentee=mentee,
            person=specialist.person,
            user=specialist.user,
            starts_on=on,
        )
        row.save()
        audit.record(
            actor=actor,
            action="people.support_assigned",
            subject=mentee,
            reason=row.short_name,
            details={"support": row.pk},
        )
        done += 1
    return done


@transaction.atomic
def end_support(*, actor: Actor, mentee: MenteeProfile, on: date, reason: str) -> None:
    """The specialist no longer supports the mentee. Raises DomainError `no_support`, `reason_missing`."""
    demand(actor.can("people.edit"))
    row = Support.objects.select_for_update().filter(mentee=mentee, ends_on__isnull=True).first()
    if row is None:
        raise DomainError("no_support", "Этого человека сейчас никто не сопровождает.")
    if not reason.strip():
        raise DomainError(
            "reason_missing", "Напишите, почему сопровождение больше не нужно.", field="reason"
        )
    _end(actor, row, on, reason.strip())


@transaction.atomic
def note_talk(
    *, actor: Actor, organisation: Organisation, support: Support, held_on: date, on: date
) -> bool:
    """Note that the specialist talked with the mentee; the same day again changes nothing.

    Returns whether the talk is new. Raises DomainError `stranger` for anybody but the specialist,
    `ahead`, `before` for a day in the future or before the support began.
    """
    demand(actor.can("supports.own"))
    row = _own(actor, organisation, support, on)
    if held_on > on:
        raise DomainError("ahead", "Беседа не могла пройти в будущем.", field="held_on")
    if held_on < row.starts_on:
        raise DomainError(
            "before",
            f"Вы сопровождаете этого человека с {row.starts_on:%d.%m.%Y}.",
            field="held_on",
        )
    _, is_new = SupportTalk.objects.get_or_create(
        support=row, held_on=held_on, defaults={"organisation_id": row.organisation_id}
    )
    if is_new:
        audit.record(
            actor=actor,
            action="people.support_talk",
            subject=row.mentee,
            details={"support": row.pk},
        )
    return is_new


@transaction.atomic
def take_talk_back(
    *, actor: Actor, organisation: Organisation, support: Support, held_on: date, on: date
) -> bool:
    """Take back a talk noted by mistake; returns whether there was one.

    Raises DomainError `stranger` for anybody but the specialist.
    """
    demand(actor.can("supports.own"))
    row = _own(actor, organisation, support, on)
    found = SupportTalk.objects.filter(support=row, held_on=held_on).first()
    if found is None:
        return False
    found.delete()
    audit.record(
        actor=actor,
        action="people.support_talk_taken_back",
        subject=row.mentee,
        details={"support": row.pk},
    )
    return True


@transaction.atomic
def end_supports_over(*, actor: Actor, on: date) -> int:
    """End the support of those who found a mentor or left; night work. Returns how many."""
    demand(actor.can("people.edit"))
    rows = list(
        Support.objects.filter(ends_on__isnull=True, mentee__state__in=OVER).select_related(
            "mentee"
        )
    )
    for row in rows:
        words = "есть наставник" if row.mentee.state == MenteeState.PAIRED else "участие завершено"
        _end(actor, row, on, words)
    return len(rows)


def _own(actor: Actor, organisation: Organisation, support: Support, on: date) -> Support:
    row: Support = Support.objects.select_for_update().select_related("mentee").get(pk=support.pk)
    if not own_supports(actor, organisation, on=on).filter(pk=row.pk).exists():
        raise DomainError("stranger", "Этого человека сопровождает другой специалист.")
    return row


def _keys(specialist: Specialist) -> tuple[int | None, int | None]:
    person, user = specialist.person, specialist.user
    return (person.pk if person else None), (user.pk if user else None)


def _end(actor: Actor, row: Support, on: date, reason: str) -> None:
    row.ends_on, row.end_reason = on, reason[:200]
    row.save(update_fields=["ends_on", "end_reason"])
    audit.record(actor=actor, action="people.support_ended", subject=row.mentee, reason=reason)
