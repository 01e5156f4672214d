"""The three panes of an imported roadmap: source, lines, doubts. Reads only."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from nastavnik.roadmaps.catalogue import (
    MUNICIPAL,
    RoadmapTemplate,
    TemplateLine,
    templates_for,
)
from nastavnik.roadmaps.engine.deadlines import Period
from nastavnik.roadmaps.engine.known import known_template
from nastavnik.roadmaps.engine.lines import key_of
from nastavnik.roadmaps.engine.parties import ROLE_WORDS, role_of
from nastavnik.roadmaps.engine.tables import (
    Problem,
    Recognised,
    RecognisedItem,
    Source,
    recognise,
)
from nastavnik.roadmaps.engine.tables.corrections import corrected, doubts_left, with_checklist
from nastavnik.roadmaps.engine.tables.hints import hint_of
from nastavnik.roadmaps.engine.tables.panes import Piece, pieces
from nastavnik.roadmaps.engine.tables.store import unpack
from nastavnik.roadmaps.engine.tables.understood import understood
from nastavnik.roadmaps.engine.targets import Target, promise, target_of
from nastavnik.roadmaps.evidence import check_rule, rule_of
from nastavnik.roadmaps.models import Indicator, RoadmapImport
from nastavnik.shared.errors import DomainError

_LOUD = re.compile(r"^(?:ДОРОЖНАЯ КАРТА|ПЛАН МЕРОПРИЯТИЙ)\b")


@dataclass(frozen=True)
class Line:
    """A line of the check: as it will be written, how it was understood, what is doubtful in it."""

    index: int
    item: RecognisedItem
    understood: str
    parties: tuple[tuple[str, str], ...]
    proof: str
    problems: tuple[Problem, ...] = ()
    skip: bool = False
    list_offered: bool = False
    whole_text: str = ""

    @property
    def is_doubtful(self) -> bool:
        return bool(self.problems) and not self.skip


@dataclass(frozen=True)
class Header:
    """Title and period as the person has them so far; None where nobody said."""

    title: str
    starts_on: date | None
    ends_on: date | None
    academic: bool = False

    @property
    def period(self) -> Period | None:
        if self.starts_on is None or self.ends_on is None or self.ends_on < self.starts_on:
            return None
        return Period(self.starts_on, self.ends_on, academic=self.academic)


@dataclass(frozen=True)
class Offer:
    """A goal of the file as a target; ticked when a person took it, or nothing in it is open."""

    index: int
    target: Target
    question: str
    ticked: bool

    @property
    def promise(self) -> str:
        return promise(self.target)

    @property
    def indicator(self) -> str:
        code = self.target.indicator
        return Indicator(code).label if code else ""


@dataclass(frozen=True)
class Check:
    """The three panes: the source, the lines, the doubts; and the goals that the file names."""

    found: Recognised
    header: Header
    pieces: list[Piece]
    lines: list[Line]
    problems: list[Problem]
    offers: list[Offer]
    template: "FoundTemplate | None" = None

    @property
    def mixed(self) -> list[Problem]:
        """Doubts that one word in place of another would settle."""
        return [problem for problem in self.problems if problem.word]

    @property
    def ready(self) -> list[Line]:
        return [line for line in self.lines if not line.skip]


@dataclass(frozen=True)
class FoundTemplate:
    """The template that the file was made from; which of its lines stand at which place."""

    template: RoadmapTemplate
    lines: Mapping[int, TemplateLine]

    def key(self, index: int) -> str:
        line = self.lines.get(index)
        return key_of(self.template.code, line.code) if line else ""


def check_import(batch: RoadmapImport) -> Check:
    """Recognise again with everything that the person has answered; writes nothing."""
    answers = batch.answers
    source = _source(batch)
    header = _header(answers.get("header", {}))
    found = recognise(source, plan=answers.get("plan"), period=header.period)
    header = _known(header, found)
    said = {int(index): said for index, said in answers.get("lines", {}).items()}
    items = {
        index: corrected(item, said.get(index, {}), found.period)
        for index, item in enumerate(found.items)
    }
    problems = doubts_left(found, items, said)
    template = _template(batch, list(items.values()))
    lines = [
        _line(index, item, said.get(index, {}), problems, period=found.period, template=template)
        for index, item in items.items()
    ]
    offers = _offers(found, answers.get("header", {}).get("targets"))
    return Check(found, header, pieces(source, found), lines, problems, offers, template)


def _offers(found: Recognised, taken: Sequence[int] | None) -> list[Offer]:
    """Goals as targets; until somebody decided, those with a value and a day are ticked."""
    offers = []
    for index, goal in enumerate(found.goals):
        target = target_of(goal)
        is_clear = target.value is not None and target.due_on is not None and not goal.question
        ticked = is_clear if taken is None else index in taken
        offers.append(Offer(index, target, goal.question, ticked))
    return offers


def _template(batch: RoadmapImport, items: Sequence[RecognisedItem]) -> FoundTemplate | None:
    """The institution's template whose words stand in the file, if there is one."""
    templates = {
        template.code: template
        for template in templates_for(batch.organisation)
        if template.kind != MUNICIPAL
    }
    known = known_template(
        ["" if item.is_group else item.text for item in items],
        {
            code: [(line.code, line.text) for line in template.works]
            for code, template in templates.items()
        },
    )
    if known is None:
        return None
    template = templates[known.template]
    by_code = {line.code: line for line in template.works}
    return FoundTemplate(template, {index: by_code[code] for index, code in known.lines.items()})


