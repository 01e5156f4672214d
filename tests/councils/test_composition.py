"""A composition holds by its order: signing, changing, cancelling, dropping."""

from datetime import date

import pytest

from nastavnik.accounts.permissions import Role
from nastavnik.councils.models import Council, CouncilKind, CouncilState
from nastavnik.councils.papers import Place
from nastavnik.councils.queries import curators_in_force, former_members, turnover
from nastavnik.councils.services import composition, councils
from nastavnik.desk.services.team import prepare_working_group_order
from nastavnik.documents.builders import prepare_cancellation
from nastavnik.documents.models import DocumentState
from nastavnik.documents.rendering import document_html
from nastavnik.documents.services import drop_draft
from nastavnik.shared.errors import DomainError, PermissionRefused
from nastavnik.tenancy.scope import scope
from tests.councils.making import council, names, order, three, working
from tests.neighbours import actor_as, grant, make_user
from tests.pairs.making import CURATOR, sign
from tests.people_making import DAY, make_person, make_teacher

THREE = [("Котова", "chair"), ("Рябова", "secretary"), ("Кравец", "member")]


def test_council_works_from_the_day_of_its_order(school) -> None:
    made = council(school)
    paper = order(school, made)
    assert (made.state, names(made)) == (CouncilState.DRAFT, [])
    said = sign(paper)
    assert said == (
        "Творческая группа по наставничеству: состав утверждён, 3\u00a0человека, с 10.11.2026.",
    )
    assert names(made) == THREE
    assert (made.state, made.order_id, made.draft_order_id, made.starts_on) == (
        CouncilState.ACTIVE,
        paper.pk,
        None,
        DAY,
    )


def test_change_of_composition_is_a_new_order_that_amends_the_first(school) -> None:
    made = working(school)
    first = made.order
    places = [Place("chair", person=make_teacher(school, n)) for n in ("Панова",)]
    places.append(Place("member", person=make_teacher(school, "Белова")))
    second = order(school, made, places)
    sign(second)
    first.refresh_from_db()
    assert names(made) == [("Панова", "chair"), ("Белова", "member")]
    assert (first.state, made.order_id) == (DocumentState.AMENDED, second.pk)
    assert {m.full_name.split()[0] for m in former_members(made)} == {"Котова", "Рябова", "Кравец"}


def test_cancelling_falls_back_to_the_composition_before(school) -> None:
    made = working(school)
    first = made.order
    second = order(
        school,
        made,
        [
            Place("chair", person=make_teacher(school, "Панова")),
            Place("member", person=make_teacher(school, "Белова")),
        ],
    )
    sign(second)
    second.refresh_from_db()
    sign(prepare_cancellation(actor=CURATOR, document=second, reason="ошибка"))
    assert (names(made), made.order_id) == (THREE, first.pk)
    first.refresh_from_db()
    sign(prepare_cancellation(actor=CURATOR, document=first, reason="ошибка"))
    assert (names(made), made.state, made.order) == ([], CouncilState.DRAFT, None)


def test_dropped_draft_lets_another_be_prepared(school) -> None:
    made = council(school)
    paper = order(school, made)
    with pytest.raises(PermissionRefused, match="уже составлен"):
        order(school, made)
    drop_draft(actor=CURATOR, document=paper)
    made.refresh_from_db()
    assert made.draft_order is None


def test_working_group_of_the_team_page_stands_among_councils_by_the_same_fact(school) -> None:
    people = [make_teacher(school, name) for name in ("Котова", "Рябова", "Панова")]
    paper = prepare_working_group_order(
        actor=CURATOR, organisation=school, chair=people[0], members=people[1:], tasks=["план"]
    )
    assert not Council.objects.exists()
    sign(paper)
    made = Council.objects.get()
    assert (made.kind, made.task) == (CouncilKind.WORKING_GROUP, "план")
    assert names(made) == [("Котова", "chair"), ("Рябова", "member"), ("Панова", "member")]
    again = prepare_working_group_order(
        actor=CURATOR, organisation=school, chair=people[1], members=people[2:], tasks=["план"]
    )
    sign(again)
    assert names(Council.objects.get()) == [("Рябова", "chair"), ("Панова", "member")]


