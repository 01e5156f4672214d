"""Proposals as one reader may know them: every number of the matching goes through here.

The points on a card, the order, the cut-off with its curve, what an acceptance counts, the totals of
a comparison: the same score for the same reader, or the difference would tell a wish.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.matching.wishes import holds_wishes, without_wishes
from nastavnik.surveys.queries.consents import Silenced, silenced

Entry = Mapping[str, Any]


def may_know_wishes(actor: Actor) -> bool:
    """Whom the participants wished for is the curator's to know."""
    return bool(actor.can("surveys.choices"))


class ToldEntries:
    """`tells_wishes`: the reader may know whom the participants wished for."""

    def __init__(self, *, tells_wishes: bool) -> None:
        self.tells_wishes = tells_wishes

    def __call__(self, entry: Entry) -> Entry:
        """A proposal with wishes and their points for the curator, and for nobody once a consent
        has ceased to hold.
        """
        if not self.tells_wishes:
            return without_wishes(entry)
        if not holds_wishes(entry) or not self._silenced.covers(entry["mentee"], entry["mentor"]):
            return entry
        return without_wishes(entry)

    def total(self, entries: Iterable[Entry]) -> int:
        """The sum of the points that the reader sees."""
        return sum(self(entry)["fit"] for entry in entries)

    @cached_property
    def _silenced(self) -> Silenced:
        """Read only when there is a wish to tell."""
        return silenced(timezone.localdate())
