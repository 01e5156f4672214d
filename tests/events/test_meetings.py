"""A meeting from plan to its day: who is invited, who may come, what is refused."""

from datetime import timedelta

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.audit.queries import history_of
from nastavnik.events.models import EventKind, EventState
from nastavnik.events.services import meetings
from nastavnik.events.services.invited import set_participants
from nastavnik.people.models import ConsentState, MentorState
from nastavnik.people.services.consents import withdraw_consent
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.shared.states import WrongState
from tests.events.making import going, people, plan, row_of
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR, ready_pair
from tests.people_making import DAY, give_consents, make_mentee, make_mentor


def surnames(event) -> list[str]:
    return sorted(event.participants.values_list("person__surname", flat=True))


def test_everybody_in_the_base_without_a_pair_is_invited(school) -> None:
    people(school)
    ready_pair(
        school,
        mentor=make_mentor(school, "Занятова", capacity=1),
        mentees=[make_mentee(school, "Парова")],
    )
    assert surnames(plan(school)) == ["Белова", "Иванова", "Котова", "Петрова", "Сидорова"]


def test_nobody_is_invited_without_consents(school) -> None:
    give_consents(make_mentee(school, "Иванова").person)
    bare = make_mentee(school, "Бескова")
    event = plan(school)
    assert surnames(event) == ["Иванова"]
    with pytest.raises(DomainError, match="Нет согласия: Бескова"):
        set_participants(actor=CURATOR, event=event, person_ids=[bare.person_id])


def test_final_meeting_invites_the_working_pairs(school) -> None:
    people(school)
    pair = ready_pair(
        school, mentor=make_mentor(school, "Парова"), mentees=[make_mentee(school, "Вторая")]
    )
    pair.state, pair.foreign_order = "active", "№ 1"
    pair.save()
    event = plan(school, kind=EventKind.FINAL_MEETING)
    assert surnames(event) == ["Вторая", "Парова"]


def test_list_is_changed_and_numbers_stay(school) -> None:
    people(school)
    event = plan(school)
    before = {row.person_id: (row.number, row.code) for row in event.participants.all()}
    dropped = row_of(event, "Петрова").person_id
    set_participants(actor=CURATOR, event=event, person_ids=before.keys() - {dropped})
    set_participants(actor=CURATOR, event=event, person_ids=before.keys())
    after = {row.person_id: (row.number, row.code) for row in event.participants.all()}
    del before[dropped]
    assert before.items() <= after.items()
    assert after[dropped][0] == 6 or after[dropped][0] <= 5
    assert len({number for number, _ in after.values()}) == 5


def test_withdrawn_consent_takes_a_person_off_the_list(school, curator) -> None:
    people(school)
    event = plan(school)
    person = row_of(event, "Иванова").person
    told = withdraw_consent(
        actor=CURATOR,
        consent=person.consents.filter(state=ConsentState.IN_FORCE).first(),
        on=DAY,
        reason="семья передумала",
    )
    assert "Иванова" not in surnames(event)
    assert told is not None


def test_meeting_goes_through_its_states(school) -> None:
    event = going(school)
    assert event.state == EventState.GOING
    with pytest.raises(WrongState):
        meetings.announce(actor=CURATOR, event=event)
    moved = [(e.from_state, e.to_state) for e in history_of(event) if e.from_state]
    assert moved == [("announced", "going"), ("draft", "announced")]


def test_meeting_is_not_announced_for_nobody_nor_begun_early(school) -> None:
    event = plan(school, DAY + timedelta(days=1))
    with pytest.raises(DomainError, match="Сначала отметьте"):
        meetings.announce(actor=CURATOR, event=event)
    people(school)
    event = plan(school, DAY + timedelta(days=1))
    meetings.announce(actor=CURATOR, event=event)
    with pytest.raises(DomainError, match="раньше нельзя"):
        meetings.start(actor=CURATOR, event=event, today=DAY)


def test_meeting_is_cancelled_with_a_reason(school) -> None:
    event = plan(school)
    with pytest.raises(DomainError, match="почему"):
        meetings.cancel(actor=CURATOR, event=event, reason=" ")
    meetings.cancel(actor=CURATOR, event=event, reason="карантин")
    event.refresh_from_db()
    assert (event.state, event.cancel_reason) == (EventState.CANCELLED, "карантин")
    with pytest.raises(PermissionRefused):
        meetings.cancel(actor=CURATOR, event=event, reason="ещё раз")


def test_place_or_link_is_wanted(school) -> None:
    with pytest.raises(DomainError) as refusal:
        plan(school, place=" ")
    assert refusal.value.field == "place"


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CURATOR])
def test_only_the_curator_plans(school, role) -> None:
    with pytest.raises(PermissionRefused):
        meetings.plan_meeting(
            actor=actor_as(role),
            organisation=school,
            kind=EventKind.GROUP_MEETING,
            on=DAY,
            starts_at=None,
            place="зал",
        )


def test_mentors_who_are_not_ready_are_not_candidates(school) -> None:
    mentor = make_mentor(school, "Кандидатова")
    give_consents(mentor.person)
    mentor.state = MentorState.INTERVIEW
    mentor.save()
    assert surnames(plan(school)) == []
