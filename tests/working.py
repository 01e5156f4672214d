"""The queue of the background worker, worked off within a test."""

from django_tasks_db.models import DBTaskResult


def work() -> None:
    """What a worker does with the queue, but for closing its connection, which the test needs."""
    for row in DBTaskResult.objects.ready():
        row.claim("worker")
        row.set_successful(row.task.call(*row.args_kwargs["args"], **row.args_kwargs["kwargs"]))
