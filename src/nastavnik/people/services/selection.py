"""Selection of mentors: application, interview, sitting with a protocol, decision.

A step may be skipped, and then its reason is kept. Decisions of a sitting count from the moment its
protocol is signed (`apply_sitting`, a document effect).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Max

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.people.models import (
    MentorProfile,
    MentorState,
    SelectionCase,
    SelectionDecision,
)
from nastavnik.people.models.profiles import MENTOR_TRANSITIONS
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.queries.selection import CANDIDATE_STATES
from nastavnik.people.rules import mentor_papers_missing
from nastavnik.shared.errors import DomainError
from nastavnik.shared.states import demand_move
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

D, M = SelectionDecision, MentorState
SITTING, INTERVIEW, APPLICATION = "sitting", "interview", "application"
# Values of the organisation's setting `sitting_required`; without it nobody needs a sitting.
REQUIRED_FOR_ALL, REQUIRED_FOR_OUTSIDERS = "all", "outsiders"


@dataclass(frozen=True)
class Interview:
    """What came out of a talk with a candidate; the portfolio holds short answers by topic."""

    interview_on: date
    interviewers: str
    notes: str = ""
    portfolio: Mapping[str, str] | None = None


@transaction.atomic
def open_case(
    *, actor: Actor, mentor: MentorProfile, applied_on: date, today: date
) -> SelectionCase:
    """Enter a candidate's application under the next number of its year.

    Raises: DomainError when one is under consideration already, or the date is ahead.
    """
    demand(actor.can("selection.edit"))
    if applied_on > today:
        raise DomainError("future", "Дата заявления ещё не наступила.", field="applied_on")
    if _pending(mentor) is not None:
        raise DomainError("case_open", f"{mentor.person.full_name}: заявление уже рассматривают.")
    case = _new_case(mentor, applied_on)
    _record(actor, case, "selection.applied", "")
    if mentor.state in {M.REJECTED, M.RELIEVED, M.ARCHIVED}:
        move(actor, mentor, M.APPLIED, "новое заявление")
    return case


@transaction.atomic
def record_interview(
    *, actor: Actor, case: SelectionCase, interview: Interview, today: date
) -> SelectionCase:
    """Keep the results of the talk. Raises: DomainError for a date ahead or a decided case."""
    demand(actor.can("selection.edit"))
    fresh = _open_case(case)
    if interview.interview_on > today:
        raise DomainError("future", "Дата собеседования ещё не наступила.", field="interview_on")
    fresh.interview_on = interview.interview_on
    fresh.interviewers = tidy(interview.interviewers)[:300]
    fresh.interview_notes = interview.notes.strip()
    fresh.portfolio = dict(interview.portfolio or {})
    fresh.save()
    _record(actor, fresh, "selection.interviewed", "")
    if fresh.person.mentor.state in {M.APPLIED, M.REVIEW}:
        move(actor, fresh.person.mentor, M.INTERVIEW, "собеседование проведено")
    return fresh


@transaction.atomic
def decide(
    *,
    actor: Actor,
    case: SelectionCase,
    decision: SelectionDecision,
    today: date,
    reason: str,
) -> SelectionCase:
    """A decision without a sitting: the skipped step and its reason are kept.

    Raises: DomainError when the organisation wants a sitting for this candidate, or no reason.
    """
    demand(actor.can("selection.edit"))
    fresh = _open_case(case)
    _skip(fresh, reason)
    settle(actor, fresh, decision, reason, today)
    return fresh


@transaction.atomic
def accept_without_sitting(
    *,
    actor: Actor,
    organisation: Organisation,
    mentors: Collection[MentorProfile],
    reason: str,
    today: date,
) -> list[SelectionCase]:
    """Take candidates into the base at once; every skipped step is recorded with the reason.

    Those who lack papers wait in «проверка документов». Raises: DomainError without candidates,
    without a reason, or when the organisation wants a sitting.
    """
    demand(actor.can("selection.edit"))
    rows = MentorProfile.objects.select_for_update(of=("self",)).select_related(
        "person", "organisation"
    )
    ids = [mentor.pk for mentor in mentors]
    waiting = list(rows.filter(pk__in=ids, organisation=organisation, state__in=CANDIDATE_STATES))
    if not waiting:
        raise DomainError("nobody", "Принимать некого: выберите кандидатов.")
    cases = []
    for mentor in waiting:
        case = _pending(mentor)
        if case is None:
            case = _new_case(mentor, today)
            case.skipped = {APPLICATION: tidy(reason)[:300]}
        case.person = mentor.person
        case.organisation = organisation
        _skip(case, reason)
        settle(actor, case, D.ACCEPTED, reason, today)
        cases.append(case)
    return cases


def settle(actor: Actor, case: SelectionCase, decision: str, reason: str, on: date) -> None:
    """Write the decision down and move the mentor; used by both ways, never without one of them."""
    words = tidy(reason)[:300]
    if decision == D.PENDING:
        raise DomainError("decision_missing", "Выберите решение.", field="decision")
    if decision != D.ACCEPTED and not words:
        raise DomainError("reason_missing", "Напишите причину.", field="reason")
    case.decision, case.decided_on, case.reason = decision, on, words
    case.save()
    _record(actor, case, "selection.decided", words)
    mentor = MentorProfile.objects.select_related("person", "organisation").get(
        person_id=case.person_id
    )
    match decision:
        case D.ACCEPTED:
            _accept(actor, mentor, on)
        case D.RESERVE:
            move(actor, mentor, M.RESERVE, words)
        case _:
            move(actor, mentor, M.REJECTED, words)


def move(actor: Actor, mentor: MentorProfile, to: MentorState, reason: str) -> None:
    """One step along the table; staying where one is is no step."""
    before = mentor.state
    if before == to:
        return
    demand_move(MENTOR_TRANSITIONS, before, to, label=mentor.person.full_name)
    mentor.state = to
    mentor.save(update_fields=["state"])
    audit.record(
        actor=actor,
        action="people.mentor_moved",
        subject=mentor,
        from_state=before,
        to_state=to,
        reason=reason,
    )


def _accept(actor: Actor, mentor: MentorProfile, on: date) -> None:
    """Ready when the papers are there; otherwise they are waited for, and then it goes by itself."""
    papers = papers_of([mentor.person_id])[mentor.person_id]
    lacking = mentor_papers_missing(mentor.person, papers, mentor.organisation, on)
    to = M.PAPERS if lacking else M.READY
    if mentor.state == M.TRAINING and lacking:
        return
    move(actor, mentor, to, lacking[0] if lacking else "принят в базу наставников")


def _skip(case: SelectionCase, reason: str) -> None:
    words = tidy(reason)[:300]
    if not words:
        raise DomainError("reason_missing", "Напишите, почему без заседания.", field="reason")
    rule = str(case.organisation.settings.get("sitting_required", ""))
    outsider = not case.person.is_staff
    if rule == REQUIRED_FOR_ALL or (rule == REQUIRED_FOR_OUTSIDERS and outsider):
        raise DomainError(
            "sitting_required",
            f"{case.person.full_name}: по правилам учреждения решение принимают на заседании.",
        )
    skipped = {SITTING: words} if case.sitting_on is None else {}
    if case.interview_on is None:
        skipped[INTERVIEW] = words
    case.skipped = {**case.skipped, **skipped}


def _new_case(mentor: MentorProfile, applied_on: date) -> SelectionCase:
    year = applied_on.year
    last = SelectionCase.objects.filter(organisation=mentor.organisation, year=year).aggregate(
        last=Max("number")
    )["last"]
    case = SelectionCase(
        organisation=mentor.organisation,
        person=mentor.person,
        number=(last or 0) + 1,
        year=year,
        applied_on=applied_on,
    )
    case.save()
    return case


def _pending(mentor: MentorProfile) -> SelectionCase | None:
    found: SelectionCase | None = SelectionCase.objects.filter(
        person_id=mentor.person_id, decision=D.PENDING
    ).first()
    return found


def _open_case(case: SelectionCase) -> SelectionCase:
    rows = SelectionCase.objects.select_for_update(of=("self",)).select_related(
        "person__mentor", "organisation"
    )
    fresh: SelectionCase = rows.get(pk=case.pk)
    if fresh.decision != D.PENDING:
        raise DomainError("decided", "Решение по этому заявлению уже принято.")
    return fresh


def _record(actor: Actor, case: SelectionCase, action: str, reason: str) -> None:
    audit.record(actor=actor, action=action, subject=case, to_state=case.decision, reason=reason)
