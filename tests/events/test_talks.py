"""Short talks, the big screen and the survey after the meeting."""

import pytest
from django.urls import reverse
from django.utils import timezone

from nastavnik.events import queries
from nastavnik.events.models import EventKind
from nastavnik.events.services import meetings
from nastavnik.events.services.attendance import mark_by_list
from nastavnik.events.services.ending import end_meeting
from nastavnik.events.services.invited import set_participants
from nastavnik.events.services.survey import open_survey
from nastavnik.events.services.talks import make_rotation
from nastavnik.events.talks import talks_of
from nastavnik.matching.models import MatchRule, RuleKind
from nastavnik.people.models import MenteeRequest
from nastavnik.shared.errors import DomainError
from tests.counting import exactly
from tests.events.making import everybody_comes, going, people, plan, row_of
from tests.pairs.making import CURATOR
from tests.people_making import DAY, give_consents, make_mentee, make_mentor


def ask(event, surname, topic="math") -> None:
    profile = row_of(event, surname).person.mentee
    MenteeRequest(
        organisation_id=event.organisation_id, mentee=profile, code="progress", topic=topic
    ).save()


def rotate(school, event, **wishes):
    return make_rotation(
        actor=CURATOR, organisation=school, event=event, minutes=wishes.pop("minutes", 3), **wishes
    )


def shown(event):
    return talks_of(event, queries.participants_of(event), DAY)


@pytest.fixture
def asked(school):
    """Three pupils ask about mathematics, two teachers help with it."""
    people(school)
    event = plan(school)
    for surname in ("Иванова", "Петрова", "Сидорова"):
        ask(event, surname)
    return meetings.announce(actor=CURATOR, event=event)


def test_everybody_meets_each_relevant_mentor_once(school, asked):
    found = shown(rotate(school, asked))
    met = [(m.mentee.number, m.mentor.number) for talks in found.rounds for m in talks]
    assert (len(found.rounds), len(met), len(set(met))) == (3, 6, 6)
    assert (found.total_minutes, found.left_out, found.is_stale) == (9, 0, False)


def test_talks_without_a_common_topic_only_fill_idle_turns(school, asked):
    MenteeRequest.objects.filter(mentee__person__surname="Сидорова").delete()
    found = shown(rotate(school, asked))
    number = row_of(asked, "Сидорова").number
    talks = [m for round_ in found.rounds for m in round_ if m.mentee.number == number]
    assert len(found.rounds) == 2
    assert all(m.is_extra for m in talks)


def test_forbidden_pair_is_kept_apart(school, asked):
    mentee, mentor = row_of(asked, "Иванова"), row_of(asked, "Белова")
    MatchRule(
        organisation=school,
        mentee=mentee.person.mentee,
        mentor=mentor.person.mentor,
        kind=RuleKind.FORBID,
        reason="родственники",
    ).save()
    found = shown(rotate(school, asked, everyone=True))
    met = {(m.mentee.number, m.mentor.number) for talks in found.rounds for m in talks}
    assert (mentee.number, mentor.number) not in met
    assert len(met) == 5


def test_fewer_rounds_leave_some_out(school, asked):
    found = shown(rotate(school, asked, most_rounds=2))
    assert (len(found.rounds), found.left_out) == (2, 2)


def test_nothing_in_common_wants_everybody_with_everybody(school):
    people(school)
    event = plan(school)
    with pytest.raises(DomainError) as refusal:
        rotate(school, event)
    assert refusal.value.field == "everyone"
    assert len(shown(rotate(school, event, everyone=True)).rounds) == 3


def test_one_side_alone_does_not_talk(school):
    give_consents(make_mentee(school).person)
    with pytest.raises(DomainError, match="и наставники, и наставляемые"):
        rotate(school, plan(school))


def test_during_the_meeting_only_those_present_talk(school, asked):
    event = meetings.start(actor=CURATOR, event=asked, today=DAY)
    here = [row_of(event, name).pk for name in ("Иванова", "Белова")]
    mark_by_list(actor=CURATOR, event=event, present_ids=here, now=timezone.now())
    event = rotate(school, event)
    assert event.rotation["people"] == sorted(here)
    everybody_comes(event)
    assert shown(event).is_stale


