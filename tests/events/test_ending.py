"""The end of a meeting and what is printed for it."""

import io

import docx
import pytest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.documents.rendering import document_docx
from nastavnik.documents.services import sign_document
from nastavnik.events.models import EventState, WrongCode
from nastavnik.events.services.attendance import mark_by_list
from nastavnik.events.services.ending import end_meeting
from nastavnik.roadmaps.evidence import EvidenceKind, find
from nastavnik.shared.errors import DomainError, PermissionRefused
from tests.counting import exactly
from tests.events.making import everybody_comes, going, people, plan, row_of
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR
from tests.people_making import DAY, give_consents, make_mentee


def words(content: bytes) -> str:
    """Everything that the Word file says."""
    document = docx.Document(io.BytesIO(content))
    cells = (c.text for table in document.tables for row in table.rows for c in row.cells)
    text = "\n".join([*(p.text for p in document.paragraphs), *cells])
    return text.replace("\u00a0", " ")


def end(school, event, **texts):
    return end_meeting(actor=CURATOR, organisation=school, event=event, now=timezone.now(), **texts)


@pytest.fixture
def ended(school, curator):
    """Four of five came."""
    event = going(school)
    absent = row_of(event, "Сидорова").pk
    here = [row.pk for row in event.participants.all() if row.pk != absent]
    mark_by_list(actor=CURATOR, event=event, present_ids=here, now=timezone.now())
    return end(school, event, decisions="Собраться ещё раз.\n\nПригласить родителей.")


def test_protocol_names_those_who_came(ended):
    text = words(document_docx(ended.protocol))
    assert "Приглашено: 5. Присутствовали: наставляемых 2, наставников 2." in text
    assert "Собраться ещё раз." in text
    assert "Пригласить родителей." in text
    assert "Петрова Мария Петровна" in text
    assert "Сидорова" not in text


def test_usual_text_stands_where_nothing_was_written(school, curator):
    event = going(school)
    everybody_comes(event)
    text = words(document_docx(end(school, event).protocol))
    assert "Узнать предпочтения участников, присутствовавших на встрече." in text


def test_papers_are_filed_under_matching(ended):
    protocol, attendance = ended.protocol, ended.attendance_list
    assert (protocol.folder, attendance.folder, attendance.parent) == ("05", "05", protocol)
    assert "Пришли 4 из 5." in words(document_docx(attendance))


def test_attendance_is_fixed_after_the_end(ended):
    with pytest.raises(PermissionRefused):
        mark_by_list(actor=CURATOR, event=ended, present_ids=[], now=timezone.now())
    assert ended.state == EventState.ENDED


def test_nobody_came_is_not_a_meeting(school, curator):
    event = going(school)
    with pytest.raises(DomainError, match="не отмечен никто"):
        end(school, event)


def test_head_does_not_end_a_meeting(school, curator):
    event = going(school)
    everybody_comes(event)
    with pytest.raises(PermissionRefused):
        end_meeting(actor=actor_as(Role.HEAD), organisation=school, event=event, now=timezone.now())


def test_guesses_are_forgotten_at_the_end(school, curator):
    event = going(school)
    everybody_comes(event)
    WrongCode(organisation=school, event=event, origin="x", at=timezone.now()).save()
    end(school, event)
    assert WrongCode.objects.count() == 0


def test_signed_protocol_proves_the_meeting_to_the_roadmap(ended):
    assert find(EvidenceKind.EVENT_WITH_PROTOCOL, {}, DAY) is None
    sign_document(actor=CURATOR, document=ended.protocol, registered_on=DAY)
    proof = find(EvidenceKind.EVENT_WITH_PROTOCOL, {"kind": "group_meeting"}, DAY)
    assert proof.words == "закрыто протоколом № 1 от 10.11.2026, встреча 10.11.2026"
    assert find(EvidenceKind.EVENT_WITH_PROTOCOL, {"kind": "final_meeting"}, DAY) is None


@pytest.fixture
def as_curator(client, office, curator):
    client.force_login(curator)
    return client


def url(name, school, event) -> str:
    return reverse(f"events:{name}", kwargs={"org": school.slug, "pk": event.pk})


def test_badge_of_a_child_bears_the_first_name_alone(as_curator, school):
    give_consents(make_mentee(school, "Иванова").person)
    event = plan(school)
    shown = as_curator.get(url("badges", school, event)).content.decode()
    row = row_of(event, "Иванова")
    assert ">Мария</p>" in shown
    assert f"{row.code[:3]}\u00a0{row.code[3:]}" in shown
    assert "Иванова" not in shown.split("<main")[1]


def test_badge_of_a_mentor_tells_what_one_helps_with(as_curator, school):
    people(school)
    shown = as_curator.get(url("badges", school, plan(school))).content.decode()
    assert "Мария Петровна" in shown
    assert "помогу: математика" in shown.lower()


def test_letters_have_one_page_and_code_each(as_curator, school):
    people(school)
    event = plan(school)
    answer = as_curator.get(url("invitations-docx", school, event))
    text = words(answer.getvalue())
    assert text.count("ПРИГЛАШЕНИЕ") == 5
    assert "Мария, приглашаем тебя на встречу!" in text
    assert "Вы познакомитесь с теми, кому можете помочь." in text


def test_sign_sheet_has_a_line_for_everybody(as_curator, school):
    people(school)
    shown = as_curator.get(url("sheet", school, plan(school))).content.decode()
    assert [name for name in ("Иванова", "Белова", "Подпись") if name not in shown] == []


def test_meeting_is_ended_by_the_page(as_curator, school):
    event = going(school)
    assert as_curator.post(url("end", school, event)).status_code == 422
    everybody_comes(event)
    assert as_curator.post(url("end", school, event)).url == url("card", school, event)
    assert "Подпишите протокол" in as_curator.get(url("card", school, event)).content.decode()


@pytest.mark.parametrize("many", [1, 9])
@pytest.mark.parametrize(("name", "number"), [("badges", 6), ("invitations", 5), ("sheet", 9)])
def test_prints_cost_the_same_for_one_and_for_many(as_curator, school, name, number, many):
    for place in range(many):
        give_consents(make_mentee(school, f"Имя{place}").person)
    event = plan(school)
    as_curator.get(url(name, school, event))
    with exactly(number):
        as_curator.get(url(name, school, event))
