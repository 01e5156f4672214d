"""Living through past days: services read one clock, `timezone.now`, and the demo sets it back."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

from django.utils import timezone


@contextmanager
def at(day: dt.date) -> Iterator[None]:
    """Run the body at noon of `day`; for the builder alone, in one thread.

    History has to go through the services that number, sign and note, and they take no moment.
    """
    real = timezone.now
    noon = dt.datetime.combine(day, dt.time(9, 30), tzinfo=dt.UTC)
    timezone.now = lambda: noon
    try:
        yield
    finally:
        timezone.now = real
