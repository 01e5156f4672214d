"""Slips that children of one class left this week, with one that is soon erased."""

from datetime import timedelta

from nastavnik.accounts.actor import Actor
from nastavnik.desk.demo import clock
from nastavnik.desk.demo.office import Office
from nastavnik.informing.services.sheets import SheetOrder, make_sheets
from nastavnik.informing.services.slips import Entry, hand_in

CLASS_NAME = "5Б"
OPENED, OPEN_DAYS = 27, 40
VISITOR = Actor(user_id=None, label="По объявлению с QR-кодом", roles=frozenset())
SAID = (
    (25, Entry("Веснина Аглая", "mentee", request_code="adaptation", wish="после уроков")),
    (3, Entry("Кедров Лука", "mentee", request_code="study", wish="по вторникам, лучше в библиотеке")),
    (3, Entry("Лиса-12", "mentee", is_code=True, request_code="talent", wish="хочу рисовать комиксы")),
    (2, Entry("Полянский Еремей", "mentor", request_code="study", wish="могу на переменах")),
    (2, Entry("Ручьёва Злата", "mentee", request_code="study")),
    (1, Entry("Соловей-7", "mentee", is_code=True, request_code="", wish="по средам")),
)  # fmt: skip


def tell(office: Office) -> None:
    """One class, six slips, two of them under a code word."""
    with clock.at(office.day(OPENED)):
        order = SheetOrder(
            classes=(CLASS_NAME,),
            audiences=(),
            open_until=office.day(OPENED) + timedelta(days=OPEN_DAYS),
            ask_whom=f"куратор {office.curator.label}",
        )
        (sheet,) = make_sheets(
            actor=office.curator,
            organisation=office.organisation,
            order=order,
            today=office.day(OPENED),
        )
    for ago, entry in SAID:
        with clock.at(office.day(ago)):
            hand_in(actor=VISITOR, sheet=sheet, entry=entry, once=entry.name, today=office.day(ago))