@pytest.mark.parametrize(
    ("offices", "code"),
    [
        (["member", "member"], "one_chair"),
        (["chair", "chair"], "one_chair"),
        (["chair"], "small"),
        (["chair", "secretary", "secretary"], "one_secretary"),
    ],
)
def test_composition_without_sense_is_refused(school, offices, code) -> None:
    places = [Place(o, person=make_teacher(school, f"Котов{n}а")) for n, o in enumerate(offices)]
    with pytest.raises(DomainError) as refused:
        order(school, council(school), places)
    assert refused.value.code == code


def test_pupils_and_neighbours_do_not_enter_a_composition(school, neighbours) -> None:
    chair = Place("chair", person=make_teacher(school, "Котова"))
    pupil = Place("member", person=make_person(school, "Иванова"))
    with pytest.raises(DomainError, match="не числится"):
        order(school, council(school), [chair, pupil])
    stranger = Place("member", user=make_user("stranger"))
    with pytest.raises(DomainError, match="не куратор"):
        order(school, council(school, CouncilKind.METHODICAL), [chair, stranger])


def test_reader_and_responsible_officer_do_not_compose(school) -> None:
    made = council(school)
    for role in (Role.RESPONSIBLE, Role.COUNCIL, Role.HEAD):
        with pytest.raises(PermissionRefused):
            composition.prepare_composition(
                actor=actor_as(role), organisation=school, council=made, places=three(school)
            )


def test_second_working_group_and_council_of_curators_in_a_school_are_refused(school) -> None:
    council(school, CouncilKind.WORKING_GROUP)
    with pytest.raises(DomainError, match="уже есть"):
        council(school, CouncilKind.WORKING_GROUP)
    with pytest.raises(DomainError, match="не создают"):
        council(school, CouncilKind.CURATORS)


def test_closed_council_keeps_its_composition_and_changes_no_more(school) -> None:
    made = councils.close_council(actor=CURATOR, council=working(school), words="задачи выполнены")
    assert (made.state, made.ends_on, names(made)) == (CouncilState.CLOSED, DAY, THREE)
    with pytest.raises(PermissionRefused, match="завершил работу"):
        order(school, made)


def test_curators_of_the_territory_are_drawn_and_their_turnover_is_told(
    neighbours, authority, curator
) -> None:
    away = make_user("far-curator", surname="Дальнева")
    grant(away, Role.CURATOR, neighbours.far)
    other = make_user("other-curator", surname="Соседова")
    ended = grant(other, Role.CURATOR, neighbours.sibling)
    drawn = curators_in_force(authority.territory, on=DAY)
    assert {one.user.surname for one in drawn} == {"Лещёва", "Соседова"}
    with scope({authority.pk}):
        made = council(authority, CouncilKind.CURATORS)
        places = [
            Place("chair", person=make_teacher(authority, "Главнова")),
            *(
                Place("member", user=one.user, post="куратор", workplace=one.institution)
                for one in drawn
            ),
        ]
        sign(order(authority, made, places))
        members = made.members.all()
        ended.ends_on = date(2026, 11, 1)
        ended.save()
        found = turnover(authority.territory, members, on=DAY)
    assert (found.came, [m.full_name.split()[0] for m in found.left]) == ((), ["Соседова"])


def test_order_names_the_council_in_its_cases(school) -> None:
    made = council(school, CouncilKind.METHODICAL, task="помогать наставникам\nвести план")
    sheet = document_html(order(school, made))
    assert "Об утверждении состава методического объединения наставников" in sheet
    assert "Поручить методическому объединению наставников" in sheet
    assert "инженер, АО «Маш»" in sheet
