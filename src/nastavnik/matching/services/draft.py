"""The curator's decisions about a proposal: choose another, lock, forbid, undo. Each has a reason."""

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.matching import policies
from nastavnik.matching.draft import changes_of, draft_entries, holders, places_of
from nastavnik.matching.explain import RULES
from nastavnik.matching.models import ChangeKind, MatchChange, MatchRule, MatchRun, RuleKind
from nastavnik.matching.solving import entry_for
from nastavnik.matching.stored import read_problem
from nastavnik.people.models import MenteeProfile, MentorProfile
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand

HOLDS = (ChangeKind.CHOOSE, ChangeKind.LOCK)


class NoFreePlace(DomainError):
    """The mentor's places are given to others in this proposal."""

    def __init__(self, mentor: MentorProfile) -> None:
        name = mentor.person.short_name
        super().__init__(
            "no_place", f"{name}: все места в этом подборе заняты. Пересчитайте остальных."
        )


@transaction.atomic
def choose_mentor(
    *, actor: Actor, run: MatchRun, mentee: MenteeProfile, mentor: MentorProfile, reason: str
) -> MatchChange:
    """Put another mentor in the place of the proposed one and keep him in later runs.

    Raises DomainError when a hard rule forbids the combination, NoFreePlace when others hold the
    mentor's places in this run.
    """
    _demand_reason(actor, reason)
    entry = _permitted_entry(run, mentee, mentor)
    taken = holders(draft_entries(run, changes_of(run)), mentor.pk, but=mentee.pk)
    if len(taken) >= places_of(run, mentor.pk):
        raise NoFreePlace(mentor)
    _hold(mentee, mentor, reason)
    return _note(
        actor, run, ChangeKind.CHOOSE, mentee=mentee, mentor=mentor, reason=reason, entry=entry
    )


@transaction.atomic
def lock_pair(
    *, actor: Actor, run: MatchRun, mentee: MenteeProfile, mentor: MentorProfile, reason: str
) -> MatchChange:
    """Keep this combination in every later run, whoever else wants the place.

    Raises DomainError when a hard rule forbids it or other locks hold all of the mentor's places.
    """
    _demand_reason(actor, reason)
    _permitted_entry(run, mentee, mentor)
    locks = MatchRule.objects.filter(mentor=mentor, kind=RuleKind.LOCK).exclude(mentee=mentee)
    waiting = {side["id"] for side in run.problem["mentees"]}
    held = sum(1 for pk in locks.values_list("mentee_id", flat=True) if pk in waiting)
    if held >= places_of(run, mentor.pk):
        raise DomainError(
            "locked_full",
            f"{mentor.person.short_name}: все места уже закреплены вами за другими. "
            "Открепите кого-нибудь или увеличьте число мест в карточке наставника.",
        )
    _hold(mentee, mentor, reason)
    return _note(actor, run, ChangeKind.LOCK, mentee=mentee, mentor=mentor, reason=reason)


@transaction.atomic
def hold_couple(
    *, actor: Actor, mentee: MenteeProfile, mentor: MentorProfile, reason: str
) -> MatchRule:
    """Lock a combination that no run proposed: it was agreed elsewhere."""
    _demand_reason(actor, reason)
    rule = _hold(mentee, mentor, reason)
    record(actor=actor, action="matching.hold", subject=rule, to_state=rule.kind, reason=reason)
    return rule


@transaction.atomic
def forbid_pair(
    *, actor: Actor, run: MatchRun, mentee: MenteeProfile, mentor: MentorProfile, reason: str
) -> MatchChange:
    """Never propose this combination again."""
    _demand_reason(actor, reason)
    _write_rule(mentee, mentor, RuleKind.FORBID, reason)
    return _note(actor, run, ChangeKind.FORBID, mentee=mentee, mentor=mentor, reason=reason)


@transaction.atomic
def undo_change(*, actor: Actor, change: MatchChange, reason: str) -> None:
    """Take a decision back; an earlier standing decision about the mentee holds again.

    Raises DomainError without a reason, when it was undone already, or when the place went to
    somebody else meanwhile.
    """
    _demand_reason(actor, reason)
    if change.undone_at is not None:
        raise DomainError("undone", "Это решение уже отменено.")
    undone = _undone(actor, reason)
    for name, value in undone.items():
        setattr(change, name, value)
    change.save(update_fields=set(undone))
    if change.kind == ChangeKind.CHOOSE:
        _demand_room(change)
    MatchRule.objects.filter(
        mentee_id=change.mentee_id, mentor_id=change.mentor_id, kind=_rule_kind(change.kind)
    ).delete()
    _restore_hold(change)
    record(
        actor=actor,
        action="matching.undo",
        subject=change.run,
        from_state=change.kind,
        reason=reason,
    )


