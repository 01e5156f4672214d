"""Pages of pairs: what each role sees and does, and that the rules hold through them."""

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.documents.models import Document
from nastavnik.pairs.models import Pair, PairState
from tests.counting import exactly
from tests.neighbours import grant, make_user
from tests.pairs.making import agree, order_on, propose, ready_pair, sign
from tests.people_making import make_mentee, make_mentor

ROOMS = ["list", "match", "answers", "order"]


@pytest.fixture
def as_head(client, office, head):
    client.force_login(head)
    return client


def url(name, school, **more):
    return reverse(f"pairs:{name}", kwargs={"org": school.slug, **more})


@pytest.mark.parametrize("name", [*ROOMS, "new"])
def test_empty_rooms_open_to_the_curator(as_curator, school, name):
    assert as_curator.get(url(name, school)).status_code == 200


@pytest.mark.parametrize("name", ROOMS)
def test_head_reads_but_does_not_change(as_head, school, name):
    propose(school)
    answer = as_head.get(url(name, school))
    assert answer.status_code == 200
    assert b'name="csrfmiddlewaretoken"' not in _main(answer) or name == "order"


def _main(answer) -> bytes:
    return answer.content.split(b'<main class="main"')[1]


@pytest.mark.parametrize("name", ["match-propose", "match-accept", "answers-mark"])
def test_head_may_not_post(as_head, school, name):
    assert as_head.post(url(name, school)).status_code == 403


@pytest.mark.parametrize("role", [Role.MENTOR, Role.COUNCIL, Role.SYSADMIN])
@pytest.mark.parametrize("name", ROOMS)
def test_other_roles_are_refused(client, school, role, name):
    user = make_user("other")
    grant(user, role, school)
    client.force_login(user)
    assert client.get(url(name, school)).status_code == 403


@pytest.mark.parametrize("name", ROOMS)
def test_rooms_of_a_neighbour_answer_as_missing(as_curator, neighbours, name):
    assert as_curator.get(url(name, neighbours.sibling)).status_code == 404


def test_foreign_people_in_forms_are_missing(as_curator, school, neighbours):
    from nastavnik.tenancy.scope import scope

    own_mentor = make_mentor(school)
    with scope({neighbours.sibling.pk}):
        foreign = make_mentee(neighbours.sibling, "Чужая")
        foreign_pair = propose(neighbours.sibling, mentor=make_mentor(neighbours.sibling))
    assert as_curator.get(url("card", school, pk=foreign_pair.pk)).status_code == 404
    new = {"mentor": own_mentor.pk, "mentees": [foreign.pk], "form": "teacher-pupil"}
    assert as_curator.post(url("new", school), new).status_code == 422
    order = {"p": [foreign_pair.pk], "starts_on": "16.11.2026"}
    assert as_curator.post(url("order-prepare", school), order).status_code == 422
    assert Pair.objects.count() == 0


def test_pair_without_consent_cannot_be_ordered_by_the_page(as_curator, school):
    pair = propose(school)
    agree(pair)
    data = {"p": [pair.pk], "starts_on": "16.11.2026"}
    answer = as_curator.post(url("order-prepare", school), data)
    assert answer.status_code == 422
    assert Document.objects.count() == 0
    assert "нет согласия" in answer.content.decode().lower()


def test_order_is_composed_of_ready_pairs_and_names_the_others(as_curator, school):
    ready = ready_pair(school)
    held = propose(school, mentor=make_mentor(school, "Котова"))
    page = as_curator.get(url("order", school)).content.decode()
    assert "Не включена 1" in page
    assert "Закрепить с 12 ноября" in page.replace("\u00a0", " ")

    data = {"p": [ready.pk], "starts_on": "16.11.2026"}
    answer = as_curator.post(url("order-prepare", school), data)

    document = Document.objects.get()
    assert answer.url == f"/o/own/docs/{document.pk}/"
    ready.refresh_from_db()
    held.refresh_from_db()
    assert (ready.state, held.state) == (PairState.IN_ORDER, PairState.PROPOSED)


