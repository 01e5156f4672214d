"""Templates of roadmaps: whole, closing by evidence that exists, changed by a territory for itself."""

from datetime import date

import pytest

from nastavnik.library.services import retire_entry, save_entry
from nastavnik.roadmaps import catalogue
from nastavnik.roadmaps.catalogue import templates_at, templates_for
from nastavnik.roadmaps.engine.deadlines import Kind, Period, parse
from nastavnik.roadmaps.evidence import EvidenceKind
from nastavnik.shared.errors import DomainError
from tests.library.test_services import REGION

#: Run of acceptance: these lines close while a school goes from its Excel to a signed order.
JOURNEY = {
    "1": ("document_in_force", {"kind": "order_working_group"}),
    "4": ("document_in_force", {"kind": "order_curator"}),
    "11": ("mentees_at_least", {"number": 1}),
    "13": ("mentors_at_least", {"number": 1}),
    "15": ("document_in_force", {"kind": "order_programme"}),
    "16": ("document_in_force", {"kind": "order_pairs"}),
}
#: A school year and a calendar year: the two periods that one template serves.
PERIODS = (
    Period(date(2026, 9, 1), date(2027, 8, 31), academic=True),
    Period(date(2026, 1, 1), date(2026, 12, 31)),
)
OVER_NEW_YEAR = {"i-23"}  # «с ноября по май» belongs to a school year

pytestmark = pytest.mark.django_db


def _by_code():
    return {template.code: template for template in templates_at(None)}


def test_the_five_templates_are_whole() -> None:
    assert {code: len(template.works) for code, template in _by_code().items()} == {
        "institution": 34,
        "teachers": 17,
        "college": 23,
        "municipal": 37,
        "municipal-sections": 25,
    }


def test_teachers_and_colleges_go_by_seven_stages() -> None:
    stages = {
        code: [line.number for line in _by_code()[code].lines if line.is_group]
        for code in ("teachers", "college")
    }

    assert stages == {code: list("1234567") for code in stages}


def test_every_evidence_is_one_that_a_room_can_find() -> None:
    known = catalogue.evidence_choices()
    kinds = {line.evidence_kind for t in templates_at(None) for line in t.works}

    assert kinds - {kind.value for kind in EvidenceKind} == {""}
    assert {
        f"{line.evidence_kind}:{line.evidence_parameters['kind']}"
        for t in templates_at(None)
        for line in t.works
        if "kind" in line.evidence_parameters
    } - set(known) == set()


def test_lines_of_the_journey_close_by_what_the_journey_leaves() -> None:
    lines = {line.number: line for line in _by_code()["municipal"].works}

    assert {
        number: (lines[number].evidence_kind, lines[number].evidence_parameters)
        for number in JOURNEY
    } == JOURNEY
    assert [n for n in JOURNEY if not (lines[n].mandatory and lines[n].is_for_institutions)] == []


def test_every_line_of_work_says_when_and_who() -> None:
    silent = [
        line.code
        for template in templates_at(None)
        for line in template.works
        if not (line.number and line.text and line.deadline and line.responsible and line.result)
    ]

    assert silent == []


@pytest.mark.parametrize("period", PERIODS)
def test_every_deadline_is_read_in_a_period_and_asks_nothing(period) -> None:
    unread = [
        (line.code, line.deadline, deadline.kind, deadline.question)
        for template in templates_at(None)
        for line in template.works
        for deadline in parse(line.deadline, period)
        if deadline.kind in {Kind.UNKNOWN, Kind.EMPTY}
        or (deadline.question and line.code not in OVER_NEW_YEAR)
    ]

    assert unread == []


@pytest.mark.parametrize(
    "words", ["до 30 сентября 2026 г.", "когда рак на горе свистнет", "сентябрь 2026"]
)
def test_a_deadline_that_cannot_serve_a_template_is_refused(neighbours, words) -> None:
    line = {"number": "1", "deadline": words}
    with pytest.raises(DomainError) as refused:
        save_entry(
            actor=REGION,
            node=neighbours.region,
            dictionary="roadmap_lines",
            parent="institution",
            title="Провести день наставника",
            attributes=line,
        )
    assert refused.value.field == "deadline"


def test_a_territory_changes_a_line_for_its_own_schools_only(neighbours) -> None:
    change = {
        "dictionary": "roadmap_lines",
        "code": "m-16",
        "parent": "municipal",
        "title": "Закрепить пары и группы",
        "attributes": {"deadline": "до 15 октября"},
    }
    save_entry(actor=REGION, node=neighbours.own.territory, **change)

    here, there = (
        next(line for t in templates_for(school) for line in t.works if line.code == "m-16")
        for school in (neighbours.own, neighbours.far)
    )
    assert (here.text, here.deadline, here.evidence_parameters) == (
        "Закрепить пары и группы",
        "до 15 октября",
        {"kind": "order_pairs"},
    )
    assert there.deadline == "до 30 октября"


def test_a_line_of_a_territory_stands_in_its_section(neighbours) -> None:
    added = {
        "dictionary": "roadmap_lines",
        "parent": "institution",
        "title": "Провести день наставника",
        "attributes": {
            "number": "34а",
            "section": "Организация работы пар и групп",
            "deadline": "до 2 марта",
        },
    }
    save_entry(actor=REGION, node=neighbours.own.territory, **added)
    retire_entry(
        actor=REGION,
        node=neighbours.own.territory,
        dictionary="roadmap_lines",
        code="i-24",
        reason="не ведём",
    )

    template = catalogue.template_of("institution", organisation=neighbours.own)
    section = [
        line.number for line in template.lines if line.section == "Организация работы пар и групп"
    ]
    assert section == ["20", "21", "22", "23", "25", "34а"]
    with pytest.raises(KeyError):
        catalogue.template_of("nothing", organisation=neighbours.own)
