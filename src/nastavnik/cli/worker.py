"""The background worker: takes tasks and plans the work of every night."""

import logging
import threading
import time

import click

PLAN_SECONDS = 600
log = logging.getLogger(__name__)


@click.command("worker")
@click.option("--once", is_flag=True, help="Выполнить накопившееся и закончить.")
def command(once: bool) -> None:
    """Фоновые задачи: загрузка файлов, документы, рассылки, ночная работа."""
    from nastavnik.cli.django import setup
    from nastavnik.config.parent import end_with_parent

    setup()
    from django.core.management import call_command

    end_with_parent()
    if once:
        plan()
    else:
        threading.Thread(target=_plan_on, daemon=True).start()
    call_command("db_worker", queue_name="*", batch=once, reload=False, verbosity=0)


def plan() -> None:
    """Put the work of this day into the queue, begin again the matching that died with a worker.

    Trouble with the database waits for the next look.
    """
    from django.db import DatabaseError
    from django.utils import timezone

    from nastavnik.matching.services.reviving import revive_after_dead_workers
    from nastavnik.pairs.services.night import plan_night

    try:
        plan_night(on=timezone.localdate(), now=timezone.now())
        revive_after_dead_workers(now=timezone.now())
    except DatabaseError:
        log.exception("night work was not planned")


def _plan_on() -> None:
    """Plan again and again; the thread's connection is not kept while it sleeps."""
    from django.db import close_old_connections

    while True:
        close_old_connections()
        plan()
        close_old_connections()
        time.sleep(PLAN_SECONDS)
