"""Night work: each organisation in its own scope and transaction, so that one cannot stop the rest.

The worker plans it by itself, once a day: `plan_night` asks whether this day's work is waiting, under
way or done, and otherwise puts it into the queue. Work lost with a killed worker is planned again.
"""

import logging
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from nastavnik.accounts.actor import Actor, system_actor
from nastavnik.matching.services.reviving import revive_silent_runs
from nastavnik.pairs.services.searching import search_weekly
from nastavnik.pairs.services.standing import review_organisation
from nastavnik.pairs.services.waiting import support_long_waiting
from nastavnik.pairs.tasks import work_night
from nastavnik.people.services.expiry import expire_papers
from nastavnik.people.services.support import end_supports_over
from nastavnik.roadmaps.services.evidence import reevaluate
from nastavnik.roadmaps.services.upper import follow_upper
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope

log = logging.getLogger(__name__)
LOST_AFTER = timedelta(hours=2)  # a night that has run for so long was killed with its worker
RETRY_AFTER = timedelta(minutes=30)
TRIES = 5
PLANNING_LOCK = 351_008

NightWork = Callable[[Actor, Organisation, date], int]
"""What an app above adds to the night of an organisation; returns how many rows it changed."""
_more: dict[str, NightWork] = {}


def add_night_work(name: str, work: NightWork) -> None:
    """Run `work` every night in the scope and the transaction of each organisation."""
    _more[name] = work


@transaction.atomic
def plan_night(*, on: date, now: datetime) -> bool:
    """Put the work of the day into the queue unless it is there, under way or done.

    Two workers that plan at once wait for each other. Returns whether it was put there.
    """
    if connection.vendor == "postgresql":  # SQLite lets one writer in anyway
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [PLANNING_LOCK])
    path, day = work_night.module_path, on.isoformat()
    rows = DBTaskResult.objects.filter(task_path=path, enqueued_at__gte=now - timedelta(days=2))
    known = [row for row in rows if row.args_kwargs["kwargs"].get("day") == day]
    if len(known) >= TRIES or not all(_is_lost(row, now) for row in known):
        return False
    work_night.enqueue(day=day)
    return True


def _is_lost(row: "DBTaskResult[Any, Any]", now: datetime) -> bool:
    """Work that failed a while ago or was never finished."""
    if row.status == TaskResultStatus.FAILED:
        return row.finished_at is not None and now - row.finished_at > RETRY_AFTER
    if row.status == TaskResultStatus.RUNNING:
        return row.started_at is not None and now - row.started_at > LOST_AFTER
    return False


def every_organisation(*, on: date) -> dict[str, int]:
    """End papers whose term passed, bring the pairs in line, mark long waits, search weekly; run twice, it changes nothing more.

    Returns how many organisations were done, papers ended, pairs changed, mentees given support, mentors found for those who wait.
    """
    total = {
        "organisations": 0,
        "consents": 0,
        "certificates": 0,
        "pairs": 0,
        "supported": 0,
        "found": 0,
        "failed": 0,
        **dict.fromkeys(_more, 0),
    }
    for organisation in Organisation.objects.order_by("id").iterator():
        try:
            done = _one(organisation, on)
        except Exception:
            log.exception("night work failed for organisation %s", organisation.pk)
            total["failed"] += 1
            continue
        total["organisations"] += 1
        for name, number in done.items():
            total[name] += number
    return total


@transaction.atomic
def _one(organisation: Organisation, on: date) -> dict[str, int]:
    actor = system_actor("Ночная проверка")
    with scope({organisation.pk}):
        ended = expire_papers(actor=actor, organisation=organisation, today=on)
        told = review_organisation(actor=actor, on=on)
        supported = support_long_waiting(actor=actor, organisation=organisation, on=on)
        follow_upper(actor=actor, organisation=organisation)
        reevaluate(organisation_id=organisation.pk, on=on, actor=actor)
        end_supports_over(actor=actor, on=on)
        found = search_weekly(actor=actor, organisation=organisation, on=on)
        revive_silent_runs(now=timezone.now())
        more = {name: work(actor, organisation, on) for name, work in _more.items()}
    return {
        **more,
        "consents": ended.consents,
        "certificates": ended.certificates,
        "pairs": len(ended.sentences) + len(told),
        "supported": supported,
        "found": found,
    }
