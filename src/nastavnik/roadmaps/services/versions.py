"""A change of what was agreed is a new version: a draft with the same lines, their past kept."""

from collections.abc import Sequence
from typing import TypeVar

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.models import (
    ItemResponsible,
    Occurrence,
    Roadmap,
    RoadmapEventDate,
    RoadmapItem,
    RoadmapState,
    RoadmapTarget,
)
from nastavnik.roadmaps.services.common import locked
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.scope import TenantModel

Row = TypeVar("Row", bound=TenantModel)
_FROM = frozenset({RoadmapState.AGREED, RoadmapState.IN_FORCE})


@transaction.atomic
def new_version(*, actor: Actor, roadmap: Roadmap) -> Roadmap:
    """A draft that will replace the roadmap once its own order is signed.

    Lines and targets keep what they have; their keys tell what changed between the versions.
    Raises: DomainError while another new version is under way.
    """
    held = locked(roadmap)
    demand(policies.can_edit(actor, held.kind))
    if held.state not in _FROM:
        raise DomainError(
            "nothing_agreed", "Новую версию составляют, когда прежняя согласована или действует."
        )
    if held.next_versions.exclude(state=RoadmapState.CLOSED).exists():
        raise DomainError("version_waits", "Новая версия этой карты уже готовится.")
    _give_keys(held)
    draft = Roadmap(
        organisation_id=held.organisation_id,
        kind=held.kind,
        title=held.title,
        template_code=held.template_code,
        source_file=held.source_file,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        academic=held.academic,
        version=held.version + 1,
        previous=held,
        created_by=actor.label[:200],
    )
    draft.save()
    _copy_lines(held, draft)
    RoadmapTarget.objects.bulk_create(
        [_copied(row, roadmap=draft, origin=row.key) for row in held.targets.all()]
    )
    RoadmapEventDate.objects.bulk_create(
        [_copied(row, roadmap=draft) for row in held.event_dates.all()]
    )
    record(
        actor=actor,
        action="roadmaps.version",
        subject=draft,
        details={"version": draft.version, "previous": held.pk},
    )
    return draft


def _give_keys(roadmap: Roadmap) -> None:
    """Lines of a file have no key of a template: their own id becomes one."""
    rows = list(roadmap.items.filter(origin=""))
    for row in rows:
        row.origin = f"line/{row.pk}"
    RoadmapItem.objects.bulk_update(rows, ["origin"])


def _copy_lines(held: Roadmap, draft: Roadmap) -> None:
    old: Sequence[RoadmapItem] = list(
        held.items.prefetch_related("responsible", "occurrences").order_by("position", "id")
    )
    new = RoadmapItem.objects.bulk_create([_copied(row, roadmap=draft) for row in old])
    together = list(zip(old, new, strict=True))
    ItemResponsible.objects.bulk_create(
        [_copied(row, item=item) for was, item in together for row in was.responsible.all()]
    )
    Occurrence.objects.bulk_create(
        [_copied(row, item=item) for was, item in together for row in was.occurrences.all()]
    )


def _copied(row: Row, **changed: object) -> Row:
    """The same row without its id, not saved."""
    values = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.primary_key and field.name not in changed
    }
    return type(row)(**values, **changed)
