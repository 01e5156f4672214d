"""Matching in the background: one run of one organisation a task."""

from django_tasks import task

from nastavnik.tenancy.scope import scope


@task()
def compute_run(organisation_id: int, run_id: int) -> None:
    """Compute a queued run; run twice, it does nothing more."""
    from nastavnik.matching.services.runs import compute_queued_run  # noqa: PLC0415 -- leaf

    with scope({organisation_id}):
        compute_queued_run(run_id=run_id)


@task()
def repeat_large_run(organisation_id: int, run_id: int) -> None:
    """Compute a finished run once more and note whether it came out the same."""
    from nastavnik.matching.services.runs import repeat_stored_run  # noqa: PLC0415 -- leaf

    with scope({organisation_id}):
        repeat_stored_run(run_id=run_id)
