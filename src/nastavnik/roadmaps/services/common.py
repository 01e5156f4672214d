"""What the use cases share: the held row, the demand that a roadmap is open, the period."""

from typing import Any

from nastavnik.accounts.actor import Actor
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.engine.deadlines import Period
from nastavnik.roadmaps.models import Roadmap, RoadmapItem
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand


def locked(roadmap: Roadmap) -> Roadmap:
    """The row held against a second writer until the end of the transaction."""
    held: Roadmap = Roadmap.objects.select_for_update().get(pk=roadmap.pk)
    return held


def locked_item(item: RoadmapItem) -> RoadmapItem:
    held: RoadmapItem = (
        RoadmapItem.objects.select_related("roadmap")
        .select_for_update(of=("self",))
        .get(pk=item.pk)
    )
    return held


def demand_open(actor: Actor, roadmap: Roadmap) -> None:
    """The actor may edit it and it is not closed."""
    demand(policies.can_edit(actor, roadmap.kind))
    if not roadmap.is_open:
        raise DomainError("roadmap_closed", "Эта дорожная карта закрыта, она хранится как была.")


def demand_editable(actor: Actor, roadmap: Roadmap) -> None:
    """As `demand_open`, and what was agreed is not touched: that needs a new version."""
    demand_open(actor, roadmap)
    if not roadmap.is_editable:
        raise DomainError(
            "roadmap_fixed",
            "Карта уже на согласовании или согласована. Чтобы изменить пункты и сроки, "
            "составьте новую версию.",
        )


def period_of(roadmap: Roadmap) -> Period:
    return Period(roadmap.starts_on, roadmap.ends_on, academic=roadmap.academic)


def changed(row: Any, values: dict[str, Any]) -> list[str]:
    """Set the values; the names of those that differ from what stood there."""
    names = [name for name, value in values.items() if getattr(row, name) != value]
    for name in names:
        setattr(row, name, values[name])
    return names