@transaction.atomic
def drop_rule(*, actor: Actor, rule: MatchRule, reason: str) -> None:
    """Take a standing wish back; the decisions that made it count as undone.

    Raises DomainError without a reason.
    """
    _demand_reason(actor, reason)
    record(
        actor=actor,
        action="matching.rule_drop",
        subject=rule,
        from_state=rule.kind,
        reason=reason,
    )
    kind = ChangeKind.LOCK if rule.kind == RuleKind.LOCK else ChangeKind.FORBID
    decisions = MatchChange.objects.filter(
        mentee_id=rule.mentee_id,
        mentor_id=rule.mentor_id,
        kind=kind,
        undone_at__isnull=True,
    )
    decisions.update(**_undone(actor, reason))
    rule.delete()


def _undone(actor: Actor, reason: str) -> dict[str, object]:
    return {
        "undone_at": timezone.now(),
        "undone_by": actor.label,
        "undone_why": reason.strip()[:300],
    }


def _demand_reason(actor: Actor, reason: str) -> None:
    demand(policies.can_match(actor))
    if not reason.strip():
        raise DomainError("reason", "Напишите в двух словах, почему.", field="reason")


def _permitted_entry(
    run: MatchRun, mentee: MenteeProfile, mentor: MentorProfile
) -> dict[str, object]:
    try:
        entry, rule = entry_for(read_problem(run.problem), mentee.pk, mentor.pk)
    except LookupError as error:
        raise DomainError(
            "not_in_run", "Этого человека нет в этом подборе. Предложите пары заново."
        ) from error
    if rule and rule != "forbidden":
        raise DomainError("rule", f"Так составить нельзя: {RULES[rule]}.")
    if rule:
        raise DomainError("rule", "Вы просили не предлагать эту пару. Сначала отмените запрет.")
    return entry


def _hold(mentee: MenteeProfile, mentor: MentorProfile, reason: str) -> MatchRule:
    """A mentee is held with one mentor at most."""
    MatchRule.objects.filter(mentee=mentee, kind=RuleKind.LOCK).exclude(mentor=mentor).delete()
    return _write_rule(mentee, mentor, RuleKind.LOCK, reason)


def _write_rule(
    mentee: MenteeProfile, mentor: MentorProfile, kind: RuleKind, reason: str
) -> MatchRule:
    rule: MatchRule
    rule, _ = MatchRule.objects.update_or_create(
        organisation_id=mentee.organisation_id,
        mentee=mentee,
        mentor=mentor,
        defaults={"kind": kind, "reason": reason.strip()[:300]},
    )
    return rule


def _note(
    actor: Actor,
    run: MatchRun,
    kind: ChangeKind,
    *,
    mentee: MenteeProfile,
    mentor: MentorProfile,
    reason: str,
    entry: dict[str, object] | None = None,
) -> MatchChange:
    change = MatchChange(
        organisation_id=run.organisation_id,
        run=run,
        kind=kind,
        mentee=mentee,
        mentor=mentor,
        reason=reason.strip()[:300],
        entry=entry or {},
        made_by=actor.label,
    )
    change.save()
    record(actor=actor, action="matching.change", subject=run, to_state=kind, reason=reason)
    return change


def _rule_kind(kind: str) -> RuleKind:
    return RuleKind.FORBID if kind == ChangeKind.FORBID else RuleKind.LOCK


def _demand_room(change: MatchChange) -> None:
    """Nobody may be put back onto a place that another choice has filled."""
    run = change.run
    entries = draft_entries(run, changes_of(run))
    back = next((e["mentor"] for e in entries if e["mentee"] == change.mentee_id), None)
    if back is None:
        return
    if len(holders(entries, back, but=0)) > places_of(run, back):
        raise DomainError(
            "place_gone",
            "Прежнее место уже отдано другому. Сначала отмените то решение или пересчитайте пары.",
        )


def _restore_hold(change: MatchChange) -> None:
    """The decision before the undone one, in whatever run it was made."""
    before = (
        MatchChange.objects.filter(
            mentee_id=change.mentee_id, kind__in=HOLDS, undone_at__isnull=True
        )
        .select_related("mentee", "mentor")
        .first()
    )
    if before is not None:
        _hold(before.mentee, before.mentor, before.reason)
