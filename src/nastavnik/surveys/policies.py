"""Who may do what with surveys. What people chose is open to the curator alone."""

from nastavnik.accounts.actor import Actor
from nastavnik.shared.verdict import Verdict


def can_run(actor: Actor) -> Verdict:
    return actor.can("surveys.edit")


def can_see_choices(actor: Actor) -> Verdict:
    return actor.can("surveys.choices")
