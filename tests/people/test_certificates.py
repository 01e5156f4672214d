"""Certificates of mentors from outside: errors, terms, expiry, rights."""

from datetime import date

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.people.models import (
    Certificate,
    CertificateKind,
    CertificateState,
    ConsentKind,
    MentorState,
)
from nastavnik.people.queries import certificates as queries
from nastavnik.people.services.certificates import (
    Shown,
    accept_certificate,
    enter_certificates,
    enter_for_many,
    mark_not_required,
    months_later,
    present_certificate,
    reject_certificate,
)
from nastavnik.people.services.expiry import expire_papers
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.scope import scope
from tests.counting import exactly
from tests.neighbours import SYSTEM, actor_as, grant, make_user
from tests.people.conftest import TODAY, give_consent, make_mentor

RECORD, MEDICAL = CertificateKind.NO_CRIMINAL_RECORD, CertificateKind.MEDICAL
ISSUED = date(2026, 9, 1)


def outsider(school, surname="Кравец", **values):
    given = {"category": "employee", "is_own": False, "workplace": "АО «Лесмаш»"} | values
    return make_mentor(school, surname, **given)


def both(person, issued_on=ISSUED):
    shown = [Shown(kind=kind, issued_on=issued_on, number="17") for kind in (RECORD, MEDICAL)]
    return enter_certificates(
        actor=SYSTEM, person=person, shown=shown, checked_by="Лещёва О. В.", today=TODAY
    )


def test_certificate_without_a_date_is_refused(school):
    person = outsider(school).person

    with pytest.raises(DomainError) as refusal:
        present_certificate(
            actor=SYSTEM, person=person, shown=Shown(kind=MEDICAL, issued_on=None), today=TODAY
        )

    assert refusal.value.message == "Справка предъявлена без даты. Укажите дату выдачи."
    assert refusal.value.field == "medical_issued_on"


def test_accepted_certificate_holds_twelve_months_or_the_own_term(school):
    first = outsider(school).person
    both(first)
    school.settings = {"certificate_months": 6}
    school.save()
    second = outsider(school, "Лосев").person
    both(second)

    ends = dict(Certificate.objects.filter(kind=MEDICAL).values_list("person", "valid_until"))

    assert ends == {first.pk: date(2027, 9, 1), second.pk: date(2027, 3, 1)}


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 12, 15), 12, date(2027, 12, 15)),
    ],
)
def test_months_later(day, months, later):
    assert months_later(day, months) == later


def test_both_certificates_make_the_mentor_ready_and_their_end_suspends(school):
    mentor = outsider(school)
    give_consent(mentor.person, ConsentKind.PD_ADULT)
    mentor.state = MentorState.PAPERS
    mentor.save()

    outcome = both(mentor.person)
    mentor.refresh_from_db()
    ready = mentor.state
    expired = expire_papers(actor=SYSTEM, organisation=school, today=date(2027, 9, 2))
    mentor.refresh_from_db()

    assert (ready, mentor.state) == (
        MentorState.READY,
        MentorState.SUSPENDED,
    )
    assert outcome.sentences == ("Кравец Нина Андреевна: готов к подбору",)
    assert (expired.consents, expired.certificates) == (0, 2)


def test_old_certificate_is_not_accepted(school):
    person = outsider(school).person
    with pytest.raises(DomainError) as refusal:
        both(person, issued_on=date(2025, 9, 1))
    assert refusal.value.code == "expired"
    assert Certificate.objects.count() == 0


def test_presented_certificate_is_accepted_or_rejected_later(school):
    person = outsider(school).person
    shown = Shown(kind=MEDICAL, issued_on=ISSUED)
    first = present_certificate(actor=SYSTEM, person=person, shown=shown, today=TODAY)
    rejected = reject_certificate(actor=SYSTEM, certificate=first, reason="нет печати", today=TODAY)
    second = present_certificate(actor=SYSTEM, person=person, shown=shown, today=TODAY)
    accept_certificate(actor=SYSTEM, certificate=second, checked_by="Лещёва О. В.", today=TODAY)

    assert rejected.basis == "нет печати"
    assert list(Certificate.objects.order_by("id").values_list("state", flat=True)) == [
        CertificateState.REJECTED,
        CertificateState.VALID,
    ]


def test_not_required_wants_a_basis(school):
    person = outsider(school).person
    with pytest.raises(DomainError):
        mark_not_required(actor=SYSTEM, person=person, kind=MEDICAL, basis=" ", today=TODAY)
    mark_not_required(
        actor=SYSTEM, person=person, kind=MEDICAL, basis="сведения в личном деле", today=TODAY
    )
    assert Certificate.objects.get().state == CertificateState.NOT_REQUIRED


def test_only_grown_outsiders_are_asked(school):
    stranger = outsider(school)
    make_mentor(school)
    make_mentor(school, "Юный", category="pupil", class_name="10А", birth_date=date(2010, 1, 1))

    assert [p.pk for p, _ in queries.certificate_rows(TODAY)] == [stranger.person_id]
    assert queries.lacking_certificates(school, TODAY).count() == 1
    both(stranger.person)
    assert queries.lacking_certificates(school, TODAY).count() == 0
    assert [queries.expiring_count(date(2027, 8, d)) for d in (1, 3)] == [0, 2]


