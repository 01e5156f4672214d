"""Who may look at and who may make proposals."""

from nastavnik.accounts.actor import Actor
from nastavnik.shared.verdict import Verdict


def can_match(actor: Actor) -> Verdict:
    return actor.can("matching.edit")
