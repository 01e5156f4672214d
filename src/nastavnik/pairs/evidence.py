"""What pairs can prove to a roadmap line."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from nastavnik.pairs.models import Pair, PairState
from nastavnik.roadmaps.evidence import Evidence, EvidenceKind, register
from nastavnik.shared.typography import counted


def active_pairs_at_least(parameters: Mapping[str, Any], _on: date) -> Evidence | None:
    number = Pair.objects.filter(state=PairState.ACTIVE).count()
    if number < parameters.get("number", 1):
        return None
    return Evidence(f"работает {counted(number, 'пара', 'пары', 'пар')}")


def register_all() -> None:
    register(EvidenceKind.ACTIVE_PAIRS_AT_LEAST, active_pairs_at_least)