def test_head_reads_and_responsible_does_not(client, school, head):
    person = outsider(school).person
    user = make_user("responsible")
    grant(user, Role.RESPONSIBLE, school)
    address = reverse("people:certificates", kwargs={"org": "own"})
    client.force_login(head)
    assert client.get(address).status_code == 200
    client.force_login(user)
    assert client.get(address).status_code == 403
    with pytest.raises(PermissionRefused):
        present_certificate(
            actor=actor_as(Role.HEAD),
            person=person,
            shown=Shown(kind=MEDICAL, issued_on=ISSUED),
            today=TODAY,
        )


def test_form_says_what_is_wrong_beside_the_field(client, curator, school):
    person = outsider(school).person
    address = reverse("people:certificates-enter", kwargs={"org": "own", "person_id": person.pk})
    client.force_login(curator)

    refused = client.post(address, {"no_record_number": "17", "checked_by": "Лещёва О. В."})
    done = client.post(
        address,
        {
            "no_record_number": "17",
            "no_record_issued_on": "01.09.2026",
            "checked_by": "Лещёва О. В.",
        },
    )

    assert refused.context["form"].errors["no_record_issued_on"] == [
        "Справка предъявлена без даты. Укажите дату выдачи."
    ]
    assert done.status_code == 302
    assert Certificate.objects.get().number == "17"


def test_foreign_certificate_answers_404(client, curator, neighbours):
    with scope({neighbours.sibling.pk}):
        person = outsider(neighbours.sibling).person
        both(person)
        pk = Certificate.objects.first().pk
    client.force_login(curator)

    for name, keys in (
        ("certificate-accept", {"certificate_id": pk}),
        ("certificates-enter", {"person_id": person.pk}),
    ):
        address = reverse(f"people:{name}", kwargs={"org": "own", **keys})
        assert client.post(address).status_code == 404


@pytest.mark.parametrize("n", [1, 3])
def test_page_reads_a_fixed_number_of_queries(client, curator, school, n):
    for number in range(n):
        outsider(school, f"Кравец{number}")
    client.force_login(curator)
    address = reverse("people:certificates", kwargs={"org": "own"})
    client.get(address)

    with exactly(7):
        assert client.get(address).status_code == 200


def many(school, *people, kinds=(RECORD, MEDICAL), actor=SYSTEM, **fields):
    values = {"issued_on": ISSUED, "issuer": "Поликлиника № 1"} | fields
    return enter_for_many(
        actor=actor,
        people=people,
        shown=[Shown(kind=kind, **values) for kind in kinds],
        checked_by="Лещёва О. В.",
        today=TODAY,
    )


def test_several_mentors_get_what_each_of_them_lacks(school):
    first, second = outsider(school).person, outsider(school, "Лагутин").person
    both(first)
    mark_not_required(actor=SYSTEM, person=second, kind=MEDICAL, basis="удалённо", today=TODAY)

    outcome = many(school, first, second)

    (made,) = outcome.certificates
    assert (made.person_id, made.kind, made.issuer, made.state) == (
        second.pk,
        RECORD,
        "Поликлиника № 1",
        CertificateState.VALID,
    )


@pytest.mark.parametrize(
    ("fields", "code"),
    [({"issued_on": None}, "date_missing"), ({"issued_on": date(2024, 1, 1)}, "expired")],
)
def test_one_wrong_certificate_writes_none(school, fields, code):
    people = [outsider(school).person, outsider(school, "Лагутин").person]

    with pytest.raises(DomainError) as refusal:
        many(school, *people, **fields)

    assert (refusal.value.code, Certificate.objects.count()) == (code, 0)


def test_nobody_lacking_is_said_and_readers_are_refused(school):
    person = outsider(school).person
    both(person)

    with pytest.raises(DomainError) as refusal:
        many(school, person)
    assert refusal.value.code == "nothing"
    with pytest.raises(PermissionRefused):
        many(school, person, actor=actor_as(Role.RESPONSIBLE))


def test_ticked_mentors_are_entered_on_one_page(client, curator, school):
    people = [outsider(school, name).person for name in ("Кравец", "Лагутин", "Седов")]
    client.force_login(curator)
    page = reverse("people:certificates-many", kwargs={"org": "own"})
    picked = [people[0].pk, people[1].pk]

    shown = client.get(page, {"p": picked}).content.decode()
    words = {"p": picked, "kinds": ["no_record", "medical"], "checked_by": "Лещёва О. В."}
    refused = client.post(page, words)
    done = client.post(page, words | {"issued_on": f"{ISSUED:%d.%m.%Y}"})

    assert ("Лагутин" in shown, "Седов" in shown, refused.status_code) == (True, False, 422)
    assert done.url == reverse("people:certificates", kwargs={"org": "own"})
    with scope({school.pk}):
        assert Certificate.objects.filter(state=CertificateState.VALID).count() == 4
