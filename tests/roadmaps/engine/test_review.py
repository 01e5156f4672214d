"""What the automatic checks find in a roadmap, and what they leave in peace."""

from dataclasses import replace
from datetime import date

from nastavnik.roadmaps.engine.difference import Face
from nastavnik.roadmaps.engine.review import Demand, PlanLine, review

TEMPLATE = tuple(
    Face(key=f"base/{n}", number=str(n), text=f"Пункт {n}", deadline="сентябрь", result="приказ")
    for n in range(1, 4)
)
DEMAND = Demand("upper/team", "Создать команду", date(2026, 10, 1))


def line(face, pk, **fields):
    plain = {"is_upper": False, "has_deadline": True, "last_due": None, "has_responsible": True}
    return PlanLine(item_id=pk, face=face, **plain | fields)


def whole():
    upper = Face(key="upper/team", text="Создать команду", deadline="до 1 октября")
    own = [line(face, pk) for pk, face in enumerate(TEMPLATE, 1)]
    return [*own, line(upper, 9, is_upper=True, last_due=date(2026, 10, 1))]


def found(lines, demands=(DEMAND,), template=TEMPLATE):
    return [(one.words, one.item_id) for one in review(lines, demands, template).findings]


def test_roadmap_of_the_template_is_clean():
    assert review(whole(), (DEMAND,), TEMPLATE).is_clean
    assert review(whole(), (DEMAND,), TEMPLATE).mandatory == (1, 1)


def test_passed_days_are_told_and_are_no_fault():
    lines = [replace(one, is_past=one.item_id == 2) for one in whole()]
    seen = review(lines, (DEMAND,), TEMPLATE)

    assert (seen.is_clean, seen.past) == (True, frozenset({2}))


def test_other_days_and_people_are_the_institutions_own_matter():
    lines = [
        line(replace(one.face, deadline="октябрь", responsible="завуч"), one.item_id)
        if not one.is_upper
        else one
        for one in whole()
    ]

    assert found(lines) == []


def test_absent_mandatory_line_is_named():
    told = review(whole()[:-1], (DEMAND,), TEMPLATE)

    assert [(one.words, one.text) for one in told.missing] == [
        ("нет обязательного пункта", "Создать команду")
    ]
    assert told.mandatory == (0, 1)


def test_day_after_the_municipal_one_and_no_day_at_all():
    lines = whole()
    lines[0] = replace(lines[0], has_deadline=False)
    lines[-1] = replace(lines[-1], last_due=date(2026, 10, 2))

    assert found(lines) == [
        ("нет срока", 1),
        ("срок позже муниципального: 02.10.2026 вместо 01.10.2026", 9),
    ]


def test_line_without_anybody_responsible():
    lines = whole()
    lines[1] = replace(lines[1], has_responsible=False)

    assert found(lines) == [("нет ответственного", 2)]


def test_new_changed_and_dropped_wording():
    lines = whole()
    lines[0] = replace(lines[0], face=replace(lines[0].face, text="Пункт первый, иначе"))
    lines[1] = replace(lines[1], face=replace(lines[1].face, result="протокол"))
    lines[2] = line(Face(key="", text="Свой пункт", deadline="май"), 5)

    assert found(lines) == [
        ("новый пункт", 5),
        ("изменено: формулировка", 1),
        ("изменено: результат", 2),
        ("убран пункт шаблона", None),
    ]


def test_without_a_template_no_wording_is_compared():
    assert found(whole(), template=()) == []
