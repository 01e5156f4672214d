"""Paper forms typed in by numbers: read, checked as a whole, kept all or none."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.surveys import policies
from nastavnik.surveys.models import AnswerWay, Campaign, Invitation, Side, Wish
from nastavnik.surveys.services.answers import (
    RANK_FIELDS,
    Choices,
    Circle,
    Words,
    answer,
    check_choices,
    circle_of,
    may_answer,
)
from nastavnik.surveys.services.campaigns import closed_error

COLUMNS = {
    "first": "1-й выбор",
    "second": "2-й выбор",
    "third": "3-й выбор",
    "not_with": "не стоит",
}
NOBODY = "0"
_APART = re.compile(r"[\s,;.]+")
_LONGEST = 6
Typed = Mapping[str, str]


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell; `message` names the row and the column."""

    column: str
    message: str


@dataclass(frozen=True)
class GridRow:
    """One paper form as typed: what it means, or what is wrong with it."""

    invitation: Invitation
    typed: Typed
    choices: Choices | None = None
    named: tuple[str, ...] = ()
    avoided: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not any(text.strip() for text in self.typed.values())


@dataclass(frozen=True)
class Sheet:
    """All rows of a campaign that may be typed in now."""

    rows: tuple[GridRow, ...] = field(default=())

    @property
    def faults(self) -> list[tuple[GridRow, Fault]]:
        return [(row, fault) for row in self.rows for fault in row.faults]

    @property
    def filled(self) -> list[GridRow]:
        return [row for row in self.rows if row.choices is not None]


def grid_invitations(circle: Circle, on: date) -> list[Invitation]:
    """Those whose paper may be typed in today: silent, or answered on paper before."""
    return [
        row
        for row in circle.rows
        if row.way != AnswerWay.LINK and may_answer(row, on) and row.person_id not in circle.missing
    ]


def read_grid(
    campaign: Campaign, typed: Mapping[int, Typed], on: date, circle: Circle | None = None
) -> Sheet:
    """What was typed, by invitation id, against the lists of the campaign. Nothing is written."""
    known = circle or circle_of(campaign, on)
    rows = []
    for invitation in grid_invitations(known, on):
        invitation.campaign = campaign
        rows.append(_read(invitation, typed.get(invitation.pk, {}), known))
    return Sheet(tuple(rows))


@transaction.atomic
def save_grid(
    *,
    actor: Actor,
    campaign: Campaign,
    typed: Mapping[int, Typed],
    on: date | None = None,
) -> int:
    """Keep every filled row, or nothing when one of them is wrong; how many answers are new.

    Raises: DomainError with the first fault, which names its place.
    """
    demand(policies.can_see_choices(actor))
    today = on or timezone.localdate()
    circle = circle_of(campaign, today)
    sheet = read_grid(campaign, typed, today, circle)
    if sheet.faults:
        raise DomainError("grid", sheet.faults[0][1].message)
    if not sheet.rows:
        raise closed_error(campaign)
    if not sheet.filled:
        raise DomainError("empty", "Впишите хотя бы одну анкету.")
    kept = 0
    for row in sheet.filled:
        assert row.choices is not None
        fresh = answer(
            actor=actor,
            invitation=row.invitation,
            choices=row.choices,
            way=AnswerWay.PAPER,
            on=today,
            circle=circle,
        )
        kept += fresh.answered_at != row.invitation.answered_at
    if kept:
        record(actor=actor, action="surveys.grid", subject=campaign, details={"forms": kept})
    return kept


def typed_before(rows: Sequence[Invitation]) -> dict[int, dict[str, str]]:
    """Cells of papers that were typed in earlier, by invitation id; one query."""
    papers = [row.pk for row in rows if row.way == AnswerWay.PAPER]
    found = {pk: {**dict.fromkeys(COLUMNS, ""), "first": NOBODY} for pk in papers}
    wishes = Wish.objects.filter(chooser_id__in=papers).order_by("rank", "about__number")
    for pk, rank, number in wishes.values_list("chooser_id", "rank", "about__number"):
        if rank:
            found[pk][RANK_FIELDS[rank - 1]] = str(number)
        else:
            avoided = found[pk]["not_with"]
            found[pk]["not_with"] = f"{avoided}, {number}" if avoided else str(number)
    return found


def _read(invitation: Invitation, typed: Typed, circle: Circle) -> GridRow:
    cells = {name: str(typed.get(name, "")).strip() for name in COLUMNS}
    row = GridRow(invitation, cells)
    if row.is_empty:
        return row
    others = circle.others_of(invitation)
    faults = []
    numbers: dict[str, list[int]] = {}
    for name, text in cells.items():
        try:
            numbers[name] = _numbers(text)
        except ValueError:
            faults.append(_fault(invitation, name, f"«{text[:20]}» не похоже на номер"))
    if not faults:
        faults += [
            _fault(invitation, name, "здесь нужен один номер")
            for name in RANK_FIELDS
            if len(numbers[name]) > 1
        ]
    if faults:
        return GridRow(invitation, cells, faults=tuple(faults))
    choices = Choices(
        ranked=tuple(next(iter(numbers[name]), None) for name in RANK_FIELDS),
        not_with=frozenset(numbers["not_with"]),
        why=invitation.why,
    )
    words = Words(is_child=False, is_mentee=invitation.side == Side.MENTEE)
    try:
        check_choices(choices, others.keys(), words)
    except DomainError as error:
        return GridRow(invitation, cells, faults=(_worded(invitation, error, numbers, others),))
    return GridRow(
        invitation,
        cells,
        choices=choices,
        named=tuple(others[number].person.short_name for number in choices.chosen),
        avoided=tuple(others[number].person.short_name for number in sorted(choices.not_with)),
    )


def _numbers(text: str) -> list[int]:
    """Numbers of a cell; «0» and a dash say «nobody». ValueError for anything else."""
    parts = [part for part in _APART.split(text) if part]
    if any(not (part.isascii() and part.isdecimal() and len(part) <= _LONGEST) for part in parts):
        if parts in (["-"], ["–"], ["—"]):
            return []
        raise ValueError(text)
    return [int(part) for part in parts if int(part)]


def _worded(
    invitation: Invitation,
    error: DomainError,
    numbers: Mapping[str, list[int]],
    others: Mapping[int, Invitation],
) -> Fault:
    """The refusal of the rule in the words of the one who types."""
    column = error.field or "first"
    strange = [number for number in numbers[column] if number not in others]
    listed = "списке наставников" if invitation.side == Side.MENTEE else "списке наставляемых"
    said = {
        "twice": "этот номер в строке уже стоит",
        "both": "номер стоит и среди выбранных, и здесь",
        "too_many": "не больше трёх номеров",
        "stranger": f"номера {', '.join(map(str, strange))} нет в {listed}",
    }
    return _fault(invitation, column, said.get(error.code, error.message))


def _fault(invitation: Invitation, column: str, words: str) -> Fault:
    where = f"Строка {invitation.number}, {invitation.person.short_name}, {COLUMNS[column]}"
    return Fault(column, f"{where}: {words}.")
