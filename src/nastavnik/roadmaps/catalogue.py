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
from nastavnik.roadmaps.evidence import EvidenceKind, registered_kinds
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
_WORDS = {
    "mentees_at_least": "В реестре наставляемых достаточно записей",
    "mentors_at_least": "В реестре наставников достаточно записей",
    "consent_share": "Согласия получены у нужной доли участников",
    "active_pairs_at_least": "Работает нужное число пар и групп",
    "event_with_protocol:group_meeting": "Подписан протокол встречи перед подбором пар",
    "event_with_protocol:final_meeting": "Подписан протокол итоговой встречи пар",
}
#: What a number of the line means to each kind that needs one.
_NUMBERS = {
    EvidenceKind.MENTEES_AT_LEAST: "number",
    EvidenceKind.MENTORS_AT_LEAST: "number",
    EvidenceKind.ACTIVE_PAIRS_AT_LEAST: "number",
    EvidenceKind.CONSENT_SHARE: "share_percent",
}


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
    known = registered_kinds()
    papers = {
        f"{EvidenceKind.DOCUMENT_IN_FORCE}:{kind.code}": f"Подписан документ: {kind.title}"
        for kind in kinds()
        if kind.group not in _PERSONAL
    }
    return _words_in_use(known) | papers


def evidence_of(code: str, at_least: int | None) -> tuple[str, dict[str, Any]]:
    """A code of the library as the kind and its parameters; ("", {}) while there is no evidence."""
    kind, _, what = code.partition(":")
    parameters: dict[str, Any] = {"kind": what} if what else {}
    if at_least and kind in _NUMBERS:
        parameters[_NUMBERS[EvidenceKind(kind)]] = at_least
    return kind, parameters


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


def _words_in_use(known: frozenset[str]) -> dict[str, str]:
    return {code: words for code, words in _WORDS.items() if code.partition(":")[0] in known}


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
