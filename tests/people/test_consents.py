"""Consents: who signs, what comes into force, what follows, who may open what."""

import io
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.people import news
from nastavnik.people.consent_kinds import Cell
from nastavnik.people.models import Consent, ConsentKind, ConsentState, MenteeState
from nastavnik.people.queries import consents as queries
from nastavnik.people.services.consents import (
    Receipt,
    issue_blanks,
    mark_received,
    refuse_consent,
    replace_consent,
    withdraw_consent,
)
from nastavnik.people.services.expiry import expire_papers
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.scope import scope
from tests.counting import exactly
from tests.neighbours import SYSTEM, actor_as, grant, make_user
from tests.people.conftest import TODAY, give_consent, make_mentee, make_mentor, make_mother

CHILD = (ConsentKind.PARTICIPATION_CHILD, ConsentKind.PD_CHILD)
SIGNED = Receipt(received_on=TODAY, by_representative=True, child_signed=True, file_place="04/7")


def receive(school, person, *kinds, receipt=SIGNED, actor=SYSTEM):
    cells = [Cell(person.pk, kind) for kind in kinds]
    return mark_received(
        actor=actor, organisation=school, cells=cells, receipt=receipt, today=TODAY
    )


def cells_for(people):
    return [Cell(person.pk, kind) for person in people for kind in CHILD]


def states(person, kind):
    rows = Consent.objects.filter(person=person, kind=kind).order_by("id")
    return list(rows.values_list("state", flat=True))


def test_minor_needs_a_representative(school):
    child = make_mentee(school, birth_date=date(2015, 1, 1)).person

    with pytest.raises(DomainError) as refusal:
        receive(school, child, *CHILD, receipt=Receipt(received_on=TODAY))

    assert (refusal.value.code, refusal.value.field) == (
        "representative_needed",
        "by_representative",
    )
    assert Consent.objects.count() == 0


def test_known_representative_is_written_down(school):
    child = make_mentee(school, birth_date=date(2015, 1, 1)).person
    mother = make_mother(child)

    receive(school, child, *CHILD)

    assert set(Consent.objects.values_list("representative", "state", "file_place")) == {
        (mother.pk, ConsentState.IN_FORCE, "04/7")
    }


def test_from_14_the_paper_waits_for_the_child(school):
    mentee = make_mentee(school, birth_date=date(2012, 1, 1))
    parent_only = Receipt(received_on=TODAY, by_representative=True)

    receive(school, mentee.person, *CHILD, receipt=parent_only)
    half = set(Consent.objects.values_list("state", "child_signed"))
    mentee.refresh_from_db()
    waiting = mentee.state
    receive(school, mentee.person, *CHILD)
    mentee.refresh_from_db()

    assert half == {(ConsentState.RECEIVED, False)}
    assert waiting == MenteeState.AWAITING_CONSENT
    assert set(Consent.objects.values_list("state", "child_signed")) == {
        (ConsentState.IN_FORCE, True)
    }
    assert mentee.state == MenteeState.IN_BASE


def test_child_who_turned_14_adds_a_signature_to_the_same_paper(school):
    child = make_mentee(school, birth_date=date(2012, 1, 1)).person
    give_consent(child, *CHILD, child_signed=False)

    receive(school, child, *CHILD)

    assert Consent.objects.filter(child_signed=True).count() == 2
    assert Consent.objects.count() == 2


def test_withdrawal_is_immediate_and_tells_the_listener(school, monkeypatch):
    mentee = make_mentee(school)
    receive(school, mentee.person, *CHILD)
    told = []

    def listener(actor, organisation, ids, day):
        told.append((organisation.pk, set(ids), day))
        return ["Пара приостановлена"]

    monkeypatch.setattr(news, "_listeners", [*news._listeners, listener])
    consent = Consent.objects.get(kind=ConsentKind.PD_CHILD)

    outcome = withdraw_consent(actor=SYSTEM, consent=consent, on=TODAY, reason="передумали")
    mentee.refresh_from_db()

    assert told == [(school.pk, {mentee.person_id}, TODAY)]
    assert outcome.sentences[-1] == "Пара приостановлена"
    assert mentee.state == MenteeState.AWAITING_CONSENT
    with pytest.raises(DomainError):
        withdraw_consent(actor=SYSTEM, consent=consent, on=TODAY)
    receive(school, mentee.person, ConsentKind.PD_CHILD)
    assert states(mentee.person, ConsentKind.PD_CHILD) == ["withdrawn", "in_force"]


