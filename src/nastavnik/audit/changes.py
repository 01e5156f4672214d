"""Who is told that something changed in an organisation, once after each committed transaction.

Everything that changes is written into the journal, so the journal is where a change is known. An app
registers a listener at start-up; it runs after the commit, outside the transaction, and its failure is
logged and undoes nothing. Events that a listener itself causes name their actions as `quiet`.
"""

from collections.abc import Callable, Iterable

from django.db import transaction

Listener = Callable[[int], None]
"""(organisation id) → what follows; opens the scope by itself."""

_listeners: list[Listener] = []
_quiet: set[str] = set()


def listen(listener: Listener, *, quiet: Iterable[str] = ()) -> None:
    """Run `listener` after changes, except those written under the `quiet` actions."""
    if listener not in _listeners:
        _listeners.append(listener)
    _quiet.update(quiet)


class _Changed:
    """What waits for the commit. `earlier` waits too, unless its savepoint is rolled back."""

    def __init__(self, organisation_id: int, earlier: "_Changed | None") -> None:
        self.organisation_id = organisation_id
        self.earlier = earlier
        self.is_told = False

    def __call__(self) -> None:
        self.is_told = True
        if self.earlier is not None and self.earlier.is_told:
            return
        for listener in _listeners:
            listener(self.organisation_id)

    def waits_for(self, organisation_id: int) -> bool:
        return self.organisation_id == organisation_id and not self.is_told


def tell(organisation_id: int, action: str) -> None:
    """Remember the change until the commit; forgotten when its savepoint is rolled back."""
    if not _listeners or action in _quiet:
        return
    connection = transaction.get_connection()
    held = set(connection.savepoint_ids)
    earlier = None
    for savepoints, waiting, _ in reversed(connection.run_on_commit):
        if isinstance(waiting, _Changed) and waiting.waits_for(organisation_id):
            if set(savepoints) <= held:
                return
            earlier = earlier or waiting
    transaction.on_commit(_Changed(organisation_id, earlier), robust=True)
