"""Roadmaps for tests: a year of an invented school, lines as a template or a file gives them."""

from datetime import date
from types import SimpleNamespace

from nastavnik.accounts.permissions import Role
from nastavnik.roadmaps.engine.deadlines import Period, parse
from nastavnik.roadmaps.engine.lines import Line
from nastavnik.roadmaps.engine.parties import Party
from nastavnik.roadmaps.models import Roadmap, RoadmapItem
from nastavnik.roadmaps.services.drafting import Header, create_roadmap
from tests.neighbours import actor_as

YEAR = Period(date(2026, 9, 1), date(2027, 8, 31), academic=True)
CURATOR = actor_as(Role.CURATOR)
HEAD = actor_as(Role.HEAD, label="Зотов Игорь Павлович")
COORDINATOR = actor_as(Role.COORDINATOR, label="Рябова Мария Андреевна")


def line(text: str, deadline: str = "", **more) -> Line:
    return Line(
        text=text,
        deadline_text=deadline,
        deadlines=parse(deadline, YEAR) if deadline else (),
        **{"responsible": (Party("Куратор", "curator"),), **more},
    )


def make_roadmap(organisation, *lines: Line, actor=CURATOR, **more) -> Roadmap:
    header = Header(
        **{
            "title": "Дорожная карта школы",
            "starts_on": YEAR.start,
            "ends_on": YEAR.end,
            "academic": True,
            **more,
        }
    )
    return create_roadmap(
        actor=actor,
        organisation=organisation,
        header=header,
        lines=lines or (line("Создать рабочую группу", "до 30.09.2026", number="1"),),
    )


def items_of(roadmap: Roadmap) -> list[RoadmapItem]:
    return list(roadmap.items.order_by("position"))


def recognised(*items, title="Дорожная карта", period=YEAR):
    return SimpleNamespace(title=title, period=period, items=items)


def recognised_item(text: str, deadline: str = "", **more):
    values = {
        "number": "",
        "section": "",
        "is_group": False,
        "responsible": (),
        "evidence_kind": "",
        "evidence_parameters": {},
        "result": "",
        "checklist": (),
        "origin": "",
        "mandatory": False,
        **more,
    }
    return SimpleNamespace(
        text=text, deadline_text=deadline, deadlines=parse(deadline, YEAR), **values
    )
