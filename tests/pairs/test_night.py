"""The night's work is planned once a day, and again only when it was lost."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nastavnik.pairs.models import PairState
from nastavnik.pairs.services.night import LOST_AFTER, RETRY_AFTER, TRIES, plan_night
from nastavnik.people.models import Consent
from tests.pairs.making import order_on, ready_pair, sign
from tests.people_making import DAY
from tests.working import work

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def plan(day: date = DAY, later: timedelta = timedelta()) -> bool:
    return plan_night(on=day, now=timezone.now() + later)


def put(**fields) -> None:
    DBTaskResult.objects.update(**fields)


def test_day_is_planned_once() -> None:
    assert [plan(), plan(), plan(DAY + timedelta(days=1)), plan()] == [True, False, True, False]


def test_work_done_is_not_planned_again() -> None:
    plan()
    work()
    assert (DBTaskResult.objects.get().status, plan()) == ("SUCCESSFUL", False)


def test_work_of_a_killed_worker_is_planned_again() -> None:
    plan()
    put(status="RUNNING", started_at=timezone.now())
    late = LOST_AFTER + timedelta(minutes=1)
    assert [plan(), plan(later=late), plan(later=late)] == [False, True, False]


def test_failed_work_is_tried_again_later_and_not_for_ever() -> None:
    late = RETRY_AFTER + timedelta(minutes=1)
    tried = 0
    while plan(later=late):
        tried += 1
        put(status="FAILED", finished_at=timezone.now())
        assert not plan()
    assert tried == TRIES


def test_worker_ends_papers_and_pauses_their_pair(office) -> None:
    pair = ready_pair(office, starts_on=DAY)
    sign(order_on(office, pair))
    Consent.objects.filter(person=pair.mentor.person).update(valid_to=DAY - timedelta(days=1))
    plan()

    work()
    work()

    pair.refresh_from_db()
    assert pair.state == PairState.PAUSED
    done = DBTaskResult.objects.get()
    assert (done.status, done.return_value["pairs"], done.return_value["failed"]) == (
        "SUCCESSFUL",
        1,
        0,
    )
