"""A roadmap comes into being: from a template, from a recognised file, line by line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.roadmaps import policies
from nastavnik.roadmaps.engine.deadlines import Period, as_dict, parse
from nastavnik.roadmaps.engine.lines import Line, line_of_recognised, line_of_template
from nastavnik.roadmaps.evidence import registered_kinds
from nastavnik.roadmaps.models import (
    ItemResponsible,
    Roadmap,
    RoadmapItem,
    RoadmapKind,
    RoadmapState,
)
from nastavnik.roadmaps.services.common import changed, demand_editable, locked, period_of
from nastavnik.roadmaps.services.dates import schedule
from nastavnik.roadmaps.services.upper import add_upper
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

MOST_LINES = 400
LONGEST_YEARS = 12


@dataclass(frozen=True)
class Header:
    """What stands over the lines."""

    title: str
    starts_on: date
    ends_on: date
    academic: bool = False
    kind: str = RoadmapKind.INSTITUTION
    template_code: str = ""
    source_file: str = ""

    @property
    def period(self) -> Period:
        return Period(self.starts_on, self.ends_on, academic=self.academic)


@transaction.atomic
def create_roadmap(
    *, actor: Actor, organisation: Organisation, header: Header, lines: Sequence[Line]
) -> Roadmap:
    """A draft with its lines, those responsible and the days they fall due.

    Raises: DomainError for an empty title, a wrong period, too many lines.
    """
    demand(policies.can_edit(actor, header.kind))
    _demand_header(header)
    if len(lines) > MOST_LINES:
        raise DomainError("too_many_lines", f"В карте может быть не больше {MOST_LINES} пунктов.")
    roadmap = Roadmap(
        organisation=organisation,
        kind=header.kind,
        title=tidy(header.title)[:300],
        template_code=header.template_code,
        source_file=header.source_file[-200:],
        starts_on=header.starts_on,
        ends_on=header.ends_on,
        academic=header.academic,
        created_by=actor.label,
    )
    roadmap.full_clean(exclude=("organisation",))
    roadmap.save()
    write_lines(roadmap, lines)
    details = {"lines": len(lines), "template": header.template_code, "file": header.source_file}
    if header.kind == RoadmapKind.INSTITUTION:
        add_upper(roadmap, by_words=bool(header.source_file))
    if header.source_file:
        record(actor=actor, action="roadmaps.import", subject=roadmap, details=details)
    else:
        record(actor=actor, action="roadmaps.create", subject=roadmap, details=details)
    return roadmap


def create_from_template(
    *,
    actor: Actor,
    organisation: Organisation,
    code: str,
    title: str,
    period: Period,
    lines: Sequence[Any],
    people: Mapping[str, int] | None = None,
    kind: str = RoadmapKind.INSTITUTION,
) -> Roadmap:
    """A draft from the lines of a template (`catalogue.TemplateLine`).

    `people` maps roles to accounts: `{"curator": 7}`.
    """
    return create_roadmap(
        actor=actor,
        organisation=organisation,
        header=_header(title, period, kind=kind, template_code=code),
        lines=[
            line_of_template(entry, template=code, period=period, people=people) for entry in lines
        ],
    )


def create_from_recognised(
    *,
    actor: Actor,
    organisation: Organisation,
    recognised: Any,
    title: str = "",
    period: Period | None = None,
    source_file: str = "",
    people: Mapping[str, int] | None = None,
    kind: str = RoadmapKind.INSTITUTION,
    template_code: str = "",
) -> Roadmap:
    """A draft from a recognised file (`engine.tables.Recognised`), its words kept as they were.

    `template_code`: the template that the file was made from; its lines carry their origin.
    Raises: DomainError when neither the file nor the caller knows the period.
    """
    found: Period | None = period or recognised.period
    if found is None:
        raise DomainError(
            "period_unknown", "В файле нет года. Укажите, на какой период карта.", field="period"
        )
    return create_roadmap(
        actor=actor,
        organisation=organisation,
        header=_header(
            title or recognised.title,
            found,
            kind=kind,
            source_file=source_file,
            template_code=template_code,
        ),
        lines=[line_of_recognised(item, people=people) for item in recognised.items],
    )


@transaction.atomic
def edit_roadmap(*, actor: Actor, roadmap: Roadmap, header: Header) -> Roadmap:
    """Change the title or the period of a draft; deadlines without a year are read again."""
    held = locked(roadmap)
    demand_editable(actor, held)
    _demand_header(header)
    values = {
        "title": tidy(header.title)[:300],
        "starts_on": header.starts_on,
        "ends_on": header.ends_on,
        "academic": header.academic,
    }
    names = changed(held, values)
    if not names:
        return held
    held.save(update_fields=names)
    if set(names) - {"title"}:
        _read_again(held)
    record(actor=actor, action="roadmaps.edit", subject=held, details={"fields": names})
    return held


@transaction.atomic
def drop_draft(*, actor: Actor, roadmap: Roadmap) -> None:
    """Remove a draft that was never sent to anybody; the journal keeps its name.

    Raises: DomainError for a roadmap that somebody else has seen.
    """
    held = locked(roadmap)
    demand(policies.can_edit(actor, held.kind))
    if held.state != RoadmapState.DRAFT:
        raise DomainError("not_a_draft", "Убрать можно только черновик, который не отправляли.")
    record(actor=actor, action="roadmaps.drop", subject=held)
    held.delete()


def write_lines(roadmap: Roadmap, lines: Sequence[Line], *, start: int = 1) -> list[RoadmapItem]:
    """Rows of the lines with those responsible and occurrences, in few statements."""
    known = registered_kinds()
    items: list[RoadmapItem] = RoadmapItem.objects.bulk_create(
        [
            item_of(roadmap, line, position, known=known)
            for position, line in enumerate(lines, start)
        ]
    )
    ItemResponsible.objects.bulk_create(
        [
            ItemResponsible(
                organisation_id=roadmap.organisation_id,
                item=item,
                words=party.words,
                role=party.role,
                user_id=party.user_id,
            )
            for item, line in zip(items, lines, strict=True)
            for party in line.responsible
            if party.words
        ]
    )
    schedule(roadmap, items)
    return items


def item_of(roadmap: Roadmap, line: Line, position: int, *, known: frozenset[str]) -> RoadmapItem:
    """The row of a line, not saved; a kind of evidence that nobody can look for is left out."""
    return RoadmapItem(
        organisation_id=roadmap.organisation_id,
        roadmap=roadmap,
        position=position,
        number=line.number[:20],
        section=line.section[:400],
        is_group=line.is_group,
        text=line.text,
        deadline_text=line.deadline_text,
        deadlines=[as_dict(deadline) for deadline in line.deadlines],
        result=line.result,
        resources_internal=line.resources_internal,
        resources_external=line.resources_external,
        checklist=[{"text": text, "done": False} for text in line.checklist],
        evidence_kind=line.evidence_kind if line.evidence_kind in known else "",
        evidence_parameters=dict(line.evidence_parameters),
        mandatory=line.mandatory,
        origin=line.origin,
    )


def _header(title: str, period: Period, **more: str) -> Header:
    return Header(title, period.start, period.end, academic=period.academic, **more)


def _demand_header(header: Header) -> None:
    if not tidy(header.title):
        raise DomainError("title_needed", "Напишите название дорожной карты.", field="title")
    if header.ends_on < header.starts_on:
        raise DomainError(
            "period_wrong", "Последний день карты не может быть раньше первого.", field="ends_on"
        )
    if header.ends_on.year - header.starts_on.year > LONGEST_YEARS:
        raise DomainError(
            "period_long",
            f"Карта составляется не больше чем на {LONGEST_YEARS} лет.",
            field="ends_on",
        )


def _read_again(roadmap: Roadmap) -> None:
    """Years of deadlines come from the period, so a new period may mean new days."""
    period = period_of(roadmap)
    items = list(roadmap.items.all())
    for item in items:
        if item.deadline_text:
            item.deadlines = [as_dict(found) for found in parse(item.deadline_text, period)]
    RoadmapItem.objects.bulk_update(items, ["deadlines"])
    schedule(roadmap, items)
