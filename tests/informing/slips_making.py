"""Class sheets and slips of invented children."""

from datetime import timedelta

from nastavnik.accounts.actor import Actor
from nastavnik.accounts.permissions import Role
from nastavnik.informing.models import ClassSheet, Slip
from nastavnik.informing.services.sheets import SheetOrder, make_sheets
from nastavnik.informing.services.slips import Entry, hand_in
from tests.neighbours import actor_as
from tests.people_making import DAY

CURATOR = actor_as(Role.CURATOR)
VISITOR = Actor(user_id=None, label="По объявлению", roles=frozenset())


def sheets_for(school, *classes: str, audiences=(), days=14, today=DAY) -> list[ClassSheet]:
    order = SheetOrder(classes, audiences, today + timedelta(days=days), "куратор, кабинет 12")
    return make_sheets(actor=CURATOR, organisation=school, order=order, today=today)


def sheet_for(school, class_name: str = "5Б", **more) -> ClassSheet:
    return sheets_for(school, class_name, **more)[0]


def slip_of(sheet: ClassSheet, name: str = "Ежов Тимофей", *, once: str = "", **more) -> Slip:
    values = {"side": "mentee", "request_code": "study", "wish": "после пятого урока"} | more
    today = values.pop("today", DAY)
    return hand_in(
        actor=VISITOR, sheet=sheet, entry=Entry(name=name, **values), once=once or name, today=today
    )
