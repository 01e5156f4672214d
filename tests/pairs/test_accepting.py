"""Accepting proposals into pairs and groups, and taking back exactly what was accepted."""

import pytest

from nastavnik.audit.models import AuditEvent
from nastavnik.matching.models import MatchRun
from nastavnik.pairs.models import AnswerWay, Pair, PairAnswer, PairMentee
from nastavnik.pairs.services.accepting import accept_group, accept_proposals, take_back
from nastavnik.pairs.services.answers import answers_in_sheet
from nastavnik.pairs.services.composing import add_to_group
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.shared.errors import DomainError
from tests.pairs.making import CURATOR, propose
from tests.people_making import DAY, make_mentee, make_mentor

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def proposal(school) -> MatchRun:
    return propose_pairs(actor=CURATOR, organisation=school, on=DAY)


def accept(school, run, **chosen):
    return accept_proposals(actor=CURATOR, organisation=school, run=run, on=DAY, **chosen)


def back(mentee):
    return take_back(actor=CURATOR, mentee_id=mentee.pk, reason="принятие отменено")


def group_mentor(school, capacity=6):
    mentor = make_mentor(school, capacity=capacity)
    mentor.only_groups = True
    mentor.save()
    return mentor


def members(pair):
    return [m.mentee for m in pair.members.order_by("mentee_id")]


def test_an_accepted_pair_is_taken_back_alone(school):
    first, second = make_mentee(school, "Иванова"), make_mentee(school, "Петрова")
    make_mentor(school, capacity=2)
    accept(school, proposal(school))

    back(first)

    states = {members(pair)[0].pk: pair.state for pair in Pair.objects.all()}
    assert states == {first.pk: "declined", second.pk: "proposed"}


def test_an_accepted_group_is_taken_back_as_it_was_accepted(school):
    people = [make_mentee(school, name) for name in ("Иванова", "Петрова", "Юдина")]
    mentor = make_mentor(school, capacity=3)
    run = proposal(school)
    pair = accept_group(actor=CURATOR, organisation=school, run=run, mentor_id=mentor.pk, on=DAY)

    back(people[1])

    pair.refresh_from_db()
    assert (pair.state, members(pair)) == ("declined", people)
    assert len(accept(school, run).made) == 3


def test_a_mentor_of_groups_gets_one_group_of_all_that_are_accepted(school):
    people = [make_mentee(school, name) for name in ("Иванова", "Петрова", "Юдина")]
    group_mentor(school)
    run = proposal(school)

    done = accept(school, run, mentee_ids={people[0].pk})

    (pair,) = done.made
    assert (pair.is_group, pair.kinds, members(pair)) == (True, ["group"], people)
    assert [line["mentee"] for line in pair.reasons] == [p.pk for p in people]


def test_those_accepted_later_join_the_group_and_leave_it_alone(school):
    first = [make_mentee(school, name) for name in ("Иванова", "Петрова")]
    group_mentor(school)
    (pair,) = accept(school, proposal(school)).made
    answers_in_sheet(actor=CURATOR, pairs=[pair], on=DAY, way=AnswerWay.SHEET)
    later = make_mentee(school, "Юдина")
    (again,) = accept(school, proposal(school)).made
    assert (again.pk, members(again), again.state) == (pair.pk, [*first, later], "proposed")

    back(later)

    pair.refresh_from_db()
    assert (pair.state, members(pair)) == ("agreed", first)
    assert [line["mentee"] for line in pair.reasons] == [p.pk for p in first]
    assert pair.fit_0_100 == round(sum(line["points"] for line in pair.reasons) / 2)
    assert not PairAnswer.objects.filter(pair=pair, person=later.person).exists()
    assert AuditEvent.objects.filter(action="pairs.take_back").count() == 1


def test_too_few_left_in_a_group_is_refused_with_words(school):
    people = [make_mentee(school, name) for name in ("Иванова", "Петрова")]
    mentor = make_mentor(school, capacity=4)
    run = proposal(school)
    pair = accept_group(actor=CURATOR, organisation=school, run=run, mentor_id=mentor.pk, on=DAY)
    by_hand = make_mentee(school, "Юдина")
    add_to_group(actor=CURATOR, pair=pair, mentee=by_hand)

    with pytest.raises(DomainError, match="останется слишком мало"):
        back(people[0])

    assert members(pair) == [*people, by_hand]


def test_a_group_that_others_still_fill_only_loses_what_was_accepted(school):
    people = [make_mentee(school, name) for name in ("Иванова", "Петрова")]
    mentor = make_mentor(school, capacity=5)
    run = proposal(school)
    pair = accept_group(actor=CURATOR, organisation=school, run=run, mentor_id=mentor.pk, on=DAY)
    by_hand = [make_mentee(school, name) for name in ("Юдина", "Яковлева")]
    for mentee in by_hand:
        add_to_group(actor=CURATOR, pair=pair, mentee=mentee)

    back(people[0])

    pair.refresh_from_db()
    assert (pair.state, members(pair)) == ("proposed", by_hand)


def test_a_pair_made_by_hand_is_not_taken_back_here(school):
    pair = propose(school)

    with pytest.raises(DomainError, match="составлена не из подбора"):
        back(members(pair)[0])


def test_one_alone_is_not_enough_for_a_mentor_of_groups(school):
    alone = make_mentee(school)
    mentor = group_mentor(school)
    run = proposal(school)
    assert run.result["chosen"] == []
    assert [left["reason"] for left in run.result["unmatched"]] == ["least"]

    mentor.only_groups = False
    mentor.save()
    run = proposal(school)
    mentor.only_groups = True
    mentor.save()

    done = accept(school, run, mentee_ids={alone.pk})
    assert (done.made, PairMentee.objects.count()) == ((), 0)
    assert done.refused == (
        "Белова\xa0М.\xa0П. ведёт только группы, а для группы участников пока мало.",
    )
