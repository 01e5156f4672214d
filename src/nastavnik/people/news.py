"""What people's papers tell the apps above: a consent or certificate began or ceased to hold.

Pairs listen here, so that a withdrawn consent pauses a pair in the same transaction. `people`
itself never imports them.
"""

from collections.abc import Callable, Collection
from datetime import date

from nastavnik.accounts.actor import Actor
from nastavnik.tenancy.models import Organisation

Listener = Callable[[Actor, Organisation, Collection[int], date], list[str]]
_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Add a listener at start-up: (actor, organisation, person ids, day) → sentences of effects."""
    _listeners.append(listener)


def papers_changed(
    *, actor: Actor, organisation: Organisation, person_ids: Collection[int], on: date
) -> list[str]:
    """Tell everyone, inside the caller's transaction; returns what followed, in Russian."""
    return [
        sentence
        for listener in _listeners
        for sentence in listener(actor, organisation, person_ids, on)
    ]
