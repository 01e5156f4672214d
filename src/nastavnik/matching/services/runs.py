"""Making runs: at once when small, in the worker when large; repeating, stopping, choosing one."""

import time
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor, system_actor
from nastavnik.audit.services import record
from nastavnik.matching import policies, queries, tasks
from nastavnik.matching.engine.eligibility import DEFAULT_CONDITIONS, PAPERS
from nastavnik.matching.engine.weights import DEFAULT_WEIGHTS, weights_fault
from nastavnik.matching.models import UNFINISHED, MatchRun, Prefer, RunState
from nastavnik.matching.solving import Cancelled, RunRefused, is_large, solve_problem
from nastavnik.matching.stored import digest, plain, read_problem
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

WORKER = system_actor("Фоновый расчёт")
HEARD_EVERY_SECONDS = 1.0


@transaction.atomic
def make_proposal(
    *,
    actor: Actor,
    organisation: Organisation,
    on: date,
    taken_mentees: Collection[int] = (),
    used_places: Mapping[int, int] | None = None,
    finished: Mapping[int, int] | None = None,
    refused: Collection[tuple[int, int]] = (),
    weights: Mapping[str, int] | None = None,
    prefer: str = Prefer.STABLE,
    needs_papers: bool = False,
) -> MatchRun:
    """Propose mentors to waiting mentees and keep the run with its input.

    `taken_mentees` already stand in an open pair, `used_places` counts a mentor's open mentees and
    `finished` the pairs brought to their end; in the `refused` couples somebody said «нет».
    `needs_papers`: people without consents or certificates in force are left out.
    A small run is done on return and under review; a large one is queued for the worker.
    Raises DomainError when the weights cannot be used or a run is being computed, RunRefused
    when the checker finds a fault.
    """
    demand(policies.can_match(actor))
    chosen = dict(weights or DEFAULT_WEIGHTS)
    _demand_weights(chosen)
    _demand_idle()
    problem = queries.build_problem(
        on=on,
        taken_mentees=taken_mentees,
        used_places=used_places or {},
        weights=chosen,
        finished=finished,
        refused=refused,
        conditions=DEFAULT_CONDITIONS | PAPERS if needs_papers else None,
    )
    run = MatchRun(
        organisation=organisation,
        created_by=actor.label,
        weights=chosen,
        prefer=prefer,
        problem=plain(problem),
    )
    return _start(actor, run, in_worker=is_large(problem), is_current=True)


@transaction.atomic
def make_variant(*, actor: Actor, run: MatchRun, prefer: str) -> MatchRun:
    """The same question with another wish; the run under review stays where it is."""
    demand(policies.can_match(actor))
    _demand_done(run)
    _demand_idle()
    problem = read_problem(run.problem)
    variant = MatchRun(
        organisation_id=run.organisation_id,
        created_by=actor.label,
        weights=run.weights,
        prefer=prefer,
        problem=run.problem,
    )
    return _start(actor, variant, in_worker=is_large(problem), is_current=False)


def _demand_weights(weights: Mapping[str, int]) -> None:
    if fault := weights_fault(weights):
        raise DomainError("weights", fault)


def _demand_idle() -> None:
    if queries.unfinished_run() is not None:
        raise DomainError(
            "match_busy", "Подбор уже считается. Дождитесь его или остановите на странице подбора."
        )


def _demand_done(run: MatchRun) -> None:
    if run.state != RunState.DONE or not run.digest:
        raise DomainError(
            "match_not_done", "Этот подбор не завершён или составлен прежней версией."
        )


def _start(actor: Actor, run: MatchRun, *, in_worker: bool, is_current: bool) -> MatchRun:
    if not in_worker:
        _compute(run)
        run.save()
        if is_current:
            _put_under_review(run)
        _record_done(actor, run)
        return run
    run.state, run.heard_at = RunState.QUEUED, timezone.now()
    run.save()
    record(actor=actor, action="matching.queue", subject=run, to_state=run.state)
    tasks.compute_run.enqueue(run.organisation_id, run.pk)
    run.refresh_from_db()
    return run


def _compute(run: MatchRun, watch: "_Watch | None" = None) -> None:
    """Fill in what came out. Raises: RunRefused, Cancelled."""
    started = time.perf_counter()
    problem = read_problem(run.problem)
    if watch is None:
        answer = solve_problem(problem, prefer=run.prefer)
    else:
        answer = solve_problem(
            problem, prefer=run.prefer, progress=watch.report, cancelled=watch.is_stopped
        )
    run.result, run.method, run.version = answer.result, answer.method, answer.version
    run.digest = digest(answer.result)
    run.seconds = round(time.perf_counter() - started, 3)
    run.state, run.progress_0_100 = RunState.DONE, 100