def test_schedule_forgets_who_left_the_list(school, asked):
    event = rotate(school, asked)
    kept = [r.person_id for r in event.participants.all() if r.person.surname != "Иванова"]
    set_participants(actor=CURATOR, event=event, person_ids=kept)
    found = shown(event)
    assert found.is_stale
    assert sum(len(talks) for talks in found.rounds) == 4


@pytest.fixture
def as_curator(client, office, curator):
    client.force_login(curator)
    return client


def url(name, school, event, **more) -> str:
    return reverse(f"events:{name}", kwargs={"org": school.slug, "pk": event.pk, **more})


def test_schedule_is_made_and_shown_by_pages(as_curator, school, asked):
    wish = {"minutes": "4", "most_rounds": "0"}
    answer = as_curator.post(url("talks-make", school, asked), wish)
    assert "3 раунда, всего 12 минут" in as_curator.get(answer.url).content.decode().replace(
        "\u00a0", " "
    )
    page = as_curator.get(url("talks-round", school, asked, number=1)).content.decode()
    assert [w for w in ("Раунд 1 из 3", "4:00", "Стол 1", "Отдыхают") if w not in page] == []
    assert "Иванова" not in page
    assert as_curator.get(url("talks-round", school, asked, number=4)).status_code == 404
    assert "Столы" in as_curator.get(url("talks-print", school, asked)).content.decode()


def test_screen_counts_those_who_came_and_names_nobody(as_curator, school):
    event = going(school)
    page = as_curator.get(url("screen", school, event)).content.decode()
    assert 'class="qr"' in page
    assert "Иванова" not in page.split("<main")[1]
    everybody_comes(event)
    count = as_curator.get(url("screen-count", school, event)).content.decode()
    assert "Пришли 5 из 5" in count
    with exactly(5):
        as_curator.get(url("screen-count", school, event))


def test_survey_asks_those_present_in_the_order_of_talking(school, curator, asked):
    event = meetings.start(actor=CURATOR, event=rotate(school, asked), today=DAY)
    here = [r.pk for r in event.participants.all() if r.person.surname != "Сидорова"]
    mark_by_list(actor=CURATOR, event=event, present_ids=here, now=timezone.now())
    with pytest.raises(DomainError, match="после завершения"):
        open_survey(actor=CURATOR, organisation=school, event=event)
    event = end_meeting(actor=CURATOR, organisation=school, event=event, now=timezone.now())
    survey = open_survey(actor=CURATOR, organisation=school, event=event)
    rows = {r.person.surname: r for r in survey.invitations.select_related("person")}
    assert {surname: row.number for surname, row in rows.items()} == {
        surname: row_of(event, surname).number
        for surname in ("Белова", "Иванова", "Котова", "Петрова")
    }
    stored = [
        surname
        for talks in event.rotation["rounds"]
        for mentee, mentor in talks
        if mentee == row_of(event, "Иванова").pk
        for surname in ["Белова" if mentor == row_of(event, "Белова").pk else "Котова"]
    ]
    assert rows["Иванова"].talked_to == [rows[surname].number for surname in stored]
    assert open_survey(actor=CURATOR, organisation=school, event=event) == survey


def test_survey_is_opened_from_the_card(as_curator, school, asked):
    event = meetings.start(actor=CURATOR, event=asked, today=DAY)
    everybody_comes(event)
    end_meeting(actor=CURATOR, organisation=school, event=event, now=timezone.now())
    assert "Опрос предпочтений" in as_curator.get(url("card", school, event)).content.decode()
    answer = as_curator.post(url("survey", school, event), {"closes_on": "15.11.2026"})
    event.refresh_from_db()
    assert answer.url == f"/o/{school.slug}/surveys/{event.survey_id}/"


def test_final_meeting_opens_no_survey(school, curator):
    give_consents(make_mentee(school).person)
    give_consents(make_mentor(school).person)
    event = going(school)
    event.kind = EventKind.FINAL_MEETING
    event.save()
    everybody_comes(event)
    event = end_meeting(actor=CURATOR, organisation=school, event=event, now=timezone.now())
    with pytest.raises(DomainError, match="перед подбором"):
        open_survey(actor=CURATOR, organisation=school, event=event)
