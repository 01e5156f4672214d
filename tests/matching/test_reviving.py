"""A run whose worker died is told by its silence and begun again."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from nastavnik.cli.worker import plan
from nastavnik.matching.models import MatchRun, RunState
from nastavnik.matching.services import runs
from nastavnik.matching.services.reviving import (
    SILENT_AFTER,
    TRIES,
    restart_run,
    revive_after_dead_workers,
    revive_silent_runs,
)
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.shared.errors import DomainError
from tests.pairs.making import CURATOR
from tests.people_making import DAY, make_mentee, make_mentor
from tests.working import work

pytestmark = pytest.mark.django_db
LATE = SILENT_AFTER + timedelta(minutes=2)


@pytest.fixture
def dead(settings, school, monkeypatch) -> MatchRun:
    """A run that a worker took and never finished."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr("nastavnik.matching.solving.LARGE_MENTEES", 0)
    make_mentee(school)
    make_mentor(school)
    run = propose_pairs(actor=CURATOR, organisation=school, on=DAY)
    ago = timezone.now() - LATE
    MatchRun.objects.update(state=RunState.RUNNING, heard_at=ago, progress_0_100=40)
    DBTaskResult.objects.update(status="RUNNING", started_at=ago)
    run.refresh_from_db()
    return run


def test_a_living_run_is_not_begun_again(dead):
    MatchRun.objects.update(heard_at=timezone.now())

    with pytest.raises(DomainError, match="ещё считается"):
        restart_run(actor=CURATOR, run=dead, now=timezone.now())
    assert revive_silent_runs(now=timezone.now()) == 0


def test_a_silent_run_is_begun_again_and_comes_to_its_end(dead):
    restart_run(actor=CURATOR, run=dead, now=timezone.now())

    dead.refresh_from_db()
    assert (dead.state, dead.progress_0_100, dead.restarts) == (RunState.QUEUED, 0, 1)
    work()
    dead.refresh_from_db()
    assert (dead.state, dead.is_current, len(dead.result["chosen"])) == (RunState.DONE, True, 1)


def test_the_worker_begins_again_what_died_with_another_one(dead):
    plan()
    plan()

    dead.refresh_from_db()
    assert (dead.state, dead.restarts) == (RunState.QUEUED, 1)
    tasks = DBTaskResult.objects.filter(task_path__endswith="compute_run")
    assert sorted(tasks.values_list("status", flat=True)) == ["READY", "RUNNING"]


def test_a_run_that_kills_every_worker_is_given_up_with_words(dead):
    done = []
    for _ in range(TRIES + 1):
        MatchRun.objects.update(state=RunState.RUNNING, heard_at=timezone.now() - LATE)
        done.append(revive_after_dead_workers(now=timezone.now()))

    dead.refresh_from_db()
    assert done == [1] * TRIES + [0]
    assert (dead.state, "несколько раз прерывался" in dead.trouble) == (RunState.FAILED, True)


def test_the_heart_beats_while_it_is_computed(dead, monkeypatch):
    monkeypatch.setattr(runs, "HEARD_EVERY_SECONDS", -1.0)
    watch = runs._Watch(dead.pk)
    watch.report(55)

    assert watch.is_stopped() is False

    dead.refresh_from_db()
    assert (dead.progress_0_100, timezone.now() - dead.heard_at < SILENT_AFTER) == (55, True)


def test_the_page_offers_to_begin_again(client, curator, school, dead):
    client.force_login(curator)
    address = {"org": school.slug, "pk": dead.pk}

    page = client.get(reverse("pairs:match-run", kwargs=address)).content.decode()

    assert "Расчёт молчит 7\xa0минут" in page
    answer = client.post(reverse("pairs:match-restart", kwargs=address))
    assert answer.url == reverse("pairs:match-run", kwargs=address)
    page = client.get(answer.url).content.decode()
    assert ("Расчёт молчит" in page, "Подбор запущен снова" in page) == (False, True)
