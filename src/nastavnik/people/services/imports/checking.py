"""The check of a batch: every row with its cells, problems, match, and whether it can be loaded."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, Literal

from django.db import models

from nastavnik.files.refusals import FileRefused
from nastavnik.library.queries import in_use
from nastavnik.people.engine.sheets.mentoring import FormWords, parse_form
from nastavnik.people.engine.sheets.model import column_letters
from nastavnik.people.engine.sheets.parsed import ERROR, WARNING
from nastavnik.people.engine.sheets.rows import Analysis, Record, analyse
from nastavnik.people.engine.sheets.synonyms import LABELS, SYNONYMS
from nastavnik.people.engine.sheets.words import normalise
from nastavnik.people.models import (
    ImportBatch,
    ImportRow,
    MenteeProfile,
    MentorProfile,
    Person,
    Representative,
)
from nastavnik.people.rules import mentee_problem
from nastavnik.people.services.imports.effects import load_effects
from nastavnik.people.services.imports.identify import Match, known_people, match_rows
from nastavnik.people.services.imports.packing import unpack
from nastavnik.people.services.imports.records import Incoming, incoming
from nastavnik.shared.errors import DomainError, file_error
from nastavnik.tenancy.models import Organisation

Level = Literal["ok", "wait", "bad"]
SHORTEST = 40


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell of the check grid."""

    field: str
    raw: str
    shown: str
    level: Level
    message: str = ""
    suggestion: str = ""


@dataclass(slots=True)
class CheckRow:
    """One row: what the engine read, what would be written, what stands in the way."""

    record: Record
    incoming: Incoming | None
    match: Match
    refusals: dict[str, str] = field(default_factory=dict)
    skip: bool = False
    is_written: bool = False

    @property
    def number(self) -> int:
        return self.record.row

    @property
    def is_ready(self) -> bool:
        return not (self.is_written or self.skip or self.level == "bad")

    @property
    def level(self) -> Level:
        if self.refusals or self.incoming is None or self.match.answer == "ask":
            return "bad"
        if any(p.level == WARNING for p in self.record.parsed) or (
            self.match.answer == "twice" and not self.match.is_decided
        ):
            return "wait"
        return "ok"

    @property
    def name(self) -> str:
        if self.incoming is None:
            return self.cell("full_name").raw
        person = self.incoming.person
        parts = (person.get(p, "") for p in ("surname", "given", "patronymic"))
        return " ".join(part for part in parts if part)

    @property
    def cells(self) -> list[GridCell]:
        return [self.cell(name) for name in self.record.fields]

    def cell(self, name: str) -> GridCell:
        """The cell with the engine's verdict, overruled by our rules about people."""
        found = self.record.cells.get(name)
        raw, message = (found.raw, found.message) if found else ("", "")
        level: Level = "wait" if found and found.level == WARNING else "ok"
        if refusal := self.refusals.get(name):
            level, message = "bad", refusal
        elif found and found.level == ERROR:
            message = ""
        suggestion = found.suggestion if found and level != "bad" else ""
        return GridCell(name, raw, raw, level, _capital(message), suggestion)


@dataclass
class Check:
    """All rows of a batch and the columns they came in."""

    batch: ImportBatch
    analysis: Analysis
    rows: list[CheckRow]

    @cached_property
    def counts(self) -> dict[str, int]:
        """Rows by level, those that can be loaded, those left, those already loaded."""
        waiting = [row for row in self.rows if not row.is_written]
        return {
            "all": len(waiting),
            "ok": sum(row.level == "ok" for row in waiting),
            "wait": sum(row.level == "wait" for row in waiting),
            "bad": sum(row.level == "bad" for row in waiting),
            "ready": sum(row.is_ready for row in waiting),
            "known": sum(row.match.answer == "same" for row in waiting),
            "written": len(self.rows) - len(waiting),
        }

    @property
    def file_problems(self) -> list[str]:
        """Problems of the whole file: no column with names, nothing under the headers."""
        return [p.message for p in self.analysis.problems if not self.rows and p.level == ERROR]

    @property
    def fields(self) -> list[tuple[str, str, str]]:
        """(field, label, letter of its column) in the order of the file."""
        letters = {c.field: column_letters(c.index) for c in self.analysis.columns if c.field}
        names = self.rows[0].record.fields if self.rows else ()
        hidden = {"surname", "given", "patronymic"} if "full_name" in names else set()
        order = ["full_name", *(n for n in names if n != "full_name" and n not in hidden)]
        return [(n, LABELS[n], letters.get(n, "")) for n in order if n in names]


class _Rule:
    """The rule about mentees for one file: few birthdays, so each is judged once."""

    def __init__(self, organisation: Organisation, today: date) -> None:
        self._organisation, self._today = organisation, today
        self._verdicts: dict[tuple[Any, ...], DomainError | None] = {}

    def problem(self, values: dict[str, Any]) -> DomainError | None:
        born, year, category = (values.get(n) for n in ("birth_date", "birth_year", "category"))
        key = (born, year, category)
        if key not in self._verdicts:
            person = Person(birth_date=born, birth_year=year, category=category or "")
            self._verdicts[key] = mentee_problem(person, self._organisation, self._today)
        return self._verdicts[key]


