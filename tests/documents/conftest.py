"""The clock of the tests stands on a day of the school year; effects are registered for a test."""

from collections.abc import Iterator

import pytest
import time_machine

from nastavnik.documents import effects


@pytest.fixture(autouse=True)
def october() -> Iterator[None]:
    with time_machine.travel("2026-10-20 09:00:00+03:00", tick=False):
        yield


@pytest.fixture
def register_effects(monkeypatch):
    """Attach hooks to a kind for one test only."""
    monkeypatch.setattr(effects, "_effects", {})
    return effects.register
