import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import RequestFactory

from nastavnik.audit import services as audit
from nastavnik.audit.remembered import remembered
from nastavnik.tenancy.scope import scope
from tests.neighbours import SYSTEM


@pytest.fixture(autouse=True)
def remembering(settings):
    settings.REMEMBER_NUMBERS = True
    cache.clear()
    yield
    cache.clear()


def ask(organisation, answers):
    """One request that wants the number; answers are taken from the list when it is reckoned."""
    request = RequestFactory().get("/")
    request.organisation = organisation
    with scope({organisation.pk}):
        return remembered(request, "people", lambda: answers.pop(0))


def write_event(organisation):
    with scope({organisation.pk}), transaction.atomic():
        audit.record(actor=SYSTEM, action="people.edited", subject=organisation)


def test_number_is_reckoned_once_while_the_journal_stands_still(neighbours):
    answers = [0, 7]

    assert [ask(neighbours.own, answers), ask(neighbours.own, answers)] == [0, 0]


def test_number_is_reckoned_again_after_an_event(neighbours):
    answers = [5, 7]

    before = ask(neighbours.own, answers)
    write_event(neighbours.own)

    assert (before, ask(neighbours.own, answers)) == (5, 7)


def test_neighbours_do_not_share_numbers(neighbours):
    answers = [5, 7]

    assert [ask(neighbours.own, answers), ask(neighbours.sibling, answers)] == [5, 7]


def test_event_of_a_neighbour_changes_nothing(neighbours):
    answers = [5, 7]

    before = ask(neighbours.own, answers)
    write_event(neighbours.sibling)

    assert (before, ask(neighbours.own, answers)) == (5, 5)
