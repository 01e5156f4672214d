"""Mentors of a territory who are open to other institutions: numbers, and requests for them."""

from typing import Any

from django.http import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.text import capfirst

from nastavnik.pairs.forms.neighbours import LoanFilters
from nastavnik.pairs.queries.loan_board import LoanBoard, loan_board
from nastavnik.pairs.queries.territory import FEW, open_mentors_of
from nastavnik.pairs.views.neighbours import TAGS
from nastavnik.people.models import LoanState
from nastavnik.shared.page import page

ON_PAGE = 50


@page("loans.oversee")
def open_mentors(request: Any) -> HttpResponseBase:
    found = open_mentors_of(request.actor, request.territory, timezone.localdate())
    context = {"found": found, "few": FEW}
    return TemplateResponse(request, "pairs/open_mentors.html", context)


@page("loans.oversee")
def loan_requests(request: Any) -> HttpResponseBase:
    """Who asked whom for a mentor and how each request stands."""
    found = loan_board(request.actor, request.territory, timezone.localdate())
    asked = LoanFilters(request.GET).values()
    state, number = asked.get("state", ""), asked.get("page", 1)
    lines = found.of(state)
    start = (number - 1) * ON_PAGE
    context = {
        "lines": [(line, TAGS[line.state]) for line in lines[start : start + ON_PAGE]],
        "late": found.late,
        "state": state,
        "chips": _chips(found, state),
        "previous": number - 1 if number > 1 else None,
        "next": number + 1 if start + ON_PAGE < len(lines) else None,
    }
    return TemplateResponse(request, "pairs/loan_board.html", context)


def _chips(board: LoanBoard, current: str) -> list[dict[str, Any]]:
    """All, then each state that somebody is in."""
    kinds = [("", "Все"), *((state.value, state.label) for state in LoanState)]
    return [
        {
            "title": capfirst(title),
            "url": f"?state={code}" if code else "?",
            "is_current": code == current,
            "count": len(board.of(code)),
        }
        for code, title in kinds
        if not code or code == current or board.of(code)
    ]
