"""Candidates, their applications and what they still lack."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from nastavnik.people.models import (
    MentorProfile,
    MentorState,
    Person,
    SelectionCase,
    SelectionDecision,
)
from nastavnik.people.models.person import STAFF_CATEGORIES
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.queries.people import living_people
from nastavnik.people.rules import mentor_papers_missing
from nastavnik.tenancy.models import Organisation

JOURNAL_LIMIT = 200
_M = MentorState
CANDIDATE_STATES = (_M.APPLIED, _M.REVIEW, _M.INTERVIEW, _M.PAPERS, _M.TRAINING, _M.RESERVE)


@dataclass(frozen=True)
class Candidate:
    """One line of «Отбор»."""

    mentor: MentorProfile
    case: SelectionCase | None
    lacking: tuple[str, ...]

    @property
    def person(self) -> Person:
        return self.mentor.person

    @property
    def awaits_decision(self) -> bool:
        return self.case is None or self.case.decision == SelectionDecision.PENDING


def candidate_mentors() -> "QuerySet[MentorProfile]":
    """Profiles on their way into the base."""
    rows: QuerySet[MentorProfile] = MentorProfile.objects.filter(
        state__in=CANDIDATE_STATES,
        person__merged_into__isnull=True,
        person__archived_at__isnull=True,
    )
    return rows.select_related("person").order_by("person__search_key", "pk")


def candidates(organisation: Organisation, today: date) -> list[Candidate]:
    """Everybody on the way with the latest application and missing papers; four queries."""
    mentors = list(candidate_mentors())
    ids = [mentor.person_id for mentor in mentors]
    latest = {
        case.person_id: case
        for case in SelectionCase.objects.filter(person_id__in=ids).order_by("id")
    }
    papers = papers_of(ids)
    return [
        Candidate(
            mentor,
            latest.get(mentor.person_id),
            tuple(
                mentor_papers_missing(mentor.person, papers[mentor.person_id], organisation, today)
            ),
        )
        for mentor in mentors
    ]


def waiting_count() -> int:
    """Candidates without a decision."""
    decided = SelectionCase.objects.exclude(decision=SelectionDecision.PENDING).values("person_id")
    return candidate_mentors().exclude(person_id__in=decided).count()


def applications(year: int) -> "QuerySet[SelectionCase]":
    """The journal of applications of a year, newest number first."""
    rows: QuerySet[SelectionCase] = SelectionCase.objects.filter(year=year)
    return rows.select_related("person").order_by("-number")[:JOURNAL_LIMIT]


def cases_of(person: Person) -> list[SelectionCase]:
    return list(SelectionCase.objects.filter(person=person).order_by("-id"))


def commission_people() -> "QuerySet[Person]":
    """Staff who may sit in a commission."""
    return living_people().filter(is_own=True, category__in=STAFF_CATEGORIES).order_by("search_key")
