"""A line on its way into a roadmap, whatever it came from: a template, a file, a form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from nastavnik.roadmaps.engine.deadlines import Deadline, Period, parse
from nastavnik.roadmaps.engine.parties import Party, party_of


@dataclass(frozen=True)
class Line:
    """Everything that a new line needs; `deadlines` are read from `deadline_text` beforehand."""

    text: str
    number: str = ""
    section: str = ""
    is_group: bool = False
    responsible: tuple[Party, ...] = ()
    deadline_text: str = ""
    deadlines: tuple[Deadline, ...] = ()
    result: str = ""
    resources_internal: str = ""
    resources_external: str = ""
    checklist: tuple[str, ...] = ()
    evidence_kind: str = ""
    evidence_parameters: Mapping[str, Any] = field(default_factory=dict)
    mandatory: bool = False
    origin: str = ""


def key_of(template: str, code: str) -> str:
    """The stable key of a template's line: the same in every version and institution."""
    return f"{template}/{code}"[:80]


def line_of_template(
    entry: Any,
    *,
    template: str,
    period: Period | None,
    people: Mapping[str, int] | None = None,
) -> Line:
    """A line of a template (`roadmaps.catalogue.TemplateLine`).

    `people` are the accounts of roles: `{"curator": 7}`.
    """
    return Line(
        text=entry.text,
        number=entry.number,
        section=entry.section,
        is_group=entry.is_group,
        responsible=tuple(party_of(words, people or {}) for words in entry.responsible),
        deadline_text=entry.deadline,
        deadlines=parse(entry.deadline, period) if entry.deadline else (),
        result=entry.result,
        evidence_kind=entry.evidence_kind,
        evidence_parameters=dict(entry.evidence_parameters),
        # Work of the authority itself is not demanded of anybody below.
        mandatory=entry.mandatory and entry.performer != "authority",
        origin=key_of(template, entry.code),
    )


def line_of_recognised(item: Any, *, people: Mapping[str, int] | None = None) -> Line:
    """A line recognised in a file (`engine.tables.RecognisedItem`)."""
    return Line(
        text=item.text,
        number=item.number,
        section=item.section,
        is_group=item.is_group,
        responsible=tuple(party_of(words, people or {}) for words in item.responsible),
        deadline_text=item.deadline_text,
        deadlines=tuple(item.deadlines),
        result=item.result,
        checklist=tuple(item.checklist),
        evidence_kind=item.evidence_kind,
        evidence_parameters=dict(item.evidence_parameters),
        mandatory=item.mandatory,
        origin=item.origin,
    )
