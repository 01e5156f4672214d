"""Mandatory lines of the municipal roadmap stand in every roadmap below and follow it."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.roadmaps.engine.known import plain
from nastavnik.roadmaps.evidence import registered_kinds
from nastavnik.roadmaps.models import (
    OPEN_STATES,
    ItemResponsible,
    Roadmap,
    RoadmapItem,
    RoadmapKind,
)
from nastavnik.roadmaps.queries.places import institutions_of
from nastavnik.roadmaps.queries.upper import (
    COPIED,
    UpperLine,
    mandatory_lines_above,
)
from nastavnik.roadmaps.services.common import changed
from nastavnik.roadmaps.services.dates import schedule
from nastavnik.tenancy.models import Organisation
from nastavnik.tenancy.scope import scope

SECTION = "Обязательно для всех учреждений: муниципальная дорожная карта"


def push_down(*, actor: Actor, roadmap: Roadmap) -> int:
    """Bring the roadmaps of every institution below in line; how many of them changed."""
    reached = 0
    for organisation in institutions_of(roadmap.organisation.territory):
        with scope({organisation.pk}):
            reached += follow_upper(actor=actor, organisation=organisation)
    return reached


@transaction.atomic
def follow_upper(*, actor: Actor, organisation: Organisation) -> int:
    """Bring the mandatory lines of the organisation's open roadmaps in line with those above.

    New lines come at the end, changed words are taken over, a line no longer demanded becomes an
    ordinary one of the institution. Runs inside its scope; run twice, it changes nothing more.
    Returns how many roadmaps changed.
    """
    open_ones = list(
        Roadmap.objects.filter(
            kind=RoadmapKind.INSTITUTION, state__in=OPEN_STATES, organisation=organisation
        )
    )
    if not open_ones:
        return 0
    lines = mandatory_lines_above(organisation)
    return sum(_follow(actor, roadmap, lines) for roadmap in open_ones)


def add_upper(roadmap: Roadmap, *, by_words: bool = False) -> int:
    """Mandatory lines of above for a roadmap that has just been made; how many.

    With `by_words` a line that already says the same becomes the one demanded: a printed roadmap
    that comes back as a file holds them all.
    """
    lines = mandatory_lines_above(roadmap.organisation)
    said = _said_already(roadmap, lines) if by_words and lines else {}
    for line in lines:
        if line.key in said:
            item = said[line.key]
            item.origin, item.mandatory = line.key, True
            changed(item, _values(line))
    RoadmapItem.objects.bulk_update(said.values(), [*COPIED, "upper_id", "mandatory", "origin"])
    schedule(roadmap, list(said.values()))
    _add(roadmap, [line for line in lines if line.key not in said])
    return len(lines)


def _said_already(roadmap: Roadmap, lines: Sequence[UpperLine]) -> dict[str, RoadmapItem]:
    """Lines of no template that say word for word what is demanded, by the key of the demand."""
    own: dict[str, RoadmapItem] = {}
    for item in roadmap.items.filter(is_group=False, origin="").order_by("position"):
        own.setdefault(plain(item.text), item)
    found = {}
    for line in lines:
        words = plain(line.values["text"])
        if words in own:
            found[line.key] = own.pop(words)
    return found


def _follow(actor: Actor, roadmap: Roadmap, lines: Sequence[UpperLine]) -> int:
    own = {row.origin: row for row in roadmap.items.filter(upper_id__isnull=False)}
    added = [line for line in lines if line.key not in own]
    edited = [
        own[line.key] for line in lines if line.key in own and changed(own[line.key], _values(line))
    ]
    wanted = {line.key for line in lines}
    freed = [row for key, row in own.items() if key not in wanted]
    if not (added or edited or freed):
        return 0
    for row in freed:
        row.upper_id, row.mandatory = None, False
    RoadmapItem.objects.bulk_update([*edited, *freed], [*COPIED, "upper_id", "mandatory"])
    schedule(roadmap, edited)
    _add(roadmap, added)
    record(
        actor=actor,
        action="roadmaps.upper",
        subject=roadmap,
        details={"added": len(added), "edited": len(edited), "freed": len(freed)},
    )
    return 1


def _add(roadmap: Roadmap, lines: Sequence[UpperLine]) -> None:
    if not lines:
        return
    last: int = roadmap.items.aggregate(n=Max("position"))["n"] or 0
    items = RoadmapItem.objects.bulk_create(
        [
            RoadmapItem(
                organisation_id=roadmap.organisation_id,
                roadmap=roadmap,
                position=position,
                section=SECTION,
                mandatory=True,
                origin=line.key,
                **_values(line),
            )
            for position, line in enumerate(lines, last + 1)
        ]
    )
    ItemResponsible.objects.bulk_create(
        [
            ItemResponsible(
                organisation_id=roadmap.organisation_id, item=item, words=words, role=role
            )
            for item, line in zip(items, lines, strict=True)
            for words, role in line.responsible
        ]
    )
    schedule(roadmap, items)


def _values(line: UpperLine) -> dict[str, object]:
    """What is taken over; a kind of evidence that nobody here can look for is left out."""
    values = {**line.values, "upper_id": line.upper_id}
    if values["evidence_kind"] not in registered_kinds():
        values["evidence_kind"] = ""
    return values
