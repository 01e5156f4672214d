"""Five hundred spoilt files: a sample here, all of them by NASTAVNIK_MALFORMED=500 or the bench."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from nastavnik.roadmaps.engine.tables.refusals import MESSAGES

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[4]
COUNT = int(os.environ.get("NASTAVNIK_MALFORMED", "20"))
# A process of its own: a child begins with the memory of its parent, and that of the tests is large.
RUN = "import json; from bench.malformed import run; print(json.dumps(run()[0].more))"


def test_every_spoilt_file_is_refused_in_russian_or_read_in_time_and_memory():
    places = os.pathsep.join([str(ROOT), str(ROOT / "src")])
    done = subprocess.run(
        [sys.executable, "-c", RUN],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": places, "NASTAVNIK_BENCH_FILES": str(COUNT)},
        capture_output=True,
        text=True,
        check=True,
    )
    found = json.loads(done.stdout)

    assert found["read"] + found["refused"] == COUNT
    assert set(found["codes"]) - set(MESSAGES) == set()
    assert found["refused"] > 0
    assert found["slowest_cpu_seconds"] < found["bar_seconds"]
    assert found["child_mb"] < found["bar_mb"]