def test_refusal_leaves_room_for_a_new_paper(school):
    child = make_mentee(school).person
    issue_blanks(actor=SYSTEM, organisation=school, cells=cells_for([child]), today=TODAY)
    consent = Consent.objects.get(kind=ConsentKind.PD_CHILD)

    refuse_consent(actor=SYSTEM, consent=consent, on=TODAY, reason="подумаем")
    receive(school, child, ConsentKind.PD_CHILD)

    assert states(child, ConsentKind.PD_CHILD) == ["refused", "in_force"]


def test_replacement_keeps_the_old_record(school):
    child = make_mentee(school).person
    old = receive(school, child, ConsentKind.PD_CHILD).consents[0]
    later = Receipt(
        received_on=TODAY,
        by_representative=True,
        child_signed=True,
        valid_to=TODAY + timedelta(days=30),
    )

    new = replace_consent(actor=SYSTEM, consent=old, receipt=later, today=TODAY).consents[0]

    assert states(child, ConsentKind.PD_CHILD) == ["replaced", "in_force"]
    assert new.valid_to == date(2026, 10, 31)


def test_expiry_takes_the_mentee_out_once(school):
    mentee = make_mentee(school)
    receipt = Receipt(received_on=TODAY, by_representative=True, child_signed=True, valid_to=TODAY)
    receive(school, mentee.person, *CHILD, receipt=receipt)

    same_day = expire_papers(actor=SYSTEM, organisation=school, today=TODAY)
    next_day = expire_papers(actor=SYSTEM, organisation=school, today=TODAY + timedelta(days=1))
    again = expire_papers(actor=SYSTEM, organisation=school, today=TODAY + timedelta(days=1))
    mentee.refresh_from_db()

    assert [same_day.consents, next_day.consents, again.consents] == [0, 2, 0]
    assert mentee.state == MenteeState.AWAITING_CONSENT


def test_blank_printed_again_keeps_its_record(school):
    child = make_mentee(school).person
    cells = cells_for([child])

    first = issue_blanks(actor=SYSTEM, organisation=school, cells=cells, today=TODAY)
    second = issue_blanks(actor=SYSTEM, organisation=school, cells=cells, today=TODAY)

    assert [c.token for c in first.consents] == [c.token for c in second.consents]
    assert Consent.objects.count() == 2
    assert AuditEvent.objects.filter(action="consents.printed").count() == 2


def test_thirty_consents_in_one_file_by_class_and_name(school):
    people = []
    for number in range(15):
        child = make_mentee(
            school, f"Ёлкин{'абвгдежзиклмноп'[number]}", class_name=f"{5 + number % 6}А"
        ).person
        people.append(child)
    make_mother(people[0])

    issued = issue_blanks(actor=SYSTEM, organisation=school, cells=cells_for(people), today=TODAY)
    document = Document(io.BytesIO(issued.docx))

    headings = [
        p.text for p in document.paragraphs if p.style.name == "Heading 1" or p.text == "СОГЛАСИЕ"
    ]
    classes = [int(c.person.class_name[:-1]) for c in issued.consents]
    names = [c.person.surname for c in issued.consents if c.person.class_name == "5А"]
    assert (len(issued.consents), len(document.sections), len(headings)) == (30, 30, 30)
    assert classes == sorted(classes)
    assert classes[-1] == 10
    assert names == sorted(names)


def test_person_without_gender_does_not_stop_the_others(school):
    known = make_mentee(school).person
    unknown = make_mentee(
        school, "Ли", given="Саша", patronymic="", gender="", class_name="5А"
    ).person

    issued = issue_blanks(
        actor=SYSTEM, organisation=school, cells=cells_for([known, unknown]), today=TODAY
    )

    assert {c.person_id for c in issued.consents} == {known.pk}
    assert issued.left_out == (
        "Укажите пол: Ли Саша. Без него имя нельзя поставить в нужный падеж.",
    )


def test_foreign_person_is_not_there(neighbours):
    with scope({neighbours.sibling.pk}):
        stranger = make_mentee(neighbours.sibling).person
    with scope({neighbours.own.pk}), pytest.raises(DomainError) as refusal:
        receive(neighbours.own, stranger, *CHILD)
    assert refusal.value.code == "person_missing"