@pytest.mark.parametrize("starts_on", ["09.11.2026", "01.04.2027"])
def test_order_refuses_a_start_that_no_pair_can_have(as_curator, school, starts_on):
    pair = ready_pair(school)
    data = {"p": [pair.pk], "starts_on": starts_on}
    assert as_curator.post(url("order-prepare", school), data).status_code == 422


def test_sheet_shows_only_the_ticked_pairs(as_curator, school):
    first, _ = ready_pair(school), ready_pair(school, mentor=make_mentor(school, "Котова"))
    data = {"show": "1", "p": [first.pk], "starts_on": "16.11.2026"}
    sheet = str(as_curator.get(url("order", school), data).context["sheet"])
    assert "Беловой" in sheet
    assert "Котовой" not in sheet


def test_curator_marks_the_sheet_for_all_pairs(as_curator, school):
    pair = propose(school)
    data = {"all": "on", "on": "10.11.2026", "attested": "on"}
    as_curator.post(url("answers-mark", school), data)
    pair.refresh_from_db()
    assert pair.state == PairState.AGREED


def test_sheet_without_attestation_marks_nothing(as_curator, school):
    propose(school)
    answer = as_curator.post(url("answers-mark", school), {"all": "on", "on": "10.11.2026"})
    assert answer.status_code == 422
    assert Pair.objects.get().state == PairState.PROPOSED


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("list", 11), ("order", 20)])
def test_rooms_cost_the_same_for_any_number_of_pairs(as_curator, school, count, name, queries):
    for number in range(count):
        ready_pair(school, mentor=make_mentor(school, f"Белова{number}"))
    as_curator.get(url(name, school))
    with exactly(queries):
        as_curator.get(url(name, school))


def test_list_filters_by_what_stands_in_the_way(as_curator, school):
    ready_pair(school)
    lacking = propose(school, mentor=make_mentor(school, "Котова"))
    rows = as_curator.get(url("list", school), {"blocker": "consent"}).context["listing"].records
    assert [row[0] for row in rows] == [lacking.pk]


def test_card_names_what_is_missing_and_takes_answers(as_curator, school):
    pair = propose(school)
    page = as_curator.get(url("card", school, pk=pair.pk)).content.decode()
    assert "Что мешает" in page
    for reply in list(pair.answers.all()):
        data = {"person": reply.person_id, "is_yes": "yes"}
        as_curator.post(url("answer", school, pk=pair.pk), data)
    pair.refresh_from_db()
    assert pair.state == PairState.AGREED


def test_pair_is_declined_with_a_reason(as_curator, school):
    pair = propose(school)
    page = url("decline", school, pk=pair.pk)
    assert as_curator.post(page, {"reason": ""}).status_code == 422
    as_curator.post(page, {"reason": "выбрали другого"})
    pair.refresh_from_db()
    assert pair.state == PairState.DECLINED


def test_pair_is_made_by_hand(as_curator, school):
    mentee, mentor = make_mentee(school), make_mentor(school)
    data = {
        "mentor": mentor.pk,
        "mentees": [mentee.pk],
        "form": "teacher-pupil",
        "kinds": ["traditional"],
        "starts_on": "16.11.2026",
        "ends_on": "31.05.2027",
    }
    answer = as_curator.post(url("new", school), data)
    assert answer.url == url("card", school, pk=Pair.objects.get().pk)


def test_active_pair_is_ended_by_an_order(as_curator, school):
    pair = ready_pair(school)
    sign(order_on(school, pair))
    page = url("end", school, pk=pair.pk)
    assert as_curator.get(page).status_code == 200
    words = {"ends_on": "31.05.2027", "reason": "программа выполнена"}
    assert as_curator.post(page, words | {"reason": ""}).status_code == 422
    as_curator.post(page, words)
    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE
    sign(Document.objects.get(kind="order_pairs_end"))
    pair.refresh_from_db()
    assert (pair.state, f"{pair.ended_on:%d.%m.%Y}") == (PairState.FINISHED, "31.05.2027")
