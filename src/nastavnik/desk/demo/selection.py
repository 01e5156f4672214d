"""How the mentors from outside were chosen: applications, sittings, protocols."""

import datetime as dt

from nastavnik.desk.demo import clock
from nastavnik.desk.demo.cast import Cast
from nastavnik.desk.demo.office import Office
from nastavnik.documents import services
from nastavnik.documents.context import school_year
from nastavnik.documents.models import Document
from nastavnik.pairs.order_data import person_data
from nastavnik.people.models import MentorProfile, SelectionCase, SelectionDecision

D = SelectionDecision
DECISIONS = {
    "employee": D.ACCEPTED,
    "student": D.ACCEPTED,
    "alumnus": D.ACCEPTED,
    "reserve": D.RESERVE,
    "rejected": D.REJECTED,
    "review": D.PENDING,
    "interview": D.PENDING,
    "applied": D.PENDING,
}
REASONS = {D.RESERVE: "пока нет подходящих запросов", D.REJECTED: "не прошёл собеседование"}
SITTINGS = ((480, ("employee", "student", "alumnus")), (158, ("reserve", "rejected")))


def tell(office: Office, cast: Cast) -> None:
    """A case for each candidate; those decided stand in a signed protocol."""
    cases = _cases(office, cast)
    SelectionCase.objects.bulk_create(case for rows in cases.values() for case in rows)
    for ago, parts in SITTINGS:
        chosen = [case for part in parts for case in cases[part]]
        with clock.at(office.day(ago)):
            protocol = _protocol(office, chosen)
        for case in chosen:
            case.protocol_number = protocol.number_text
            case.sitting_document_id = protocol.pk
    decided = [case for rows in cases.values() for case in rows if case.sitting_document_id]
    SelectionCase.objects.bulk_update(decided, ["protocol_number", "sitting_document_id"])


def _cases(office: Office, cast: Cast) -> dict[str, list[SelectionCase]]:
    found: dict[str, list[SelectionCase]] = {}
    numbers: dict[int, int] = {}
    for part, decision in DECISIONS.items():
        found[part] = []
        for mentor in cast.mentors[part]:
            case = _case(office, mentor, part, decision)
            case.number = numbers[case.year] = numbers.get(case.year, 0) + 1
            found[part].append(case)
    return found


def _case(
    office: Office, mentor: MentorProfile, part: str, decision: SelectionDecision
) -> SelectionCase:
    sat = next((office.day(ago) for ago, parts in SITTINGS if part in parts), None)
    applied = (sat or mentor.entered_on or office.folk.today) - dt.timedelta(days=12 if sat else 0)
    return SelectionCase(
        organisation=office.organisation,
        person=mentor.person,
        year=applied.year,
        applied_on=applied,
        sitting_on=sat,
        commission=", ".join(p.short_name for p in office.folk.staff[1:4]) if sat else "",
        interview_on=sat - dt.timedelta(days=3) if sat else None,
        interviewers=office.folk.staff[1].short_name if sat else "",
        interview_notes="Готов заниматься раз в неделю, опыт работы с подростками есть."
        if sat
        else "",
        decision=decision,
        decided_on=sat,
        reason=REASONS.get(decision, ""),
        skipped={} if sat or part != "interview" else {"sitting": "комиссия соберётся позже"},
    )


def _protocol(office: Office, cases: list[SelectionCase]) -> Document:
    organisation, today = office.organisation, office.folk.today
    team = [person_data(organisation, p) for p in office.folk.staff[1:4]]
    day = cases[0].sitting_on or today
    document = services.prepare_document(
        actor=office.curator,
        organisation=organisation,
        kind="selection_protocol",
        data={
            "period": f"{school_year(day)} учебный год",
            "chair": team[0],
            "secretary": team[1],
            "present": team,
            "candidates": [
                {
                    "person": person_data(organisation, case.person),
                    "papers": ["заявление", "портфолио"],
                    "decision": SelectionDecision(case.decision).label,
                    "reason": case.reason or "опыт и документы отвечают требованиям",
                    "votes": "3 и 0",
                }
                for case in cases
            ],
        },
    )
    services.sign_document(
        actor=office.curator, document=document, registered_on=day, signed_on_paper=True
    )
    return document