def test_head_reads_and_sysadmin_prints_only(school):
    child = make_mentee(school).person
    with pytest.raises(PermissionRefused):
        receive(school, child, *CHILD, actor=actor_as(Role.HEAD))
    issued = issue_blanks(
        actor=actor_as(Role.SYSADMIN), organisation=school, cells=cells_for([child]), today=TODAY
    )
    with pytest.raises(PermissionRefused):
        receive(school, child, *CHILD, actor=actor_as(Role.SYSADMIN))
    assert len(issued.consents) == 2


def test_grid_counts_people_with_everything(school):
    ready, lacking = make_mentee(school), make_mentee(school, "Юрьев", class_name="5А")
    make_mentor(school)
    receive(school, ready.person, *CHILD)

    head = queries.collected(TODAY)
    rows = queries.missing_cells(queries.participants(), TODAY)

    assert (head.ready, head.total) == (1, 3)
    assert [(p.surname, [c.kind.value for c in cells]) for p, cells in rows] == [
        ("Белова", ["pd_adult"]),
        ("Юрьев", ["participation_child", "pd_child"]),
    ]
    assert lacking.pk


@pytest.mark.parametrize("n", [1, 3])
def test_grid_page_reads_a_fixed_number_of_queries(client, curator, school, n):
    for number in range(n):
        make_mentee(school, f"Пупилов{number}")
    client.force_login(curator)
    client.get(url("consents"))

    with exactly(12):
        response = client.get(url("consents"))

    assert response.status_code == 200


def url(name, **kwargs):
    return reverse(f"people:{name}", kwargs={"org": "own", **kwargs})


def test_one_form_takes_all_missing_required_papers(client, curator, school):
    people = [make_mentee(school, f"Пупилов{n}").person for n in range(3)]
    people.append(make_mentor(school).person)
    client.force_login(curator)
    page = client.get(url("consents-receive"))
    form = page.context["form"]

    response = client.post(
        url("consents-receive"),
        {
            "p": form["p"].value(),
            "kinds": ["required"],
            "received_on": timezone.localdate().strftime("%d.%m.%Y"),
            "file_place": "папка 04",
            "attested_by": "Лещёва О. В.",
            "by_representative": "on",
            "child_signed": "on",
        },
    )

    assert page.context["papers"] == 7
    assert response.status_code == 302
    assert Consent.objects.filter(state="in_force", file_place="папка 04").count() == 7
    head = queries.collected(timezone.localdate())
    assert (head.ready, head.total) == (4, 4)


def test_bulk_form_without_attested_signature_names_the_field(client, curator, school):
    child = make_mentee(school).person
    client.force_login(curator)

    response = client.post(
        url("consents-receive"),
        {"p": [child.pk], "kinds": ["required"], "received_on": "01.10.2026", "attested_by": "Я"},
    )

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["by_representative"]
    assert Consent.objects.count() == 0


def test_qr_page_marks_in_one_tap(client, curator, school):
    child = make_mentee(school).person
    issued = issue_blanks(
        actor=SYSTEM, organisation=school, cells=[Cell(child.pk, ConsentKind.PD_CHILD)], today=TODAY
    )
    token = issued.consents[0].token
    client.force_login(curator)
    landing = client.get(f"/c/{token}/")

    response = client.post(landing.url, {"child_signed": "on"}, follow=True)

    assert landing.url == url("consent-scan", token=token)
    assert response.context["is_done"] is True
    assert Consent.objects.get().attested_by == "Лещёва Ольга Викторовна"


@pytest.mark.parametrize(
    ("role", "place", "status"),
    [
        (None, "", 302),
        (Role.CURATOR, "sibling", 404),
        (Role.MENTOR, "own", 403),
        (Role.HEAD, "own", 302),
    ],
)
def test_qr_page_opens_for_those_entitled(client, neighbours, role, place, status):
    with scope({neighbours.own.pk}):
        child = make_mentee(neighbours.own).person
        give_consent(child, ConsentKind.PD_CHILD)
        token = Consent.objects.get().token
    if role:
        user = make_user("reader")
        grant(user, role, getattr(neighbours, place))
        client.force_login(user)

    response = client.get(f"/c/{token}/")

    assert response.status_code == status
    if role is None:
        assert "/c/" in response.url
        assert response.url.startswith("/accounts/") or "next=" in response.url


