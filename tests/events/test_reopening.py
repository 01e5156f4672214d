"""An end by mistake, and a year without a meeting."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nastavnik.accounts.permissions import Role
from nastavnik.audit.models import AuditEvent
from nastavnik.desk.steps import launch_steps
from nastavnik.documents.models import DocumentState
from nastavnik.documents.services import drop_draft, sign_document
from nastavnik.events.models import EventState, MeetingWaiver
from nastavnik.events.services import meetings
from nastavnik.events.services.attendance import mark_by_list
from nastavnik.events.services.ending import end_meeting, reopen_meeting
from nastavnik.events.services.survey import open_survey
from nastavnik.events.services.waiving import unwaive_meeting, waive_meeting
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.surveys.services import close_campaign
from tests.events.making import everybody_comes, going, people, plan, row_of
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR
from tests.people_making import DAY
from tests.surveys.making import choose, link, place


def end(school, event):
    return end_meeting(actor=CURATOR, organisation=school, event=event, now=timezone.now())


@pytest.fixture
def ended(school, curator):
    event = going(school)
    late = row_of(event, "Сидорова").pk
    here = [row.pk for row in event.participants.all() if row.pk != late]
    mark_by_list(actor=CURATOR, event=event, present_ids=here, now=timezone.now())
    return end(school, event)


def test_end_by_mistake_is_undone_with_its_drafts(ended):
    papers = (ended.protocol, ended.attendance_list)
    again = reopen_meeting(actor=CURATOR, event=ended, reason="рано нажали")
    for paper in papers:
        paper.refresh_from_db()
    assert [paper.state for paper in papers] == [DocumentState.DROPPED] * 2
    assert (again.state, again.protocol, again.attendance_list, again.ended_at) == (
        EventState.GOING,
        None,
        None,
        None,
    )
    event = AuditEvent.objects.get(action="events.reopen")
    assert (event.reason, event.from_state, event.to_state) == ("рано нажали", "ended", "going")


def test_meeting_opened_again_takes_marks_and_ends_with_new_papers(ended, school):
    first = ended.protocol
    again = reopen_meeting(actor=CURATOR, event=ended, reason="рано")
    everybody_comes(again)
    closed = end(school, again)
    assert closed.protocol != first
    assert "наставляемых 3, наставников 2" in closed.protocol.data["totals"]


def test_reopening_needs_a_reason(ended):
    with pytest.raises(DomainError) as refusal:
        reopen_meeting(actor=CURATOR, event=ended, reason="  ")
    assert refusal.value.field == "reason"


@pytest.mark.parametrize("name", ["protocol", "attendance_list"])
def test_nothing_is_reopened_once_a_paper_is_signed(ended, name):
    sign_document(actor=CURATOR, document=getattr(ended, name), registered_on=DAY)
    with pytest.raises(PermissionRefused, match="подписаны"):
        reopen_meeting(actor=CURATOR, event=ended, reason="рано")


def test_only_an_ended_meeting_is_reopened_and_not_by_the_head(school, curator, ended):
    with pytest.raises(PermissionRefused):
        reopen_meeting(actor=actor_as(Role.HEAD), event=ended, reason="рано")
    other = plan(school, DAY + timedelta(days=1))
    with pytest.raises(PermissionRefused, match="только завершённую"):
        reopen_meeting(actor=CURATOR, event=other, reason="рано")


def test_dropped_protocol_does_not_hold_the_meeting_shut(ended):
    drop_draft(actor=CURATOR, document=ended.protocol)
    assert reopen_meeting(actor=CURATOR, event=ended, reason="протокол удалён").protocol is None


def test_newcomers_of_the_second_end_are_asked_as_well(ended, school):
    survey = open_survey(actor=CURATOR, organisation=school, event=ended, today=DAY)
    assert survey.invitations.count() == 4
    again = reopen_meeting(actor=CURATOR, event=ended, reason="опоздавшая")
    everybody_comes(again)
    end(school, again)
    asked = survey.invitations.values_list("person__surname", flat=True)
    assert sorted(asked) == ["Белова", "Иванова", "Котова", "Петрова", "Сидорова"]


@pytest.fixture
def asked_by_mistake(ended, school):
    """The survey goes on, the meeting is open again and «Иванова» turns out not to have been there."""
    survey = open_survey(actor=CURATOR, organisation=school, event=ended, today=DAY)
    again = reopen_meeting(actor=CURATOR, event=ended, reason="отметили не ту")
    gone = {row_of(again, name).pk for name in ("Иванова", "Сидорова")}
    here = [row.pk for row in again.participants.all() if row.pk not in gone]
    mark_by_list(actor=CURATOR, event=again, present_ids=here, now=timezone.now())
    return survey, again


def asked_of(survey) -> list[str]:
    names = survey.invitations.order_by("person__search_key")
    return list(names.values_list("person__surname", flat=True))


def test_unmarked_person_is_asked_no_more_and_the_link_dies(client, asked_by_mistake, school):
    survey, again = asked_by_mistake
    address = link(place(survey, "Иванова"))
    assert client.get(address).status_code == 200
    end(school, again)
    assert asked_of(survey) == ["Белова", "Котова", "Петрова"]
    assert client.get(address).status_code == 404
    event = AuditEvent.objects.get(action="surveys.uninvite")
    assert event.details == {"left": 1, "stay": 0}


def test_held_back_person_who_was_absent_is_not_asked_later(asked_by_mistake, school):
    survey, again = asked_by_mistake
    row = place(survey, "Иванова")
    survey.held_back = [["mentee", row.person_id]]
    survey.save()
    row.delete()
    end(school, again)
    survey.refresh_from_db()
    assert (survey.held_back, "Иванова" in asked_of(survey)) == ([], False)


@pytest.mark.parametrize(
    ("chooser", "chosen"), [("Иванова", "Белова"), ("Белова", "Иванова")], ids=["own", "about"]
)
def test_no_answer_that_was_given_is_lost_and_the_curator_is_told(
    as_curator, asked_by_mistake, school, chooser, chosen
):
    survey, again = asked_by_mistake
    choose(survey, chooser, chosen)
    page = as_curator.post(url("end", school, again), {}, follow=True).content.decode()
    assert "Иванова" in asked_of(survey)
    assert place(survey, chooser).wishes.count() == 1
    assert "остались в опросе, потому что ответы уже есть: Иванова" in page.replace("\xa0", " ")


def test_closed_survey_keeps_everybody(asked_by_mistake, school):
    survey, again = asked_by_mistake
    close_campaign(actor=CURATOR, campaign=survey)
    end(school, again)
    assert "Иванова" in asked_of(survey)


@pytest.fixture
def as_curator(client, office, curator):
    client.force_login(curator)
    return client


def url(name, school, event=None):
    where = {"org": school.slug, **({"pk": event.pk} if event else {})}
    return reverse(f"events:{name}", kwargs=where)


def test_curator_reopens_by_the_card(as_curator, school, ended):
    card = url("card", school, ended)
    assert "Завершили по ошибке?" in as_curator.get(card).content.decode()
    empty = as_curator.post(url("reopen", school, ended), {"reason": ""})
    assert empty.status_code == 422
    assert as_curator.post(url("reopen", school, ended), {"reason": "рано"}).url == card
    page = as_curator.get(card).content.decode()
    assert "Завершили по ошибке?" not in page
    assert "Завершение и протокол" in page


def step(school):
    return next(s for s in launch_steps(school, on=DAY) if s.title == "Встреча и опрос")


def test_step_follows_the_meeting_to_its_protocol(school, curator):
    assert step(school).state == "idle"
    people(school)
    assert step(school).state == "go"
    event = plan(school)
    assert (step(school).state, step(school).url) == ("go", url("card", school, event))
    meetings.announce(actor=CURATOR, event=event)
    assert step(school).state == "wait"
    event = meetings.start(actor=CURATOR, event=event, today=DAY)
    assert step(school).state == "go"
    everybody_comes(event)
    event = end(school, event)
    assert step(school).state == "done"
    assert "Опрос ещё не открыт." in step(school).text
    open_survey(actor=CURATOR, organisation=school, event=event, today=DAY)
    assert step(school).text.endswith("протокол составлен. Опрос: ответили 0 из 5.")
    drop_draft(actor=CURATOR, document=event.protocol)
    assert step(school).state == "go"


def test_meeting_of_last_year_closes_nothing(school, curator):
    event = going(school)
    everybody_comes(event)
    event = end(school, event)
    event.on = date(2026, 5, 20)
    event.save()
    assert step(school).state == "go"


def test_year_without_a_meeting_is_said_openly(school, curator):
    people(school)
    with pytest.raises(DomainError) as refusal:
        waive_meeting(actor=CURATOR, organisation=school, reason=" ", on=DAY)
    assert refusal.value.field == "reason"
    waive_meeting(actor=CURATOR, organisation=school, reason="все знакомы.", on=DAY)
    assert (step(school).state, step(school).text) == (
        "done",
        "Решили обойтись без встречи: все знакомы.",
    )
    unwaive_meeting(actor=CURATOR, on=DAY)
    assert step(school).state == "go"
    actions = AuditEvent.objects.filter(action__contains="waive").order_by("id")
    assert list(actions.values_list("action", "reason")) == [
        ("events.waive", "все знакомы."),
        ("events.unwaive", ""),
    ]


def test_planned_meeting_takes_the_decision_back_and_bars_a_new_one(school, curator):
    people(school)
    waive_meeting(actor=CURATOR, organisation=school, reason="все знакомы", on=DAY)
    plan(school)
    assert MeetingWaiver.objects.count() == 0
    with pytest.raises(DomainError, match=r"Встреча уже назначена: 10\.11\.2026"):
        waive_meeting(actor=CURATOR, organisation=school, reason="все знакомы", on=DAY)


def test_curator_does_without_a_meeting_by_the_page(as_curator, school):
    page = url("list", school)
    assert "Обойтись без встречи" in as_curator.get(page).content.decode()
    assert as_curator.post(url("waive", school), {"reason": ""}).status_code == 422
    assert as_curator.post(url("waive", school), {"reason": "все знакомы"}).url == page
    assert "все знакомы" in as_curator.get(page).content.decode()
    assert as_curator.post(url("unwaive", school)).url == page
    assert MeetingWaiver.objects.count() == 0
