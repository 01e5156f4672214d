"""Five hundred spoilt files: a sample here, all of them by NASTAVNIK_MALFORMED=500 or the bench."""

import os
import resource
from collections import Counter

import pytest
from bench.frame import cpu_seconds
from bench.malformed import BAR_MB, BAR_SECONDS, READ, SPOILERS, outcome, peak_mb, spoilt

from nastavnik.roadmaps.engine.tables.refusals import MESSAGES

pytestmark = pytest.mark.unit
COUNT = int(os.environ.get("NASTAVNIK_MALFORMED", "20"))


def test_every_spoilt_file_is_refused_in_russian_or_read_in_time_and_memory():
    outcomes, slowest = Counter(), 0.0
    for name, data in spoilt(COUNT):
        started = cpu_seconds()
        outcomes[outcome(name, data)] += 1
        slowest = max(slowest, cpu_seconds() - started)

    assert (outcomes.total(), set(outcomes) - {READ, *MESSAGES}) == (COUNT, set())
    assert len(SPOILERS) > COUNT or outcomes.total() > outcomes[READ]
    assert slowest < BAR_SECONDS
    assert peak_mb(resource.RUSAGE_CHILDREN) < BAR_MB
