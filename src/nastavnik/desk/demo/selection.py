"""How the mentors from outside were chosen: applications, sittings, protocols."""

import datetime as dt

from nastavnik.desk.demo import clock
from nastavnik.desk.demo.cast import Cast
from nastavnik.desk.demo.office import Office
from nastavnik.documents import services
from nastavnik.people.models import MentorProfile, SelectionCase, SelectionDecision
from nastavnik.people.services.sittings import Commission, Verdict, member_data, prepare_sitting

D = SelectionDecision
SITTINGS = ((493, ("employee", "student", "alumnus")), (158, ("reserve", "rejected")))
WAITING = ("review", "interview", "applied")
DECISIONS = {"reserve": D.RESERVE, "rejected": D.REJECTED}
REASONS = {
    D.ACCEPTED: "опыт и документы отвечают требованиям",
    D.RESERVE: "пока нет подходящих запросов",
    D.REJECTED: "не готов заниматься регулярно",
}
TALK = "Готов заниматься раз в неделю, опыт работы с подростками есть."


def tell(office: Office, cast: Cast) -> None:
    """A case for each candidate; a signed protocol decides about those whose turn has come."""
    numbers: dict[int, int] = {}
    for ago, parts in SITTINGS:
        cases = [_case(office, m, office.day(ago), numbers) for p in parts for m in cast.mentors[p]]
        SelectionCase.objects.bulk_create(cases)
        chosen = [DECISIONS.get(p, D.ACCEPTED) for p in parts for _ in cast.mentors[p]]
        _sit(office, ago, list(zip(cases, chosen, strict=True)))
    for part in WAITING:
        cases = [_case(office, mentor, None, numbers) for mentor in cast.mentors[part]]
        SelectionCase.objects.bulk_create(cases)


def _case(
    office: Office, mentor: MentorProfile, sitting_on: dt.date | None, numbers: dict[int, int]
) -> SelectionCase:
    entered = mentor.entered_on or office.folk.today
    applied = sitting_on - dt.timedelta(days=7) if sitting_on else entered
    talked = sitting_on - dt.timedelta(days=3) if sitting_on else None
    numbers[applied.year] = numbers.get(applied.year, 0) + 1
    return SelectionCase(
        organisation=office.organisation,
        person=mentor.person,
        number=numbers[applied.year],
        year=applied.year,
        applied_on=applied,
        interview_on=talked,
        interviewers=office.folk.staff[1].short_name if talked else "",
        interview_notes=TALK if talked else "",
    )


def _sit(office: Office, ago: int, chosen: list[tuple[SelectionCase, SelectionDecision]]) -> None:
    day, organisation = office.day(ago), office.organisation
    chair, secretary, member = [member_data(p, organisation) for p in office.folk.staff[1:4]]
    with clock.at(day):
        document = prepare_sitting(
            actor=office.curator,
            organisation=organisation,
            verdicts=[Verdict(case, d, REASONS[d], "3 и 0") for case, d in chosen],
            commission=Commission(chair, secretary, (member,)),
            sitting_on=day,
        )
        services.sign_document(
            actor=office.curator, document=document, registered_on=day, signed_on_paper=True
        )
