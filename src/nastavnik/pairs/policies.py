"""Who may do what with pairs and the programme."""

from nastavnik.accounts.actor import Actor
from nastavnik.shared.verdict import Verdict


def can_edit_pairs(actor: Actor) -> Verdict:
    return actor.can("pairs.edit")


def can_edit_programme(actor: Actor) -> Verdict:
    return actor.can("programme.edit")


def can_prepare_orders(actor: Actor) -> Verdict:
    return actor.can("documents.edit")
