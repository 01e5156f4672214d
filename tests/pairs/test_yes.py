"""The page behind a personal link."""

import pytest
from django.urls import reverse

from nastavnik.audit.models import AuditEvent
from nastavnik.pairs.models import Pair, PairAnswer, PairState
from nastavnik.tenancy.scope import scope
from tests.neighbours import make_neighbours
from tests.pairs.making import propose


@pytest.fixture
def asked(db):
    """A pair of a school; no scope is open, as in a request of a stranger."""
    school = make_neighbours().own
    with scope({school.pk}):
        pair = propose(school)
        mentee = pair.members.get().mentee.person_id
        tokens = dict(pair.answers.values_list("person_id", "token"))
    return school, pair, tokens[mentee], tokens[pair.mentor.person_id]


def link(token: str) -> str:
    return reverse("pairs:yes", kwargs={"token": token})


def test_child_sees_first_names_only_and_is_spoken_to_as_a_child(client, asked) -> None:
    _, _, child, _ = asked
    page = client.get(link(child)).content.decode()
    assert "Привет, Мария!" in page
    assert "Ты хочешь быть в этой паре?" in page
    assert "Белова" not in page
    assert "Иванова" not in page


def test_adult_is_spoken_to_politely(client, asked) -> None:
    page = client.get(link(asked[3])).content.decode()
    assert "Да, участвую" in page
    assert "Мария</strong>, 7А" in page
    assert "Иванова" not in page


def test_looking_changes_nothing(client, asked) -> None:
    school, _, child, _ = asked
    client.get(link(child))
    with scope({school.pk}):
        assert PairAnswer.objects.filter(is_yes__isnull=False).count() == 0


def test_answer_posted_twice_is_one_answer(client, asked) -> None:
    school, pair, child, _ = asked
    for _ in range(2):
        assert client.post(link(child), {"answer": "yes"}).status_code == 302
    with scope({school.pk}):
        reply = PairAnswer.objects.get(token=child)
        events = AuditEvent.objects.filter(action="pairs.answer", object_id=pair.pk)
        assert (reply.is_yes, reply.way, events.count()) == (True, "link", 1)


def test_both_answers_make_the_pair_agreed_and_one_no_declines_it(client, asked) -> None:
    school, pair, child, mentor = asked
    for token in (child, mentor):
        client.post(link(token), {"answer": "yes"})
    with scope({school.pk}):
        assert Pair.objects.get(pk=pair.pk).state == PairState.AGREED
    client.post(link(child), {"answer": "no"})
    with scope({school.pk}):
        assert Pair.objects.get(pk=pair.pk).state == PairState.DECLINED
    assert client.post(link(child), {"answer": "yes"}).status_code == 409


@pytest.mark.parametrize("answer", ["", "maybe"])
def test_nonsense_is_no_answer(client, asked, answer) -> None:
    school, _, child, _ = asked
    assert client.post(link(child), {"answer": answer}).status_code == 422
    with scope({school.pk}):
        assert PairAnswer.objects.get(token=child).is_yes is None


def test_unknown_token_is_missing(client, asked) -> None:
    assert client.get(link("neverissued")).status_code == 404
