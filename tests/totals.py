"""Pytest plugin for `run.py test`: leave the counts of a run for the closing line of all runs."""

import json
import os
from pathlib import Path

COUNTED = ("failed", "passed", "skipped", "xfailed", "xpassed", "error")


def pytest_terminal_summary(terminalreporter):
    """Add this run's counts to the file named by NASTAVNIK_TEST_TOTALS."""
    path = os.environ.get("NASTAVNIK_TEST_TOTALS")
    if not path or "PYTEST_XDIST_WORKER" in os.environ:  # a worker's counts are in the whole run's
        return
    counts = {name: len(terminalreporter.stats.get(name, [])) for name in COUNTED}
    with Path(path).open("a", encoding="utf-8") as totals:
        totals.write(json.dumps(counts) + "\n")
