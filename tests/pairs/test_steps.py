"""Steps from the card: another mentor, a group that changes, completing, by their pages."""

import pytest
from django.urls import reverse

from nastavnik.accounts.permissions import Role
from nastavnik.documents.models import Document
from nastavnik.pairs.models import Pair, PairState
from nastavnik.pairs.services.ending import close_pair
from nastavnik.shared.errors import DomainError
from tests.neighbours import actor_as
from tests.pairs.making import CURATOR, agree, order_on, ready_pair, sign
from tests.people_making import DAY, give_consents, make_mentee, make_mentor


@pytest.fixture
def as_curator(client, office, curator):
    client.force_login(curator)
    return client


def url(name, school, pair) -> str:
    return reverse(f"pairs:{name}", kwargs={"org": school.slug, "pk": pair.pk})


def active(school, **fields) -> Pair:
    pair = ready_pair(school, starts_on=DAY, **fields)
    sign(order_on(school, pair))
    pair.refresh_from_db()
    return pair


def group_of_two(school) -> Pair:
    mentees = [make_mentee(school, "Юдина"), make_mentee(school, "Сидорова")]
    return active(school, mentees=mentees, is_group=True, kinds=["group"])


def test_mentor_is_replaced_from_the_card_to_the_signature(as_curator, school) -> None:
    old, other = active(school), make_mentor(school, "Котова")
    give_consents(other.person)
    words = {"mentor": other.pk, "starts_on": "16.11.2026", "reason": "переезд"}
    assert as_curator.post(url("replace", school, old), words | {"reason": ""}).status_code == 422

    answer = as_curator.post(url("replace", school, old), words)

    new = Pair.objects.get(replaces=old)
    assert answer.url == url("card", school, new)
    assert as_curator.post(url("replace", school, old), words).status_code == 422
    agree(new)
    page = url("replace-order", school, new)
    assert page in as_curator.get(url("card", school, new)).content.decode()
    form = as_curator.get(page).context["form"]
    assert form["reason"].value() == "переезд"
    as_curator.post(page, {"starts_on": "16.11.2026", "reason": "переезд"})
    sign(Document.objects.get(kind="order_pairs_replace"))
    old.refresh_from_db()
    new.refresh_from_db()
    assert (old.state, new.state) == (PairState.ENDED_EARLY, PairState.ACTIVE)


def test_programme_is_done_with_results_and_without_an_order(as_curator, school) -> None:
    pair = active(school)
    page = url("complete", school, pair)
    assert as_curator.post(page, {"on": "11.11.2026", "results": "сдано"}).status_code == 422
    assert as_curator.post(page, {"on": "10.11.2026", "results": ""}).status_code == 422
    as_curator.post(page, {"on": "10.11.2026", "results": "тема сдана"})
    pair.refresh_from_db()
    assert (pair.state, pair.end_order) == (PairState.FINISHED, None)
    assert pair.members.get().mentee.results == "тема сдана"


def left_alone(as_curator, school) -> Pair:
    group = group_of_two(school)
    words = {"mentee_id": group.members.first().mentee_id, "on": "10.11.2026", "reason": "переезд"}
    as_curator.post(url("leave", school, group), words)
    group.refresh_from_db()
    return group


def test_group_of_one_becomes_a_pair_by_an_additional_order(as_curator, school) -> None:
    group = left_alone(as_curator, school)
    leaver = group.members.first().mentee
    assert (group.state, leaver.state) == (PairState.PAUSED, "in_base")
    card = as_curator.get(url("card", school, group)).content.decode()
    assert "Добавить участника" in card
    assert "Преобразовать в пару приказом" in card

    as_curator.post(url("change-order", school, group), {"starts_on": "10.11.2026"})

    group.refresh_from_db()
    assert (group.is_group, group.state) == (True, PairState.PAUSED)
    sign(Document.objects.get(kind="order_pairs_change"))
    group.refresh_from_db()
    assert (group.is_group, group.state) == (False, PairState.ACTIVE)


def test_paused_group_takes_a_newcomer_by_an_order_and_works_again(as_curator, school) -> None:
    group = left_alone(as_curator, school)
    newcomer = make_mentee(school, "Панова")
    give_consents(newcomer.person)
    as_curator.post(url("add", school, group), {"mentee": newcomer.pk})
    card = as_curator.get(url("card", school, group)).content.decode()
    assert "Ждут приказа о составе" in card
    page = url("change-order", school, group)
    assert as_curator.post(page, {"starts_on": "10.11.2026"}).status_code == 422
    words = {"person": newcomer.person_id, "is_yes": "yes"}
    as_curator.post(url("answer", school, group), words)
    as_curator.post(page, {"starts_on": "10.11.2026"})
    group.refresh_from_db()
    assert group.state == PairState.PAUSED

    sign(Document.objects.get(kind="order_pairs_change"))

    group.refresh_from_db()
    newcomer.refresh_from_db()
    assert (group.state, newcomer.state) == (PairState.ACTIVE, "paired")


def test_invitation_is_withdrawn_from_the_card(as_curator, school) -> None:
    group = group_of_two(school)
    as_curator.post(url("add", school, group), {"mentee": make_mentee(school, "Панова").pk})
    newcomer = group.newcomers.get()

    page = reverse(
        "pairs:newcomer-withdraw",
        kwargs={"org": school.slug, "pk": group.pk, "newcomer_id": newcomer.pk},
    )
    as_curator.post(page)

    assert (group.newcomers.count(), group.answers.count()) == (0, 3)


def test_draft_is_no_basis_for_ending(office) -> None:
    pair = active(office)
    draft = order_on(office, ready_pair(office, mentor=make_mentor(office, "Котова")))
    head = actor_as(Role.HEAD)
    for actor in (CURATOR, head):
        with pytest.raises(DomainError) as refused:
            close_pair(actor=actor, pair=pair, on=DAY, reason="а", order=draft, is_early=True)
        assert refused.value.code == "no_order"
