"""Registers as Excel files in the official form; every one is written into the journal."""

import io
from collections.abc import Collection
from datetime import date, datetime
from typing import Any, Literal

import xlsxwriter
from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit import services as audit
from nastavnik.people.policies import visible_fields
from nastavnik.people.queries.official import (
    Cell,
    OfficialRegister,
    official_mentees,
    official_mentors,
)
from nastavnik.people.queries.registers import mentees, mentors
from nastavnik.shared.errors import DomainError
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

RegisterKind = Literal["mentees", "mentors"]
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def register_now(
    kind: RegisterKind, actor: Actor, today: date, only: Collection[int] | None = None
) -> OfficialRegister:
    """The register as this actor may see it; `only` limits it to some profiles."""
    visible = visible_fields(actor)
    if kind == "mentees":
        rows = mentees(today=today, gone=True)
        return official_mentees(rows if only is None else rows.filter(pk__in=only), visible, today)
    given = mentors(today=today, gone=True)
    return official_mentors(given if only is None else given.filter(pk__in=only), visible, today)


@transaction.atomic
def export_register(
    *, actor: Actor, organisation: Organisation, kind: RegisterKind, purpose: str, today: date
) -> bytes:
    """The register as an xlsx file that our own import reads back.

    Raises DomainError `purpose_missing`.
    """
    demand(actor.can("people.export"))
    if not purpose.strip():
        raise DomainError(
            "purpose_missing", "Напишите, для чего выгружаете реестр.", field="purpose"
        )
    register = register_now(kind, actor, today)
    content = register_xlsx(register, organisation)
    audit.record(
        actor=actor,
        action=f"people.exported_{kind}",
        subject=organisation,
        reason=purpose.strip(),
        details={"rows": len(register.rows), "columns": len(register.columns)},
    )
    return content


def register_xlsx(register: OfficialRegister, organisation: Organisation) -> bytes:
    """Title, organisation, header row, numbers of the columns, people. Text is never a formula."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    sheet = book.add_worksheet("Реестр")
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    day = book.add_format(
        {"num_format": "dd.mm.yyyy", "valign": "top", "align": "left", "border": 1}
    )
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    sheet.freeze_panes(5, 2)
    sheet.write_string(0, 0, register.title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, organisation.short_name)
    for place, column in enumerate(register.columns):
        sheet.set_column(place, place, 6 if place == 0 else 24)
        sheet.write_string(3, place, column.title, head)
        sheet.write_number(4, place, place + 1, head)
    for number, row in enumerate(register.rows, start=5):
        for place, value in enumerate(row):
            _write(sheet, number, place, value, cell=cell, day=day)
    book.close()
    return stream.getvalue()


def _write(sheet: Any, row: int, place: int, value: Cell, *, cell: Any, day: Any) -> None:
    if value is None or value == "":
        sheet.write_blank(row, place, None, cell)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, cell)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), day)  # noqa: DTZ001 -- a day of the calendar
    else:
        sheet.write_string(row, place, value, cell)
