"""Runs whose worker died: told by their silence, begun again by the curator or by the worker."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.matching import policies, tasks
from nastavnik.matching.models import UNFINISHED, MatchRun, RunState
from nastavnik.matching.services.runs import WORKER
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.scope import scope

SILENT_AFTER = timedelta(minutes=5)
"""A living run is heard every second; the longest stretch without a look takes well under a minute."""
LOOK_BACK = timedelta(days=2)
TRIES = 3
GAVE_UP = "Расчёт несколько раз прерывался на сервере. Сообщите администратору сервера."


def silent_minutes(run: MatchRun, now: datetime) -> int:
    """For how many minutes an unfinished run has not been heard; 0 while it is alive."""
    if not run.is_unfinished:
        return 0
    silence = now - (run.heard_at or run.created_at)
    return int(silence.total_seconds()) // 60 if silence >= SILENT_AFTER else 0


@transaction.atomic
def restart_run(*, actor: Actor, run: MatchRun, now: datetime) -> MatchRun:
    """«Запустить снова»: compute a silent run from its beginning. Raises DomainError when it is alive."""
    demand(policies.can_match(actor))
    held: MatchRun = MatchRun.objects.select_for_update().defer("problem").get(pk=run.pk)
    if not silent_minutes(held, now):
        raise DomainError("match_alive", "Этот подбор ещё считается или уже завершён.")
    return _begin_again(actor, held, now)


def revive_silent_runs(*, now: datetime) -> int:
    """Begin silent runs of the organisation in scope again, a few times each. Returns how many."""
    unfinished = MatchRun.objects.filter(state__in=UNFINISHED).values_list("pk", flat=True)
    return sum(_revive(pk, now) for pk in list(unfinished))


def revive_after_dead_workers(*, now: datetime) -> int:
    """The same for all organisations whose task a worker took and never finished."""
    rows = DBTaskResult.objects.filter(
        task_path=tasks.compute_run.module_path,
        status=TaskResultStatus.RUNNING,
        enqueued_at__gte=now - LOOK_BACK,
        started_at__lt=now - SILENT_AFTER,
    )
    done = 0
    for row in rows:
        organisation_id, run_id = _arguments(row)
        with scope({organisation_id}):
            done += _revive(run_id, now)
    return done


def _arguments(row: "DBTaskResult[Any, Any]") -> tuple[int, int]:
    organisation_id, run_id = row.args_kwargs["args"]
    return organisation_id, run_id


@transaction.atomic
def _revive(run_id: int, now: datetime) -> bool:
    run = MatchRun.objects.select_for_update().defer("problem").filter(pk=run_id).first()
    if run is None or not silent_minutes(run, now):
        return False
    if run.restarts >= TRIES:
        run.state, run.trouble = RunState.FAILED, GAVE_UP
        run.save(update_fields={"state", "trouble"})
        return False
    _begin_again(WORKER, run, now)
    return True


def _begin_again(actor: Actor, run: MatchRun, now: datetime) -> MatchRun:
    run.state, run.progress_0_100, run.heard_at = RunState.QUEUED, 0, now
    run.restarts += 1
    run.save(update_fields={"state", "progress_0_100", "heard_at", "restarts"})
    record(actor=actor, action="matching.restart", subject=run, to_state=run.state)
    tasks.compute_run.enqueue(run.organisation_id, run.pk)
    return run
