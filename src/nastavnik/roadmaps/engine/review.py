"""What a coordinator should look at in a roadmap before agreeing to it.

Four checks of the whole (mandatory lines, dates, responsible, wording) and the lines behind them.
A roadmap without a finding may be agreed unread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from nastavnik.roadmaps.engine.difference import Face, difference
from nastavnik.roadmaps.remarks import NO_TERM, NOBODY, TOO_LATE


class Check(StrEnum):
    """The automatic checks, in the order in which they are shown."""

    MANDATORY = "mandatory"
    DATES = "dates"
    RESPONSIBLE = "responsible"
    WORDING = "wording"


@dataclass(frozen=True)
class PlanLine:
    """A line of the roadmap under review; `last_due` is None for a line that never falls due."""

    item_id: int
    face: Face
    is_upper: bool
    has_deadline: bool
    last_due: date | None
    has_responsible: bool
    is_past: bool = False
    """A day of it has passed and nothing proves the line: to be looked at, not a fault."""


@dataclass(frozen=True)
class Demand:
    """A mandatory line of the roadmap above and the last day that it allows."""

    key: str
    text: str
    last_due: date | None


@dataclass(frozen=True)
class Finding:
    """One deviation; `item_id` is None when the line is not in the roadmap at all.

    `remark` is the typical remark that answers it, where there is only one answer.
    """

    check: Check
    words: str
    item_id: int | None = None
    text: str = ""
    before: str = ""
    remark: str = ""


@dataclass(frozen=True)
class Review:
    """Findings in the order of the checks; `mandatory` is (present, demanded)."""

    findings: tuple[Finding, ...]
    mandatory: tuple[int, int]
    past: frozenset[int] = frozenset()
    """Lines whose day has passed: told to the reader, but no finding."""

    @property
    def is_clean(self) -> bool:
        return not self.findings

    @property
    def missing(self) -> tuple[Finding, ...]:
        return self._of(Check.MANDATORY)

    @property
    def dates(self) -> tuple[Finding, ...]:
        return self._of(Check.DATES)

    @property
    def responsible(self) -> tuple[Finding, ...]:
        return self._of(Check.RESPONSIBLE)

    @property
    def wording(self) -> tuple[Finding, ...]:
        return self._of(Check.WORDING)

    def _of(self, check: Check) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.check == check)


def review(
    lines: Sequence[PlanLine], demands: Sequence[Demand], template: Sequence[Face]
) -> Review:
    """Compare a roadmap with what is demanded of it. An empty `template` compares no wording."""
    present = {line.face.key: line for line in lines}
    missing = tuple(
        Finding(Check.MANDATORY, "нет обязательного пункта", text=demand.text)
        for demand in demands
        if demand.key not in present
    )
    findings = (
        *missing,
        *_dates(lines, {demand.key: demand for demand in demands}),
        *(
            Finding(
                Check.RESPONSIBLE,
                "нет ответственного",
                line.item_id,
                line.face.text,
                remark=NOBODY,
            )
            for line in lines
            if not line.has_responsible
        ),
        *_wording([line for line in lines if not line.is_upper], template),
    )
    past = frozenset(line.item_id for line in lines if line.is_past)
    return Review(findings, (len(demands) - len(missing), len(demands)), past)


def _dates(lines: Sequence[PlanLine], demands: Mapping[str, Demand]) -> list[Finding]:
    found = []
    for line in lines:
        demand = demands.get(line.face.key)
        if not line.has_deadline:
            found.append(
                Finding(Check.DATES, "нет срока", line.item_id, line.face.text, remark=NO_TERM)
            )
        elif (
            demand is not None
            and demand.last_due is not None
            and line.last_due is not None
            and line.last_due > demand.last_due
        ):
            words = f"срок позже муниципального: {line.last_due:%d.%m.%Y} вместо {demand.last_due:%d.%m.%Y}"
            found.append(Finding(Check.DATES, words, line.item_id, line.face.text, remark=TOO_LATE))
    return found


_FIELDS = {
    "number": "номер",
    "section": "раздел",
    "text": "формулировка",
    "deadline": "срок",
    "responsible": "ответственный",
    "result": "результат",
}


def _wording(lines: Sequence[PlanLine], template: Sequence[Face]) -> list[Finding]:
    """Lines that the template does not have, has with other words, or that are gone.

    Who answers and when is the institution's own matter: the checks above look at those.
    """
    if not template:
        return []
    ids = {id(line.face): line.item_id for line in lines}
    found = difference(template, [line.face for line in lines])
    told = [Finding(Check.WORDING, "новый пункт", ids[id(face)], face.text) for face in found.added]
    for change in found.changed:
        fields = [name for name in change.fields if name in {"text", "result"}]
        if fields:
            named = " и ".join(_FIELDS[name] for name in fields)
            before = change.before.text if "text" in fields else change.before.result
            words = f"изменено: {named}"
            told.append(
                Finding(Check.WORDING, words, ids[id(change.after)], change.after.text, before)
            )
    told += [
        Finding(Check.WORDING, "убран пункт шаблона", text=face.text) for face in found.removed
    ]
    return told
