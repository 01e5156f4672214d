"""The municipality-wide search as the coordinator sees it: who asked whom, and how it stands.

Institutions are named, people are not: nothing of the child, and the mentor only once both sides
agreed (PRODUCT § 3, «Open municipal mentors: search, request»).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from nastavnik.accounts.actor import Actor
from nastavnik.pairs import policies
from nastavnik.pairs.queries.neighbours import ANSWER_WITHIN
from nastavnik.pairs.queries.territory import institutions_below
from nastavnik.people.models import LoanRequest, LoanState
from nastavnik.shared.typography import counted
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Territory
from nastavnik.tenancy.scope import scope

ELSEWHERE = "учреждение вне территории"
WAITS = "куратор наставника не ответил"
TODAY = "меньше дня"
DAYS = ("день", "дня", "дней")


@dataclass(frozen=True)
class LoanLine:
    """One request; `mentor` is empty until both sides agreed and again after the end."""

    asked_on: date
    borrower: str
    lender: str
    state: LoanState
    days: int
    is_late: bool
    mentor: str

    @property
    def words(self) -> str:
        return WAITS if self.state == LoanState.ASKED else self.state.label

    @property
    def how_long(self) -> str:
        """How long it waits, or how long the answer took."""
        return counted(self.days, *DAYS) if self.days else TODAY


@dataclass(frozen=True)
class LoanBoard:
    """All requests of the territory's institutions: those that wait the longest come first."""

    lines: tuple[LoanLine, ...]

    def of(self, state: str) -> tuple[LoanLine, ...]:
        return tuple(line for line in self.lines if not state or line.state == state)

    @property
    def late(self) -> int:
        return sum(line.is_late for line in self.lines)


def loan_board(actor: Actor, territory: Territory, on: date) -> LoanBoard:
    """Requests that institutions of the territory sent to their neighbours; two queries."""
    demand(policies.can_oversee_open_mentors(actor))
    below = {pk: one.short_name for pk, one in institutions_below(territory).items()}
    with scope(set(below)):
        rows = list(
            LoanRequest.objects.filter(organisation_id__in=below.keys()).values(
                "id", "asked_on", "answered_on", "state", "organisation_id", "lender_id", "revealed"
            )
        )
    lines = sorted(((_line(row, below, on), row["id"]) for row in rows), key=_order)
    return LoanBoard(tuple(line for line, _ in lines))


def late_requests(actor: Actor, territory: Territory, on: date) -> int:
    """How many have waited for longer than a week, for «Сегодня»."""
    return loan_board(actor, territory, on).late


def _line(row: Mapping[str, Any], below: Mapping[int, str], on: date) -> LoanLine:
    state = LoanState(row["state"])
    till = on if state == LoanState.ASKED else row["answered_on"] or on
    return LoanLine(
        asked_on=row["asked_on"],
        borrower=below[row["organisation_id"]],
        lender=below.get(row["lender_id"], ELSEWHERE),
        state=state,
        days=max((till - row["asked_on"]).days, 0),
        is_late=state == LoanState.ASKED and on - row["asked_on"] > ANSWER_WITHIN,
        mentor=_name(row["revealed"]) if state == LoanState.AGREED else "",
    )


def _name(told: Mapping[str, Any]) -> str:
    parts = (told.get(name, "") for name in ("surname", "given", "patronymic"))
    return " ".join(part for part in parts if part)


def _order(found: tuple[LoanLine, int]) -> tuple[bool, int, int]:
    """Those that wait come first, the longest wait on top; the others by day, the latest first."""
    line, pk = found
    waits = line.state == LoanState.ASKED
    return not waits, line.asked_on.toordinal() * (1 if waits else -1), -pk
