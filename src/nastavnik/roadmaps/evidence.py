"""The registry of evidence: how a roadmap line learns that its work is done.

A line names a kind of evidence and its parameters; the app that owns the matter registered how to
look for it, what it is called, what it must be told and where its work is done. So `roadmaps` never
imports the rooms above, and a kind whose room does not exist yet is simply not there. Everything is
read inside the organisation's scope.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Literal

from nastavnik.shared.errors import DomainError

SINCE, UNTIL, STARTS, LINK = "since", "until", "starts", "link"
"""What the product itself adds to the parameters of a line.

`SINCE`, `UNTIL`: the days of one occurrence, when the line has several; `STARTS`: the first day of the
roadmap; `LINK`: the address that somebody attached to the line.
"""
BEFORE_START = timedelta(days=31)
"""Work done shortly before the first day counts: orders of August belong to a year from September."""


class EvidenceKind(StrEnum):
    """Every kind that a room of the product can tell; keys of the registry."""

    DOCUMENT_IN_FORCE = "document_in_force"
    DOCUMENT_FILED = "document_filed"
    LINK_FILLED = "link_filled"
    ROADMAP_AGREED = "roadmap_agreed"
    MENTEES_AT_LEAST = "mentees_at_least"
    MENTORS_AT_LEAST = "mentors_at_least"
    MENTORS_OF_CATEGORY = "mentors_of_category"
    REQUESTS_SHARE = "requests_share"
    COMPETENCES_SHARE = "competences_share"
    CONSENT_SHARE = "consent_share"
    CERTIFICATE_SHARE = "certificate_share"
    SURVEY_CLOSED = "survey_closed"
    ACTIVE_PAIRS_AT_LEAST = "active_pairs_at_least"
    PAIRS_OF_CATEGORY = "pairs_of_category"
    EVENT_WITH_PROTOCOL = "event_with_protocol"
    WISHES_COLLECTED = "wishes_collected"
    COUNCIL_FORMED = "council_formed"
    COUNCIL_SITTING_WITH_PROTOCOL = "council_sitting_with_protocol"
    INFORMED = "informed"
    MEDIA_AT_LEAST = "media_at_least"
    LETTERS_SENT = "letters_sent"


@dataclass(frozen=True)
class Evidence:
    """A found proof: the words for the line («приказом № 12 от 03.10.2026») and its day.

    With `is_met` False it is work on the way: «приказ на подписи», «8 из 12».
    """

    words: str
    on: date | None = None
    document_id: int | None = None
    is_met: bool = True


@dataclass(frozen=True)
class Parameter:
    """What a rule must be told. `choices` are read when the form is drawn: (value, label)."""

    name: str
    label: str
    kind: Literal["number", "percent", "choice"]
    default: Any = None
    choices: Callable[[], Sequence[tuple[str, str]]] | None = None

    @property
    def greatest(self) -> int:
        return 100 if self.kind == "percent" else 100_000


@dataclass(frozen=True)
class Work:
    """The button that does the work of a line: words and the page of the organisation."""

    words: str
    url_name: str
    kwargs: tuple[tuple[str, Any], ...] = ()


Rules = Sequence[Mapping[str, Any]]
Finder = Callable[[Mapping[str, Any], date], Evidence | None]
"""(parameters of the line, day) → the proof, work on the way, or None while there is nothing."""
ManyFinder = Callable[[Rules, date], Sequence[Evidence | None]]
"""The same for many lines at once, in few queries; answers in the order of the rules."""


@dataclass(frozen=True)
class Rule:
    """A kind of evidence as people see it; `hint` says when it closes a line."""

    kind: EvidenceKind
    title: str
    find_many: ManyFinder
    parameters: tuple[Parameter, ...] = ()
    work: Work | None = None
    hint: str = ""

    @property
    def amount(self) -> Parameter | None:
        """The number or the share that it must be told."""
        return next((one for one in self.parameters if one.kind != "choice"), None)

    @property
    def choice(self) -> Parameter | None:
        """What it can be about."""
        return next((one for one in self.parameters if one.kind == "choice"), None)


_rules: dict[str, Rule] = {}
_document_works: dict[str, Work] = {}
_yearly_documents: set[str] = set()


def register(
    kind: EvidenceKind,
    finder: Finder | None = None,
    *,
    title: str,
    parameters: tuple[Parameter, ...] = (),
    work: Work | None = None,
    find_many: ManyFinder | None = None,
    hint: str = "",
) -> None:
    """Attach a rule to a kind; once per kind, at start-up. One of the two finders is needed."""
    if kind in _rules:
        raise RuntimeError(f"evidence {kind} is registered twice")
    many = find_many or (one_by_one(finder) if finder else None)
    if many is None:
        raise RuntimeError(f"evidence {kind} has no finder")
    _rules[kind] = Rule(kind, title, many, parameters, work, hint)


def register_document_work(kind: str, work: Work, *, is_yearly: bool = False) -> None:
    """Where a document of the kind is prepared; the app that owns the matter tells it.

    `is_yearly`: each year has its own, so that last year's order on pairs closes nothing this year.
    """
    _document_works[kind] = work
    if is_yearly:
        _yearly_documents.add(kind)


def is_yearly(kind: str) -> bool:
    return kind in _yearly_documents


def one_by_one(finder: Finder) -> ManyFinder:
    """A finder of single rules asked for many: equal rules are looked up once."""

    def find_many(rules: Rules, on: date) -> list[Evidence | None]:
        known: dict[str, Evidence | None] = {}
        answers = []
        for rule in rules:
            key = repr(sorted(rule.items()))
            if key not in known:
                known[key] = finder(rule, on)
            answers.append(known[key])
        return answers

    return find_many


def registered_kinds() -> frozenset[str]:
    return frozenset(_rules)


def rules() -> list[Rule]:
    """Every rule that can be chosen, in the order of the kinds."""
    return [_rules[kind] for kind in EvidenceKind if kind in _rules]


def rule_of(kind: str) -> Rule | None:
    return _rules.get(kind)


def find(kind: str, parameters: Mapping[str, Any], on: date) -> Evidence | None:
    """The proof of one line on a day. Raises KeyError for a kind that nobody registered."""
    (found,) = _rules[kind].find_many([parameters], on)
    return found if found is not None and found.is_met else None


def find_for(kind: str, rules_of_lines: Rules, on: date) -> Sequence[Evidence | None]:
    """Proofs, or work on the way, of many lines of one kind."""
    return _rules[kind].find_many(rules_of_lines, on)


def work_of(kind: str, parameters: Mapping[str, Any]) -> Work | None:
    """The button of a line: that of its document when the rule is about one."""
    rule = _rules.get(kind)
    if rule is None:
        return None
    return _document_works.get(str(parameters.get("kind", "")), rule.work)


def check_rule(kind: str, parameters: Mapping[str, Any]) -> None:
    """Refuse a kind that nobody can look for and parameters that make no sense.

    Raises: DomainError naming the field of the form: `evidence_kind` or the parameter.
    """
    if not kind:
        return
    rule = _rules.get(kind)
    if rule is None:
        raise DomainError(
            "no_such_evidence", "Выберите вид подтверждения из списка.", field="evidence_kind"
        )
    for parameter in rule.parameters:
        _check_parameter(parameter, parameters.get(parameter.name, parameter.default))


def _check_parameter(parameter: Parameter, value: Any) -> None:
    if parameter.kind == "choice":
        known = {code for code, _ in (parameter.choices() if parameter.choices else ())}
        if value not in known:
            raise DomainError(
                "evidence_choice", f"{parameter.label}: выберите из списка.", field=parameter.name
            )
    elif (
        not isinstance(value, int)
        or isinstance(value, bool)
        or not (1 <= value <= parameter.greatest)
    ):
        raise DomainError(
            "evidence_number",
            f"{parameter.label}: впишите число от 1 до {parameter.greatest}.",
            field=parameter.name,
        )


def enough(
    number: int, words: str, rule: Mapping[str, Any], *, on: date | None = None
) -> Evidence | None:
    """The number in words: a proof when the line wants no more, else how many it wants."""
    wanted: int = rule.get("number", 1)
    if number >= wanted:
        return Evidence(words, on)
    return Evidence(f"{words}, нужно {wanted}", is_met=False) if number else None


def earliest(rule: Mapping[str, Any]) -> date | None:
    """The first day from which a proof that belongs to one year counts."""
    since: date | None = rule.get(SINCE)
    starts: date | None = rule.get(STARTS)
    return since or (starts - BEFORE_START if starts else None)


def within(day: date | None, rule: Mapping[str, Any], *, of_period: bool = False) -> bool:
    """Whether the day of a proof belongs to the occurrence that asks; a line without one takes any.

    With `of_period` a line without occurrences takes only what belongs to its roadmap's period.
    """
    since = earliest(rule) if of_period else rule.get(SINCE)
    until = rule.get(UNTIL)
    if since is None and until is None:
        return True
    if day is None:
        return False
    return (since is None or since <= day) and (until is None or day <= until)
