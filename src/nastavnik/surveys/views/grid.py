"""Typing paper forms in by numbers, from the keyboard alone."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from nastavnik.shared.errors import DomainError
from nastavnik.shared.page import page
from nastavnik.shared.typography import counted
from nastavnik.surveys.forms import GridForm
from nastavnik.surveys.models import Side
from nastavnik.surveys.services.answers import circle_of
from nastavnik.surveys.services.grid import (
    COLUMNS,
    GridRow,
    Sheet,
    grid_invitations,
    read_grid,
    save_grid,
    typed_before,
)
from nastavnik.surveys.views.common import OrgRequest, campaign_or_404

FORMS = ("анкета", "анкеты", "анкет")


@page("surveys.choices", methods=["GET", "POST"])
def grid(request: OrgRequest, pk: int) -> HttpResponseBase:
    """Check what was typed and show the names; save only what was checked and is whole."""
    found = campaign_or_404(pk)
    today = timezone.localdate()
    circle = circle_of(found, today)
    rows = grid_invitations(circle, today)
    form = GridForm(request.POST if request.method == "POST" else None, rows=rows)
    before = typed_before(rows)
    typed = form.typed if form.is_bound else before
    sheet = read_grid(found, typed, today, circle)
    problem: DomainError | None = None
    if form.is_bound and form.is_valid() and not sheet.faults and form.is_confirmed:
        try:
            number = save_grid(actor=request.actor, campaign=found, typed=typed)
        except DomainError as error:
            problem = error
        else:
            messages.success(request, f"Внесено: {counted(number, *FORMS)}.")
            return redirect("surveys:grid", org=request.organisation.slug, pk=pk)
    checked = form.is_bound and not form.errors and not sheet.faults
    changed = [row for row in sheet.filled if row.typed != before.get(row.invitation.pk)]
    sides = _sides(sheet)
    context = {
        "campaign": found,
        "sides": sides,
        "first_cell": sides[0][1][0]["cells"][0]["id"] if sides and not form.is_bound else "",
        "columns": COLUMNS.values(),
        "faults": [(cell_id(row, fault.column), fault.message) for row, fault in sheet.faults],
        "form": form,
        "problem": problem,
        "ready": len(changed) if checked else 0,
        "is_checked": checked,
        "org": request.organisation.slug,
        "lists": [
            (title, [row for row in circle.rows if row.side == side])
            for title, side in (("Наставники", Side.MENTOR), ("Наставляемые", Side.MENTEE))
        ],
    }
    bad = bool(problem or form.errors or sheet.faults) and form.is_bound
    return TemplateResponse(request, "surveys/grid.html", context, status=422 if bad else 200)


def cell_id(row: GridRow, column: str) -> str:
    return f"c{row.invitation.pk}-{column}"


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
        }
        for column, title in COLUMNS.items()
    ]
    return {"row": row, "cells": cells}