@pytest.mark.parametrize(
    "name", ["consent-cell", "consent-receive", "consent-print", "consent-refuse"]
)
def test_foreign_person_answers_404(client, neighbours, curator, name):
    with scope({neighbours.sibling.pk}):
        person = make_mentee(neighbours.sibling).person
        give_consent(person, ConsentKind.PD_CHILD)
        consent = Consent.objects.get()
    client.force_login(curator)
    keys = (
        {"consent_id": consent.pk}
        if name == "consent-refuse"
        else {"person_id": person.pk, "kind": "pd_child"}
    )
    address = url(name, **keys)

    response = client.get(address) if name == "consent-cell" else client.post(address)

    assert response.status_code == 404


def test_withdrawal_dialog_says_what_will_happen(client, curator, school):
    child = make_mentee(school).person
    give_consent(child, *CHILD)
    client.force_login(curator)

    response = client.get(url("consent-cell", person_id=child.pk, kind="pd_child"))

    assert response.context["consequences"] == [
        "Согласие перестанет действовать сразу. Вернуть его нельзя, можно только дать новое.",
        "Ёлкин\u00a0И.\u00a0П. больше не участвует в программе, пока нет нового согласия.",
    ]


def test_sysadmin_prints_blanks_but_sees_no_grid(client, school):
    make_mentee(school)
    user = make_user("sysadmin")
    grant(user, Role.SYSADMIN, school)
    client.force_login(user)

    assert client.get(url("consents")).status_code == 403
    assert client.get(url("consents-print")).status_code == 200
    response = client.post(url("consents-print"), {"kinds": ["required"]})
    assert response.status_code == 200
    assert len(Document(io.BytesIO(response.content)).sections) == 2


def test_excel_and_missing_list_name_the_papers(client, curator, school):
    make_mentee(school)
    client.force_login(curator)

    listed = client.get(url("consents-missing"))
    sheet = client.get(url("consents") + "?format=xlsx")

    assert list(listed.context["groups"]) == ["8Б"]
    assert b"".join(sheet.streaming_content)[:2] == b"PK"
    sheet.close()


def test_mentors_of_staff_are_asked_for_the_employees_consent(school):
    mentor = make_mentor(school).person
    give_consent(mentor, ConsentKind.PD_ADULT)

    def asked():
        rows = queries.cells_lacking(queries.participants(), ["required"], TODAY)
        return [cell.kind for person, cells in rows if person.pk == mentor.pk for cell in cells]

    before = asked()
    make_mentee(
        school, "Молодой", category="young-specialist", birth_date=date(2000, 1, 1), class_name=""
    )

    assert (before, asked()) == ([], [ConsentKind.EMPLOYEE_MENTOR])


def test_withdrawal_paper_opens_in_word(client, curator, school):
    child = make_mentee(school).person
    make_mother(child)
    give_consent(child, ConsentKind.PD_CHILD)
    consent = Consent.objects.get()
    client.force_login(curator)

    response = client.get(url("consent-withdrawal", consent_id=consent.pk))

    texts = [p.text for p in Document(io.BytesIO(response.content)).paragraphs]
    assert "ЗАЯВЛЕНИЕ" in texts


def test_card_shows_papers_to_those_who_may_see_them(client, curator, school):
    child = make_mentee(school).person
    give_consent(child, ConsentKind.PD_CHILD)
    client.force_login(curator)

    sections = client.get(url("card", person_id=child.pk)).context["sections"]

    own = next(s for s in sections if s.template == "people/papers_card.html")
    assert [(title, cell.text) for cell, title in own.context["consents"]] == [
        ("Участие ребёнка", "нет"),
        ("Данные ребёнка", "получено"),
        ("Сведения от третьих лиц", "нет"),
        ("Публикация и фото", "нет"),
    ]


def test_grid_leads_through_every_page_by_class(client, curator, school):
    for number in range(60):
        make_mentee(school, f"Пупилов{number:02}", class_name=["5А", "10Б"][number % 2])
    make_mentor(school)
    client.force_login(curator)

    first = client.get(url("consents")).context["listing"]
    second = client.get(url("consents") + first.next_url).context["listing"]

    rows = [record[0] for listing in (first, second) for record in listing.records]
    assert (first.total, len(set(rows)), len(second.records)) == (61, 61, 11)
    assert [tag in str(first.body) for tag in ("5А", "10Б")] == [True, True]
    assert "Белова" in str(second.body)
