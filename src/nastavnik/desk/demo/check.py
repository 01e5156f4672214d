"""What must be true of the finished region, whatever the day it is built on."""

import datetime as dt

from nastavnik.pairs.models import Pair, PairState
from nastavnik.pairs.queries import with_blockers


class StoryBroken(RuntimeError):
    """The builder made something that the rules forbid."""


def demand_lawful_pairs(*, today: dt.date) -> None:
    """No active pair of the organisations in scope lacks anything on `today`."""
    for facts, found in with_blockers(Pair.objects.filter(state=PairState.ACTIVE), today):
        if found:
            raise StoryBroken(f"{facts.pair}: {found[0].sentence}")
