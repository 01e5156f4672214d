"""Reading class sheets and slips. A slip whose days are over is read by nobody, erased or not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from nastavnik.documents.context import school_year
from nastavnik.informing.audiences import Audience
from nastavnik.informing.models import ClassSheet, Side, Slip, SlipState
from nastavnik.informing.wording import ASKED, TITLES, asked_codes
from nastavnik.people.consent_kinds import class_order
from nastavnik.people.models import Category
from nastavnik.people.queries.people import find_people, living_people
from nastavnik.shared.text import search_key
from nastavnik.shared.tokens import hash_of
from nastavnik.shared.typography import counted, plural
from nastavnik.tenancy.models import Contingent
from nastavnik.tenancy.scope import scopes_disabled

SOON = timedelta(days=7)
_PEOPLE = ("человек", "человека", "человек")


def sheet_by_token(token: str) -> tuple[int, int] | None:
    """(organisation, sheet) behind a printed address; nothing else leaves the open scope."""
    with scopes_disabled(reason="a printed address names no organisation"):
        row: tuple[int, int] | None = (
            ClassSheet.objects.filter(token_hash=hash_of(token.casefold()))
            .values_list("organisation_id", "pk")
            .first()
        )
    return row


def sheets(on: date) -> list[Any]:
    """Sheets of the school year with the number of slips, 5А before 10Б, adults last."""
    rows = ClassSheet.objects.filter(school_year=school_year(on)).annotate(
        came=Count("slips"),
        waiting=Count("slips", filter=Q(slips__state=SlipState.NEW, slips__expires_on__gt=on)),
    )
    return in_order(rows)


def in_order(rows: Iterable[Any]) -> list[Any]:
    order = list(ASKED)
    return sorted(
        rows, key=lambda row: (order.index(row.audience), class_order(row.class_name), row.pk)
    )


def live(on: date) -> "QuerySet[Slip]":
    """Slips whose names may still be read."""
    rows: QuerySet[Slip] = Slip.objects.filter(erased_at__isnull=True, expires_on__gt=on)
    return rows.select_related("sheet", "person")


def known_classes() -> list[str]:
    """Classes of the contingent and of the pupils of the base."""
    counted_ones = Contingent.objects.exclude(class_name="").values_list("class_name", flat=True)
    pupils = living_people().filter(category=Category.PUPIL).exclude(class_name="")
    names = {*counted_ones, *pupils.values_list("class_name", flat=True).distinct()}
    return sorted(names, key=class_order)


@dataclass(frozen=True)
class Row:
    """One slip on the curator's page."""

    slip: Slip
    with_what: str
    is_repeated: bool


@dataclass(frozen=True)
class Group:
    """The slips of one class or audience."""

    sheet: ClassSheet
    rows: list[Row] = field(default_factory=list)


def groups(on: date, states: Sequence[str] = (SlipState.NEW,)) -> list[Group]:
    """Slips in these states by class; a name that stands twice is marked."""
    found = list(live(on).filter(state__in=states).order_by("id"))
    seen: dict[tuple[int, str, str], int] = {}
    for slip in found:
        key = (slip.sheet_id, search_key(slip.name), slip.side)
        seen[key] = seen.get(key, 0) + 1
    by_sheet: dict[int, Group] = {}
    words = {audience: dict(asked_codes(audience)) for audience in ASKED}
    for slip in found:
        group = by_sheet.setdefault(slip.sheet_id, Group(slip.sheet))
        repeated = seen[(slip.sheet_id, search_key(slip.name), slip.side)] > 1
        title = words[slip.sheet.audience].get(slip.request_code, "")
        group.rows.append(Row(slip, title, repeated))
    sheets_in_order = in_order(group.sheet for group in by_sheet.values())
    return [by_sheet[sheet.pk] for sheet in sheets_in_order]


@dataclass(frozen=True)
class AudienceCount:
    """How many of an audience answered, and what they want."""

    title: str
    mentees: int
    mentors: int

    @property
    def total(self) -> int:
        return self.mentees + self.mentors


@dataclass(frozen=True)
class Totals:
    """The preliminary request of a school year, erased slips included."""

    rows: list[AudienceCount]
    asked: list[tuple[str, int]]

    @property
    def total(self) -> int:
        return sum(row.total for row in self.rows)

    @property
    def sentence(self) -> str:
        """«Ответили 43 человека. Нужен наставник: 30, готовы помогать: 13.»"""
        if not self.total:
            return ""
        mentees = sum(row.mentees for row in self.rows)
        answered = plural(self.total, "Ответил", "Ответили", "Ответили")
        text = (
            f"{answered} {counted(self.total, *_PEOPLE)}. "
            f"Нужен наставник: {mentees}, готовы помогать: {self.total - mentees}."
        )
        if self.asked:
            title, number = self.asked[0]
            text += f" Чаще всего просят о помощи по теме «{title}»: {number}."
        return text


def totals(on: date) -> Totals:
    """Counts of the school year by audience, and what mentees ask for, the most frequent first."""
    rows = list(
        Slip.objects.filter(sheet__school_year=school_year(on))
        .values_list("sheet__audience", "side", "request_code")
        .annotate(number=Count("pk"))
    )
    titles = {Audience.PUPILS.value: "Обучающиеся"} | {
        name: Audience(name).label.capitalize() for name in TITLES
    }
    by_audience = []
    for audience in ASKED:
        own = [(side, number) for who, side, _, number in rows if who == audience]
        if own:
            by_audience.append(
                AudienceCount(
                    titles[audience],
                    sum(number for side, number in own if side == Side.MENTEE),
                    sum(number for side, number in own if side == Side.MENTOR),
                )
            )
    words = dict(asked_codes(Audience.PARENTS)) | dict(asked_codes(Audience.STAFF))
    asked: dict[str, int] = {}
    for _, side, code, number in rows:
        if side == Side.MENTEE and code in words:
            asked[words[code]] = asked.get(words[code], 0) + number
    return Totals(by_audience, sorted(asked.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True)
class Waiting:
    """What «Сегодня» tells: how many wait and when the first of them is erased."""

    number: int
    first_erased_on: date | None


def waiting(on: date) -> Waiting:
    """One query."""
    found = live(on).filter(state=SlipState.NEW).aggregate(n=Count("pk"), first=Min("expires_on"))
    return Waiting(found["n"], found["first"])


def namesakes(slip: Slip) -> list[Any]:
    """People of the base whose names hold every word of the slip's."""
    return [] if slip.is_code else find_people(slip.name)[:10]
