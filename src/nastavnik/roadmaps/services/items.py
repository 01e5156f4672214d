"""Lines of a roadmap: add, change, move, take out.

What was agreed (words, dates, numbers) changes only in a draft; what the institution decides from
day to day (who, by which proof, with what means) changes until the roadmap is closed.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.roadmaps.engine.deadlines import Period, as_dict, parse
from nastavnik.roadmaps.engine.lines import Line
from nastavnik.roadmaps.engine.parties import Party
from nastavnik.roadmaps.evidence import check_rule
from nastavnik.roadmaps.models import ItemResponsible, Roadmap, RoadmapItem
from nastavnik.roadmaps.services.common import (
    changed,
    demand_editable,
    demand_open,
    locked,
    locked_item,
    period_of,
)
from nastavnik.roadmaps.services.dates import schedule
from nastavnik.roadmaps.services.drafting import MOST_LINES, write_lines
from nastavnik.roadmaps.services.evidence import forget_proof, reevaluate
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy

AGREED_FIELDS = frozenset(
    {"number", "section", "is_group", "text", "deadline_text", "result", "mandatory"}
)
WORKING_FIELDS = frozenset(
    {
        "resources_internal",
        "resources_external",
        "checklist",
        "evidence_kind",
        "evidence_parameters",
    }
)


@transaction.atomic
def add_item(
    *, actor: Actor, roadmap: Roadmap, line: Line, after: RoadmapItem | None = None
) -> RoadmapItem:
    """A new line after another one, or at the end; its deadline is read from the words."""
    held = locked(roadmap)
    demand_editable(actor, held)
    _demand_text(line.text)
    if held.items.count() >= MOST_LINES:
        raise DomainError("too_many_lines", f"В карте может быть не больше {MOST_LINES} пунктов.")
    check_rule(line.evidence_kind, line.evidence_parameters)
    last: int = held.items.aggregate(n=Max("position"))["n"] or 0
    position = last + 1
    if after is not None:
        position = after.position + 1
        held.items.filter(position__gte=position).update(position=F("position") + 1)
    (item,) = write_lines(held, [line], start=position)
    if line.deadline_text and not line.deadlines:
        _read_deadline(held, item)
    record(actor=actor, action="roadmaps.item_add", subject=item)
    return item


@transaction.atomic
def edit_item(
    *,
    actor: Actor,
    item: RoadmapItem,
    values: Mapping[str, Any],
    responsible: Sequence[Party] | None = None,
) -> RoadmapItem:
    """Change columns of a line and, when given, who answers for it.

    Raises: DomainError when agreed words change outside a draft, when a line demanded from above
    is rewritten, when the rule of evidence makes no sense.
    """
    held = locked_item(item)
    demand_open(actor, held.roadmap)
    unknown = set(values) - AGREED_FIELDS - WORKING_FIELDS
    if unknown:
        raise KeyError(f"a line has no fields {sorted(unknown)}")
    wanted = {name: _clean(value) for name, value in values.items()}
    names = changed(held, wanted)
    agreed = AGREED_FIELDS.intersection(names)
    if agreed:
        demand_editable(actor, held.roadmap)
        _demand_own_words(held)
    if "text" in names:
        _demand_text(held.text)
    check_rule(held.evidence_kind, held.evidence_parameters)
    if names:
        held.save(update_fields=names)
    if {"deadline_text", "is_group"}.intersection(names):
        _read_deadline(held.roadmap, held)
    if responsible is not None and set_responsible(held, responsible):
        names.append("responsible")
    if names:
        record(actor=actor, action="roadmaps.item_edit", subject=held, details={"fields": names})
    return held


@transaction.atomic
def set_rule(
    *, actor: Actor, item: RoadmapItem, evidence_kind: str, evidence_parameters: Mapping[str, Any]
) -> RoadmapItem:
    """Choose what proves the line and look for it at once; the line as it stands then."""
    values = {"evidence_kind": evidence_kind, "evidence_parameters": dict(evidence_parameters)}
    former = (item.evidence_kind, item.evidence_parameters)
    held = edit_item(actor=actor, item=item, values=values)
    if former != (held.evidence_kind, held.evidence_parameters):
        forget_proof(held, actor=actor)
    reevaluate(organisation_id=held.organisation_id, on=timezone.localdate())
    held.refresh_from_db()
    return held


@transaction.atomic
def remove_item(*, actor: Actor, item: RoadmapItem) -> None:
    """Take a line out of a draft. Raises: DomainError for one that is demanded from above."""
    held = locked_item(item)
    demand_editable(actor, held.roadmap)
    if held.upper_id is not None:
        raise DomainError(
            "mandatory",
            "Этот пункт обязателен по муниципальной карте, убрать его нельзя. "
            "Если он вам не подходит, предложите отметить его «не применимо».",
        )
    record(actor=actor, action="roadmaps.item_remove", subject=held)
    held.delete()


@transaction.atomic
def move_item(*, actor: Actor, item: RoadmapItem, up: bool) -> None:
    """One place up or down; the edge of the list changes nothing."""
    held = locked_item(item)
    demand_editable(actor, held.roadmap)
    rows = list(held.roadmap.items.order_by("position", "id"))
    place = next(n for n, row in enumerate(rows) if row.pk == held.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(rows):
        return
    rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, 1):
        row.position = position
    RoadmapItem.objects.bulk_update(rows, ["position"])
    record(actor=actor, action="roadmaps.item_move", subject=held)


def line_from(values: Mapping[str, Any], *, parties: Sequence[Party], period: Period) -> Line:
    """A line as somebody typed it."""
    deadline = str(values["deadline_text"])
    return Line(
        text=str(values["text"]),
        number=str(values["number"]),
        section=str(values["section"]),
        is_group=bool(values["is_group"]),
        responsible=tuple(parties),
        deadline_text=deadline,
        deadlines=parse(deadline, period) if deadline else (),
        result=str(values["result"]),
        resources_internal=str(values["resources_internal"]),
        resources_external=str(values["resources_external"]),
        checklist=tuple(values["checklist"]),
        mandatory=bool(values.get("mandatory")),
    )


def checklist_from(
    texts: Sequence[str], former: Sequence[Mapping[str, Any]]
) -> list[dict[str, Any]]:
    """Entries typed anew; those whose words stayed keep their tick."""
    done = {entry["text"] for entry in former if entry.get("done")}
    return [{"text": text, "done": text in done} for text in texts]


def set_responsible(item: RoadmapItem, parties: Sequence[Party]) -> bool:
    """Write those responsible again; whether anything changed."""
    wanted = [(p.words.strip()[:300], p.role, p.user_id) for p in parties if p.words.strip()]
    former = list(item.responsible.values_list("words", "role", "user_id"))
    if wanted == former:
        return False
    item.responsible.all().delete()
    ItemResponsible.objects.bulk_create(
        [
            ItemResponsible(
                organisation_id=item.organisation_id,
                item=item,
                words=words,
                role=role,
                user_id=user_id,
            )
            for words, role, user_id in wanted
        ]
    )
    return True


def _clean(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value


def _demand_text(text: str) -> None:
    if not tidy(text):
        raise DomainError("text_needed", "Напишите, что нужно сделать.", field="text")


def _demand_own_words(item: RoadmapItem) -> None:
    if item.upper_id is not None:
        raise DomainError(
            "demanded_above",
            "Этот пункт пришёл из муниципальной дорожной карты: его слова и срок меняют там.",
        )


def _read_deadline(roadmap: Roadmap, item: RoadmapItem) -> None:
    text = item.deadline_text
    found = parse(text, period_of(roadmap)) if text else ()
    item.deadlines = [as_dict(deadline) for deadline in found]
    item.save(update_fields=["deadlines"])
    schedule(roadmap, [item])
