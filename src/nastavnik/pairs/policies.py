"""Who may do what with pairs and the programme."""

from nastavnik.accounts.actor import Actor
from nastavnik.shared.verdict import Verdict


def can_edit_pairs(actor: Actor) -> Verdict:
    return actor.can("pairs.edit")


def can_edit_programme(actor: Actor) -> Verdict:
    return actor.can("programme.edit")


def can_prepare_orders(actor: Actor) -> Verdict:
    return actor.can("documents.edit")


def can_search_neighbours(actor: Actor) -> Verdict:
    """Look over mentors of the municipality who are open to others; no names are told."""
    return actor.can("loans.view")


def can_borrow_and_lend(actor: Actor) -> Verdict:
    return actor.can("loans.edit")


def can_oversee_open_mentors(actor: Actor) -> Verdict:
    """Numbers of a territory, no rows."""
    return actor.can("loans.oversee")