def _put_under_review(run: MatchRun) -> None:
    MatchRun.objects.filter(is_current=True).exclude(pk=run.pk).update(is_current=False)
    MatchRun.objects.filter(pk=run.pk).update(is_current=True)
    run.is_current = True


def _record_done(actor: Actor, run: MatchRun) -> None:
    details = {"proposed": len(run.result["chosen"]), "left": len(run.result["unmatched"])}
    record(actor=actor, action="matching.run", subject=run, details=details)


def compute_queued_run(*, run_id: int) -> None:
    """The worker's part: compute a queued run and put it under review; a stopped one stays so.

    Progress is written outside a transaction, so that the page sees it.
    """
    waiting = MatchRun.objects.filter(pk=run_id, state=RunState.QUEUED)
    taken = waiting.update(state=RunState.RUNNING, heard_at=timezone.now())
    if not taken:
        return
    run = MatchRun.objects.get(pk=run_id)
    try:
        _compute(run, _Watch(run_id))
    except Cancelled:
        return
    except RunRefused as refusal:
        _close_failed(run_id, refusal.message)
    except Exception:
        _close_failed(
            run_id, "Расчёт прервался. Попробуйте ещё раз или обратитесь к администратору."
        )
        raise
    else:
        _close_done(run)


class _Watch:
    """Writes progress at most once a second and sees whether the run was stopped."""

    def __init__(self, run_id: int) -> None:
        self._running = MatchRun.objects.filter(pk=run_id, state=RunState.RUNNING)
        self._heard = time.monotonic()
        self._percent = 0
        self._is_stopped = False

    def report(self, percent: int) -> None:
        self._percent = min(percent, 99)

    def is_stopped(self) -> bool:
        if not self._is_stopped and time.monotonic() - self._heard >= HEARD_EVERY_SECONDS:
            self._heard = time.monotonic()
            self._is_stopped = not self._running.update(
                progress_0_100=self._percent, heard_at=timezone.now()
            )
        return self._is_stopped


@transaction.atomic
def _close_done(run: MatchRun) -> None:
    """Store the result unless the run was stopped meanwhile."""
    still = MatchRun.objects.select_for_update().filter(pk=run.pk, state=RunState.RUNNING)
    if not still.exists():
        return
    run.save()
    _put_under_review(run)
    _record_done(WORKER, run)


def _close_failed(run_id: int, trouble: str) -> None:
    running = MatchRun.objects.filter(pk=run_id, state=RunState.RUNNING)
    running.update(state=RunState.FAILED, trouble=trouble[:300])


@transaction.atomic
def stop_run(*, actor: Actor, run: MatchRun) -> None:
    """Stop a run that is queued or being computed. Raises DomainError when it is over."""
    demand(policies.can_match(actor))
    open_run = MatchRun.objects.filter(pk=run.pk, state__in=UNFINISHED)
    if not open_run.update(state=RunState.CANCELLED):
        raise DomainError("match_over", "Этот подбор уже завершён.")
    record(actor=actor, action="matching.stop", subject=run, to_state=RunState.CANCELLED)


@transaction.atomic
def take_run(*, actor: Actor, run: MatchRun) -> MatchRun:
    """Put another finished run under review."""
    demand(policies.can_match(actor))
    _demand_done(run)
    _put_under_review(run)
    record(actor=actor, action="matching.take", subject=run)
    return run


@transaction.atomic
def repeat_run(*, actor: Actor, run: MatchRun) -> MatchRun:
    """Compute a stored run once more from the same data; large ones in the worker.

    `repeated_equal` tells whether it came out the same to the byte, None while it is computed.
    """
    demand(policies.can_match(actor))
    _demand_done(run)
    run.repeated_at, run.repeated_equal = timezone.now(), None
    run.save(update_fields={"repeated_at", "repeated_equal"})
    record(actor=actor, action="matching.repeat", subject=run)
    if is_large(read_problem(run.problem)):
        tasks.repeat_large_run.enqueue(run.organisation_id, run.pk)
    else:
        repeat_stored_run(run_id=run.pk)
    run.refresh_from_db()
    return run


def repeat_stored_run(*, run_id: int) -> None:
    """Compute anew from the stored input and compare with the stored result, byte for byte."""
    run = MatchRun.objects.get(pk=run_id)
    again = _again(run)
    equal = digest(again) == digest(run.result) == run.digest
    MatchRun.objects.filter(pk=run_id).update(repeated_equal=equal)


def _again(run: MatchRun) -> dict[str, Any]:
    problem = read_problem(run.problem)
    return solve_problem(problem, prefer=run.prefer).result