def check_batch(batch: ImportBatch, today: date) -> Check:
    """Read, correct, understand and compare; writes nothing.

    Raises DomainError when the file has no table at all.
    """
    answers = {row.row_number: row for row in ImportRow.objects.filter(batch=batch)}
    edits = {(n, name): text for n, row in answers.items() for name, text in row.edits.items()}
    analysis = analyse_batch(batch, today, edits)
    written = {effect.row for effect in load_effects(batch)}
    organisation = batch.organisation
    found = [incoming(record, batch.kind, organisation, today) for record in analysis.records]
    decisions = {number: row.decision for number, row in answers.items() if row.decision}
    matches = match_rows((f for f in found if f is not None), known_people(), decisions)
    rows, rule = [], _Rule(organisation, today)
    for record, one in zip(analysis.records, found, strict=True):
        answer = answers.get(record.row)
        row = CheckRow(
            record,
            one,
            matches.get(record.row, Match("new")),
            dict(_refusals(record, one, batch.kind, rule)),
        )
        if answer is not None:
            row.skip = answer.skip
        row.is_written = record.row in written
        rows.append(row)
    return Check(batch, analysis, rows)


def analyse_batch(
    batch: ImportBatch, today: date, edits: dict[tuple[int, str], str] | None = None
) -> Analysis:
    """The engine's view of the batch with the curator's sheet, header row and columns."""
    try:
        return analyse(
            unpack(bytes(batch.content)),
            batch.kind,
            today=today,
            mapping={int(index): name for index, name in batch.mapping.items()},
            sheet=batch.sheet or None,
            header_row=batch.header_row,
            edits=edits,
            forms=form_words(),
        )
    except FileRefused as refused:
        raise file_error(refused) from refused


def form_words() -> FormWords:
    """Forms as the organisation's territory has them; its own spelling wins over the usual one."""
    forms = in_use("forms")
    spelled = {
        normalise(words): form.code
        for form in forms
        for words in (form.title, *form.attributes.get("synonyms", ()))
        if form.territory_id is not None or parse_form(words).value is None
    }
    return FormWords(spelled, frozenset(form.code for form in forms))


def field_choices(kind: str) -> list[tuple[str, str]]:
    """Fields that a column may hold."""
    return [("", "Не загружать"), *((name, LABELS[name]) for name in SYNONYMS[kind])]


def _refusals(
    record: Record, found: Incoming | None, kind: str, rule: _Rule
) -> Iterator[tuple[str, str]]:
    """(field, sentence) for everything that keeps the row out."""
    ages: dict[str, str] = {}
    if found is not None and kind == "mentees":
        problem = rule.problem(found.person)
        if problem is not None:
            ages[_cell_of(problem.field)] = problem.message
    yield from ages.items()
    for name, parsed in zip(record.fields, record.parsed, strict=True):
        if parsed.level == ERROR and not (name == "birth" and _is_old_enough(found, ages)):
            yield name, parsed.message
    if found is not None:
        yield from _too_long(found, kind)


def _is_old_enough(found: Incoming | None, ages: dict[str, str]) -> bool:
    """Ten since 1 September: today's age decides, not the beginning of the school year."""
    return found is not None and "birth_date" in found.person and "birth" not in ages


def _cell_of(name: str | None) -> str:
    return "birth" if name == "birth" else "class_name"


_CELL_OF_FIELD = {
    "surname": "full_name", "given": "full_name", "patronymic": "full_name", "workplace": "place",
    "department": "department", "time_text": "time_resource", "wanted_age_text": "wanted_age",
}  # fmt: skip


def _too_long(found: Incoming, kind: str) -> Iterator[tuple[str, str]]:
    profile = {"mentees": MenteeProfile, "mentors": MentorProfile}.get(kind)
    parts: list[tuple[dict[str, Any], type[models.Model]]] = [
        (found.person, Person),
        (found.representative, Representative),
    ]
    if profile is not None:
        parts.append((found.profile, profile))
    for values, model in parts:
        limits = _limits(model)
        for name, value in values.items():
            # No field is shorter than SHORTEST but the gender and codes, which we write ourselves.
            if (
                isinstance(value, str)
                and len(value) > SHORTEST
                and len(value) > limits.get(name, 10_000)
            ):
                cell = "contact" if model is Representative else _CELL_OF_FIELD.get(name, name)
                yield cell, f"текст длиннее {limits[name]} знаков — сократите"


@lru_cache(maxsize=8)
def _limits(model: type[models.Model]) -> dict[str, int]:
    return {f.name: f.max_length for f in model._meta.concrete_fields if f.max_length}


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
