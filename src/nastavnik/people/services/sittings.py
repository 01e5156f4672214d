"""A sitting about several candidates: the draft of its protocol, and what signing it means."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.models import User
from nastavnik.documents.context import school_year
from nastavnik.documents.effects import Check, DocumentEffects, Effect, register
from nastavnik.documents.models import Document
from nastavnik.documents.names import head_forms, person_context
from nastavnik.documents.rendering import blank_docx
from nastavnik.documents.services import prepare_document
from nastavnik.people.models import (
    CertificateKind,
    MentorProfile,
    MentorState,
    Person,
    SelectionCase,
    SelectionDecision,
)
from nastavnik.people.queries.papers import papers_of
from nastavnik.people.rules import mentor_papers_missing
from nastavnik.people.services.blanks import subject_data
from nastavnik.people.services.selection import move, settle
from nastavnik.shared.errors import DomainError
from nastavnik.shared.typography import counted
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

PROTOCOL, INTERVIEW_PROTOCOL = "selection_protocol", "interview_protocol"
APPLICATION = "candidate_application"
D = SelectionDecision
PORTFOLIO: dict[str, str] = {
    "education": "Образование",
    "experience": "Опыт работы и наставничества",
    "achievements": "Достижения",
    "motivation": "Почему хочет быть наставником",
    "limits": "Ограничения: время, формат, возраст наставляемых",
}


@dataclass(frozen=True)
class Verdict:
    """What the sitting says about one candidate."""

    case: SelectionCase
    decision: str
    reason: str = ""
    votes: str = ""


@dataclass(frozen=True)
class Commission:
    """Who sat: people as blanks want them, and their names for the record."""

    chair: dict[str, Any]
    secretary: dict[str, Any]
    members: tuple[dict[str, Any], ...] = ()

    @property
    def present(self) -> list[dict[str, Any]]:
        return [self.chair, self.secretary, *self.members]

    @property
    def names(self) -> str:
        return "; ".join(member["name"]["nominative"] for member in self.present)


def member_data(member: Person | User | Organisation, organisation: Organisation) -> dict[str, Any]:
    """A member of the commission: a person of the register, the one who works here, or the head."""
    if isinstance(member, Organisation):
        return head_forms(member)
    if isinstance(member, Person):
        return subject_data(member, organisation)
    return person_context(
        surname=member.surname,
        given=member.given,
        patronymic=member.patronymic,
        gender=member.gender,
        post="куратор",
    )


@transaction.atomic
def prepare_sitting(
    *,
    actor: Actor,
    organisation: Organisation,
    verdicts: Sequence[Verdict],
    commission: Commission,
    sitting_on: date,
) -> Document:
    """Draft the protocol of a sitting; its decisions count once it is signed.

    Raises: DomainError without candidates or decisions, or when a refusal has no reason.
    """
    demand(actor.can("selection.edit"))
    if not verdicts:
        raise DomainError("nobody", "Выберите кандидатов для заседания.")
    ids = [verdict.case.pk for verdict in verdicts]
    rows = SelectionCase.objects.select_for_update(of=("self",)).filter(
        pk__in=ids, decision=D.PENDING
    )
    cases = {case.pk: case for case in rows.select_related("person__mentor")}
    for verdict in verdicts:
        _demand_verdict(verdict, cases)
    papers = papers_of([case.person_id for case in cases.values()])
    document = prepare_document(
        actor=actor,
        organisation=organisation,
        kind=PROTOCOL,
        title=f"Протокол отбора наставников от {sitting_on:%d.%m.%Y}",
        data={
            "place": organisation.city,
            "period": f"{school_year(sitting_on)} учебный год",
            "chair": commission.chair,
            "secretary": commission.secretary,
            "present": commission.present,
            "candidates": [
                {
                    "person": subject_data(cases[v.case.pk].person, organisation),
                    "papers": _papers_shown(cases[v.case.pk], papers, sitting_on),
                    "decision": D(v.decision).label,
                    "reason": v.reason,
                    "votes": v.votes,
                }
                for v in verdicts
            ],
        },
        choices={
            "sitting_on": sitting_on.isoformat(),
            "cases": [
                {"case": v.case.pk, "decision": v.decision, "reason": v.reason} for v in verdicts
            ],
        },
    )
    for case in cases.values():
        case.sitting_on, case.commission = sitting_on, commission.names
        case.sitting_document_id = document.pk
        case.save(update_fields=["sitting_on", "commission", "sitting_document_id"])
        if case.person.mentor.state == MentorState.APPLIED:
            move(actor, case.person.mentor, MentorState.REVIEW, "вынесен на заседание")
    return document


@transaction.atomic
def prepare_interview_protocol(
    *, actor: Actor, case: SelectionCase, interviewers: Sequence[dict[str, Any]], conclusion: str
) -> Document:
    """Draft the protocol of the talk from what was recorded about it."""
    demand(actor.can("selection.edit"))
    if case.interview_on is None:
        raise DomainError("no_interview", "Сначала запишите итоги собеседования.")
    topics = [
        {"question": title, "answer": case.portfolio.get(key, "")}
        for key, title in PORTFOLIO.items()
    ]
    return prepare_document(
        actor=actor,
        organisation=case.organisation,
        kind=INTERVIEW_PROTOCOL,
        title=f"Протокол собеседования: {case.person.short_name}",
        data={
            "place": case.organisation.city,
            "candidate": subject_data(case.person, case.organisation),
            "interviewers": list(interviewers),
            "topics": topics,
            "conclusion": conclusion or case.interview_notes,
        },
        subject_id=case.pk,
    )


def application_docx(*, actor: Actor, mentor: MentorProfile, today: date) -> bytes:
    """The application of a candidate, filled from the register, to be signed by hand."""
    demand(actor.can("selection.view"))
    person, organisation = mentor.person, mentor.organisation
    candidate = subject_data(person, organisation) | {"contact": person.phone or person.email}
    hours = mentor.hours_per_week
    data = {
        "candidate": candidate,
        "period": f"{school_year(today)} учебный год",
        "forms": [],
        "competences": [row.text or row.topic for row in mentor.competences.all()],
        "capacity": str(mentor.capacity),
        "hours": f"{hours.normalize():f}".replace(".", ",") if hours else "",
        "attachments": [],
        "qr_url": "",
    }
    return blank_docx(organisation, APPLICATION, data)


def sitting_checks(document: Document) -> list[Check]:
    """Who of the accepted lacks papers: they will wait for them."""
    accepted = [
        row["case"] for row in document.choices.get("cases", []) if row["decision"] == D.ACCEPTED
    ]
    cases = SelectionCase.objects.filter(pk__in=accepted).select_related("person", "organisation")
    rows = list(cases)
    papers = papers_of([case.person_id for case in rows])
    day = date.fromisoformat(document.choices["sitting_on"])
    lacking = [
        case.person.short_name
        for case in rows
        if mentor_papers_missing(case.person, papers[case.person_id], case.organisation, day)
    ]
    if not lacking:
        return [Check("ok", "Документы всех принятых на месте.")]
    return [Check("wait", f"Будут ждать документов: {', '.join(lacking)}.")]


def apply_sitting(actor: Actor, document: Document) -> Effect:
    """The protocol is signed: its decisions come true."""
    day = document.registered_on or date.fromisoformat(document.choices["sitting_on"])
    said = []
    counts: dict[str, int] = {}
    for row in document.choices.get("cases", []):
        case = (
            SelectionCase.objects.select_for_update(of=("self",))
            .select_related("person", "organisation")
            .filter(pk=row["case"], decision=D.PENDING)
            .first()
        )
        if case is None:
            continue
        case.protocol_number = document.number_text[:40]
        settle(actor, case, row["decision"], row["reason"], day)
        counts[row["decision"]] = counts.get(row["decision"], 0) + 1
    for decision, number in counts.items():
        people = counted(number, "человек", "человека", "человек")
        said.append(f"{D(decision).label[0].upper()}{D(decision).label[1:]}: {people}.")
    return Effect(tuple(said))


def undo_sitting(actor: Actor, document: Document) -> Effect:
    """The protocol is cancelled: the cases are open again, accepted mentors step back."""
    rows = SelectionCase.objects.select_for_update(of=("self",)).filter(
        sitting_document_id=document.pk
    )
    cases = list(rows.select_related("person__mentor"))
    for case in cases:
        case.decision, case.decided_on, case.reason = D.PENDING, None, ""
        case.save(update_fields=["decision", "decided_on", "reason"])
        mentor = case.person.mentor
        if mentor.state == MentorState.READY:
            move(actor, mentor, MentorState.SUSPENDED, "протокол отбора отменён")
    people = counted(len(cases), "заявление", "заявления", "заявлений")
    return Effect((f"Снова без решения: {people}.",)) if cases else Effect()


def forget_sitting(_actor: Actor, document: Document) -> Effect:
    """The draft is dropped: the candidates wait for another sitting."""
    SelectionCase.objects.filter(sitting_document_id=document.pk).update(
        sitting_document_id=None, sitting_on=None, commission=""
    )
    return Effect()


def register_selection_effects() -> None:
    """At start-up, once."""
    register(
        PROTOCOL,
        DocumentEffects(
            checks=sitting_checks,
            on_sign=apply_sitting,
            on_cancel=undo_sitting,
            on_drop=forget_sitting,
        ),
    )


def _demand_verdict(verdict: Verdict, cases: dict[int, SelectionCase]) -> None:
    case = cases.get(verdict.case.pk)
    if case is None:
        raise DomainError("decided", f"{verdict.case}: решение уже принято. Обновите страницу.")
    if verdict.decision not in {D.ACCEPTED, D.RESERVE, D.REJECTED}:
        raise DomainError(
            "decision_missing",
            f"{case.person.full_name}: выберите решение.",
            field=f"decision_{case.pk}",
        )
    if verdict.decision != D.ACCEPTED and not verdict.reason.strip():
        raise DomainError(
            "reason_missing",
            f"{case.person.full_name}: напишите причину.",
            field=f"reason_{case.pk}",
        )


def _papers_shown(case: SelectionCase, papers: dict[int, Any], on: date) -> list[str]:
    own = papers[case.person_id]
    certificates = [
        kind.label for kind in CertificateKind if own.certificate_on(kind, on) is not None
    ]
    portfolio = ["портфолио"] if case.portfolio else []
    return [str(case), *portfolio, *certificates]
