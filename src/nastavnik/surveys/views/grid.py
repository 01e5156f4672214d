"""Typing paper forms in by numbers, from the keyboard alone."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from nastavnik.shared.errors import DomainError
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted
from nastavnik.surveys.forms import GridForm, longest_of
from nastavnik.surveys.models import Campaign, Invitation, Side
from nastavnik.surveys.services.answers import circle_of
from nastavnik.surveys.services.grid import (
    COLUMNS,
    GridRow,
    Sheet,
    changed_rows,
    grid_invitations,
    read_grid,
    save_grid,
    typed_before,
)
from nastavnik.surveys.views.common import OrgRequest, campaign_or_404

FORMS = ("анкета", "анкеты", "анкет")
PER_PAGE = 100  # numbers of a page; they never change, so a form stays on its page


@page("surveys.choices", methods=["GET", "POST"])
def grid(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Check what was typed and show the names; save only what was checked and is whole."""
    found = campaign_or_404(pk)
    typing = _Typing(found, request.POST if request.method == "POST" else None, _page_of(request))
    problem: DomainError | None = None
    if typing.is_confirmed:
        try:
            number = save_grid(actor=request.actor, campaign=found, typed=typing.form.typed)
        except DomainError as error:
            problem = error
        else:
            messages.success(request, f"Внесено: {counted(number, *FORMS)}.")
            return redirect(_address(request, pk, typing.page))
    elif typing.wanted_page and not typing.unsaved:
        return redirect(_address(request, pk, typing.wanted_page))
    context = {**typing.context, "problem": problem, "org": request.organisation.slug}
    bad = problem or (typing.form.is_bound and not typing.is_checked)
    return TemplateResponse(request, "surveys/grid.html", context, status=422 if bad else 200)


@dataclass
class _Typing:
    """One look at a page of paper forms."""

    campaign: Campaign
    data: QueryDict | None
    page: int

    def __post_init__(self) -> None:
        today = timezone.localdate()
        self.circle = circle_of(self.campaign, today)
        self.all_rows = grid_invitations(self.circle, today)
        self.pages = sorted({_page_with(row) for row in self.all_rows})
        if self.page not in self.pages:
            self.page = self.pages[0] if self.pages else 1
        own = [row for row in self.all_rows if _page_with(row) == self.page]
        self.form = GridForm(self.data, rows=own, known=[row.pk for row in self.all_rows])
        before = typed_before(own, self.circle)
        typed = self.form.typed if self.form.is_bound else before
        only = typed.keys() if self.form.is_bound else {row.pk for row in own}
        self.sheet = read_grid(self.campaign, typed, today, self.circle, only)

    @property
    def is_checked(self) -> bool:
        return self.form.is_bound and self.form.is_valid() and not self.sheet.faults

    @property
    def is_confirmed(self) -> bool:
        return self.is_checked and self.form.is_confirmed

    @property
    def wanted_page(self) -> int | None:
        """Another page that is asked for, when there is such a page."""
        wanted = self.form.wanted_page if self.form.is_bound else None
        return wanted if wanted in self.pages else None

    @cached_property
    def changed(self) -> list[GridRow]:
        return changed_rows(self.sheet, self.circle)

    @property
    def overtaken(self) -> list[Invitation]:
        """Whose paper was typed in while they answered by link or dropped out."""
        free = {row.pk for row in self.all_rows}
        late = (row for row in self.circle.rows if row.pk not in free)
        return [row for row in late if any(self.form.cells_of(row.pk).values())]

    @property
    def unsaved(self) -> bool:
        return bool(self.changed or self.sheet.faults or self.form.errors or self.overtaken)

    @property
    def context(self) -> dict[str, Any]:
        sides = _sides(self.sheet)
        faults = self.sheet.faults
        return {
            "campaign": self.campaign,
            "sides": sides,
            "first_cell": _cell_to_type_in(sides),
            "columns": COLUMNS.values(),
            "faults": [(cell_id(row, fault.column), fault.message) for row, fault in faults],
            "form": self.form,
            "ready": len(self.changed) if self.is_checked else 0,
            "is_checked": self.is_checked,
            "is_kept_here": self.is_checked and self.wanted_page is not None,
            "overtaken": [row.person.short_name for row in self.overtaken],
            "pages": [(number, _span(number), number == self.page) for number in self.pages],
            "lists": [
                (title, [row for row in self.circle.rows if row.side == side])
                for title, side in (("Наставники", Side.MENTOR), ("Наставляемые", Side.MENTEE))
            ],
        }


def cell_id(row: GridRow, column: str) -> str:
    return f"c{row.invitation.pk}-{column}"


def _page_of(request: OrgRequest) -> int:
    text = request.GET.get("page", "")[:4]
    return int(text) if text.isascii() and text.isdecimal() else 1


def _page_with(row: Invitation) -> int:
    return (row.number - 1) // PER_PAGE + 1


def _span(number: int) -> str:
    return f"№\u00a0{(number - 1) * PER_PAGE + 1}–{number * PER_PAGE}"


def _address(request: OrgRequest, pk: int, number: int) -> str:
    base = reverse("surveys:grid", kwargs={"org": request.organisation.slug, "pk": pk})
    return base if number == 1 else f"{base}?page={number}"


def _cell_to_type_in(sides: list[tuple[str, list[dict[str, Any]]]]) -> str:
    """Where the cursor waits: the first wrong cell, or else the first one.

    A checked sheet has its button to save, which stands earlier on the page and is taken first.
    """
    cells = [cell for _, rows in sides for row in rows for cell in row["cells"]]
    wrong = (cell["id"] for cell in cells if cell["wrong"])
    return next(wrong, cells[0]["id"] if cells else "")


def _sides(sheet: Sheet) -> list[tuple[str, list[dict[str, Any]]]]:
    """The rows of each side as cells with their names, ids and what is wrong in them."""
    titles = (
        ("Наставляемые выбирают наставников", Side.MENTEE),
        ("Наставники выбирают наставляемых", Side.MENTOR),
    )
    found = []
    for title, side in titles:
        rows = [_row(row) for row in sheet.rows if row.invitation.side == side]
        if rows:
            found.append((title, rows))
    return found


def _row(row: GridRow) -> dict[str, Any]:
    wrong = {fault.column: fault.message for fault in row.faults}
    cells = [
        {
            "id": cell_id(row, column),
            "name": GridForm.name_of(row.invitation.pk, column),
            "label": f"{row.invitation.person.short_name}, {title}",
            "value": row.typed.get(column, ""),
            "wrong": wrong.get(column, ""),
            "is_text": column == "why",
            "longest": longest_of(column),
        }
        for column, title in COLUMNS.items()
    ]
    return {"row": row, "cells": cells}
