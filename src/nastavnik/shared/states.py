"""State machines: one table of allowed moves per model."""

from collections.abc import Mapping

from django.db import models

from nastavnik.shared.errors import DomainError

Transitions = Mapping[str, frozenset[str]]


class WrongState(DomainError):
    """The object is not in a state from which the step is possible."""

    def __init__(self, message: str) -> None:
        super().__init__("wrong_state", message)


def moves(table: dict[models.TextChoices, tuple[models.TextChoices, ...]]) -> Transitions:
    """A transition table keyed by plain values."""
    return {
        str(source.value): frozenset(str(t.value) for t in targets)
        for source, targets in table.items()
    }


def demand_move(table: Transitions, source: str, target: str, *, label: str) -> None:
    """Raise `WrongState` unless the table allows `source` → `target`; `label` names the object."""
    if target not in table.get(source, frozenset()):
        raise WrongState(
            f"{label}: этот шаг сейчас невозможен. Обновите страницу и проверьте состояние."
        )
