"""Who may change the dictionaries: each level its own entries, an institution its acts and materials."""

from nastavnik.accounts.actor import Actor
from nastavnik.library.models import OwnEntry
from nastavnik.shared.verdict import Allowed, Denied, Verdict
from nastavnik.tenancy.models import Organisation, Territory

#: The level that owns the entries; None is the federal level, which comes with the product.
Node = Territory | Organisation | None
#: Codes the product itself relies on; changing them would break documents and counts.
FIXED = frozenset({"categories", "folders"})


def can_edit(actor: Actor, node: Node, dictionary: str) -> Verdict:
    """May the actor add or change entries of the dictionary at this level?"""
    if dictionary in FIXED:
        return Denied("Этот справочник одинаков для всех и не меняется.")
    if node is None:
        if actor.is_system:
            return Allowed()
        return Denied("Общие записи приходят с обновлением системы. Внесите запись своего уровня.")
    if isinstance(node, Territory):
        return actor.can("library.edit")
    if dictionary not in OwnEntry.DICTIONARIES:
        return Denied("Учреждение добавляет только свои акты и материалы.")
    return actor.can("library.add_own")
