"""Two records of one person who stands in pairs: refused or moved together with the pairs."""

import pytest
from django.urls import reverse

from nastavnik.pairs.models import PairMentee, PairState
from nastavnik.people.services.merge import merge_people
from nastavnik.shared.errors import DomainError
from tests.pairs.making import CURATOR, order_on, propose, ready_pair, sign
from tests.people_making import DAY, give_consents, make_mentee, make_mentor, make_teacher


def merge(keep, drop):
    return merge_people(actor=CURATOR, keep=keep, drop=drop)


def refusal(keep, drop) -> str:
    with pytest.raises(DomainError) as refused:
        merge(keep, drop)
    assert refused.value.code == "merge_blocked"
    drop.refresh_from_db()
    assert drop.merged_into_id is None
    return refused.value.message


def active(office, **fields):
    pair = ready_pair(office, starts_on=DAY, **fields)
    sign(order_on(office, pair))
    pair.refresh_from_db()
    return pair


def test_mentee_of_an_active_pair_takes_it_along(office) -> None:
    pair = active(office)
    drop = pair.members.get().mentee.person
    keep = make_mentee(office)
    give_consents(keep.person)

    merge(keep.person, drop)

    keep.refresh_from_db()
    pair.refresh_from_db()
    assert PairMentee.objects.get(pair=pair).mentee_id == keep.pk
    assert (keep.state, pair.state) == ("paired", PairState.ACTIVE)


def test_mentor_of_an_active_pair_takes_it_along(office) -> None:
    pair = active(office)
    keep = make_mentor(office, "Белова")

    merge(keep.person, pair.mentor.person)

    keep.refresh_from_db()
    pair.refresh_from_db()
    assert (pair.mentor_id, keep.state, pair.state) == (keep.pk, "paired", PairState.ACTIVE)


def test_mentee_with_two_pairs_of_one_form_is_refused(office) -> None:
    first, second = propose(office), propose(office, mentor=make_mentor(office, "Котова"))
    people = [pair.members.get().mentee.person for pair in (first, second)]

    assert refusal(*people).startswith("У наставляемого окажется две пары одной формы: ")


def test_mentee_with_pairs_of_two_forms_is_joined(office) -> None:
    first = propose(office)
    second = propose(
        office,
        form="pupil-pupil",
        mentor=make_mentor(office, "Котова", category="pupil", class_name="10А"),
    )
    keep, drop = (pair.members.get().mentee.person for pair in (first, second))

    merge(keep, drop)

    assert PairMentee.objects.filter(mentee__person=keep).count() == 2


def test_mentor_is_not_joined_with_own_mentee(office) -> None:
    teacher = make_mentee(office, person=make_teacher(office, "Панова"))
    pair = propose(office, form="teacher-teacher", mentees=[teacher])

    assert refusal(pair.mentor.person, teacher.person).startswith("Обе записи стоят в одной паре")


def test_two_of_one_group_are_refused(office) -> None:
    mentees = [make_mentee(office, "Юдина"), make_mentee(office, "Сидорова")]
    propose(office, mentees=mentees, is_group=True, kinds=["group"])

    assert refusal(*(m.person for m in mentees)).startswith("Обе записи стоят в одной паре")


def test_pair_in_a_draft_order_keeps_its_person(office) -> None:
    pair = ready_pair(office)
    order_on(office, pair)

    said = refusal(make_mentee(office).person, pair.members.get().mentee.person)

    assert said == (
        "Иванова\u00a0М.\u00a0П. стоит в проекте приказа. Сначала подпишите проект или удалите его."
    )


def test_mentor_without_places_for_the_mentees_of_both_is_refused(office) -> None:
    keep, drop = (make_mentor(office, name, capacity=1) for name in ("Белова", "Котова"))
    for mentor in (keep, drop):
        propose(office, mentor=mentor)

    assert refusal(keep.person, drop.person) == (
        "У наставника окажется наставляемых: 2, а мест: 1. "
        "Сначала увеличьте число мест в карточке, которая останется."
    )


def test_page_says_why_the_records_stay_apart(client, office, curator) -> None:
    first, second = propose(office), propose(office, mentor=make_mentor(office, "Котова"))
    keep, drop = (pair.members.get().mentee.person for pair in (first, second))
    client.force_login(curator)
    page = reverse("people:merge", kwargs={"org": office.slug, "person_id": keep.pk})

    answer = client.post(page, {"other": drop.pk})

    assert "две пары одной формы" in answer.content.decode()
    drop.refresh_from_db()
    assert drop.merged_into_id is None
