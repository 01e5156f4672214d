"""Numbers about a whole organisation, reckoned again only after the journal has grown.

Every change is written into the journal in its own transaction, so the latest event stands for the
state of all rows. The key is read before the rows: a number may be newer than its key, never older.
Only two writers that commit in another order than they wrote can leave an old number, and no longer
than KEEP_SECONDS.
"""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from nastavnik.audit.queries import latest_event_id

T = TypeVar("T")
KEEP_SECONDS = 60


def remembered(request: HttpRequest, name: str, reckon: Callable[[], T]) -> T:
    """What `reckon` says of the organisation of the request today; `name` is unique in the product."""
    known: dict[str, T] = request.__dict__.setdefault("nastavnik_remembered", {})
    if name not in known and not settings.REMEMBER_NUMBERS:
        known[name] = reckon()
    elif name not in known:
        key = f"{_stamp(request)}:{name}"
        found = cache.get(key)
        if found is None:
            found = reckon()
            cache.set(key, found, KEEP_SECONDS)
        known[name] = found
    return known[name]


def _stamp(request: HttpRequest) -> str:
    """Organisation, its latest event, the day; read once a request."""
    stamp: str | None = getattr(request, "nastavnik_stamp", None)
    if stamp is None:
        organisation: int = request.organisation.pk  # type: ignore[attr-defined]
        stamp = f"numbers:{organisation}:{latest_event_id()}:{timezone.localdate():%Y%m%d}"
        request.nastavnik_stamp = stamp  # type: ignore[attr-defined]
    return stamp
