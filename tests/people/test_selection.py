"""Selection: numbered applications, a sitting whose signed protocol decides, skipped steps."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.documents.models import Document
from nastavnik.documents.services import drop_draft, send_to_sign, sign_document
from nastavnik.people.models import (
    ConsentKind,
    MentorState,
    SelectionCase,
    SelectionDecision,
)
from nastavnik.people.queries import selection as queries
from nastavnik.people.services.selection import (
    Interview,
    accept_without_sitting,
    decide,
    open_case,
    record_interview,
)
from nastavnik.people.services.sittings import (
    Commission,
    Verdict,
    application_docx,
    member_data,
    prepare_interview_protocol,
    prepare_sitting,
    sitting_checks,
)
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.scope import scope
from tests.counting import exactly
from tests.neighbours import SYSTEM, actor_as
from tests.people.conftest import TODAY, give_consent, make_mentor

D = SelectionDecision


def candidate(school, surname="Белова", *, whole=True, **values):
    mentor = make_mentor(school, surname, **values)
    if whole:
        give_consent(mentor.person, ConsentKind.PD_ADULT)
    return mentor


def applied(mentor, day=TODAY):
    return open_case(actor=SYSTEM, mentor=mentor, applied_on=day, today=TODAY)


def commission(school, curator):
    return Commission(member_data(school, school), member_data(curator, school))


def hold_sitting(school, curator, *verdicts):
    return prepare_sitting(
        actor=SYSTEM,
        organisation=school,
        verdicts=verdicts,
        commission=commission(school, curator),
        sitting_on=TODAY,
    )


def state_of(mentor):
    mentor.refresh_from_db()
    return mentor.state


def test_applications_are_numbered_by_year(school):
    first = applied(candidate(school), date(2025, 12, 1))
    second = applied(candidate(school, "Гусева"))
    third = applied(candidate(school, "Дроздова"))

    assert [(c.year, c.number) for c in (first, second, third)] == [(2025, 1), (2026, 1), (2026, 2)]


def test_second_application_waits_for_the_first(school):
    mentor = candidate(school)
    applied(mentor)
    with pytest.raises(DomainError) as refusal:
        applied(mentor)
    assert refusal.value.code == "case_open"


def test_signed_protocol_moves_every_candidate(school, curator):
    mentors = [candidate(school, name) for name in ("Белова", "Гусева", "Дроздова")]
    mentors.append(candidate(school, "Ершова", whole=False))
    cases = [applied(mentor) for mentor in mentors]
    document = hold_sitting(
        school,
        curator,
        Verdict(cases[0], D.ACCEPTED, "", "3 и 0"),
        Verdict(cases[1], D.RESERVE, "мало времени"),
        Verdict(cases[2], D.REJECTED, "нет опыта"),
        Verdict(cases[3], D.ACCEPTED),
    )
    before = [state_of(mentor) for mentor in mentors]
    checks = sitting_checks(document)
    send_to_sign(actor=SYSTEM, document=document)

    effect = sign_document(actor=SYSTEM, document=document, registered_on=TODAY)

    assert set(before) == {MentorState.REVIEW}
    assert [check.level for check in checks] == ["wait"]
    assert [state_of(mentor) for mentor in mentors] == [
        MentorState.READY,
        MentorState.RESERVE,
        MentorState.REJECTED,
        MentorState.PAPERS,
    ]
    assert effect.sentences == (
        "Включить в базу наставников: 2\u00a0человека.",
        "В резерв: 1\u00a0человек.",
        "Отказать: 1\u00a0человек.",
    )
    assert set(SelectionCase.objects.values_list("protocol_number", flat=True)) == {
        document.number_text
    }


def test_dropped_draft_leaves_candidates_for_another_sitting(school, curator):
    case = applied(candidate(school))
    document = hold_sitting(school, curator, Verdict(case, D.ACCEPTED))

    drop_draft(actor=SYSTEM, document=document)
    case.refresh_from_db()

    assert (case.sitting_on, case.sitting_document_id, case.decision) == (None, None, D.PENDING)


def test_refusal_needs_a_reason(school, curator):
    case = applied(candidate(school))
    with pytest.raises(DomainError) as refusal:
        hold_sitting(school, curator, Verdict(case, D.REJECTED))
    assert refusal.value.field == f"reason_{case.pk}"
    assert Document.objects.count() == 0


def test_interview_and_its_protocol(school, curator):
    mentor = candidate(school)
    case = applied(mentor)
    talk = Interview(TODAY, "Лещёва О. В.", "Рекомендовать", {"motivation": "хочет помогать"})

    record_interview(actor=SYSTEM, case=case, interview=talk, today=TODAY)
    case.refresh_from_db()
    document = prepare_interview_protocol(
        actor=SYSTEM, case=case, interviewers=[member_data(curator, school)], conclusion=""
    )

    assert state_of(mentor) == MentorState.INTERVIEW
    assert document.data["conclusion"] == "Рекомендовать"
    assert [topic["answer"] for topic in document.data["topics"]].count("хочет помогать") == 1


def test_everybody_is_accepted_without_a_sitting_and_the_skip_is_kept(school):
    whole, lacking = candidate(school), candidate(school, "Гусева", whole=False)

    cases = accept_without_sitting(
        actor=SYSTEM,
        organisation=school,
        mentors=[whole, lacking],
        reason="наставники прошлого года",
        today=TODAY,
    )

    assert [state_of(whole), state_of(lacking)] == [MentorState.READY, MentorState.PAPERS]
    assert [sorted(case.skipped) for case in cases] == [
        ["application", "interview", "sitting"],
        ["application", "interview", "sitting"],
    ]


@pytest.mark.parametrize(("rule", "refused"), [("all", True), ("outsiders", False), ("", False)])
def test_institution_may_demand_a_sitting(school, rule, refused):
    school.settings = {"sitting_required": rule}
    school.save()
    case = applied(candidate(school))

    def act():
        return decide(actor=SYSTEM, case=case, decision=D.ACCEPTED, reason="опыт", today=TODAY)

    if refused:
        with pytest.raises(DomainError) as error:
            act()
        assert error.value.code == "sitting_required"
    else:
        assert act().decision == D.ACCEPTED


def test_reason_is_demanded_and_head_does_not_decide(school):
    mentor = candidate(school)
    case = applied(mentor)
    with pytest.raises(DomainError):
        decide(actor=SYSTEM, case=case, decision=D.ACCEPTED, reason=" ", today=TODAY)
    with pytest.raises(PermissionRefused):
        decide(
            actor=actor_as(Role.HEAD), case=case, decision=D.ACCEPTED, reason="опыт", today=TODAY
        )
    assert state_of(mentor) == MentorState.APPLIED


def test_application_blank_opens_in_word(school):
    mentor = candidate(school)
    assert application_docx(actor=SYSTEM, mentor=mentor, today=TODAY)[:2] == b"PK"


def url(name, **kwargs):
    return reverse(f"people:{name}", kwargs={"org": "own", **kwargs})


def test_curator_goes_from_application_to_protocol(client, curator, school):
    mentor = candidate(school)
    client.force_login(curator)
    today = timezone.localdate().strftime("%d.%m.%Y")
    client.post(url("candidate-apply", mentor_id=mentor.pk), {"applied_on": today})
    case = SelectionCase.objects.get()
    chosen = client.post(url("selection-bulk"), {"action": "sitting", "p": [mentor.pk]})

    response = client.post(
        chosen.url,
        {
            "sitting_on": today,
            "chair": "head",
            "secretary": "me",
            f"decision_{case.pk}": "accepted",
        },
    )

    document = Document.objects.get()
    assert response.status_code == 302
    assert document.data["candidates"][0]["decision"] == "включить в базу наставников"
    assert [m["name"]["nominative"] for m in document.data["present"]] == [
        "Зотов Игорь Павлович",
        "Лещёва Ольга Викторовна",
    ]


def test_one_form_accepts_everybody(client, curator, school):
    mentors = [candidate(school), candidate(school, "Гусева")]
    client.force_login(curator)
    page = client.get(url("selection-accept"))

    response = client.post(
        url("selection-accept"), {"p": page.context["form"]["p"].value(), "reason": "опыт"}
    )

    assert response.status_code == 302
    assert [state_of(mentor) for mentor in mentors] == [MentorState.READY] * 2


@pytest.mark.parametrize("name", ["candidate", "candidate-blank"])
def test_foreign_candidate_answers_404(client, curator, neighbours, name):
    with scope({neighbours.sibling.pk}):
        stranger = candidate(neighbours.sibling)
    client.force_login(curator)
    assert client.get(url(name, mentor_id=stranger.pk)).status_code == 404


def test_head_reads_candidates(client, head, school):
    mentor = candidate(school)
    applied(mentor)
    client.force_login(head)
    assert client.get(url("selection")).context["may_edit"] is False
    assert client.get(url("candidate", mentor_id=mentor.pk)).status_code == 200
    assert client.post(url("selection-accept"), {"reason": "да"}).status_code == 403
    assert queries.waiting_count() == 1


@pytest.mark.parametrize("n", [1, 3])
def test_page_reads_a_fixed_number_of_queries(client, curator, school, n):
    for number in range(n):
        applied(candidate(school, f"Белова{number}"))
    client.force_login(curator)
    client.get(url("selection"))

    with exactly(9):
        assert client.get(url("selection")).status_code == 200
