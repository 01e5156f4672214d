"""Templates of roadmaps: the dictionaries of the library as lines that a roadmap begins with.

A line of the library names its evidence by one code: the kind, then after a colon the document or the
event that is asked for. So an editor chooses one thing from one list.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from nastavnik.documents.kinds import kinds
from nastavnik.library.outside import lend_check, lend_choices
from nastavnik.library.queries import Item, items
from nastavnik.roadmaps.engine.deadlines import Kind, Period, parse
from nastavnik.roadmaps.evidence import Rule, rule_of, rules
from nastavnik.shared.errors import DomainError
from nastavnik.tenancy.models import Organisation, Territory

TEMPLATES = "roadmap_templates"
LINES = "roadmap_lines"
EVIDENCE_SOURCE = "evidence"
INSTITUTION = "institution"
MUNICIPAL = "municipal"

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
#: Only for reading the words: which year it is does not matter.
_ANY_YEAR = Period(date(2026, 9, 1), date(2027, 8, 31), academic=True)
#: Groups of documents that prove no line: papers of one person and slips.
_PERSONAL = frozenset({"consents"})


@dataclass(frozen=True)
class TemplateLine:
    """One line as the templates of a place hold it; `code` is stable and becomes the origin."""

    code: str
    number: str
    section: str
    is_group: bool
    text: str
    deadline: str
    responsible: tuple[str, ...]
    result: str
    evidence_kind: str
    evidence_parameters: Mapping[str, Any] = field(hash=False)
    mandatory: bool
    performer: str  # of a municipal line: institution, authority, both; else ""

    @property
    def is_for_institutions(self) -> bool:
        return self.performer in {"institution", "both"}


@dataclass(frozen=True)
class RoadmapTemplate:
    """A whole roadmap to begin with; `kind` is institution or municipal."""

    code: str
    title: str
    kind: str
    description: str
    lines: tuple[TemplateLine, ...]

    @property
    def works(self) -> tuple[TemplateLine, ...]:
        """The lines that are work, without headings."""
        return tuple(line for line in self.lines if not line.is_group)


def templates_for(organisation: Organisation) -> tuple[RoadmapTemplate, ...]:
    """Every template in use for the organisation, with what its territory changed."""
    return templates_at(organisation.territory)


def templates_at(territory: Territory | None) -> tuple[RoadmapTemplate, ...]:
    """Every template in use at a territory; None gives the common ones. Two queries."""
    lines: dict[str, list[TemplateLine]] = {}
    for item in items(LINES, territory=territory):
        lines.setdefault(item.parent, []).append(_line(item))
    return tuple(
        RoadmapTemplate(
            code=item.code,
            title=item.title,
            kind=str(item.attributes.get("kind", INSTITUTION)),
            description=str(item.attributes.get("description", "")),
            lines=_ordered(lines.get(item.code, [])),
        )
        for item in items(TEMPLATES, territory=territory)
    )


def template_of(code: str, *, organisation: Organisation) -> RoadmapTemplate:
    """One template by its code. Raises KeyError for a code that is not in use here."""
    for template in templates_for(organisation):
        if template.code == code:
            return template
    raise KeyError(code)


def evidence_choices() -> dict[str, str]:
    """Every proof that a line may ask for here: code → words for people."""
    found: dict[str, str] = {}
    for rule in rules():
        options = _options(rule)
        if options is None:
            found[rule.kind.value] = rule.title
        else:
            found |= {f"{rule.kind}:{value}": f"{rule.title}: {label}" for value, label in options}
    return found


def evidence_groups() -> list[tuple[str, Any]]:
    """The same for a list with headings: rules that need no choice stand alone, first."""
    alone: list[tuple[str, Any]] = []
    groups: list[tuple[str, Any]] = []
    for rule in rules():
        options = _options(rule)
        if options is None:
            alone.append((rule.kind.value, rule.title))
        elif options:
            coded = [(f"{rule.kind}:{value}", label) for value, label in options]
            groups.append((rule.title, coded))
    return [*alone, *groups]


def code_of(kind: str, parameters: Mapping[str, Any]) -> str:
    """The code of a rule that a line has; the way back from `evidence_of`."""
    rule = rule_of(kind)
    choice = rule.choice if rule is not None else None
    if choice is None:
        return kind
    return f"{kind}:{parameters.get(choice.name, choice.default)}"


def evidence_of(code: str, at_least: int | None) -> tuple[str, dict[str, Any]]:
    """A code of the library as the kind and its parameters; a kind of no room is no evidence."""
    kind, _, what = code.partition(":")
    rule = rule_of(kind)
    if rule is None:
        return "", {}
    parameters: dict[str, Any] = {}
    for parameter in rule.parameters:
        value = what if parameter.kind == "choice" else at_least
        if value or parameter.default is not None:
            parameters[parameter.name] = value or parameter.default
    return kind, parameters


def _options(rule: Rule) -> list[tuple[str, str]] | None:
    """What the rule can be about, or None for a rule that needs no choice."""
    choice = next((p for p in rule.parameters if p.kind == "choice" and p.choices), None)
    if choice is None or choice.choices is None:
        return None
    hidden = {kind.code for kind in kinds() if kind.group in _PERSONAL}
    return [(value, label) for value, label in choice.choices() if value not in hidden]


def check_line(attributes: Mapping[str, Any]) -> None:
    """Refuse a deadline that could never be read, and one of a year that passes.

    Raises: DomainError naming the field of the form.
    """
    words = str(attributes.get("deadline") or "").strip()
    if not words or attributes.get("is_group"):
        return
    if _YEAR.search(words):
        text = "Напишите срок без года: год берётся из периода каждой дорожной карты."
        raise DomainError("deadline_year", text, field="deadline")
    if any(found.kind == Kind.UNKNOWN for found in parse(words, _ANY_YEAR)):
        text = "Этот срок не читается. Напишите иначе, например «до 30 сентября» или «постоянно»."
        raise DomainError("deadline_unknown", text, field="deadline")


def lend_to_library() -> None:
    """Give the editor of the templates its list of proofs and its check of deadlines."""
    lend_choices(EVIDENCE_SOURCE, evidence_choices)
    lend_check(LINES, check_line)


def _ordered(lines: list[TemplateLine]) -> tuple[TemplateLine, ...]:
    """Lines in the order of their sections: what a territory added comes last in its section."""
    sections: dict[str, int] = {}
    for line in lines:
        sections.setdefault(line.section, len(sections))
    return tuple(sorted(lines, key=lambda line: sections[line.section]))


def _line(item: Item) -> TemplateLine:
    held = item.attributes
    kind, parameters = evidence_of(str(held.get("evidence", "")), held.get("at_least"))
    return TemplateLine(
        code=item.code,
        number=str(held.get("number", "")),
        section=str(held.get("section", "")),
        is_group=bool(held.get("is_group")),
        text=item.title,
        deadline=str(held.get("deadline", "")),
        responsible=tuple(held.get("responsible", ())),
        result=str(held.get("result", "")),
        evidence_kind=kind,
        evidence_parameters=parameters,
        mandatory=bool(held.get("mandatory")),
        performer=str(held.get("performer", "")),
    )
