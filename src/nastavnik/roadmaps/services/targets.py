"""Targets of a roadmap: written with a draft, agreed with it, changed only by a new version."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.roadmaps.engine.targets import Target
from nastavnik.roadmaps.models import Roadmap, RoadmapTarget
from nastavnik.roadmaps.services.common import changed, demand_editable, locked
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy

MOST_TARGETS = 60
FIELDS = ("words", "value", "unit", "due_on", "indicator")


def write_targets(
    roadmap: Roadmap, targets: Sequence[Target], *, confirmed: Sequence[bool]
) -> None:
    """Rows of targets that came with a file; those not confirmed wait for a look."""
    RoadmapTarget.objects.bulk_create(
        [
            RoadmapTarget(
                organisation_id=roadmap.organisation_id,
                roadmap=roadmap,
                position=position,
                confirmed=is_confirmed,
                **{name: getattr(target, name) for name in FIELDS},
            )
            for position, (target, is_confirmed) in enumerate(
                zip(targets[:MOST_TARGETS], confirmed, strict=False), 1
            )
        ]
    )


@transaction.atomic
def add_target(*, actor: Actor, roadmap: Roadmap, values: Mapping[str, Any]) -> RoadmapTarget:
    """A new target of a draft. Raises: DomainError for empty words, a share over 100 %."""
    held = locked(roadmap)
    demand_editable(actor, held)
    if held.targets.count() >= MOST_TARGETS:
        raise DomainError("too_many_targets", f"В карте может быть не больше {MOST_TARGETS} целей.")
    last: int = held.targets.aggregate(n=Max("position"))["n"] or 0
    target = RoadmapTarget(
        organisation_id=held.organisation_id, roadmap=held, position=last + 1, **_clean(values)
    )
    _check(target)
    target.save()
    record(actor=actor, action="roadmaps.target_add", subject=target)
    return target


@transaction.atomic
def edit_target(*, actor: Actor, target: RoadmapTarget, values: Mapping[str, Any]) -> RoadmapTarget:
    """Change a target of a draft; whoever saves it confirms it."""
    row = _held(actor, target)
    names = changed(row, {**_clean(values), "confirmed": True})
    _check(row)
    if names:
        row.save(update_fields=names)
        record(actor=actor, action="roadmaps.target_edit", subject=row, details={"fields": names})
    return row


@transaction.atomic
def remove_target(*, actor: Actor, target: RoadmapTarget) -> None:
    """Take a target out of a draft."""
    row = _held(actor, target)
    record(actor=actor, action="roadmaps.target_remove", subject=row)
    row.delete()


def _held(actor: Actor, target: RoadmapTarget) -> RoadmapTarget:
    held = locked(target.roadmap)
    demand_editable(actor, held)
    row: RoadmapTarget = held.targets.get(pk=target.pk)
    return row


def _clean(values: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: values[name] for name in FIELDS},
        "words": tidy(str(values["words"])),
        "unit": tidy(str(values["unit"])),
    }


def _check(target: RoadmapTarget) -> None:
    if not target.words:
        raise DomainError("words_needed", "Напишите цель.", field="words")
    try:
        target.validate_constraints(exclude=("organisation",))
    except ValidationError as refused:
        raise DomainError("target_value", " ".join(refused.messages), field="value") from refused
