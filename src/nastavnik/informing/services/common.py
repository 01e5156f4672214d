"""What services of the campaign share."""

from nastavnik.accounts.actor import Actor
from nastavnik.informing import policies
from nastavnik.shared.states import WrongState
from nastavnik.shared.verdict import Verdict, demand


def demand_now(actor: Actor, verdict: Verdict) -> None:
    """Refuse a stranger as such, and a step that came too late with the words why.

    Raises: PermissionRefused without the right; WrongState when only the row forbids it.
    """
    demand(policies.can_edit(actor))
    if not verdict:
        raise WrongState(verdict.reason)
