"""A territory's matching, and large runs in the worker with its real queue."""

import pytest
from django_tasks_db.models import DBTaskResult

from nastavnik.matching import solving
from nastavnik.matching.models import MatchRun, RunState
from nastavnik.matching.services.runs import compute_queued_run, stop_run
from nastavnik.pairs.services.proposals import propose_pairs
from nastavnik.pairs.services.region import propose_in_territory
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.scope import scope
from tests.pairs.making import CURATOR
from tests.people_making import DAY, make_mentee, make_mentor
from tests.working import work


@pytest.fixture
def queue(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(solving, "LARGE_MENTEES", 0)


def test_territory_gets_one_task_an_institution_and_keeps_them_apart(office, neighbours, queue):
    own = make_mentee(office)
    make_mentor(office)
    with scope({neighbours.sibling.pk}):
        other = make_mentee(neighbours.sibling)
        make_mentor(neighbours.sibling)

    number = propose_in_territory(slug=office.territory.slug)

    assert DBTaskResult.objects.count() == number
    work()
    for organisation, mentee in ((office, own), (neighbours.sibling, other)):
        with scope({organisation.pk}):
            run = MatchRun.objects.get()
            assert [e["mentee"] for e in run.result["chosen"]] == [mentee.pk]


def test_unknown_territory_is_refused(office):
    with pytest.raises(DomainError, match="Нет территории"):
        propose_in_territory(slug="nowhere")


def propose(office) -> MatchRun:
    make_mentee(office)
    make_mentor(office)
    return propose_pairs(actor=CURATOR, organisation=office, on=DAY)


def test_large_run_waits_for_the_worker_and_comes_under_review(office, queue, large):
    run = propose(office)
    assert (run.state, run.is_current) == (RunState.QUEUED, False)
    work()
    run.refresh_from_db()
    assert (run.state, run.is_current, run.progress_0_100) == (RunState.DONE, True, 100)


def test_a_task_done_twice_does_nothing_more(office, queue, large):
    run = propose(office)
    work()
    run.refresh_from_db()
    compute_queued_run(run_id=run.pk)
    again = MatchRun.objects.get()
    assert (again.seconds, again.digest) == (run.seconds, run.digest)


def test_stopped_run_is_not_computed(office, queue, large):
    run = propose(office)
    stop_run(actor=CURATOR, run=run)
    work()
    run.refresh_from_db()
    assert (run.state, run.result) == (RunState.CANCELLED, {})


def test_run_stopped_while_it_is_computed_stores_nothing(office, queue, large, monkeypatch):
    run = propose(office)

    def stopped_meanwhile(problem, **how):
        stop_run(actor=CURATOR, run=run)
        return solve(problem, **how)

    solve = solving.solve_problem
    monkeypatch.setattr("nastavnik.matching.services.runs.solve_problem", stopped_meanwhile)
    compute_queued_run(run_id=run.pk)
    run.refresh_from_db()
    assert (run.state, run.result, run.is_current) == (RunState.CANCELLED, {}, False)


def test_failed_run_says_so_and_frees_the_way(office, queue, large, monkeypatch):
    run = propose(office)

    def refuse(problem, **how):
        raise solving.RunRefused

    monkeypatch.setattr("nastavnik.matching.services.runs.solve_problem", refuse)
    compute_queued_run(run_id=run.pk)
    run.refresh_from_db()
    assert run.state == RunState.FAILED
    assert "не прошёл проверку" in run.trouble