def _source(batch: RoadmapImport) -> Source:
    return unpack(bytes(batch.content))


def _header(kept: Mapping[str, Any]) -> Header:
    return Header(
        str(kept.get("title", "")),
        _day(kept.get("starts_on")),
        _day(kept.get("ends_on")),
        academic=bool(kept.get("academic")),
    )


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _known(header: Header, found: Recognised) -> Header:
    """What the person has not said is taken from the file."""
    title = header.title or _calm(found.title)[:300]
    if header.period or found.period is None:
        return replace(header, title=title)
    period = found.period
    return Header(title, period.start, period.end, academic=period.academic)


def _calm(title: str) -> str:
    """«ДОРОЖНАЯ КАРТА школы» → «Дорожная карта школы»: capitals belong to the sheet, not to the name."""
    return _LOUD.sub(lambda found: found[0].capitalize(), title)


def _line(
    index: int,
    item: RecognisedItem,
    said: Mapping[str, Any],
    problems: list[Problem],
    *,
    period: Period | None,
    template: FoundTemplate | None,
) -> Line:
    whole = item.text
    offered = with_checklist(item, taken=True)
    entry = template.lines.get(index) if template else None
    taken = bool(said.get("checklist", entry is None))
    item = with_checklist(item, taken=taken)
    kind, parameters = _proof(item, said, entry)
    return Line(
        index=index,
        item=replace(
            item,
            evidence_kind=kind,
            evidence_parameters=parameters,
            origin=template.key(index) if template else "",
            mandatory=entry is not None and entry.mandatory and entry.performer != "authority",
        ),
        understood=understood(item.deadlines, period) if not item.is_group else "",
        parties=tuple((words, _role(words)) for words in item.responsible),
        proof=_proof_words(kind, parameters),
        problems=tuple(problem for problem in problems if problem.row == index),
        skip=bool(said.get("skip")),
        list_offered=bool(offered.checklist),
        whole_text=whole,
    )


def _role(words: str) -> str:
    return ROLE_WORDS.get(role_of(words), "")


def _proof(
    item: RecognisedItem, said: Mapping[str, Any], entry: TemplateLine | None
) -> tuple[str, dict[str, Any]]:
    """The kind that was chosen, that of the template, or the one that the words suggest."""
    if item.is_group:
        return "", {}
    if entry is not None and said.get("proof", entry.evidence_kind) == entry.evidence_kind:
        return entry.evidence_kind, dict(entry.evidence_parameters)
    hint = hint_of(item.text, item.result)
    kind = said.get("proof", hint.kind if hint else "")
    rule = rule_of(kind)
    if rule is None:
        return "", {}
    named = hint.parameters if hint and hint.kind == kind else {}
    parameters = {p.name: named.get(p.name, p.default) for p in rule.parameters}
    try:
        check_rule(kind, parameters)
    except DomainError:
        return "", {}
    return kind, parameters


def _proof_words(kind: str, parameters: Mapping[str, Any]) -> str:
    """«Документ подписан и действует: Приказ о парах»."""
    rule = rule_of(kind)
    if rule is None:
        return ""
    chosen = [
        dict(parameter.choices()).get(parameters.get(parameter.name, ""), "")
        for parameter in rule.parameters
        if parameter.choices
    ]
    return ": ".join([rule.title, *filter(None, chosen)])
