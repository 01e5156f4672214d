"""After a commit those who listen are told once of each organisation that changed."""

import pytest
from django.db import transaction

from nastavnik.accounts.actor import system_actor
from nastavnik.audit import changes
from nastavnik.audit.services import record, record_many
from tests.people_making import make_mentee

ACTOR = system_actor()


@pytest.fixture
def told(monkeypatch):
    heard: list[int] = []
    monkeypatch.setattr(changes, "_listeners", [heard.append])
    return heard


def test_one_transaction_tells_once(school, told, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        mentee = make_mentee(school, "Осипова")
        with transaction.atomic():
            record(actor=ACTOR, action="people.mentee_added", subject=mentee)
        record(actor=ACTOR, action="people.mentee_moved", subject=mentee)
        record_many(actor=ACTOR, action="people.imported", subjects=iter([mentee]))
    assert told == [school.pk]


def test_rolled_back_part_is_not_told(school, told, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        record(actor=ACTOR, action="organisation.edit", subject=school)
        transaction.set_rollback(True)
    assert told == []


def test_change_after_a_rolled_back_one_is_told(
    school, told, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        with transaction.atomic():
            record(actor=ACTOR, action="organisation.edit", subject=school)
            transaction.set_rollback(True)
        record(actor=ACTOR, action="organisation.edit", subject=school)
    assert told == [school.pk]


def test_what_a_listener_writes_itself_is_quiet(
    school, told, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        record(actor=ACTOR, action="roadmaps.item_closed", subject=school)
    assert told == []
