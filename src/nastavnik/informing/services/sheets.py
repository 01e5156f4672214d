"""Class sheets: made for many classes at once, closed, opened again, given a new address."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from nastavnik.accounts.actor import Actor
from nastavnik.audit.services import record
from nastavnik.documents.context import school_year
from nastavnik.informing.audiences import Audience
from nastavnik.informing.links import fresh_secret
from nastavnik.informing.models import ClassSheet, SheetState
from nastavnik.informing.wording import TITLES
from nastavnik.shared.errors import DomainError
from nastavnik.shared.text import tidy
from nastavnik.shared.verdict import demand
from nastavnik.tenancy.models import Organisation

LONGEST = timedelta(days=120)
MOST_CLASSES = 150


@dataclass(frozen=True)
class SheetOrder:
    """What to make: a sheet for each class and for each audience of adults."""

    classes: Collection[str]
    audiences: Collection[str]
    open_until: date
    ask_whom: str = ""


@transaction.atomic
def make_sheets(
    *, actor: Actor, organisation: Organisation, order: SheetOrder, today: date
) -> list[ClassSheet]:
    """A sheet for everybody named; one that this school year has already is opened again.

    Raises: DomainError when nobody is named, where no children learn, or for a wrong last day.
    """
    demand(actor.can("slips.edit"))
    _demand_term(order.open_until, today)
    wanted = _wanted(organisation, order)
    year = school_year(today)
    known = {
        (sheet.audience, sheet.class_name): sheet
        for sheet in ClassSheet.objects.select_for_update().filter(school_year=year)
    }
    sheets = []
    for audience, class_name in wanted:
        sheet = known.get((audience, class_name))
        if sheet is None:
            nonce, token_hash = fresh_secret()
            sheet = ClassSheet(
                organisation=organisation,
                audience=audience,
                class_name=class_name,
                school_year=year,
                nonce=nonce,
                token_hash=token_hash,
                created_by=actor.label,
            )
        sheet.open_until, sheet.state = order.open_until, SheetState.OPEN
        sheet.ask_whom = tidy(order.ask_whom)[:160]
        sheet.save()
        record(actor=actor, action="slips.sheet", subject=sheet)
        sheets.append(sheet)
    return sheets


@transaction.atomic
def close_sheet(*, actor: Actor, sheet: ClassSheet) -> ClassSheet:
    """Take no more slips. Closing twice does nothing."""
    demand(actor.can("slips.edit"))
    sheet = _held(sheet)
    if sheet.state == SheetState.OPEN:
        sheet.state = SheetState.CLOSED
        sheet.save(update_fields=["state"])
        record(actor=actor, action="slips.sheet_closed", subject=sheet)
    return sheet


@transaction.atomic
def renew_sheet(*, actor: Actor, sheet: ClassSheet) -> ClassSheet:
    """A new address: papers printed before lead nowhere."""
    demand(actor.can("slips.edit"))
    sheet = _held(sheet)
    sheet.nonce, sheet.token_hash = fresh_secret()
    sheet.save(update_fields=["nonce", "token_hash"])
    record(actor=actor, action="slips.sheet_renewed", subject=sheet)
    return sheet


def _held(sheet: ClassSheet) -> ClassSheet:
    held: ClassSheet = ClassSheet.objects.select_for_update().get(pk=sheet.pk)
    return held


def _demand_term(until: date, today: date) -> None:
    if until < today:
        raise DomainError("past", "Этот день уже прошёл.", field="open_until")
    if until - today > LONGEST:
        raise DomainError(
            "too_long", f"Объявление действует не дольше {LONGEST.days} дней.", field="open_until"
        )


def _wanted(organisation: Organisation, order: SheetOrder) -> list[tuple[str, str]]:
    classes = list(dict.fromkeys(filter(None, (tidy(name)[:40] for name in order.classes))))
    if classes and not organisation.teaches_children:
        raise DomainError(
            "no_children", "В этом учреждении участвуют только взрослые.", field="classes"
        )
    if len(classes) > MOST_CLASSES:
        raise DomainError(
            "too_many", f"За один раз можно подготовить {MOST_CLASSES} классов.", field="classes"
        )
    adults = [name for name in TITLES if name in order.audiences]
    wanted = [(Audience.PUPILS.value, name) for name in classes]
    wanted += [(name, "") for name in adults]
    if not wanted:
        raise DomainError("nobody", "Выберите хотя бы один класс или взрослых.", field="classes")
    return wanted
