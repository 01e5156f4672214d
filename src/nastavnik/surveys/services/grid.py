"""Paper forms typed in by numbers: read, checked as a whole, kept all or none."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
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
    "why": "почему",
}
NUMBERS = tuple(name for name in COLUMNS if name != "why")
NOBODY = "0"
LONGEST_WHY = 200
_APART = re.compile(r"[\s,;.]+")
_LONGEST = 6
Typed = Mapping[str, str]
Meaning = tuple[tuple[int, ...], frozenset[int], str]


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
    def meaning(self) -> Meaning | None:
        """What would be kept, whatever the spaces and empty places."""
        made = self.choices
        return (made.chosen, made.not_with, made.why) if made is not None else None

    @property
    def is_empty(self) -> bool:
        return not any(self.typed.values())


@dataclass(frozen=True)
class Sheet:
    """Rows of a campaign that may be typed in now."""

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
    campaign: Campaign,
    typed: Mapping[int, Typed],
    on: date,
    circle: Circle | None = None,
    only: Collection[int] | None = None,
) -> Sheet:
    """What was typed, by invitation id, against the lists of the campaign. Nothing is written.

    `only`: ids of the rows of one page.
    """
    known = circle or circle_of(campaign, on)
    rows = []
    for invitation in grid_invitations(known, on):
        if only is None or invitation.pk in only:
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
    """Keep every row that was changed, or nothing when one is wrong; how many answers are new.

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
    changed = changed_rows(sheet, circle)
    for row in changed:
        assert row.choices is not None
        answer(
            actor=actor,
            invitation=row.invitation,
            choices=row.choices,
            way=AnswerWay.PAPER,
            on=today,
            circle=circle,
        )
    if changed:
        details = {"forms": len(changed)}
        record(actor=actor, action="surveys.grid", subject=campaign, details=details)
    return len(changed)


def changed_rows(sheet: Sheet, circle: Circle) -> list[GridRow]:
    """Filled rows that say something else than what was typed in before."""
    before = typed_before([row.invitation for row in sheet.rows], circle)
    return [row for row in sheet.filled if row.meaning != _meaning(before.get(row.invitation.pk))]


def _meaning(cells: Typed | None) -> Meaning | None:
    if cells is None:
        return None
    choices = _choices({name: _numbers(cells[name]) for name in NUMBERS}, cells["why"])
    return choices.chosen, choices.not_with, choices.why


def typed_before(rows: Sequence[Invitation], circle: Circle) -> dict[int, dict[str, str]]:
    """Cells of papers that were typed in earlier, by invitation id; one query.

    Numbers of those who take no part any more are passed over and the later choices move up.
    """
    papers = {row.pk: row for row in rows if row.way == AnswerWay.PAPER}
    found = {
        pk: {**dict.fromkeys(COLUMNS, ""), "first": NOBODY, "why": row.why}
        for pk, row in papers.items()
    }
    places = {pk: iter(RANK_FIELDS) for pk in papers}
    gone = {row.number for row in circle.rows if row.person_id in circle.missing}
    wishes = Wish.objects.filter(chooser_id__in=papers).exclude(about__number__in=gone)
    ordered = wishes.order_by("rank", "about__number")
    for pk, rank, number in ordered.values_list("chooser_id", "rank", "about__number"):
        if rank:
            found[pk][next(places[pk])] = str(number)
        else:
            avoided = found[pk]["not_with"]
            found[pk]["not_with"] = f"{avoided}, {number}" if avoided else str(number)
    return found


def _read(invitation: Invitation, typed: Typed, circle: Circle) -> GridRow:
    cells = {name: tidy(str(typed.get(name, ""))) for name in COLUMNS}
    row = GridRow(invitation, cells)
    if row.is_empty:
        return row
    others = circle.others_of(invitation)
    faults = []
    numbers: dict[str, list[int]] = {}
    for name in NUMBERS:
        text = cells[name]
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
    if not any(cells[name] for name in NUMBERS):
        faults = [_fault(invitation, "first", "выбора нет; если никого, впишите 0")]
    elif len(cells["why"]) > LONGEST_WHY:
        faults.append(_fault(invitation, "why", f"не больше {LONGEST_WHY} букв"))
    if faults:
        return GridRow(invitation, cells, faults=tuple(faults))
    choices = _choices(numbers, cells["why"])
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


def _choices(numbers: Mapping[str, list[int]], why: str) -> Choices:
    return Choices(
        ranked=tuple(next(iter(numbers[name]), None) for name in RANK_FIELDS),
        not_with=frozenset(numbers["not_with"]),
        why=why,
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
